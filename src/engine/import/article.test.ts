/** The article exactly as published must give the article's cluster: every value that its terminal output prints. */

import { describe, expect, test } from 'vitest';
import { formatIpv4 } from '../addr/ipv4';
import { formatPrefix } from '../addr/prefix';
import { seeded } from '../sim/draws';
import { simulate } from '../sim/simulate';
import { sharedText } from '../testing/lab-scenarios';
import { isAssumed } from '../topology/assumed';
import { article as scenario } from '../topology/scenarios/article';
import { type Assumption, deviceNamed, type Host, hostNamed } from '../topology/topology';
import { importTexts } from './import';

const text = sharedText('article.txt');

describe.skipIf(text === null)('the article, as published', () => {
  const imported = importTexts([text ?? '']);
  const { topology, report } = imported;
  const [POD1, POD2] = ['cni-test-7jxzs', 'cni-test-xb2pp'] as const;
  const hostOf = (name: string): Host => {
    const found = hostNamed(topology, name);
    if (found === null) throw new Error(`no host ${name}`);
    return found;
  };
  const device = (host: string, dev: string) => deviceNamed(hostOf(host), dev);
  const addressesOf = (host: string, dev: string) =>
    device(host, dev)?.addresses.map(({ ip, prefixLen }) => `${formatIpv4(ip)}/${prefixLen}`);

  test('has its hosts, with short names and the long ones as labels', () => {
    expect(topology.hosts.map(({ name, label, role, node }) => [name, label, role, node])).toEqual([
      [POD1, 'cni-test-777bbd57c8-7jxzs', 'pod', 'node1'],
      ['node1', 'node1.whale.com', 'node', null],
      [POD2, 'cni-test-777bbd57c8-xb2pp', 'pod', 'node2'],
      ['node2', 'node2.whale.com', 'node', null],
      ['master', null, 'node', null],
      ['gateway', null, 'router', null],
    ]);
    expect(topology.network === null ? null : formatPrefix(topology.network)).toBe('10.244.0.0/16');
  });

  test.each([
    [POD1, 'eth0', 3, '7a:0b:d4:4c:c5:68', ['10.244.1.4/24'], null],
    [POD2, 'eth0', 3, '32:00:56:84:0a:28', ['10.244.2.2/24'], null],
    ['node1', 'veth5c905d55', 7, '9e:1e:ab:74:dc:ac', [], 'cni0'],
    ['node2', 'vethb2d98351', 5, 'fa:c9:75:b6:e8:44', [], 'cni0'],
    ['node1', 'cni0', null, '5e:c1:b9:a7:b8:56', ['10.244.1.1/24'], null],
    ['node2', 'cni0', null, '9a:ef:f5:1f:3e:f6', ['10.244.2.1/24'], null],
  ] as const)('%s %s is as printed', (host, dev, ifindex, mac, addresses, master) => {
    expect(device(host, dev)).toMatchObject({ mac, master, mtuBytes: 1500, up: true });
    expect(addressesOf(host, dev)).toEqual(addresses);
    if (ifindex !== null) expect(device(host, dev)?.ifindex).toBe(ifindex);
    expect(isAssumed(topology, host, dev, 'ifindex')).toBe(ifindex === null);
    for (const field of ['mac', 'mtu', 'name', 'address'] as const)
      expect(isAssumed(topology, host, dev, field)).toBe(false);
  });

  test('joins the veth pairs by their ifindexes', () => {
    for (const [pod, node, veth] of [
      [POD1, 'node1', 'veth5c905d55'],
      [POD2, 'node2', 'vethb2d98351'],
    ] as const) {
      expect(device(pod, 'eth0')?.link).toEqual({ kind: 'veth', peer: { host: node, dev: veth } });
      expect(device(node, veth)?.link).toEqual({ kind: 'veth', peer: { host: pod, dev: 'eth0' } });
    }
  });

  test.each([
    [POD1, ['default 10.244.1.1 eth0 0', '10.244.0.0/16 10.244.1.1 eth0 0', '10.244.1.0/24 - eth0 0']],
    [POD2, ['default 10.244.2.1 eth0 0', '10.244.0.0/16 10.244.2.1 eth0 0', '10.244.2.0/24 - eth0 0']],
    [
      'node1',
      [
        'default 192.168.0.1 ens33 100',
        '10.244.0.0/24 192.168.0.80 ens33 0',
        '10.244.1.0/24 - cni0 0',
        '10.244.2.0/24 192.168.0.82 ens33 0',
        '172.17.0.0/16 - docker0 0',
        '192.168.0.0/24 - ens33 100',
      ],
    ],
    [
      'node2',
      [
        'default 192.168.0.1 ens33 100',
        '10.244.0.0/24 192.168.0.80 ens33 0',
        '10.244.1.0/24 192.168.0.81 ens33 0',
        '10.244.2.0/24 - cni0 0',
        '172.17.0.0/16 - docker0 0',
        '192.168.0.0/24 - ens33 100',
      ],
    ],
  ] as const)('%s has the printed routes', (host, rows) => {
    expect(rowsOf(hostOf(host))).toEqual(rows);
    expect(isAssumed(topology, host, null, 'routes')).toBe(false);
  });

  test('agrees with the built-in cluster in everything that is not assumed on either side', () => {
    const names = new Map([
      ['pod1', POD1],
      ['pod2', POD2],
    ]);
    const here = (name: string): string => names.get(name) ?? name;
    const known = (host: string, dev: string, field: Assumption['field']): boolean =>
      !isAssumed(scenario, host, dev, field) && !isAssumed(topology, here(host), dev, field);
    expect(new Set(topology.hosts.map(({ name }) => name))).toEqual(
      new Set(scenario.hosts.map(({ name }) => here(name))),
    );
    for (const own of scenario.hosts) {
      const other = hostOf(here(own.name));
      expect([other.role, other.podCidr]).toEqual([own.role, own.podCidr]);
      for (const one of own.devices) {
        const found = deviceNamed(other, one.name);
        if (found === null) {
          expect(isAssumed(scenario, own.name, one.name, 'mac')).toBe(true); // master's docker0 is not printed
          continue;
        }
        if (known(own.name, one.name, 'mac')) expect(found.mac).toBe(one.mac);
        if (known(own.name, one.name, 'ifindex')) expect(found.ifindex).toBe(one.ifindex);
        expect([found.addresses, found.mtuBytes, found.master, found.link.kind]).toEqual([
          one.addresses,
          one.mtuBytes,
          one.master,
          one.link.kind,
        ]);
      }
      if (own.name !== 'master' && own.name !== 'gateway') expect(rowsOf(other)).toEqual(rowsOf(own));
    }
    expect(topology.segments.map(({ name, ports }) => [name, new Set(ports.map(({ host }) => host))])).toEqual(
      scenario.segments.map(({ name, ports }) => [name, new Set(ports.map(({ host }) => host))]),
    );
    expect(topology.capturePoints).toEqual(
      scenario.capturePoints.map(({ id, host, dev }) => ({ id: here(id), host: here(host), dev })),
    );
  });

  test('marks what the article leaves open', () => {
    expect(addressesOf('node1', 'ens33')).toEqual(['192.168.0.81/24']);
    expect(isAssumed(topology, 'node1', 'ens33', 'address')).toBe(true);
    expect(isAssumed(topology, 'node1', 'ens33', 'mac')).toBe(true);
    expect(isAssumed(topology, 'master', null, 'routes')).toBe(true);
    expect(isAssumed(topology, 'master', null, 'host')).toBe(true);
    expect(addressesOf('master', 'ens33')).toEqual(['192.168.0.80/24']);
    expect(addressesOf('gateway', 'eth0')).toEqual(['192.168.0.1/24']);
    const hops = report.unknown.flatMap((one) =>
      one.kind === 'next-hop' && one.host === 'node1' ? [formatIpv4(one.ip)] : [],
    );
    expect(hops).toEqual(['192.168.0.1', '192.168.0.80']);
    expect(report.contradictions).toEqual([]);
  });

  test('only prose and commands without a prompt are left unread', () => {
    const unread = report.pieces.flatMap(({ format, unread: lines }) => (format === null ? [] : lines));
    for (const { text: line } of unread) expect(line).toMatch(/[\u4e00-\u9fff]|^Flannel HOST-GW|^pod\d|\.cap$/);
  });

  test('the ping of the article goes through it', () => {
    const trace = simulate(topology, { run: [`${POD1}: ping -c 1 10.244.2.2`] }, seeded(1));
    const printed = trace.ok
      ? trace.value.steps.flatMap(({ event }) => (event.kind === 'printed' ? [event.text] : []))
      : [];
    expect(printed.join('\n')).toContain('1 packets transmitted, 1 received, 0% packet loss');
    expect(printed.join('\n')).toContain('ttl=62');
  });
});

const rowsOf = ({ routes }: Host) =>
  routes.map(({ dst, via, dev, metric }) =>
    [dst.len === 0 ? 'default' : formatPrefix(dst), via === null ? '-' : formatIpv4(via), dev, metric].join(' '),
  );
