/** What the lab broke must be found in what its hosts printed, and where it broke nothing, nothing is wrong. */
import { describe, expect, test } from 'vitest';
import { importTexts } from '../import/import';
import { type LabScenario, labScenarios } from '../testing/lab-scenarios';
import type { Topology } from '../topology/topology';
import type { FindingKind } from './finding';
import { findingsOf, routeAuditOf } from './findings';

/** What each of the lab's commands breaks, read from the command alone. */
const BREAKS: readonly (readonly [RegExp, FindingKind])[] = [
  [/ip route add (?:blackhole|prohibit) 10\./, 'route-refusing'],
  [/ip route replace .* via/, 'route-wrong'],
  [/ip route del 10\.244\.\d+\.0\/24$/, 'route-missing'],
  [/ip route del 10\.244\.0\.0\/16$/, 'pod-no-route'],
  [/sysctl .*ip_forward=0/, 'forwarding-off'],
  [/iptables -P FORWARD DROP$|iptables -P FORWARD DROP; sysctl/, 'forward-drop'],
  [/iptables -A FORWARD -j REJECT/, 'forward-reject'],
  [/nat -A POSTROUTING -s 10\.244\.1\.0\/24 ! -o cni0 -j MASQUERADE/, 'pod-traffic-rewritten'],
  [/ip link set ens33 mtu/, 'mtu-below-pods'],
  [/ip link set \S+ down/, 'link-down'],
  [/ip link set veth\S+ nomaster/, 'veth-off-bridge'],
  [/rp_filter=1/, 'rp-filter-strict'],
];

const imported = ({ texts }: LabScenario): Topology => importTexts(texts).topology;

/** And what it built otherwise, or took down before the listing. */
function broken({ truth, state }: LabScenario): readonly string[] {
  const found = truth.faults.flatMap(({ host, command }) => {
    const [, kind] = BREAKS.find(([form]) => form.test(command)) ?? [];
    return kind === undefined ? [] : [`${kind} ${host}`];
  });
  const cards = Object.entries(state).flatMap(([role, json]) =>
    (json['ip -j addr'] ?? []).some(({ ifname, flags }) => ifname === 'ens33' && !flags.includes('UP'))
      ? [`link-down ${role}`]
      : [],
  );
  const apart = truth.topology.lan2 === null ? [] : ['nodes-apart node2'];
  return [...new Set([...found, ...cards, ...apart])];
}

describe.skipIf(labScenarios.length === 0)('the lab’s scenarios', () => {
  test.each(labScenarios.map((scenario) => [scenario.name, scenario] as const))('%s', (_, scenario) => {
    const all = findingsOf(imported(scenario), null);
    const expected = broken(scenario);
    expect(all.map(({ kind, node }) => `${kind} ${node}`)).toEqual(expect.arrayContaining([...expected]));
    if (expected.length === 0) expect(all.filter(({ severity }) => severity === 'error')).toEqual([]);
    // Nothing that was not broken is called so: each error is on a host that the lab touched.
    const touched = expected.map((text) => text.split(' ')[1]);
    for (const { severity, node } of all) if (severity === 'error') expect(touched).toContain(node);
  });

  test('a healthy cluster’s tables are all as flannel writes them', () => {
    const healthy = labScenarios.filter(
      ({ truth, name }) => truth.faults.length === 0 && /^(seed-ping|vxlan)$/.test(name),
    );
    const verdicts = healthy.flatMap((scenario) =>
      ['master', 'node1', 'node2'].flatMap((node) => {
        const audit = routeAuditOf(imported(scenario), null, node);
        return audit === null ? ['no audit'] : audit.rows.map(({ verdict }) => verdict);
      }),
    );
    expect(new Set(verdicts)).toEqual(new Set(['right']));
    expect(verdicts.length).toBeGreaterThanOrEqual(14);
  });
});
