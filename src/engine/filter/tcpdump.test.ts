/** The same packets pass as with tcpdump: a part of the lab's always; all, and the corpus, with `npm run oracle`. */
import { describe, expect, test } from 'vitest';
import type { CapturedPacket } from '../capture/types';
import { corpus, packetsOfFile } from '../testing/corpus';
import { EXPRESSIONS } from '../testing/filter-expressions';
import { labCaptures, openLab } from '../testing/lab-captures';
import { hasTcpdump, passedBy } from '../testing/tcpdump';
import { decodeFrame } from '../wire/decode';
import { matches } from './match';
import { parseFilter } from './parse';

const TIMEOUT_MS = 300_000;
const EVERY = process.env.ORACLE === 'all' ? 1 : 5;

/** tcpdump refuses some expressions for some link types, such as `ether host` for raw IP; those are left out. */
function differences(linkType: number, all: readonly CapturedPacket[]): readonly object[] {
  const packets = all.filter((packet) => packet.linkType === linkType);
  const decoded = packets.map(({ bytes, originalLength }) => decodeFrame(bytes, { linkType, originalLength }));
  const theirs = passedBy(linkType, packets, EXPRESSIONS);
  return EXPRESSIONS.flatMap((text, i): object[] => {
    const passed = theirs[i] ?? null;
    if (passed === null) return [];
    const parsed = parseFilter(text);
    if (!parsed.ok) return [{ text, error: parsed.error }];
    const ours = decoded.flatMap((frame, at) => (matches(parsed.value, frame) ? [at] : []));
    const only = (list: readonly number[], other: ReadonlySet<number>) =>
      list.filter((at) => !other.has(at)).slice(0, 5);
    const [more, fewer] = [only(ours, new Set(passed)), only(passed, new Set(ours))];
    return more.length + fewer.length === 0 ? [] : [{ text, linkType, more, fewer }];
  });
}

describe.skipIf(!hasTcpdump)('as tcpdump filters', () => {
  test.skipIf(labCaptures.length === 0)(
    "the lab's captures",
    () => {
      const packets = labCaptures.flatMap((capture) => openLab(capture).packets).filter((_, i) => i % EVERY === 0);
      expect(differences(1, packets)).toEqual([]);
      expect(differences(101, packets)).toEqual([]);
    },
    TIMEOUT_MS,
  );

  test.skipIf(corpus.length === 0 || process.env.ORACLE !== 'all')(
    'the corpus',
    () => {
      const packets = corpus.flatMap((file) => packetsOfFile(file));
      expect([0, 1, 101, 113, 228, 229].flatMap((linkType) => differences(linkType, packets))).toEqual([]);
    },
    TIMEOUT_MS,
  );
});
