/**
 * Find the fault: a cluster broken in a way that is not shown, and the judge of a suspicion. A named cause counts when
 * breaking the whole cluster by it gives the very verdict that the hidden fault gives: nobody can tell the two apart.
 */

import { wayOf } from '../analysis/way';
import { hash32 } from '../base/random';
import { unreachable } from '../base/result';
import { openSession } from '../comparison/session';
import { applyEdits, type Edit } from '../topology/edits';
import { FAULTS, type FaultId } from '../topology/faults';
import type { Topology } from '../topology/topology';
import { type Verdict, verdictOf } from '../verdict/verdict';

/** What may be wrong, without saying where. */
export const CAUSES = [
  'route-missing',
  'wrong-next-hop',
  'device-down',
  'small-mtu',
  'forwarding-off',
  'rp-filter',
  'policy-drop',
  'rule-rejects',
  'source-rewritten',
  'not-adjacent',
  'source-guard',
] as const;
export type CauseId = (typeof CAUSES)[number];

/** Where to look for it. */
export const SPOTS = ['route-table', 'device', 'sysctl', 'netfilter', 'network'] as const;
export type Spot = (typeof SPOTS)[number];

const SPOT_OF: Readonly<Record<CauseId, Spot>> = {
  'route-missing': 'route-table',
  'wrong-next-hop': 'route-table',
  'device-down': 'device',
  'small-mtu': 'device',
  'forwarding-off': 'sysctl',
  'rp-filter': 'sysctl',
  'policy-drop': 'netfilter',
  'rule-rejects': 'netfilter',
  'source-rewritten': 'netfilter',
  'not-adjacent': 'network',
  'source-guard': 'network',
};

/** Null: the fault lies in the question, and nothing of the cluster is broken. */
const CAUSE_OF: Readonly<Record<FaultId, CauseId | null>> = {
  'not-adjacent': 'not-adjacent',
  'source-guard': 'source-guard',
  'route-missing': 'route-missing',
  'no-route-at-all': 'route-missing',
  'gateway-detour': 'route-missing',
  'return-route-missing': 'route-missing',
  'next-hop-down': 'device-down',
  'pod-absent': null,
  'forwarding-off-near': 'forwarding-off',
  'forwarding-off-far': 'forwarding-off',
  'forward-drop-near': 'policy-drop',
  'forward-drop-far': 'policy-drop',
  'forward-reject': 'rule-rejects',
  'rp-filter': 'rp-filter',
  'no-bridge': 'device-down',
  'small-mtu': 'small-mtu',
  snat: 'source-rewritten',
  'wrong-next-hop': 'wrong-next-hop',
  'small-ttl': null,
};

export interface Hunt {
  readonly fault: FaultId;
  readonly topology: Topology; // broken
  readonly command: string; // that fails
  readonly edits: readonly Edit[]; // that broke it
}

/** The cluster broken by a fault; null where that does not apply here, or the command is answered all the same. */
export function openHunt(healthy: Topology, command: string, id: FaultId): Hunt | null {
  const way = wayOf(healthy, command);
  const broken = way === null || CAUSE_OF[id] === null ? null : FAULTS.find((one) => one.id === id)?.on(healthy, way);
  if (broken === null || broken === undefined || broken.edits.length === 0) return null;
  const applied = applyEdits(healthy, broken.edits);
  if (!applied.ok) return null;
  const hunt = { fault: id, topology: applied.value, command: broken.command ?? command, edits: broken.edits };
  return isMended(hunt.topology, hunt.command) ? null : hunt;
}

/** The faults that can be hidden in this cluster. */
export const huntsOn = (healthy: Topology, command: string): readonly FaultId[] =>
  FAULTS.flatMap(({ id }) => (openHunt(healthy, command, id) === null ? [] : [id]));

export interface Suspicion {
  readonly host: string; // or a segment's name
  readonly spot: Spot;
  readonly cause: CauseId;
}

export interface Grade {
  readonly host: boolean;
  readonly spot: boolean;
  readonly cause: boolean;
}

export function gradeOf(healthy: Topology, command: string, hunt: Hunt, { host, spot, cause }: Suspicion): Grade {
  const own = CAUSE_OF[hunt.fault];
  const hidden = traitsOf(hunt);
  const alike = FAULTS.filter(({ id }) => CAUSE_OF[id] === cause).some(({ id }) => {
    const other = openHunt(healthy, command, id);
    return other !== null && traitsOf(other) === hidden;
  });
  return {
    host: touchedBy(hunt.edits).includes(host),
    spot: own !== null && SPOT_OF[own] === spot,
    cause: alike,
  };
}

/** Hosts whose configuration was damaged, or the segment that was. */
function touchedBy(edits: readonly Edit[]): readonly string[] {
  const names = edits.flatMap((edit) => {
    switch (edit.kind) {
      case 'line':
        return [edit.line.slice(0, edit.line.indexOf(':'))];
      case 'source-guard':
      case 'add-node':
        return [edit.segment];
      case 'split-lan':
      case 'listen':
      case 'plug':
        return [edit.host];
      case 'add-pod':
        return [edit.node];
      case 'second-link':
      case 'place':
      case 'lay-out':
      case 'watch':
        return [];
      default:
        return unreachable(edit);
    }
  });
  return [...new Set(names)];
}

const verdictIn = (topology: Topology, command: string): Verdict | null =>
  verdictOf(openSession({ topology, command, typed: true, captures: [] }).trace, topology, command);

/** All that somebody outside could learn of it. */
function traitsOf({ topology, command }: Hunt): string {
  const verdict = verdictIn(topology, command);
  if (verdict === null) return '';
  const { outcome, loss, held, printed } = verdict;
  return JSON.stringify([outcome, loss?.host, loss?.stage, loss?.reason.kind, held.map(({ holds }) => holds), printed]);
}

/** The ping is answered again. */
export const isMended = (topology: Topology, command: string): boolean =>
  verdictIn(topology, command)?.outcome === 'answered';

/** A fault for a link: two people given the same one see different letters, and none of them says which it is. */
export const hideFault = (id: FaultId, salt: number): string =>
  `${(salt >>> 0).toString(36)}-${hash32(salt >>> 0, 'hidden-fault', id).toString(36)}`;

export function revealFault(code: string): FaultId | null {
  const [salt = '', hidden] = code.split('-');
  const number = Number.parseInt(salt, 36);
  if (!Number.isSafeInteger(number)) return null;
  return FAULTS.find(({ id }) => hash32(number >>> 0, 'hidden-fault', id).toString(36) === hidden)?.id ?? null;
}
