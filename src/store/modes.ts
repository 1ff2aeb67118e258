/** The scenario's cluster in every mode, and what is asked of it there. */
import { formatIpv4 } from '../engine/addr/ipv4';
import { unreachable } from '../engine/base/result';
import { asIpip, asVxlan, sameNodePair } from '../engine/topology/modes';
import { onOneNode } from '../engine/topology/one-node';
import type { Topology } from '../engine/topology/topology';
import { lastOf } from './last-answers';
import { type Scenario, scenarioOf } from './scenarios';
import type { AppState, Asked, Mode } from './store';

export const carriedClusters = new WeakMap<Topology, Map<Mode, Topology>>();

/** The scenario's cluster, its packets carried as the mode says. */
export function carriedBy({ topology }: Scenario, mode: Mode): Topology {
  const known = carriedClusters.get(topology) ?? new Map<Mode, Topology>();
  const carried = known.get(mode) ?? carry(topology, mode);
  carriedClusters.set(topology, known.set(mode, carried));
  return carried;
}

function carry(topology: Topology, mode: Mode): Topology {
  switch (mode) {
    case 'host-gw':
      return topology;
    case 'vxlan':
      return asVxlan(topology);
    case 'ipip':
      return asIpip(topology);
    case 'same-node': {
      const pair = sameNodePair(topology);
      return pair === null ? topology : onOneNode(pair);
    }
    default:
      return unreachable(mode);
  }
}

export const sameNodeCommand = lastOf(({ topology }: Scenario): string | null => {
  const pair = sameNodePair(topology);
  return pair === null ? null : `${pair.from}: ping -c 1 ${formatIpv4(pair.ip)}`;
});

/** What is asked when the mode becomes this one: only two pods of one node need words of their own. */
export function askedIn(s: AppState, mode: Mode): Partial<Asked> {
  const scenario = scenarioOf(s);
  const own = sameNodeCommand(scenario);
  if (mode === 'same-node') return own === null ? {} : { command: own, typed: true };
  return s.mode === 'same-node' && s.command === own ? { command: scenario.command, typed: false } : {};
}
