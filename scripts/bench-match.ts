/**
 * Matching at scale: four capture points, a million packets each by default, of echoes, datagrams and segments, some of them
 * lost on the way. Says how long reading into columns and matching take, what a packet weighs, and whether the groups are
 * right: the generator knows how many packets were lost. `npm run bench:match [packets]`
 */
import { groupPackets } from '../src/engine/matching/group';
import { packetColumns } from '../src/engine/matching/packet-columns';

const PACKETS = Number(process.argv[2] ?? 1_000_000);
const POINTS = 4;
const TTL = [64, 63, 63, 62];
const LOST_EVERY = 661; // a prime, so that all kinds of packets are among the lost
const FRAME = 98; // bytes

/** Packet n as the point sees it; 0: an echo, 1: a datagram, 2: a segment. The checksum is left wrong: nothing asks for it. */
function frame(view: DataView, n: number, point: number): void {
  const kind = n % 3;
  view.setUint16(0, 0x0200 + point);
  view.setUint32(2, point);
  view.setUint16(6, 0x0210 + point);
  view.setUint32(8, point + 1);
  view.setUint16(12, 0x0800);
  view.setUint32(14, 0x4500_0054);
  view.setUint32(18, ((n & 0xffff) << 16) | 0x4000);
  view.setUint32(22, ((TTL[point] ?? 64) << 24) | ((kind === 0 ? 1 : kind === 1 ? 17 : 6) << 16));
  view.setUint32(26, 0x0af4_0104 + (n % 50));
  view.setUint32(30, 0x0af4_0202 + (n % 20));
  view.setUint32(34, kind === 0 ? 0x0800_0000 : ((40_000 + (n % 1000)) << 16) | 80);
  view.setUint32(38, kind === 1 ? 64 << 16 : kind === 0 ? ((n % 7) << 16) | (Math.floor(n / 3) & 0xffff) : n * 24);
  view.setUint32(42, n);
  view.setUint32(46, kind === 2 ? 0x5010_ffff : n ^ 0x5555);
}

const bytes = new Uint8Array(FRAME);
const view = new DataView(bytes.buffer);
globalThis.gc?.();
const before = process.memoryUsage();
let packets = 0;
let lost = 0;
const readAt = performance.now();
const files = Array.from({ length: POINTS }, (_, point) => {
  const { columns, sink } = packetColumns();
  for (let n = 0; n < PACKETS; n += 1) {
    const diedAt = n % LOST_EVERY === 0 ? 1 + ((n / LOST_EVERY) % (POINTS - 1)) : POINTS;
    if (point >= diedAt) continue;
    frame(view, n, point);
    sink.packet(bytes, 0, FRAME, FRAME, Math.floor(n / 1e5), (n % 1e5) * 10_000 + point * 1000, 0, 0);
    packets += 1;
  }
  return columns.table;
});
const matchAt = performance.now();
const { table, seen } = groupPackets(files);
const endAt = performance.now();
globalThis.gc?.();
const after = process.memoryUsage();
let complete = 0;
let incomplete = 0;
for (const bits of seen) {
  if (bits === 2 ** POINTS - 1) complete += 1;
  else if (bits !== 0) incomplete += 1;
}
for (let n = 0; n < PACKETS; n += LOST_EVERY) lost += 1;
const used = after.arrayBuffers + after.heapUsed - before.arrayBuffers - before.heapUsed;

console.log(
  JSON.stringify({
    packets,
    columnsMs: Math.round(matchAt - readAt), // making the frames included
    matchMs: Math.round(endAt - matchAt),
    matchMillionPerSecond: Number((packets / (endAt - matchAt) / 1000).toFixed(2)),
    bytesPerPacket: Math.round(used / packets),
    groups: table.count,
    complete,
    incomplete,
    lost,
    right: incomplete === lost && complete === PACKETS - lost,
  }),
);
