import { describe, expect, test } from 'vitest';
import { article } from './scenarios/article';
import { watch } from './watch';

const pointsOf = (from: string, to: string) => {
  const made = watch(article, from, to);
  return made.ok ? made.value.capturePoints.map(({ host, dev }) => `${host} ${dev}`) : made.error;
};

describe('watch', () => {
  test('between pods of two nodes: the article’s four points, in the order of travel', () => {
    expect(pointsOf('pod1', 'pod2')).toEqual(['pod1 eth0', 'node1 ens33', 'node2 ens33', 'pod2 eth0']);
    expect(pointsOf('pod2', 'pod1')).toEqual(['pod2 eth0', 'node2 ens33', 'node1 ens33', 'pod1 eth0']);
  });
  test('a node’s card is looked at once', () =>
    expect(pointsOf('pod1', 'master')).toEqual(['pod1 eth0', 'node1 ens33', 'master ens33']));
  test('names who is not there', () =>
    expect(pointsOf('pod1', 'pod9')).toEqual({ kind: 'unknown-host', host: 'pod9' }));
});
