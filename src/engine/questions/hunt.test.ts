import { describe, expect, test } from 'vitest';
import { applyEdits } from '../topology/edits';
import { FAULTS, type FaultId } from '../topology/faults';
import { article } from '../topology/scenarios/article';
import { gradeOf, type Hunt, hideFault, huntsOn, isMended, openHunt, revealFault, type Suspicion } from './hunt';

const PING = 'pod1: ping -c 1 10.244.2.2';

function hunt(id: FaultId): Hunt {
  const found = openHunt(article, PING, id);
  if (found === null) throw new Error(`${id} can be hidden in the article's cluster`);
  return found;
}
const grade = (id: FaultId, suspicion: Suspicion) => gradeOf(article, PING, hunt(id), suspicion);
const ALL_RIGHT = { host: true, spot: true, cause: true };

describe('what can be hidden', () => {
  const found = huntsOn(article, PING);
  test('faults after which the ping fails', () => {
    expect(found).toContain('route-missing');
    expect(found).toContain('source-guard');
    expect(found.length).toBeGreaterThanOrEqual(12);
  });
  test('not those where the ping still works, nor those that lie in the question', () => {
    for (const id of ['gateway-detour', 'snat', 'wrong-next-hop', 'pod-absent', 'small-ttl'] as const)
      expect(found).not.toContain(id);
  });
});

describe('a suspicion', () => {
  test.each([
    ['route-missing', { host: 'node1', spot: 'route-table', cause: 'route-missing' }],
    ['return-route-missing', { host: 'node2', spot: 'route-table', cause: 'route-missing' }],
    ['forwarding-off-far', { host: 'node2', spot: 'sysctl', cause: 'forwarding-off' }],
    ['forward-drop-near', { host: 'node1', spot: 'netfilter', cause: 'policy-drop' }],
    ['next-hop-down', { host: 'node2', spot: 'device', cause: 'device-down' }],
    ['source-guard', { host: 'lan', spot: 'network', cause: 'source-guard' }],
    ['rp-filter', { host: 'node2', spot: 'sysctl', cause: 'rp-filter' }],
  ] as const)('that names %s is right in all three', (id, suspicion) => {
    expect(grade(id, suspicion)).toEqual(ALL_RIGHT);
  });
  test('is judged part by part', () => {
    const suspicion = { host: 'node1', spot: 'sysctl', cause: 'rp-filter' } as const;
    expect(grade('forwarding-off-far', suspicion)).toEqual({ host: false, spot: true, cause: false });
  });
  test('forwarding off and a DROP policy look alike in the captures, and are told apart by where the packet ends', () => {
    const suspicion = { host: 'node1', spot: 'netfilter', cause: 'policy-drop' } as const;
    expect(grade('forwarding-off-near', suspicion)).toEqual({ host: true, spot: false, cause: false });
  });
});

describe('a repair', () => {
  const mends = (id: FaultId, line: string): boolean => {
    const { topology, command } = hunt(id);
    const after = applyEdits(topology, [{ kind: 'line', line }]);
    return after.ok && isMended(after.value, command);
  };
  test('brings the ping back', () => {
    expect(mends('route-missing', 'node1: ip route add 10.244.2.0/24 via 192.168.0.82 dev ens33')).toBe(true);
    expect(mends('forwarding-off-far', 'node2: sysctl -w net.ipv4.ip_forward=1')).toBe(true);
  });
  test('at the wrong host does not', () => {
    expect(mends('forwarding-off-far', 'node1: sysctl -w net.ipv4.ip_forward=1')).toBe(false);
  });
});

describe('a hidden fault in a link', () => {
  test('comes back, whatever the salt', () => {
    for (const { id } of FAULTS)
      for (const salt of [0, 7, 4_294_967_295]) expect(revealFault(hideFault(id, salt))).toBe(id);
  });
  test('does not show which it is', () => {
    expect(hideFault('route-missing', 7)).not.toBe(hideFault('route-missing', 8));
  });
  test.each(['', '-', '7-zzz', 'ab', '%-1'])('%j is none', (code) => expect(revealFault(code)).toBeNull());
});
