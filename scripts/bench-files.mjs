/**
 * Captures for benchmarks: the same traffic as four capture points of the article's cluster see it, one classic file each.
 * 200 flows both ways, TCP with time stamps 70 %, UDP 25 %, ICMP 5 %; right checksums; each point its own MACs and TTL; of
 * 2,000 packets one is lost at each hop; of 1,000 one comes a place late. The same ones every time.
 */
import { closeSync, openSync, readFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';

export const POINTS = ['pod1', 'node1', 'node2', 'pod2'];
const SAMPLES = 'public/samples/article-ping';
const FLOWS = 200;
const TTL = [64, 63, 63, 62]; // by the hops behind it
const INTERVAL_US = 100; // longer than the way takes, so that every file is in order of time
const HOP_US = 20;
const LOST_IN = 2000;
const LATE_IN = 1000;
const PIECE = 4 * 1024 * 1024; // bytes written at once
const START_S = 1_700_000_000;
const PAYLOAD_MAX = 1400;

/** @typedef {'mixed' | 'small'} Sizes mixed: 268 bytes a frame on average; small: 90, so that ten million fit into a file */

/** Marsaglia's xorshift, 2003. @param {number} seed */
function randomFrom(seed) {
  let state = seed;
  /** @param {number} below */
  return (below) => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    state >>>= 0;
    return state % below;
  };
}

/** What every packet carries a part of, and the sum of its 16-bit words up to each. */
const random = randomFrom(7);
const pattern = Buffer.from(Array.from({ length: 2 * PAYLOAD_MAX + 2 }, () => random(256)));
const sums = new Float64Array(pattern.length / 2 + 1);
for (let i = 0; 2 * i < pattern.length; i += 1) sums[i + 1] = (sums[i] ?? 0) + pattern.readUInt16BE(2 * i);

/** Ones' complement of the ones' complement sum, RFC 1071. @param {number} sum */
function folded(sum) {
  let value = sum;
  while (value > 0xffff) value = (value % 0x10000) + Math.floor(value / 0x10000);
  return ~value & 0xffff;
}

/** The Ethernet headers of the sample's echo request and reply at that point. @param {string} point */
function ethernetAt(point) {
  const capture = readFileSync(join(SAMPLES, `${point}.cap`));
  const headers = [Buffer.alloc(14), Buffer.alloc(14)];
  for (let at = 24; at < capture.length; at += 16 + capture.readUInt32LE(at + 8)) {
    const frame = capture.subarray(at + 16, at + 16 + capture.readUInt32LE(at + 8));
    if (frame[12] === 8 && frame[13] === 0 && frame[23] === 1) headers[frame[34] === 8 ? 0 : 1] = frame.subarray(0, 14);
  }
  return headers;
}

/**
 * @param {Sizes} sizes
 * @param {(below: number) => number} random
 */
function payloadLength(sizes, random) {
  if (sizes === 'small') return random(30);
  const kind = random(100);
  return kind < 40 ? random(16) : kind < 85 ? 100 + random(200) : 300 + random(PAYLOAD_MAX - 300);
}

/**
 * Writes them, and says where they are and what they hold.
 * @param {string} folder
 * @param {number} packets sent; some files lack those that were lost before
 * @param {{ sizes?: Sizes, points?: readonly string[] }} [options]
 */
export function writeCaptures(folder, packets, { sizes = 'mixed', points = POINTS } = {}) {
  const random = randomFrom(packets);
  const files = points.map((point) => {
    const path = join(folder, `${point}.cap`);
    const out = { path, place: POINTS.indexOf(point), fd: openSync(path, 'w'), used: 24, packets: 0, bytes: 0 };
    const buffer = Buffer.alloc(PIECE + 4096);
    buffer.writeUInt32LE(0xa1b2c3d4, 0);
    buffer.writeUInt16LE(2, 4);
    buffer.writeUInt16LE(4, 6);
    buffer.writeUInt32LE(262_144, 16);
    buffer.writeUInt32LE(1, 20);
    return { ...out, buffer, ethernet: ethernetAt(point) };
  });
  const flows = Array.from({ length: FLOWS }, (_, flow) => ({
    protocol: flow < FLOWS * 0.7 ? 6 : flow < FLOWS * 0.95 ? 17 : 1,
    port: 30_000 + flow,
    id: [random(0x10000), random(0x10000)],
    sent: [random(2 ** 32), random(2 ** 32)],
    echoes: [0, 0],
  }));
  const packet = Buffer.alloc(20 + 32 + PAYLOAD_MAX); // from the IPv4 header on
  let lost = 0;
  for (let n = 0; n < packets; n += 1) {
    const flow = flows[random(FLOWS)];
    if (flow === undefined) break;
    const back = random(2);
    const length = write(packet, flow, back, n, payloadLength(sizes, random), random(2 ** 16) % PAYLOAD_MAX);
    const hops = [0, 0, 0].map(() => random(LOST_IN));
    const reach = hops.includes(0) ? hops.indexOf(0) : 3; // the last hop behind which it was seen
    if (reach < 3) lost += 1;
    for (const file of files) {
      const behind = back === 0 ? file.place : 3 - file.place;
      if (behind > reach) continue;
      const us = n * INTERVAL_US + behind * HOP_US + random(HOP_US) + (random(LATE_IN) === 0 ? INTERVAL_US : 0);
      append(file, packet, length, TTL[behind] ?? 64, back, us);
    }
  }
  for (const { fd, buffer, used } of files) {
    writeSync(fd, buffer, 0, used);
    closeSync(fd);
  }
  const total = files.map((file) => ({ path: file.path, packets: file.packets, bytes: file.bytes + file.used }));
  return { files: total, lost };
}

