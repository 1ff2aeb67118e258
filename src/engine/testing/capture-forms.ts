/** Packets in every form of capture file that is read, for tests: a writer for each, by the format's own description. */
import { concat } from '../base/bytes';
import type { CapturedPacket } from '../capture/types';

type Packets = readonly CapturedPacket[];
const FORMS = [
  { magic: 0xa1b2c3d4, little: false, minor: 4, extra: 0, link: 1 },
  { magic: 0xa1b23c4d, little: true, minor: 4, extra: 0, link: 1 }, // nanoseconds
  { magic: 0xa1b2c3d4, little: true, minor: 2, extra: 0, link: 1 }, // the two lengths the other way round
  { magic: 0xa1b2c3d4, little: true, minor: 2, extra: 0, link: 6 }, // AIX
  { magic: 0xa1b2cd34, little: true, minor: 4, extra: 8, link: 1 }, // modified
  { magic: 0xa1b2c3d4, little: true, minor: 4, extra: 8, link: 1 }, // modified, with the usual magic number
  { magic: 0x1c0001ac, little: true, minor: 4, extra: 0, link: 1 }, // lcap
  { magic: 0xa1b2c3d4, little: true, minor: 4, extra: 0, link: 113 },
] as const;

/** Classic files in the forms of pcap-header.ts and pcap-variants.ts. */
export const pcapOf = (packets: Packets): readonly Uint8Array[] =>
  FORMS.map(({ magic, little, minor, extra, link }) => {
    const header = words(little, magic, 0, 0, 0, 262_144, link, ...(magic === 0x1c0001ac ? [0] : []));
    new DataView(header.buffer).setUint16(4, 2, little);
    new DataView(header.buffer).setUint16(6, minor, little);
    const records = packets.map(({ seconds, nanoseconds, bytes, originalLength }) => {
      const lengths = minor === 2 ? [originalLength, bytes.length] : [bytes.length, originalLength];
      const more = extra === 0 ? [] : [1, little ? 0x0800 : 0x0800_0000];
      return concat(words(little, seconds, nanoseconds / 1000, ...lengths, ...more), bytes);
    });
    return concat(header, ...records);
  });

/** The same time in microseconds and in units of 2^-10 s, as the two interfaces count; high word, low word. */
const TICKS = [
  [0x0005_0000, 0],
  [0x14f, 0x8b58_0000],
] as const;

/** pcapng in both byte orders, with every block type that is read and some that are passed over, and two sections. */
export const pcapngOf = (packets: Packets): readonly Uint8Array[] =>
  [true, false].map((little) => {
    const block = (type: number, ...body: readonly Uint8Array[]) => {
      const inside = concat(...body);
      const padded = concat(inside, new Uint8Array(-inside.length & 3));
      const length = padded.length + 12;
      return concat(words(little, type, length), padded, words(little, length));
    };
    const option = (code: number, value: Uint8Array) =>
      concat(halves(little, code, value.length), value, new Uint8Array(-value.length & 3));
    const section = (application: string) =>
      block(
        0x0a0d0d0a,
        words(little, 0x1a2b3c4d),
        halves(little, 1, 0),
        words(little, 0xffff_ffff, 0xffff_ffff),
        option(4, ascii(application)),
      );
    const onInterface = (resolution: number) =>
      block(
        1,
        halves(little, 1, 0),
        words(little, 0),
        option(2, ascii('eth0')),
        option(9, Uint8Array.of(resolution)),
        option(6, new Uint8Array(6)),
        words(little, 0),
      );
    const enhanced = ({ bytes, originalLength }: CapturedPacket, index: number) =>
      block(
        6,
        words(little, index % 2, ...(TICKS[index % 2] ?? [0, 0]), bytes.length, originalLength),
        bytes,
        new Uint8Array(-bytes.length & 3),
        option(1, ascii('seen')),
        words(little, 0),
      );
    const simple = ({ bytes }: CapturedPacket) => block(3, words(little, bytes.length), bytes);
    const old = ({ bytes }: CapturedPacket) =>
      block(2, halves(little, 0, 0), words(little, 0x0005_0000, 1, bytes.length, bytes.length), bytes);
    const names = block(
      4,
      halves(little, 1, 9),
      Uint8Array.of(10, 244, 1, 4),
      ascii('pod1\0'),
      new Uint8Array(3),
      words(little, 0),
    );
    const [first, second, ...rest] = packets;
    return concat(
      section('a'),
      onInterface(6),
      onInterface(0x8a),
      ...rest.map(enhanced),
      names,
      block(5, words(little, 0, 0, 0)),
      section('b'),
      onInterface(6),
      block(0xbad, ascii('custom')),
      ...(first === undefined ? [] : [simple(first)]),
      ...(second === undefined ? [] : [old(second)]),
    );
  });

const ascii = (text: string): Uint8Array => Uint8Array.from(text, (character) => character.charCodeAt(0));

function words(little: boolean, ...values: readonly number[]): Uint8Array {
  const view = new DataView(new ArrayBuffer(4 * values.length));
  for (const [i, value] of values.entries()) view.setUint32(4 * i, value, little);
  return new Uint8Array(view.buffer);
}

function halves(little: boolean, ...values: readonly number[]): Uint8Array {
  const view = new DataView(new ArrayBuffer(2 * values.length));
  for (const [i, value] of values.entries()) view.setUint16(2 * i, value, little);
  return new Uint8Array(view.buffer);
}
