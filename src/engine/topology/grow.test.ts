/** What flannel and its CNI plugins do when a pod or a node comes: the values are those of the article's cluster, one on. */
import { describe, expect, test } from 'vitest';
import { formatIpv4 } from '../addr/ipv4';
import { formatPrefix } from '../addr/prefix';
import { formatRoute } from '../net/route-text';
import { seeded } from '../sim/draws';
import { simulate } from '../sim/simulate';
import { edited } from '../testing/article-run';
import { applyEdits, type Edit } from './edits';
import { fromFile, toFile } from './file';
import { article } from './scenarios/article';
import { deviceNamed, hostNamed, type Topology } from './topology';

const grownBy = (...edits: readonly Edit[]): Topology => edited(edits);
const routesOf = (topology: Topology, name: string) => (hostNamed(topology, name)?.routes ?? []).map(formatRoute);
function answers(topology: Topology, command: string): boolean {
  const trace = simulate(topology, { run: [command] }, seeded(1));
  if (!trace.ok) throw new Error(JSON.stringify(trace.error));
  return trace.value.steps.some(({ event }) => event.kind === 'printed' && event.text.includes(' bytes from '));
}

describe('a new pod', () => {
  const grown = grownBy({ kind: 'add-pod', node: 'node1' });
  test('has the next free address, flannel’s routes, and a veth in hairpin mode on cni0', () => {
    const pod = hostNamed(grown, 'pod3');
    expect(pod?.devices[1]?.addresses.map(({ ip }) => formatIpv4(ip))).toEqual(['10.244.1.2']);
    expect(routesOf(grown, 'pod3')).toEqual([
      'default via 10.244.1.1 dev eth0',
      '10.244.0.0/16 via 10.244.1.1 dev eth0',
      '10.244.1.0/24 dev eth0 proto kernel scope link src 10.244.1.2',
    ]);
    const veth = hostNamed(grown, 'node1')?.devices.at(-1);
    expect(veth).toMatchObject({ master: 'cni0', hairpin: true, link: { kind: 'veth', peer: { host: 'pod3' } } });
  });
  test('is reached from the other node', () => expect(answers(grown, 'pod2: ping -c 1 10.244.1.2')).toBe(true));
  test('makes cni0 where there was none', () => {
    const first = grownBy({ kind: 'add-pod', node: 'master' });
    const cni0 = deviceNamed(hostNamed(first, 'master') ?? (article.hosts[0] as never), 'cni0');
    expect(cni0?.addresses.map(({ ip }) => formatIpv4(ip))).toEqual(['10.244.0.1']);
    expect(answers(first, 'pod1: ping -c 1 10.244.0.2')).toBe(true);
  });
});

describe('a new node', () => {
  const grown = grownBy({ kind: 'add-node', segment: 'lan' }, { kind: 'add-pod', node: 'node3' });
  test('gets the next podCIDR, and every peer one route to it', () => {
    expect(formatPrefix(hostNamed(grown, 'node3')?.podCidr ?? { base: 0 as never, len: 0 })).toBe('10.244.3.0/24');
    for (const peer of ['master', 'node1', 'node2'])
      expect(routesOf(grown, peer)).toContain('10.244.3.0/24 via 192.168.0.83 dev ens33');
    expect(routesOf(grown, 'node3')).toContain('10.244.2.0/24 via 192.168.0.82 dev ens33');
  });
  test('its first pod is reached', () => expect(answers(grown, 'pod1: ping -c 1 10.244.3.2')).toBe(true));
  test('can be saved and opened', () => expect(fromFile(toFile(grown)).ok).toBe(true));
});

describe('a pulled cable', () => {
  const cut = grownBy({ kind: 'plug', host: 'node2', dev: 'ens33', segment: null });
  test('keeps the routes and lets nothing through', () => {
    expect(routesOf(cut, 'node2')).toEqual(routesOf(article, 'node2'));
    expect(answers(cut, 'pod1: ping -c 1 -W 1 10.244.2.2')).toBe(false);
  });
  test('plugged in again, all is as before', () => {
    const again = grownBy(
      { kind: 'plug', host: 'node2', dev: 'ens33', segment: null },
      { kind: 'plug', host: 'node2', dev: 'ens33', segment: 'lan' },
    );
    expect(answers(again, 'pod1: ping -c 1 10.244.2.2')).toBe(true);
  });
});

test('a node without a pod network takes no pod, and says so', () => {
  const made = applyEdits(article, [{ kind: 'add-pod', node: 'gateway' }]);
  expect(made).toMatchObject({ ok: false, error: { error: { kind: 'no-pod-network', host: 'gateway' } } });
});
