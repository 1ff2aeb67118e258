import { execFileSync } from 'node:child_process';
import { describe, expect, test } from 'vitest';
import { concat } from '../base/bytes';
import { bytesOfFile, corpus } from '../testing/corpus';
import { hasTshark } from '../testing/tshark';
import { openCapture } from './open';

const halves = (...values: readonly number[]): Uint8Array =>
  Uint8Array.from(values.flatMap((value) => [value & 0xff, value >> 8]));
const words = (...values: readonly number[]): Uint8Array => new Uint8Array(Uint32Array.from(values).buffer);
const ascii = (text: string): Uint8Array => Uint8Array.from(text, (character) => character.charCodeAt(0));
const record = (type: number, ...value: readonly Uint8Array[]): Uint8Array => {
  const whole = concat(...value);
  return concat(halves(type, whole.length), whole, new Uint8Array(-whole.length & 3));
};
const block = (type: number, body: Uint8Array): Uint8Array =>
  concat(words(type, body.length + 12), body, words(body.length + 12));

const SECTION = block(0x0a0d0d0a, concat(words(0x1a2b3c4d), halves(1, 0), words(0xffff_ffff, 0xffff_ffff)));
const INTERFACE = block(1, concat(halves(1, 0), words(0)));
const PACKET = block(3, concat(words(4), ascii('abcd')));
const END = halves(0, 0);
const POD1 = record(1, Uint8Array.of(10, 244, 1, 4), ascii('pod1\0web\0'));

function read(...blocks: readonly Uint8Array[]) {
  const opened = openCapture(concat(SECTION, INTERFACE, ...blocks, PACKET));
  if (!opened.ok) throw new Error(opened.error.kind);
  return opened.value;
}

describe('a block of names', () => {
  test('names addresses of IPv4, IPv6 and cards; other records and what is in options are passed over', () => {
    const six = record(2, Uint8Array.of(0xfd, ...new Array<number>(14).fill(0), 2), ascii('six\0'));
    const card = record(3, Uint8Array.of(0x0a, 0x58, 0, 0xf4, 1, 4), ascii('veth'));
    const others = concat(record(4, ascii('01234567x\0')), record(99, ascii('x')));
    const dns = concat(record(2, ascii('dns.example')), END);
    const { names, problem, packets } = read(block(4, concat(POD1, others, six, card, END, dns)));
    expect(names).toEqual([
      { address: '10.244.1.4', name: 'pod1' },
      { address: '10.244.1.4', name: 'web' },
      { address: 'fd00::2', name: 'six' },
      { address: '0a:58:00:f4:01:04', name: 'veth' },
    ]);
    expect([problem, packets.length]).toEqual([null, 1]);
  });

  test('a record longer than its block is told with its place; names before it and packets after it are kept', () => {
    const { names, problem, packets } = read(block(4, concat(POD1, halves(1, 400), END)));
    expect(names).toHaveLength(2);
    const offset = SECTION.length + INTERFACE.length + 8 + POD1.length;
    expect(problem).toEqual({ kind: 'bad-name-record', severity: 'error', packet: 1, offset, length: 400, left: 4 });
    expect(packets).toHaveLength(1);
  });

  test('a record too short for its address is told and passed over', () => {
    const { names, problem } = read(block(4, concat(record(2, Uint8Array.of(1, 2, 3, 4)), POD1, END)));
    expect(names.map(({ name }) => name)).toEqual(['pod1', 'web']);
    expect(problem).toMatchObject({
      kind: 'bad-name-record',
      offset: SECTION.length + INTERFACE.length + 8,
      length: 4,
    });
  });

  test('names are no longer than DNS allows, and no more than are of use', () => {
    const long = record(1, new Uint8Array(4), ascii(`${'x'.repeat(256)}\0${'y'.repeat(255)}\0`));
    expect(read(block(4, concat(long, END))).names.map(({ name }) => name)).toEqual(['y'.repeat(255)]);
    const many = block(4, concat(...new Array<Uint8Array>(4000).fill(POD1), END));
    expect(read(many, many).names).toHaveLength(10_000);
  });

  test('secrets, custom blocks, journal entries and system calls are passed over by their length', () => {
    const others = [0x0a, 0x0bad, 0x4000_0bad, 9, 0x204, 0x210].map((type) => block(type, ascii('whatever')));
    expect(read(...others)).toMatchObject({ names: [], problem: null, packets: [{ capturedLength: 4 }] });
  });
});

/** `tshark -z hosts` keeps the last name of an address; card names it does not print. */
describe.skipIf(!hasTshark)('names in the corpus', () => {
  const named = corpus.flatMap((file) => {
    const { name, path } = file;
    const opened = name.endsWith('.pcapng') ? openCapture(bytesOfFile(file)) : null;
    return opened?.ok === true && opened.value.names.length > 0 ? [{ name, path, names: opened.value.names }] : [];
  });
  test.skipIf(named.length === 0).each(named)('$name', ({ path, names }) => {
    const args = ['-r', path, '-q', '-z', 'hosts'];
    const printed = execFileSync('tshark', args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
    const theirs = printed.split('\n').filter((line) => /^[0-9a-f]/.test(line));
    const ours = new Map(names.map(({ address, name }) => [address, name]));
    expect([...ours].map(([address, name]) => `${address}\t${name}`).sort()).toEqual(theirs.sort());
  });
});
