/** Pods that only a list tells of are hosts like any other, whoever looks. */
import { describe, expect, test } from 'vitest';
import { formatIpv4 } from '../addr/ipv4';
import { importTexts } from '../import/import';
import { nodesJson, podAddress, podHost, podsText } from '../testing/kubectl-text';
import { allAssumed, isAssumed } from './assumed';
import { ListedPod } from './listed';
import { addressOf, nodeOf } from './places';
import { hostNamed, ownerOf } from './topology';

const { topology } = importTexts([nodesJson(3), podsText(3, 2)]);
const pod = hostNamed(topology, podHost(1, 1, 2));
const node = hostNamed(topology, 'node2');

describe('a pod of a list', () => {
  test('has the address, the node and the gateway that follow from the list', () => {
    if (pod === null || node === null) throw new Error('not there');
    expect(pod).toBeInstanceOf(ListedPod);
    const own = addressOf(pod);
    expect(own === null ? null : formatIpv4(own.ip)).toBe(podAddress(1, 1));
    expect(nodeOf(topology, pod)).toBe(node);
    const gateway = node.devices.find(({ name }) => name === 'cni0')?.addresses[0]?.ip;
    expect(pod.routes.find(({ dst }) => dst.len === 0)?.via).toBe(gateway);
  });
  test('hangs on a cable whose ends name each other', () => {
    const cable = pod?.devices[1]?.link;
    const end = cable?.kind === 'veth' ? node?.devices.find(({ name }) => name === cable.peer.dev) : undefined;
    expect(end).toMatchObject({ master: 'cni0', link: { kind: 'veth', peer: { host: pod?.name, dev: 'eth0' } } });
  });
  test('is found by its address', () => {
    const ip = pod?.devices[1]?.addresses[0]?.ip;
    expect(ip === undefined ? null : ownerOf(topology, ip)).toEqual({ host: pod?.name, dev: 'eth0' });
  });
  test('is marked as made up in all but its name, address and node', () => {
    const name = pod?.name ?? '';
    for (const field of ['mac', 'mtu', 'ifindex'] as const) expect(isAssumed(topology, name, 'eth0', field)).toBe(true);
    expect(isAssumed(topology, name, 'eth0', 'address')).toBe(false);
    for (const one of allAssumed(topology)) expect(isAssumed(topology, one.host, one.dev, one.field)).toBe(true);
  });
  test('becomes an ordinary host once it is changed', () => {
    if (pod === null) throw new Error('not there');
    const changed = { ...pod, label: null };
    expect(changed.devices).toBe(pod.devices);
    expect(changed.routes).toBe(pod.routes);
  });
});
