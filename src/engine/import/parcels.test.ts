import { expect, test } from 'vitest';
import { nodesJson, podsText } from '../testing/kubectl-text';
import { toFile } from '../topology/file';
import { leaseTableOf } from '../topology/on-demand';
import { packed, Unpacking } from '../topology/parcels';
import { article } from '../topology/scenarios/article';
import type { Topology } from '../topology/topology';
import { importTexts } from './import';

/** As a worker's messages do it. */
function sent(topology: Topology): Topology | null {
  const there = new Unpacking();
  for (const parcel of packed(topology)) there.take(structuredClone(parcel));
  return there.finish();
}

const listed = importTexts([nodesJson(300), podsText(300, 3)]).topology;

test.each([
  ['a cluster of lists', listed],
  ['a cluster of transcripts', article],
])('%s arrives as it was', (_, topology) => {
  const there = sent(topology);
  if (there === null) throw new Error('not all came');
  expect(toFile(there)).toBe(toFile(topology));
  expect(there.hosts.map(({ name }) => name)).toEqual(topology.hosts.map(({ name }) => name));
});

test('its nodes share one list of leases, and make their tables from it', () => {
  const tables = (sent(listed)?.hosts ?? []).flatMap((host) => leaseTableOf(host) ?? []);
  expect(tables).toHaveLength(300);
  expect(new Set(tables.map(({ leases }) => leases)).size).toBe(1);
  expect(tables.every(({ own, leases }) => leases.includes(own))).toBe(true);
});

test('no part is long', () => {
  const lengths = [...packed(listed)].map((parcel) => JSON.stringify(parcel).length);
  expect(Math.max(...lengths)).toBeLessThan(600_000); // characters
});
