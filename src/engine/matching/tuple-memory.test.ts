import { expect, test } from 'vitest';
import { addRow, newTable, type PacketTable } from './packet-table';
import { TupleMemory } from './tuple-memory';

const CLIENT = 0x0af4_0104;
const SERVER = 0xc0a8_0a0b; // a number that has no sign bit to spare

type Tuple = readonly [number, number, number, number, number];

function tableOf(tuples: readonly Tuple[]): PacketTable {
  const table = newTable();
  for (const [protocol, src, dst, srcPort, dstPort] of tuples) {
    const row = addRow(table);
    table.protocol[row] = protocol;
    table.srcIp[row] = src;
    table.dstIp[row] = dst;
    table.srcPort[row] = srcPort;
    table.dstPort[row] = dstPort;
  }
  return table;
}

test('what was found for a packet is found for the next one of its conversation, and for no other', () => {
  const table = tableOf([
    [6, CLIENT, SERVER, 40_000, 80],
    [6, CLIENT, SERVER, 40_000, 80],
    [6, SERVER, CLIENT, 80, 40_000], // the answer
    [17, CLIENT, SERVER, 40_000, 80],
    [6, CLIENT, SERVER, 40_000, 81],
    [6, CLIENT, SERVER, 40_001, 80],
    [6, CLIENT + 1, SERVER, 40_000, 80],
  ]);
  const memory = new TupleMemory<string>();
  expect(memory.get(table, 0)).toBeUndefined();
  memory.set(table, 0, 'first');
  expect(memory.get(table, 1)).toBe('first');
  for (let row = 2; row < table.rows; row += 1) expect(memory.get(table, row)).toBeUndefined();
  memory.set(table, 1, 'later');
  expect(memory.get(table, 0)).toBe('later');
});

test('a packet of zeros is not found in a memory that is empty', () => {
  expect(new TupleMemory<string>().get(tableOf([[0, 0, 0, 0, 0]]), 0)).toBeUndefined();
});

const MANY: Readonly<Record<string, (i: number) => Tuple>> = {
  'source addresses': (i) => [17, CLIENT + i, SERVER, 5353, 53],
  'destination addresses': (i) => [17, CLIENT, SERVER + i, 5353, 53],
  ports: (i) => [17, CLIENT, SERVER, 5353 + i, 53],
};

test.each(Object.entries(MANY))(
  'more %s than it has places for: some are forgotten, none taken for another',
  (_, of) => {
    const flows = 20_000;
    const table = tableOf(Array.from({ length: flows }, (_, i) => of(i)));
    const memory = new TupleMemory<number>();
    for (let row = 0; row < flows; row += 1) memory.set(table, row, row);
    let known = 0;
    let mistaken = 0;
    for (let row = 0; row < flows; row += 1) {
      const found = memory.get(table, row);
      if (found !== undefined) known += 1;
      if (found !== undefined && found !== row) mistaken += 1;
    }
    expect(mistaken).toBe(0);
    expect(known).toBeGreaterThan(1000);
    expect(known).toBeLessThanOrEqual(4096);
  },
);