/**
 * @param {Buffer} packet
 * @param {{ protocol: number, port: number, id: number[], sent: number[], echoes: number[] }} flow
 * @param {number} back 1: from pod2
 * @param {number} n
 * @param {number} payload bytes
 * @param {number} from where in the pattern
 * @returns {number} bytes of the packet
 */
function write(packet, flow, back, n, payload, from) {
  const { protocol, port } = flow;
  const header = protocol === 6 ? 32 : 8;
  const length = 20 + header + payload;
  flow.id[back] = ((flow.id[back] ?? 0) + 1) & 0xffff;
  packet.writeUInt32BE(0x4500_0000 + length, 0);
  packet.writeUInt32BE((flow.id[back] ?? 0) * 0x10000 + 0x4000, 4);
  packet.writeUInt32BE(protocol << 16, 8); // TTL and checksum are the points' own
  packet.writeUInt32BE(back === 0 ? 0x0af4_0104 : 0x0af4_0202, 12);
  packet.writeUInt32BE(back === 0 ? 0x0af4_0202 : 0x0af4_0104, 16);
  packet.fill(0, 20, 20 + header);
  const checksumAt = protocol === 6 ? 36 : protocol === 17 ? 26 : 22;
  if (protocol === 1) {
    flow.echoes[back] = ((flow.echoes[back] ?? 0) + 1) & 0xffff;
    packet[20] = 8;
    packet.writeUInt16BE(port + back * FLOWS, 24);
    packet.writeUInt16BE(flow.echoes[back] ?? 0, 26);
  } else {
    packet.writeUInt16BE(back === 0 ? port : 80, 20);
    packet.writeUInt16BE(back === 0 ? 80 : port, 22);
    if (protocol === 17) packet.writeUInt16BE(8 + payload, 24);
    else {
      packet.writeUInt32BE(flow.sent[back] ?? 0, 24);
      packet.writeUInt32BE(flow.sent[1 - back] ?? 0, 28);
      packet.writeUInt32BE(0x8010_ffff, 32);
      packet.writeUInt32BE(0x0101_080a, 40);
      packet.writeUInt32BE(n, 44);
      packet.writeUInt32BE(Math.max(0, n - 1), 48);
      flow.sent[back] = ((flow.sent[back] ?? 0) + payload) % 2 ** 32;
    }
  }
  const word = from >> 1;
  pattern.copy(packet, 20 + header, 2 * word, 2 * word + payload);
  const whole = payload >> 1;
  let sum = (sums[word + whole] ?? 0) - (sums[word] ?? 0);
  if (payload % 2 === 1) sum += (pattern[2 * (word + whole)] ?? 0) * 256;
  for (let at = protocol === 1 ? 20 : 12; at < 20 + header; at += 2) sum += packet.readUInt16BE(at);
  if (protocol !== 1) sum += protocol + header + payload;
  packet.writeUInt16BE(folded(sum) || 0xffff, checksumAt);
  return length;
}

/**
 * @param {{ fd: number, buffer: Buffer, used: number, packets: number, bytes: number, ethernet: Buffer[] }} file
 * @param {Buffer} packet
 * @param {number} length
 * @param {number} ttl
 * @param {number} back
 * @param {number} us since the start
 */
function append(file, packet, length, ttl, back, us) {
  const { buffer, ethernet } = file;
  const at = file.used;
  buffer.writeUInt32LE(START_S + Math.floor(us / 1e6), at);
  buffer.writeUInt32LE(us % 1e6, at + 4);
  buffer.writeUInt32LE(14 + length, at + 8);
  buffer.writeUInt32LE(14 + length, at + 12);
  ethernet[back]?.copy(buffer, at + 16);
  packet.copy(buffer, at + 30, 0, length);
  buffer[at + 38] = ttl;
  let sum = 0;
  for (let i = at + 30; i < at + 50; i += 2) sum += buffer.readUInt16BE(i);
  buffer.writeUInt16BE(folded(sum), at + 40);
  file.used += 30 + length;
  file.packets += 1;
  if (file.used < PIECE) return;
  writeSync(file.fd, buffer, 0, file.used);
  file.bytes += file.used;
  file.used = 0;
}
