import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { concat, fromHex, hex } from '../base/bytes';
import { PACKET_LENGTH_MAX } from './link-types';
import { openCapture } from './open';
import { writePcap } from './pcap';
import type { CaptureFile, CaptureProblem } from './types';

/** seed-ping, pod1 eth0: file header and frames 1 and 2 as recorded, cut after them. */
const FILE_HEADER = fromHex('d4c3b2a1 0200 0400 00000000 00000000 00000400 01000000');
const FRAME = fromHex('ffffffffffff 7a0bd44cc568 0806 0001080006040001 7a0bd44cc568 0af40104 000000000000 0af40101');
const RECORDS = concat(
  fromHex('129b026b 77060b00 2a000000 2a000000'),
  FRAME,
  fromHex('129b026b c4060b00 2a000000 2a000000'),
  FRAME,
);
const FILE = concat(FILE_HEADER, RECORDS);

function opened(bytes: Uint8Array): CaptureFile {
  const result = openCapture(bytes);
  if (!result.ok) throw new Error(JSON.stringify(result.error));
  return result.value;
}
function problemOf(bytes: Uint8Array): CaptureProblem | null {
  const result = openCapture(bytes);
  return result.ok ? result.value.problem : result.error;
}

/** The same file as a writer of the other byte order, or with the other resolution, would write it. */
function variant(magic: string, little: boolean, fraction: number): Uint8Array {
  const header = new DataView(new ArrayBuffer(40));
  header.setUint16(4, 2, little);
  header.setUint16(6, 4, little);
  header.setUint32(16, 262_144, little);
  header.setUint32(20, 1, little);
  header.setUint32(24, 0x6b02_9b12, little);
  header.setUint32(28, fraction, little);
  header.setUint32(32, FRAME.length, little);
  header.setUint32(36, FRAME.length + 1, little);
  const bytes = new Uint8Array(header.buffer);
  bytes.set(fromHex(magic));
  return concat(bytes, FRAME);
}

describe('openCapture, a classic file', () => {
  test('reads the file header and every packet', () => {
    const capture = opened(FILE);
    expect(capture).toMatchObject({
      format: 'pcap',
      byteOrder: 'le',
      resolution: 'us',
      version: { major: 2, minor: 4 },
      snapLength: 262_144,
      linkType: 1,
      problem: null,
    });
    expect(capture.packets.map(({ bytes: _, ...rest }) => rest)).toEqual([
      {
        index: 0,
        seconds: 1795332882,
        nanoseconds: 722_551_000,
        capturedLength: 42,
        originalLength: 42,
        fileOffset: 40,
        interface: 0,
        linkType: 1,
      },
      {
        index: 1,
        seconds: 1795332882,
        nanoseconds: 722_628_000,
        capturedLength: 42,
        originalLength: 42,
        fileOffset: 98,
        interface: 0,
        linkType: 1,
      },
    ]);
  });
  test.each([
    ['d4c3b2a1', 1_500_000, 1, 500_000_000],
    ['d4c3b2a1', 0xffff_ffff, 4294, 967_295_000],
    ['4d3cb2a1', 1_000_000_000, 1, 0],
  ])('a fraction that is a second or more counts as seconds too: %s, %i', (magic, fraction, more, nanoseconds) => {
    const [packet] = opened(variant(magic, true, fraction)).packets;
    expect(packet).toMatchObject({ seconds: 0x6b02_9b12 + more, nanoseconds });
  });
  test('packets are views of the file', () => {
    const packet = opened(FILE).packets[1];
    expect(packet?.bytes.buffer).toBe(FILE.buffer);
    expect(packet?.bytes).toEqual(FRAME);
  });
  test('reads a file that is itself a view of something larger', () => {
    const larger = concat(fromHex('a5a5a5'), FILE, fromHex('a5'));
    expect(opened(larger.subarray(3, 3 + FILE.length)).packets.map((packet) => hex(packet.bytes))).toEqual([
      hex(FRAME),
      hex(FRAME),
    ]);
  });
  test.each([
    ['d4c3b2a1', true, 722_551, 'le', 'us'],
    ['a1b2c3d4', false, 722_551, 'be', 'us'],
    ['4d3cb2a1', true, 722_551_000, 'le', 'ns'],
    ['a1b23c4d', false, 722_551_000, 'be', 'ns'],
  ] as const)('magic %s tells byte order and resolution', (magic, little, fraction, byteOrder, resolution) => {
    const capture = opened(variant(magic, little, fraction));
    expect(capture).toMatchObject({ byteOrder, resolution, linkType: 1, snapLength: 262_144, problem: null });
    expect(capture.packets).toMatchObject([
      { seconds: 1795332882, nanoseconds: 722_551_000, capturedLength: 42, originalLength: 43 },
    ]);
  });
  test('bits about a frame check sequence are no part of the link type', () => {
    const bytes = FILE.slice();
    bytes.set(fromHex('01000024'), 20); // two 16-bit units of FCS, "length known"
    expect(opened(bytes).linkType).toBe(1);
  });
});

