/** Captures that others published, each held to what an outside reader counts in it. */
import { describe, expect, test } from 'vitest';
import { linkTypeName } from '../engine/capture/link-types';
import { bytesOfFile, corpus, isCleanClassic, packetsOfFile } from '../engine/testing/corpus';
import { readOutside, saidOf } from '../engine/testing/outside-reader';
import { type FileSummary, summarize } from './read-summary';

const MS_MAX = 2000; // a file

/** Deliberate, see docs/captures.md: the outside reader refuses link types that it has no name for. */
const refusedForLinkType = (complaint: string): boolean => /network type \d+ unknown/.test(complaint);

describe.skipIf(corpus.length === 0)('published captures', () => {
  const read = corpus.map((file): { file: (typeof corpus)[number]; said: FileSummary; ms: number } => {
    const start = performance.now();
    const found: FileSummary[] = [];
    summarize(file.path, (summary) => found.push(summary));
    const [said, ...more] = found;
    if (said === undefined || more.length > 0) throw new Error(`${file.name}: ${found.length} lines`);
    return { file, said, ms: performance.now() - start };
  });

  test('none takes long', () => expect(read.filter(({ ms }) => ms > MS_MAX)).toEqual([]));

  test('packets and their bytes on the wire are counted as the outside reader counts them', () => {
    const counted = read.filter(({ file }) => file.counts !== null);
    expect(counted.length).toBeGreaterThan(0);
    for (const { file, said } of counted) {
      const ours = { packets: said.packets, originalBytes: said.original_bytes };
      expect(ours, file.name).toEqual(file.counts);
    }
  });

  test('what the outside reader complains of is an error, and nothing else is', () => {
    for (const { file, said } of read.filter(({ file }) => file.counts !== null)) {
      expect(said.problem?.severity === 'error', file.name).toBe(file.complaint !== '');
    }
  });

  test('what the outside reader refuses is refused; a link type it does not know is said to be unknown', () => {
    for (const { file, said } of read.filter(({ file }) => file.counts === null)) {
      if (refusedForLinkType(file.complaint)) {
        expect(said.problem, file.name).toMatchObject({ kind: 'unknown-link-type', severity: 'note' });
        expect(said.link_types.map(linkTypeName), file.name).not.toContain(null);
      } else {
        expect(said.problem?.severity, file.name).toBe('error');
        expect(said.packets, file.name).toBe(0);
      }
    }
  });

  test('an independent reader finds the same packets in every clean classic file with microseconds', async () => {
    const clean = corpus.filter((file) => isCleanClassic(bytesOfFile(file)));
    for (const file of clean) {
      expect(await readOutside(bytesOfFile(file)), file.name).toEqual(packetsOfFile(file).map(saidOf));
    }
    expect(clean.length).toBeGreaterThan(800);
  }, 60_000);
});
