/**
 * All that is wrong with a cluster, worst first: what flannel would have written beside what is there, and what each
 * difference does to a ping. Bounded: however many findings there are, only the first few are tried out.
 */
import type { ClusterSpec } from '../flannel/cluster-spec';
import type { Topology } from '../topology/topology';
import { type Cluster, clusterOf } from './cluster';
import { consequenceOf, severityAfter } from './consequence';
import { deviceFindings } from './device-findings';
import { byEdits, type Draft } from './draft';
import { duplicateFindings } from './duplicate-findings';
import type { Finding, Severity } from './finding';
import { kernelFindings } from './kernel-findings';
import { clusterFindings, leaseFindings } from './lease-findings';
import { auditOf, type RouteAudit } from './route-audit';
import { routeFindings } from './route-findings';

/** Pings tried out for one list of findings; each is run twice at most. */
const TRIALS_MAX = 8;

/** `spec`: what flannel was told; null: concluded from the cluster itself. */
export function findingsOf(topology: Topology, spec: ClusterSpec | null): readonly Finding[] {
  const cluster = clusterOf(topology, spec);
  const drafts = [
    ...clusterFindings(cluster),
    ...duplicateFindings(cluster),
    ...cluster.nodes.flatMap((node) => [
      ...leaseFindings(cluster, node),
      ...deviceFindings(cluster, node),
      ...routeFindings(cluster, node),
      ...kernelFindings(cluster, node),
    ]),
  ];
  const tried = new Set(worthTrying(drafts));
  return inOrder(drafts.map((one) => finished(cluster, one, tried.has(one))));
}

/** One node's table beside flannel's; null: no node of that name. */
export function routeAuditOf(topology: Topology, spec: ClusterSpec | null, node: string): RouteAudit | null {
  const cluster = clusterOf(topology, spec);
  const found = cluster.nodeOfHost.get(node);
  return found === undefined ? null : auditOf(cluster, found);
}

/** Every kind once before any kind twice, the worst first. */
function worthTrying(drafts: readonly Draft[]): readonly Draft[] {
  const turns = new Map<string, number>();
  const ranked = drafts
    .filter(({ trial }) => trial !== null)
    .map((one) => {
      const turn = turns.get(one.evidence.kind) ?? 0;
      turns.set(one.evidence.kind, turn + 1);
      return { one, turn };
    });
  return ranked
    .sort((a, b) => a.turn - b.turn || RANK[a.one.severity] - RANK[b.one.severity])
    .slice(0, TRIALS_MAX)
    .map(({ one }) => one);
}

const RANK: Readonly<Record<Severity, number>> = { error: 0, warning: 1, note: 2 };

function finished(cluster: Cluster, made: Draft, isTried: boolean): Finding {
  const { node, evidence, check } = made;
  const command = isTried ? (made.trial?.() ?? null) : null;
  const repair = evidence.kind === 'nodes-apart' ? null : made.repair;
  const consequence = command === null ? null : consequenceOf(cluster, command, repair);
  const severity = consequence === null ? made.severity : severityAfter(made, consequence);
  return {
    kind: evidence.kind,
    severity,
    node,
    evidence,
    consequence,
    check,
    repair: repair ?? byVerdict(consequence),
  };
}

const byVerdict = (consequence: Finding['consequence']): Finding['repair'] =>
  (consequence?.verdict.repairWith ?? []).map(({ kind, edits }) => byEdits(kind, ...edits));

const inOrder = (findings: readonly Finding[]): readonly Finding[] =>
  [...findings].sort((a, b) => RANK[a.severity] - RANK[b.severity]);