describe('openCapture, a damaged classic file', () => {
  test('a file header alone is a capture without packets, which is a note', () => {
    expect(opened(FILE_HEADER)).toMatchObject({
      packets: [],
      problem: { kind: 'no-packets', severity: 'note', offset: 24 },
    });
  });
  test('cut at any byte: earlier packets are the same, and the problem says where, what is there and what is needed', () => {
    const whole = opened(FILE).packets;
    for (let length = 1; length < FILE.length; length += 1) {
      const cut = FILE.subarray(0, length);
      if (length < 24) {
        expect(problemOf(cut)).toMatchObject({ kind: 'too-short-for-header', offset: 0, have: length, need: 24 });
        continue;
      }
      const capture = opened(cut);
      const complete = Math.floor((length - 24) / 58);
      expect(capture.packets).toEqual(whole.slice(0, complete));
      const left = (length - 24) % 58;
      const at = 24 + complete * 58;
      if (left === 0) expect(capture.problem?.kind ?? null).toBe(complete === 0 ? 'no-packets' : null);
      else if (left < 16) {
        const expected = { kind: 'cut-in-record-header', packet: complete + 1, offset: at, have: left, need: 16 };
        expect(capture.problem).toMatchObject(expected);
      } else {
        const expected = { kind: 'cut-in-packet', packet: complete + 1, offset: at + 16, have: left - 16, need: 42 };
        expect(capture.problem).toMatchObject(expected);
      }
    }
  });
  test('a length that no tool writes ends the reading, with its place and the limit', () => {
    const bytes = FILE.slice();
    new DataView(bytes.buffer).setUint32(24 + 58 + 8, PACKET_LENGTH_MAX + 1, true);
    const capture = opened(bytes);
    expect(capture.packets).toHaveLength(1);
    expect(capture.problem).toEqual({
      kind: 'implausible-length',
      severity: 'error',
      packet: 2,
      offset: 90,
      length: 262_145,
      limit: 262_144,
    });
  });
});

describe('openCapture', () => {
  test('an empty file is named', () => expect(problemOf(new Uint8Array(0))?.kind).toBe('empty-file'));
  test('a pcapng file that ends in its section header says how much is there', () => {
    expect(problemOf(fromHex('0a0d0d0a 1c000000 4d3c2b1a'))).toMatchObject({ kind: 'too-short-for-header', have: 12 });
  });
  test.each([
    ['text', hex(new Uint8Array([...'default via 10.0.0.1\n'].map((letter) => letter.charCodeAt(0))))],
    ['gzip', '1f8b0800 00000000'],
    ['zip', '504b0304 14000000'],
    ['snoop', '736e6f6f70000000 00000002 00000004'],
    ['unknown', '7f454c46 02010100'],
  ])('a file that looks like %s is named as that', (looksLike, text) => {
    const expected = { kind: 'not-a-capture', looksLike, magic: text.replace(/\s/g, '').slice(0, 8) };
    expect(problemOf(fromHex(text))).toMatchObject(expected);
  });
  test('shows at most 16 bytes of a file that is no capture', () => {
    expect(problemOf(new Uint8Array(100).fill(0xee))).toMatchObject({ firstBytes: 'ee'.repeat(16) });
  });
  test('random bytes, and a real file with random changes, never throw', () => {
    const edits = fc.array(fc.tuple(fc.nat(FILE.length - 1), fc.nat(255)), { maxLength: 6 });
    fc.assert(
      fc.property(edits, fc.uint8Array({ maxLength: 100 }), (changes, tail) => {
        const bytes = concat(FILE, tail);
        for (const [at, value] of changes) bytes[at] = value;
        const result = openCapture(bytes);
        if (!result.ok) return;
        for (const packet of result.value.packets) expect(packet.bytes).toHaveLength(packet.capturedLength);
      }),
      { numRuns: 1000 },
    );
    fc.assert(fc.property(fc.uint8Array(), (bytes) => typeof openCapture(bytes).ok === 'boolean'));
  });
});

describe('writePcap', () => {
  test('writes the same bytes that were read', () => {
    expect(hex(writePcap(opened(FILE).packets))).toBe(hex(FILE));
  });
  test('what is written is read back, to the microsecond', () => {
    const anyPacket = fc.record({
      seconds: fc.nat(0xffff_ffff),
      nanoseconds: fc.nat(999_999).map((us) => us * 1000),
      originalLength: fc.nat(0xffff_ffff),
      bytes: fc.uint8Array({ maxLength: 80 }),
    });
    fc.assert(
      fc.property(fc.array(anyPacket, { minLength: 1 }), fc.nat(0xffff), (packets, linkType) => {
        const read = openCapture(writePcap(packets, linkType, 65_535));
        if (!read.ok) throw new Error(read.error.kind);
        expect(read.value).toMatchObject({ linkType, snapLength: 65_535 });
        expect(read.value.problem?.severity ?? 'note').toBe('note'); // hardly any tool knows some link types
        expect(read.value.packets).toMatchObject(packets);
      }),
    );
  });
  test('no packets give a file header alone', () => expect(hex(writePcap([]))).toBe(hex(FILE_HEADER)));
});
