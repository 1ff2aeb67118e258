/** Contrast modes against the lab's vxlan, ipip and same-node scenarios. */
import { describe, expect, test } from 'vitest';
import { formatIpv4 } from '../addr/ipv4';
import { LINK_TYPE } from '../capture/link-types';
import { predictedAt } from '../comparison/predicted';
import { formatRoute } from '../net/route-text';
import { judged, traced } from '../testing/article-run';
import { randomCluster } from '../testing/random-cluster';
import { decodeFrame, fieldsOf } from '../wire/decode';
import { asIpip, asVxlan, sameNodePair } from './modes';
import { article } from './scenarios/article';
import { hostNamed, type Topology } from './topology';

const PING = 'pod1: ping -c 1 10.244.2.2';

/** The echo as it crosses node1's card. */
function onWire(topology: Topology): { readonly length: number; readonly fields: ReadonlyMap<string, string> } {
  const frames = predictedAt(traced(topology, PING), { host: 'node1', dev: 'ens33' });
  const echo = frames.find(({ bytes }) => bytes.length >= 98);
  if (echo === undefined) throw new Error('no echo on ens33');
  const decoded = decodeFrame(echo.bytes, { linkType: LINK_TYPE.ethernet, originalLength: echo.bytes.length });
  return { length: echo.bytes.length, fields: new Map(fieldsOf(decoded).map(({ name, text }) => [name, text])) };
}

describe('asVxlan', () => {
  const vxlan = asVxlan(article);

  test('an echo has 148 bytes on ens33 instead of 98, and UDP to port 8472 with VNI 1', () => {
    expect(onWire(article).length).toBe(98);
    const { length, fields } = onWire(vxlan);
    expect([length, fields.get('udp.dstport'), fields.get('vxlan.vni')]).toEqual([148, '8472', '1']);
  });

  test('routes and MTU are as flannel writes them: node2’s flannel.1 as an onlink next hop, 1450', () => {
    const node1 = hostNamed(vxlan, 'node1');
    expect(node1?.routes.map(formatRoute)).toContain('10.244.2.0/24 via 10.244.2.0 dev flannel.1 onlink');
    expect(node1?.devices.map(({ name, mtuBytes }) => `${name} ${mtuBytes}`)).toEqual(
      expect.arrayContaining(['ens33 1500', 'cni0 1450', 'veth5c905d55 1450', 'flannel.1 1450', 'docker0 1500']),
    );
    expect(hostNamed(vxlan, 'pod1')?.devices.find(({ name }) => name === 'eth0')?.mtuBytes).toBe(1450);
  });

  test('nobody asks for a MAC behind the tunnel: neighbour and FDB entries are there in advance', () => {
    const node1 = hostNamed(vxlan, 'node1');
    expect(node1?.neighbours.map(({ ip }) => formatIpv4(ip))).toEqual(['10.244.2.0', '10.244.0.0']);
    expect(node1?.tunnelFdb.map(({ remote }) => formatIpv4(remote))).toEqual(['192.168.0.82', '192.168.0.80']);
    expect(judged(vxlan, PING).printed[1]).toMatch(/ttl=62/);
  });

  test('a cluster with tunnels stays as it is', () => {
    expect(asVxlan(vxlan)).toBe(vxlan);
    expect(asIpip(vxlan)).toBe(vxlan);
  });
});

describe('asIpip', () => {
  test('an echo has 118 bytes on ens33: 20 more, and TTL 62 comes back', () => {
    expect(onWire(asIpip(article)).length).toBe(118);
    expect(judged(asIpip(article), PING).printed[1]).toMatch(/ttl=62/);
  });
});

describe('sameNodePair', () => {
  test('puts a second pod beside the first: TTL 64, and nothing on ens33', () => {
    const pair = sameNodePair(article);
    const verdict = judged(pair?.topology ?? article, `pod1: ping -c 1 ${formatIpv4(pair?.ip ?? (0 as never))}`);
    expect(verdict.printed[1]).toMatch(/^64 bytes from 10\.244\.1\.\d+: icmp_seq=1 ttl=64 time=/);
    expect(verdict.held.map(({ holds }) => holds)).toEqual(['request-and-answer', 'nothing', 'nothing', 'nothing']);
  });

  test('takes two pods that are there already', () => {
    const pair = sameNodePair(article);
    expect(pair === null ? null : sameNodePair(pair.topology)?.topology).toBe(pair?.topology);
  });
});

test('on other clusters every mode still connects the pods of two nodes', () => {
  for (let seed = 1; seed <= 40; seed += 1) {
    const { sound: topology } = randomCluster(seed);
    const pods = topology.hosts.filter(({ role }) => role === 'pod');
    const [from, to] = [pods[0], pods.at(-1)];
    const ip = to?.devices.at(-1)?.addresses[0]?.ip;
    for (const mode of [asVxlan, asIpip]) {
      const command = `${from?.name}: ping -c 1 -W 1 ${formatIpv4(ip ?? (0 as never))}`;
      expect({ seed, mode: mode.name, outcome: judged(mode(topology), command).outcome }).toEqual({
        seed,
        mode: mode.name,
        outcome: 'answered',
      });
    }
  }
});
