/** Captures wrapped in gzip, tar and zip. */
import { describe, expect, test } from 'vitest';
import { concat, hex } from '../base/bytes';
import { sampleFiles } from '../testing/samples';
import { gz, streamedZip, tar, tarHeader, zip } from '../testing/wrap';
import { LIMITS } from './archive';
import { type OpenedFile, openFiles } from './open-files';
import { writePcap } from './pcap';

const [first, second] = sampleFiles();
if (first === undefined || second === undefined) throw new Error('two samples are needed');
const [one, two] = [first.bytes, second.bytes];

const saidOf = ({ name, result }: OpenedFile) => ({
  name,
  packets: result.ok ? result.value.packets.map(({ bytes }) => hex(bytes)) : [],
  problem: result.ok ? result.value.problem : result.error,
});
const opened = (name: string, bytes: Uint8Array, limits = LIMITS) => openFiles(name, bytes, limits).map(saidOf);
const [plainOne] = opened('a', one);
const [plainTwo] = opened('a', two);
const packetsOfOne = plainOne?.packets ?? [];
const packetsOfTwo = plainTwo?.packets ?? [];

const both = (whole: string, a = 'pod1.cap', b = 'x/pod2.cap') => [
  { name: `${whole}/${a}`, packets: packetsOfOne, problem: null },
  { name: `${whole}/${b}`, packets: packetsOfTwo, problem: null },
];
const FILES = { 'pod1.cap': one, 'x/pod2.cap': two };

describe('unpack', () => {
  test('a gzip keeps its name, however many members it has', () => {
    const wanted = [{ name: 'a.gz', packets: packetsOfOne, problem: null }];
    expect(opened('a.gz', gz(one))).toEqual(wanted);
    expect(opened('a.gz', concat(gz(one.subarray(0, 100)), gz(one.subarray(100))))).toEqual(wanted);
    expect(opened('a.gz', concat(gz(one), new Uint8Array(600)))).toEqual(wanted); // padding
  });
  test.each([
    ['a.zip', zip(FILES)],
    ['a.zip', streamedZip(FILES)],
    ['a.zip', streamedZip({ 'x/': new Uint8Array(0), ...FILES })],
    ['a.tar', tar({ 'x/': new Uint8Array(0), ...FILES })],
    ['a.tar.gz', gz(tar(FILES))],
    ['a.zip.gz', gz(zip(FILES))],
  ])('the files in %s, with their names', (name, bytes) => expect(opened(name, bytes)).toEqual(both(name)));
  test('a gzip in a zip', () => {
    const packed = zip({ 'pod1.cap.gz': gz(one), 'x/pod2.cap': two });
    expect(opened('a.zip', packed)).toEqual(both('a.zip', 'pod1.cap.gz'));
  });
  test('names longer than a tar header has room for', () => {
    const long = `${'f'.repeat(120)}/pod1.cap`;
    const text = (of: string) => Uint8Array.from(of, (character) => character.charCodeAt(0));
    const padded = (bytes: Uint8Array) => concat(bytes, new Uint8Array(-bytes.length & 511));
    const gnu = concat(tarHeader('././@LongLink', long.length + 1, 'L'), padded(text(`${long}\0`)), tar({ f: one }));
    expect(opened('a.tar', gnu)).toMatchObject([{ name: `a.tar/${long}`, problem: null }]);
    const record = `${long.length + 10} path=${long}\n`;
    const pax = concat(tarHeader('PaxHeader', record.length, 'x'), padded(text(record)), tar({ f: one }));
    expect(opened('a.tar', pax)).toMatchObject([{ name: `a.tar/${long}`, problem: null }]);
  });
  test('a file that is no capture is named as what it is, beside those that are', () => {
    const notes = Uint8Array.from('default via 10.0.0.1\n', (character) => character.charCodeAt(0));
    const said = opened('a.zip', zip({ 'notes.txt': notes, 'pod1.cap': one }));
    expect(said).toMatchObject([{ problem: { kind: 'not-a-capture', looksLike: 'text' } }, { problem: null }]);
  });
});

