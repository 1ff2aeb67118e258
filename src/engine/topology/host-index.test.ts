/** A list made from another one by putting others in their places answers as a list of which nothing is known. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Ipv4, ipv4FromNumber } from '../addr/ipv4';
import { importTexts } from '../import/import';
import { nodesJson, podHost, podsText } from '../testing/kubectl-text';
import { device, host } from './build';
import { indexOf, replaced, tellIndex, toldHosts } from './host-index';
import { podsOn } from './places';
import { type Host, hostNamed, ownerOf, type Topology } from './topology';

const IPS = [1, 2, 3, 4, 5].map(ipv4FromNumber);
const machine = (name: string, ips: readonly Ipv4[]): Host =>
  host(name, 'machine', {
    devices: [
      device(
        'eth0',
        1,
        '02:00:00:00:00:01' as never,
        { kind: 'nic', segment: null },
        {
          addresses: ips.map((ip) => ({ ip, prefixLen: 24 })),
        },
      ),
    ],
    routes: [],
  });
const cluster = (hosts: readonly Host[]): Topology => ({
  name: '',
  network: null,
  hosts,
  segments: [],
  capturePoints: [],
  assumed: [],
});
const someIps = fc.uniqueArray(fc.constantFrom(...IPS), { maxLength: 3 });

test('who owns an address, after any hosts were replaced by others of their names', () => {
  fc.assert(
    fc.property(
      fc.array(someIps, { minLength: 3, maxLength: 5 }),
      fc.array(fc.array(fc.tuple(fc.nat(4), someIps), { maxLength: 3 }), { maxLength: 3 }),
      (first, changes) => {
        let hosts: readonly Host[] = first.map((ips, at) => machine(`m${at}`, ips));
        for (const change of changes) {
          const others = new Map<Host, Host>();
          for (const [at, ips] of change) {
            const one = hosts[at];
            if (one !== undefined) others.set(one, machine(one.name, ips));
          }
          hosts = replaced(hosts, others);
          const [known, fresh] = [cluster(hosts), cluster([...hosts])];
          for (const ip of IPS) expect(ownerOf(known, ip)).toEqual(ownerOf(fresh, ip));
          for (const { name } of hosts) expect(hostNamed(known, name)).toBe(hostNamed(fresh, name));
        }
      },
    ),
  );
});

const { topology } = importTexts([nodesJson(3), podsText(3, 2)]);

test('the pods of a node, and who is more than a line of a list, after a pod and a node were replaced', () => {
  const [node, pod] = ['node2', podHost(1, 1, 2)].map((name) => hostNamed(topology, name));
  if (node == null || pod == null) throw new Error('not there');
  podsOn(topology, 'node2');
  const others = new Map([
    [node, { ...node }],
    [pod, { ...pod }],
  ]);
  const now = { ...topology, hosts: replaced(topology.hosts, others) };
  expect(podsOn(now, 'node2')).toContain(others.get(pod));
  expect(podsOn(now, 'node2')).toHaveLength(2);
  expect(toldHosts(now.hosts)).toEqual(toldHosts([...now.hosts]));
  expect(toldHosts(now.hosts)).toContain(others.get(pod));
  expect(hostNamed(now, pod.name)).toBe(others.get(pod));
});

test('what another thread knows of the same hosts', () => {
  const told = { ...topology, hosts: [...topology.hosts] };
  tellIndex(told.hosts, structuredClone(indexOf(topology.hosts)));
  for (const { name, devices } of topology.hosts) {
    expect(hostNamed(told, name)).toBe(hostNamed(topology, name));
    for (const { addresses } of devices)
      for (const { ip } of addresses) expect(ownerOf(told, ip)).toEqual(ownerOf(topology, ip));
  }
  expect(hostNamed(told, 'nobody')).toBeNull();
});
