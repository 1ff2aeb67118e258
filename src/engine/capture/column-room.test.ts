import { expect, test } from 'vitest';
import { ROOM_AT_FIRST, roomFor } from './column-room';

/** How often columns grow while packets of these lengths are read, and how long they are in the end. */
function read(
  lengths: readonly number[],
  fileLength: number | null,
): { readonly growths: number; readonly room: number } {
  let room = ROOM_AT_FIRST;
  let growths = 0;
  let offset = 24;
  for (const [packets, length] of lengths.entries()) {
    if (packets === room) {
      room = roomFor(packets, offset, fileLength);
      growths += 1;
      expect(room).toBeGreaterThan(packets);
    }
    offset += length;
  }
  return { growths, room };
}

const total = (lengths: readonly number[]): number => lengths.reduce((sum, length) => sum + length, 24);
const PACKETS = 100_000;

test('a file of packets alike grows a few times, and hardly beyond what it holds', () => {
  const lengths = new Array<number>(PACKETS).fill(100);
  const { growths, room } = read(lengths, total(lengths));
  expect(growths).toBeLessThanOrEqual(4);
  expect(room).toBeGreaterThanOrEqual(PACKETS);
  expect(room).toBeLessThan(PACKETS * 1.03);
});

test('a length that nobody knows lets columns grow by half', () => {
  expect(roomFor(1000, 100_000, null)).toBe(1500);
  expect(roomFor(ROOM_AT_FIRST, 100_000, null)).toBe(2 * ROOM_AT_FIRST); // a few packets are soon more
  expect(roomFor(1000, 0, 100_000)).toBe(1500); // no byte was read: no guess
});

test('packets that become shorter or longer, and a file longer than it was said to be, have room all the same', () => {
  const shorter = Array.from({ length: PACKETS }, (_, i) => (i < 1000 ? 1500 : 60));
  expect(read(shorter, total(shorter)).room).toBeGreaterThanOrEqual(PACKETS);
  const longer = [...shorter].reverse();
  expect(read(longer, total(longer)).room).toBeGreaterThanOrEqual(PACKETS);
  expect(read(shorter, 1000).room).toBeGreaterThanOrEqual(PACKETS);
});

test('the first packets of a huge file do not take memory for all of it', () => {
  expect(roomFor(ROOM_AT_FIRST, 10_000, 2 ** 40)).toBe(8 * ROOM_AT_FIRST);
});