describe('unpack, damaged', () => {
  /** Deflate refers back, so a sample repeated would be all there at once: numbered packets instead. */
  const numbered = writePcap(
    Array.from({ length: 2000 }, (_, i) => ({
      seconds: i,
      nanoseconds: 0,
      originalLength: 60,
      bytes: Uint8Array.from({ length: 60 }, (_, at) => (i * 2654435761) >>> (at % 24)),
    })),
  );
  const [wholeNumbered] = opened('a', numbered);
  const all = wholeNumbered?.packets ?? [];

  test('a gzip that is cut gives the packets before the cut, and says so', () => {
    const packed = gz(numbered);
    let most = 0;
    for (let length = 3; length < packed.length; length += 997) {
      const [said, ...more] = opened('a.gz', packed.subarray(0, length));
      expect(more).toEqual([]);
      const { packets = [] } = said ?? {};
      expect(packets).toEqual(all.slice(0, packets.length));
      expect(packets.length).toBeGreaterThanOrEqual(most);
      most = packets.length;
      const expected = { kind: 'packed-cut', packed: 'gzip', offset: length, packet: packets.length + 1 };
      expect(said?.problem).toMatchObject(expected);
    }
    expect(most).toBeGreaterThan(1900);
  });
  test.each([1, 7, 8])('a gzip that lacks its last %i bytes is cut, though every packet is there', (lacks) => {
    const packed = gz(numbered);
    const [said] = opened('a.gz', packed.subarray(0, packed.length - lacks));
    expect(said).toMatchObject({ problem: { kind: 'packed-cut' } });
    expect(said?.packets.length).toBe(2000);
  });
  test('a large gzip of what is no capture is named as that: nobody read on to see whether it is cut', () => {
    const packed = gz(concat(new Uint8Array(600), numbered));
    expect(opened('a.gz', packed)).toMatchObject([{ problem: { kind: 'not-a-capture' } }]);
  });
  test('a gzip whose check sum is wrong is damaged', () => {
    const packed = gz(one);
    packed[packed.length - 8] = (packed.at(-8) ?? 0) ^ 1;
    expect(opened('a.gz', packed)).toMatchObject([{ packets: packetsOfOne, problem: { kind: 'packed-damaged' } }]);
  });
  test.each([
    ['zip', zip(FILES)],
    ['zip', streamedZip(FILES)],
    ['tar', tar(FILES)],
  ] as const)('a %s that is cut within its second file gives the first whole', (packed, bytes) => {
    const start = bytes.length - (packed === 'tar' ? 1600 : 400);
    const [whole, cut] = opened('a', bytes.subarray(0, start));
    expect(whole).toMatchObject({ packets: packetsOfOne, problem: null });
    expect(cut).toMatchObject({ problem: { kind: 'packed-cut', packed } });
  });
  test('a zip that is cut is never silent, wherever that is', () => {
    for (const bytes of [zip(FILES), streamedZip(FILES)]) {
      const directory = hex(bytes).indexOf('504b0102') / 2;
      for (let length = 4; length < directory; length += 5) {
        const said = opened('a', bytes.subarray(0, length));
        expect(said.some(({ problem }) => problem?.severity === 'error')).toBe(true);
      }
    }
  });
  test('what cannot be unpacked is said, and the next file still opens', () => {
    const bytes = zip(FILES);
    bytes[6] = 1; // encrypted
    expect(opened('a', bytes)).toMatchObject([{ problem: { kind: 'zip-encrypted' } }, { problem: null }]);
    bytes[6] = 0;
    bytes[8] = 12; // bzip2
    expect(opened('a', bytes)).toMatchObject([{ problem: { kind: 'zip-method', method: 12 } }, { problem: null }]);
  });
  test('archives without a file', () => {
    expect(opened('a', zip({}))).toMatchObject([{ problem: { kind: 'nothing-inside', packed: 'zip' } }]);
    const folder = tar({ 'x/': new Uint8Array(0) });
    expect(opened('a', folder)).toMatchObject([{ problem: { kind: 'nothing-inside', packed: 'tar' } }]);
  });
});

describe('unpack, bounds', () => {
  test('a file that unpacks to more than the limit is read up to there', () => {
    const limits = { ...LIMITS, fileBytes: 200 };
    const [said] = opened('a.gz', gz(one), limits);
    expect(said).toMatchObject({ problem: { kind: 'unpacked-too-large', limit: 200 } });
    expect(said?.packets).toEqual(packetsOfOne.slice(0, said?.packets.length));
    expect(said?.packets.length).toBeGreaterThan(0);
  });
  test('a bomb ends at the limit, wherever it is wrapped', () => {
    const bomb = gz(concat(one, new Uint8Array(5_000_000)));
    const limits = { ...LIMITS, fileBytes: 100_000, totalBytes: 200_000 };
    expect(opened('a.gz', bomb, limits).at(-1)?.problem?.kind).toMatch(/too-large|implausible|packed/);
    const tarred = gz(tar({ a: new Uint8Array(5_000_000), b: one }));
    expect(opened('a.tgz', tarred, limits).at(-1)).toMatchObject({ problem: { kind: 'unpacked-too-large' } });
    const zipped = streamedZip({ a: new Uint8Array(5_000_000) });
    expect(opened('a.zip', zipped, limits).at(-1)).toMatchObject({ problem: { kind: 'unpacked-too-large' } });
  });
  test('archives within archives end somewhere', () => {
    let packed = one;
    for (let i = 0; i < 6; i += 1) packed = gz(packed);
    expect(opened('a', packed)).toMatchObject([{ problem: { kind: 'packed-too-deep', limit: LIMITS.depth } }]);
  });
  test('no more files than the limit are opened', () => {
    const limits = { ...LIMITS, files: 1 };
    const wanted = [{ packets: packetsOfOne }, { problem: { kind: 'too-many-files', limit: 1 } }];
    for (const bytes of [zip(FILES), tar(FILES)]) expect(opened('a', bytes, limits)).toMatchObject(wanted);
  });
});
