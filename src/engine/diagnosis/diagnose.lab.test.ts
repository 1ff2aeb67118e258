/** Every recorded scenario, by what was done to the cluster: docs/diagnosis.md has the table, this test holds its figures. */
import { describe, expect, test } from 'vitest';
import { diagnosedIn, LAB } from '../testing/lab-diagnosis';

const all = diagnosedIn(LAB);

describe.skipIf(all.length === 0)('diagnosis of recorded scenarios', () => {
  const named = (rank: 'aloneRank' | 'withTextsRank', is: string): readonly string[] =>
    all.filter((one) => one[rank] === is).map(({ name }) => name);

  test('captures alone: the right cause is never missed, and first where the wire tells', () => {
    expect(named('aloneRank', 'missed')).toEqual([]);
    expect(named('aloneRank', 'first').length).toBeGreaterThanOrEqual(66);
  });

  test('silent losses inside a node look alike on the wire: these alone are not first', () => {
    const kinds = all.filter(({ aloneRank }) => aloneRank === 'among').map(({ expected }) => expected.kind);
    expect(new Set(kinds)).toEqual(new Set(['forwarding-off', 'route-blackhole', 'rp-filter']));
  });

  test('with the transcripts it is first everywhere', () => {
    expect(named('withTextsRank', 'missed')).toEqual([]);
    expect(named('withTextsRank', 'among')).toEqual([]);
  });

  test('where the transcripts tell it, check and repair come with the cause', () => {
    const bare = all.filter(({ withTexts }) =>
      withTexts.findings.some(
        ({ severity, causes }) =>
          severity === 'error' &&
          (causes.length === 0 || causes.every(({ check, repair }) => check.length + repair.length === 0)),
      ),
    );
    expect(bare.map(({ name }) => name)).toEqual([]);
  });

  test('a healthy run is not called faulty', () => {
    const wrong = all.filter(
      ({ expected, alone }) =>
        expected.kind === 'all-well' && alone.findings.some(({ severity }) => severity !== 'note'),
    );
    expect(wrong.map(({ name }) => name)).toEqual([]);
  });
});
