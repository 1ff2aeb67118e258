/**
 * Every packet of other people's captures against tshark. The lab's captures always, the corpus with `npm run oracle`.
 * Where we differ on purpose, docs/decoding.md says why; a file that it does not name, or names in vain, fails here.
 */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import type { CapturedPacket } from '../capture/types';
import { corpus, packetsOfFile } from '../testing/corpus';
import { labCaptures, openLab } from '../testing/lab-captures';
import { ASKED, COLUMNS, ourRow, theirRow } from '../testing/oracle';
import { hasTshark, tsharkFields } from '../testing/tshark';
import { decodeFrame } from './decode';

const READ_HERE = [0, 1, 12, 14, 101, 108, 113, 228, 229, 276];
const TIMEOUT_MS = 300_000;

interface From {
  readonly file: string;
  readonly packet: CapturedPacket;
}

interface Difference {
  readonly file: string;
  readonly packet: number;
  readonly column: string;
  readonly ours: string;
  readonly theirs: string;
}

/** One run of tshark for each link type, whatever files the packets are from. */
function differencesIn(all: readonly From[]): readonly Difference[] {
  return READ_HERE.flatMap((linkType) => {
    const from = all.filter(({ packet }) => packet.linkType === linkType);
    if (from.length === 0) return [];
    const packets = from.map(({ packet }) => packet);
    const rows = tsharkFields(linkType, packets, ASKED);
    expect(rows).toHaveLength(from.length);
    return from.flatMap(({ file, packet }, i) => differencesOf(file, packet, rows[i] ?? []));
  });
}

function differencesOf(file: string, packet: CapturedPacket, cells: readonly (readonly string[])[]): Difference[] {
  const { bytes, linkType, originalLength, index } = packet;
  const ours = ourRow(decodeFrame(bytes, { linkType, originalLength }));
  const theirs = theirRow(cells);
  return COLUMNS.flatMap((column) => {
    const [our, their] = [ours.get(column) ?? '', theirs.get(column) ?? ''];
    return our === their ? [] : [{ file, packet: index + 1, column, ours: our, theirs: their }];
  });
}

const DOCUMENT = fileURLToPath(new URL('../../../docs/decoding.md', import.meta.url));
const documented = (): readonly string[] =>
  [...readFileSync(DOCUMENT, 'utf8').matchAll(/`((?:tcpdump|libpcap|pcapng)\/[^`]+)`/g)].map((match) => match[1] ?? '');

describe.skipIf(!hasTshark)('as tshark reads them', () => {
  test.skipIf(labCaptures.length === 0)(
    "every packet of the lab's captures",
    () => {
      const all = labCaptures.flatMap((capture) =>
        openLab(capture).packets.map((packet) => ({ file: capture.name, packet })),
      );
      expect(all.length).toBeGreaterThan(4000);
      expect(differencesIn(all)).toEqual([]);
    },
    TIMEOUT_MS,
  );

  test.skipIf(corpus.length === 0 || process.env.ORACLE !== 'all')(
    'every packet of the corpus, but for what docs/decoding.md explains',
    () => {
      const all = corpus.flatMap((file) => packetsOfFile(file).map((packet) => ({ file: file.name, packet })));
      const differences = differencesIn(all);
      const names = documented();
      expect(differences.filter(({ file }) => !names.includes(file))).toEqual([]);
      expect([...new Set(differences.map(({ file }) => file))].sort()).toEqual([...new Set(names)].sort());
    },
    TIMEOUT_MS,
  );
});
