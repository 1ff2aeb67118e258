import { expect, test } from 'vitest';
import { datagram, echo, type Link, toldFile } from '../testing/told-packets';
import { groupPackets } from './group';
import { inOrder } from './group-order';
import { againAt, rowAt } from './group-table';

const POD: Link = { from: 1, to: 2, ttl: 64 };
const WIRE: Link = { from: 3, to: 4, ttl: 63 };
const FAR: Link = { from: 5, to: 6, ttl: 62 };
const data = Uint8Array.of(1, 2, 3);

const [a, b, c] = [
  toldFile('a', [echo(POD, 8, 1), echo({ ...WIRE, us: 5 }, 8, 1), datagram(POD, 5, 53, data)]),
  toldFile('b', [echo(WIRE, 8, 2), datagram(WIRE, 5, 53, data), echo(WIRE, 8, 1)]),
  toldFile('c', [echo(FAR, 8, 1), echo(FAR, 8, 2)]),
].map(({ columns }) => columns.table);

test('every packet keeps its rows, its files and its sample', () => {
  if (a === undefined || b === undefined || c === undefined) throw new Error('three files');
  const { table, seen } = inOrder(groupPackets([a, b, c]), [c, a, b]);
  expect(table.files).toEqual([c, a, b]);
  const told = Array.from({ length: table.count }, (_, group) => [0, 1, 2].map((file) => rowAt(table, group, file)));
  expect(told).toEqual([
    [0, 0, 2], // echo 1
    [-1, 2, 1], // the datagram
    [1, -1, 0], // echo 2
  ]);
  expect([...seen]).toEqual([0b111, 0b110, 0b101]);
  for (let group = 0; group < table.count; group += 1)
    expect(rowAt(table, group, table.file[group] ?? -1)).toBe(table.row[group]);
  expect(againAt(table, 1, 0)).toBe(1); // seen twice in file a
  expect(againAt(table, 0, 0)).toBe(-1);
});

test('the same order changes nothing', () => {
  if (a === undefined || b === undefined) throw new Error('two files');
  const groups = groupPackets([a, b]);
  expect(inOrder(groups, [a, b])).toEqual(groupPackets([a, b]));
});
