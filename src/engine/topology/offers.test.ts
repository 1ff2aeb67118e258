import { expect, test } from 'vitest';
import { randomCluster } from '../testing/random-cluster';
import { applyEdits } from './edits';
import { offersAt, type Place } from './offers';
import { article } from './scenarios/article';
import type { Topology } from './topology';

const placesOf = (topology: Topology): readonly Place[] => [
  ...topology.hosts.flatMap(({ name: host, devices }): readonly Place[] => [
    { kind: 'host', host },
    { kind: 'stack', host },
    ...devices.map(({ name: dev }) => ({ kind: 'device', host, dev }) as const),
  ]),
  ...topology.segments.map(({ name: segment }) => ({ kind: 'segment', segment }) as const),
];

test('whatever is offered can be made, on any cluster, and changes it', () => {
  const clusters = [article, ...Array.from({ length: 20 }, (_, seed) => randomCluster(seed).topology)];
  for (const topology of clusters) {
    for (const place of placesOf(topology)) {
      for (const edit of offersAt(topology, place)) {
        const made = applyEdits(topology, [edit]);
        expect({ edit, made: made.ok || made.error }).toEqual({ edit, made: true });
        if (made.ok) expect(made.value).not.toEqual(topology);
      }
    }
  }
});

test('node1’s route lookup offers its flannel routes, forwarding and the FORWARD policy', () => {
  expect(offersAt(article, { kind: 'stack', host: 'node1' })).toEqual([
    { kind: 'line', line: 'node1: ip route del default metric 100' },
    { kind: 'line', line: 'node1: ip route del 10.244.0.0/24' },
    { kind: 'line', line: 'node1: ip route del 10.244.2.0/24' },
    { kind: 'line', line: 'node1: sysctl -w net.ipv4.ip_forward=0' },
    { kind: 'line', line: 'node1: iptables -P FORWARD DROP' },
  ]);
});
