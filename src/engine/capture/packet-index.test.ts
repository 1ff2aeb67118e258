import { describe, expect, test } from 'vitest';
import { pcapngOf, pcapOf } from '../testing/capture-forms';
import { sampleFiles } from '../testing/samples';
import { openCapture } from './open';
import { newIndexing, packetAt } from './packet-index';
import { createReader } from './reader';
import { bothSinks } from './sink';

function indexed(file: Uint8Array, pieceLength: number) {
  const [one, other] = [newIndexing(), newIndexing()];
  const reader = createReader(bothSinks(one.sink, other.sink));
  for (let at = 0; at < file.length; at += pieceLength) reader.push(file.subarray(at, at + pieceLength));
  reader.end();
  expect(other.finish()).toEqual(one.finish());
  return one.finish();
}

const packets = sampleFiles().flatMap(({ bytes }) => {
  const opened = openCapture(bytes);
  return opened.ok ? opened.value.packets : [];
});
const many = Array.from({ length: 30 }, () => packets).flat(); // more than there is room for at first

describe('newIndexing', () => {
  test.each([...pcapOf(many), ...pcapngOf(many)].map((file, i) => ({ i, file })))(
    'form $i: every packet is where and when the reader finds it',
    ({ file }) => {
      const opened = openCapture(file);
      if (!opened.ok) throw new Error(opened.error.kind);
      const index = indexed(file, 1000);
      expect(index.count).toBe(many.length);
      for (const { bytes: _, ...packet } of opened.value.packets) {
        const said = packetAt(index, packet.index);
        if (JSON.stringify(said) !== JSON.stringify(packet)) expect(said).toEqual(packet);
      }
    },
  );
  test('takes 14 bytes a packet, and four more where packets are cut or there are several interfaces', () => {
    const bytesIn = (file: Uint8Array | undefined) => {
      const index = indexed(file ?? new Uint8Array(0), 1_000_000);
      const { fileOffset, capturedLength, originalLength, sinceStart, interfaceIndex } = index;
      const columns = [fileOffset, capturedLength, originalLength, sinceStart, interfaceIndex];
      return columns.reduce((sum, column) => sum + (column?.byteLength ?? 0), 0) / index.count;
    };
    expect(bytesIn(pcapOf(many)[0])).toBe(14);
    expect(bytesIn(pcapngOf(many)[0])).toBe(18);
  });
  test('packets behind 4 GiB are found, and those before them', () => {
    const { sink, finish } = newIndexing();
    const offsets = [40, 0xffff_ffff, 2 ** 32, 2 ** 40, 2 ** 40 + 80];
    for (const offset of offsets) sink.packet(new Uint8Array(60), 0, 60, 90, 1, 0, offset, 0);
    const index = finish();
    expect(offsets.map((_, i) => packetAt(index, i).fileOffset)).toEqual(offsets);
    expect(packetAt(index, 3)).toMatchObject({ capturedLength: 60, originalLength: 90 });
  });
  test('packets longer than 65,535 bytes keep their length, and so do those before and after them', () => {
    const { sink, finish } = newIndexing();
    const lengths = [60, 0xffff, 0x1_0000, 262_144, ...new Array<number>(300).fill(61)];
    for (const length of lengths) sink.packet(new Uint8Array(0), 0, length, length, 1, 0, 40, 0);
    const index = finish();
    expect(lengths.map((_, i) => packetAt(index, i).capturedLength)).toEqual(lengths);
    expect(packetAt(index, 3).originalLength).toBe(262_144);
  });
});
