/** The same packets pass as with tcpdump: a part of the lab's always; all, and the corpus, with `npm run oracle`. */
import { describe, expect, test } from 'vitest';
import type { CapturedPacket } from '../capture/types';
import { corpus, packetsOfFile } from '../testing/corpus';
import { EXPRESSIONS, randomExpressions } from '../testing/filter-expressions';
import { labCaptures, openLab } from '../testing/lab-captures';
import { hasTcpdump, passedBy } from '../testing/tcpdump';
import { compileFilter } from './compile';
import { parseFilter } from './parse';

const TIMEOUT_MS = 300_000;
const RANDOM = 300; // expressions
/** Without its optimizer tcpdump reads every byte that an expression asks for, and a cut packet fails where we say. */
const AS_WRITTEN = ['-O'];
const EVERY = process.env.ORACLE === 'all' ? 1 : 5;

/** tcpdump refuses some expressions for some link types, such as `ether host` for raw IP; those are left out. */
function differences(
  linkType: number,
  all: readonly CapturedPacket[],
  expressions: readonly string[] = EXPRESSIONS,
  flags: readonly string[] = [],
): readonly object[] {
  const packets = all.filter((packet) => packet.linkType === linkType);
  const theirs = passedBy(linkType, packets, expressions, flags);
  return expressions.flatMap((text, i): object[] => {
    const passed = theirs[i] ?? null;
    if (passed === null) return [];
    const parsed = parseFilter(text);
    if (!parsed.ok) return [{ text, error: parsed.error }];
    const passes = compileFilter(parsed.value);
    const ours = packets.flatMap((packet, at) => (passes(packet) ? [at] : []));
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

  test.skipIf(corpus.length === 0 || process.env.ORACLE !== 'all')(
    'expressions made by chance, over the corpus',
    () => {
      const packets = corpus.flatMap((file) => packetsOfFile(file));
      const expressions = randomExpressions(RANDOM, 1);
      expect([0, 1, 101, 113, 228, 229].flatMap((type) => differences(type, packets, expressions, AS_WRITTEN))).toEqual(
        [],
      );
    },
    TIMEOUT_MS,
  );
});
