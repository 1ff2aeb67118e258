/** A cluster judged as a whole, for the page and the command line alike: what is wrong, and the tables worth showing. */
import type { ClusterSpec } from '../flannel/cluster-spec';
import type { Topology } from '../topology/topology';
import { told } from './derive-spec';
import type { Finding } from './finding';
import { findingsOf, routeAuditOf } from './findings';
import type { RouteAudit } from './route-audit';

/** Tables are set beside flannel's for so many nodes at most; of a larger cluster for those with a finding. */
const AUDITS_MAX = 20;
/** And for so few that their rows together are no more than this: every node of 5,000 has 5,000. */
const ROWS_MAX = 10_000;

export interface Judged {
  readonly findings: readonly Finding[];
  readonly audits: readonly RouteAudit[];
}

/** `flannel`: what texts say it was told; null: nothing was given. */
export function judged(topology: Topology, flannel: ClusterSpec | null): Judged {
  const spec = flannel === null ? null : told(flannel);
  const findings = findingsOf(topology, spec);
  const nodes = topology.hosts.flatMap(({ name, role }) => (role === 'node' ? [name] : []));
  const wrong = new Set(findings.map(({ node }) => node));
  const most = Math.min(AUDITS_MAX, Math.max(1, Math.floor(ROWS_MAX / Math.max(1, nodes.length))));
  const shown = nodes.length <= AUDITS_MAX ? nodes : nodes.filter((node) => wrong.has(node)).slice(0, most);
  return { findings, audits: shown.flatMap((node) => routeAuditOf(topology, spec, node) ?? []) };
}
