/**
 * A ping of many packets at four points, for files too large to read on the page: each frame is one of the samples' own, as
 * its point showed it, with another sequence number and time. What is wrong with it is put in on purpose, and told here.
 */
import { closeSync, openSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { sample } from './page';

const POINTS = ['pod1.cap', 'node1.cap', 'node2.cap', 'pod2.cap'] as const;
const ECHOES = 100_000;
const INTERVAL_US = 1000;
const REACHED_US = [0, 20, 60, 80]; // by a request; the reply takes as long back
const ANSWER_US = 200; // after it was sent, at the far end

/** Requests that node1 sends and node2 never gets: the numbers are primes, so that no rule of the others' hits them all. */
const LOST = new Set([11, 4_001, 20_011, 20_021, 50_021, 77_773, 99_991]);
/** Requests that node2 sends and pod2 never gets. */
const LOST_IN_NODE2 = new Set([20_089, 61_001, 88_883]);
export const LOST_PACKETS = { onLink: LOST.size, inNode2: LOST_IN_NODE2.size };
/** The file of the last point starts so late. */
const FIRST_AT_POD2 = 20_000;
/** Of node2. */
export const CLOCK_AHEAD_SECONDS = 2.5;

/** A request's last point, by number; the reply of one that reached pod2 passes all points. */
const lastOf = (n: number): number => (LOST.has(n) ? 1 : LOST_IN_NODE2.has(n) ? 2 : 3);

const numbers = Array.from({ length: ECHOES }, (_, n) => n);
const answered = numbers.filter((n) => lastOf(n) === 3);
const sent = numbers.reduce((sum, n) => sum + Math.min(lastOf(n), 2) + 1, 0) + answered.length;
const missedByPod2 = answered.filter((n) => n < FIRST_AT_POD2).length;
/** In all four files: requests at the points they came to, replies at all, but for what pod2's file is too late for. */
export const PACKETS = sent + 4 * answered.length - 2 * missedByPod2;

export function writePings(folder: string): void {
  for (const [point, name] of POINTS.entries()) {
    const capture = sample(name);
    const [request, reply] = [echoIn(capture, 8), echoIn(capture, 0)];
    const out = openSync(join(folder, name), 'w');
    writeSync(out, capture.subarray(0, 24));
    const [first, aheadUs] = [point === 3 ? FIRST_AT_POD2 : 0, point === 2 ? CLOCK_AHEAD_SECONDS * 1e6 : 0];
    const after = REACHED_US[point] ?? 0;
    let records: Buffer[] = [];
    for (let n = first; n < ECHOES; n += 1) {
      const sentUs = n * INTERVAL_US + aheadUs;
      if (point <= lastOf(n)) records.push(record(request, n, sentUs + after));
      if (lastOf(n) === 3) records.push(record(reply, n, sentUs + ANSWER_US - after));
      if (records.length < 10_000 && n + 1 < ECHOES) continue;
      writeSync(out, Buffer.concat(records));
      records = [];
    }
    closeSync(out);
  }
}

/** The first ICMP echo of that type. */
function echoIn(capture: Buffer, type: number): Buffer {
  for (let at = 24; at < capture.length; ) {
    const frame = capture.subarray(at + 16, at + 16 + capture.readUInt32LE(at + 8));
    if (frame.readUInt16BE(12) === 0x0800 && frame[23] === 1 && frame[34] === type) return frame;
    at += 16 + frame.length;
  }
  throw new Error(`no ICMP type ${type} in the sample`);
}

function record(frame: Buffer, n: number, us: number): Buffer {
  const out = Buffer.alloc(16 + frame.length);
  out.writeUInt32LE(1_700_000_000 + Math.floor(us / 1e6), 0);
  out.writeUInt32LE(us % 1e6, 4);
  out.writeUInt32LE(frame.length, 8);
  out.writeUInt32LE(frame.length, 12);
  const own = out.subarray(16);
  frame.copy(own);
  own.writeUInt16BE(n & 0xffff, 18); // IP identification
  own.writeUInt16BE(1 + (n >> 16), 38); // of ping, as if started anew when its numbers run out
  own.writeUInt16BE(n & 0xffff, 40);
  setChecksum(own, 14, 34, 24);
  setChecksum(own, 34, own.length, 36);
  return out;
}

/** RFC 1071. */
function setChecksum(bytes: Buffer, from: number, to: number, at: number): void {
  bytes.writeUInt16BE(0, at);
  let sum = 0;
  for (let i = from; i < to; i += 2) sum += bytes.readUInt16BE(i);
  while (sum > 0xffff) sum = (sum & 0xffff) + (sum >>> 16);
  bytes.writeUInt16BE(~sum & 0xffff, at);
}
