/**
 * The diagnosis: what the packets of all files, matched over the hops, say of the network. Findings first that explain most;
 * each with its evidence and its likely causes in order. A given cluster sharpens it: diagnose-model.ts.
 */

import type { ClockOffset } from '../matching/clock';
import * as causes from './causes';
import { type Course, coursesOf, flowName, reachOf } from './course';
import { unansweredArp } from './diagnose-arp';
import { errorsOn } from './diagnose-icmp';
import { isRecovered, lossesOn } from './diagnose-loss';
import { notesOf } from './diagnose-notes';
import { tcpFindings, tcpKey } from './diagnose-tcp';
import { wayOn } from './diagnose-way';
import { FAULT_KINDS, type Finding, type FlowReport } from './finding';
import { hostAt, nameAt, type Seen } from './seen';
import { clocksOf } from './seen-clock';

export interface Diagnosis {
  readonly findings: readonly Finding[];
  readonly flows: readonly FlowReport[];
  readonly clocks: readonly ClockOffset[]; // of neighbouring points
}

/** Conversations told one by one; a scan of a network has more than anybody reads. */
const FLOWS_MAX = 200;
const TCP = 6;

export function diagnose(seen: Seen): Diagnosis {
  const flows = [...seen.flows.flows]
    .sort((a, b) => b.forward.count + b.back.count - a.forward.count - a.back.count)
    .slice(0, FLOWS_MAX);
  const courses = flows.map((flow) => coursesOf(seen, flow));
  const byTcp = new Map(
    courses.flatMap(([request, reply]) =>
      request.flow.protocol === TCP
        ? [[tcpKey(request.src, request.dst, request.flow.port ?? 0), [request, reply] as const] as const]
        : [],
    ),
  );
  const found = [
    ...noPackets(seen),
    ...courses.flatMap(([request, reply]) => ofFlow(seen, request, reply)),
    ...unansweredArp(seen),
    ...tcpFindings(seen, (key) => byTcp.get(key) ?? null),
    ...notesOf(seen),
  ];
  const findings = merged(found).sort((a, b) => weight(a) - weight(b));
  const isWell = findings.every(({ severity }) => severity === 'note');
  return {
    findings: isWell ? [allWell(seen, courses), ...findings] : findings,
    flows: courses.map(([request, reply]) => reportOf(seen, request, reply)),
    clocks: clocksOf(seen),
  };
}

function ofFlow(seen: Seen, request: Course, reply: Course): readonly Finding[] {
  const losses = (one: Course, other: Course) => (isRecovered(one) ? [] : lossesOn(seen, one, other));
  return [
    ...errorsOn(seen, request),
    ...errorsOn(seen, reply),
    ...losses(request, reply),
    ...losses(reply, request),
    ...wayOn(seen, request, reply),
    ...wayOn(seen, reply, request),
  ];
}

/** Errors before warnings before notes; among equals in the order of the list of kinds. */
const SEVERITIES = ['error', 'warning', 'note'] as const;
const FIRST: readonly string[] = ['loop', 'icmp-error', 'other-next-hop', 'arp-unanswered', 'lost-between'];
function weight({ kind, severity }: Finding): number {
  const place = FIRST.indexOf(kind);
  return (
    SEVERITIES.indexOf(severity) * 100 +
    (place < 0 ? FIRST.length + (FAULT_KINDS as readonly string[]).indexOf(kind) : place)
  );
}

/** The same finding of several buckets or flows is told once, with the evidence of all. */
function merged(findings: readonly Finding[]): Finding[] {
  const byKey = new Map<string, Finding>();
  for (const finding of findings) {
    const { kind, host, flow, values } = finding;
    const key = JSON.stringify([
      kind,
      host,
      flow,
      values.about,
      values.from,
      values.to,
      values.point,
      values.target,
      values.code,
    ]);
    const known = byKey.get(key);
    if (known === undefined) byKey.set(key, finding);
    else {
      const packets = Number(known.values.packets ?? 0) + Number(values.packets ?? 0);
      const evidence = [...known.evidence, ...finding.evidence].slice(0, 12);
      byKey.set(key, { ...known, values: { ...known.values, packets }, evidence });
    }
  }
  return [...byKey.values()];
}

function noPackets(seen: Seen): readonly Finding[] {
  const { flows, strayErrors } = seen.flows;
  const isArpSeen = seen.arp.questions.length > 0;
  if (flows.length > 0 || strayErrors.length > 0 || isArpSeen) return [];
  const first = hostAt(seen, seen.order[0] ?? 0);
  const values = { points: seen.order.map((file) => nameAt(seen, file)).join(', ') };
  const list = [causes.noLocalRoute(first), causes.capturedElsewhere(first)];
  return [{ kind: 'no-packets', severity: 'error', flow: null, host: first, values, evidence: [], causes: list }];
}

function allWell(seen: Seen, courses: readonly (readonly [Course, Course])[]): Finding {
  const [first] = courses;
  const requests = courses.reduce((sum, [{ direction }]) => sum + direction.count, 0);
  const replies = courses.reduce((sum, [, { direction }]) => sum + direction.count, 0);
  return {
    kind: 'all-well',
    severity: 'note',
    flow: first === undefined ? null : flowName(first[0].flow, causes.ipText),
    host: null,
    values: { flows: courses.length, requests, replies, points: seen.points.length },
    evidence: [],
    causes: [],
  };
}

function reportOf(seen: Seen, request: Course, reply: Course): FlowReport {
  return {
    ...flowName(request.flow, causes.ipText),
    requests: request.direction.count,
    replies: reply.direction.count,
    answered: reply.direction.count > 0,
    requestsLastSeen: lastSeen(seen, request),
    repliesLastSeen: lastSeen(seen, reply),
  };
}

function lastSeen(seen: Seen, course: Course): FlowReport['requestsLastSeen'] {
  const counts = new Map<number, number>();
  for (const { mask, count } of course.direction.buckets.values()) {
    const { last } = reachOf(course, mask);
    counts.set(last, (counts.get(last) ?? 0) + count);
  }
  return [...counts]
    .sort(([a], [b]) => a - b)
    .map(([place, packets]) => ({ point: nameAt(seen, course.path[place] ?? 0), packets }));
}
