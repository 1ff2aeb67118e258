import { expect, test } from 'vitest';
import { addRow, dstMacOf, newTable, setMacs, srcMacOf } from './packet-table';

test('more pairs of MACs than 16 bits tell apart, and those that come again', () => {
  const table = newTable();
  const [gateway, first, pairs] = [0xffff_ffff_fffe, 0x0200_0000_0000, 70_000];
  for (let i = 0; i < pairs + 5; i += 1) {
    const row = addRow(table);
    const frame = new DataView(new ArrayBuffer(12));
    frame.setUint32(0, 0xffff_ffff);
    frame.setUint32(4, 0xfffe_0200);
    frame.setUint32(8, i % pairs);
    if (row !== 3) setMacs(table, row, frame.getInt32(0), frame.getInt32(4), frame.getInt32(8));
  }
  expect(table.link).toBeInstanceOf(Uint32Array);
  expect(table.links.src.length).toBe(pairs + 1); // pair 0 has no MACs
  const told = [0, 3, 4, 65_534, 65_535, 65_536, pairs - 1, pairs].map((row) => [
    dstMacOf(table, row),
    srcMacOf(table, row),
  ]);
  const of = (i: number) => [gateway, first + i];
  expect(told).toEqual([of(0), [0, 0], of(4), of(65_534), of(65_535), of(65_536), of(pairs - 1), of(0)]);
});
