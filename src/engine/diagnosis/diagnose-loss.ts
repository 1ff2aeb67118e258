/**
 * Packets that were not answered: the last point that holds them, the next one that does not, and what loses packets in
 * between without a word. Absence proves nothing where the packet went on or was answered all the same.
 */
import type { Bucket } from '../matching/flows-seen';
import type { Sighting } from '../matching/sightings';
import { byAnswer, byLife, byWindow } from './apart';
import * as causes from './causes';
import { addressAt, type Course, flowName, holds, isEnd, onCourse, reachOf, standing } from './course';
import { areReported, isTraceroute } from './diagnose-icmp';
import { nextHopOf, otherCauses } from './diagnose-next-hop';
import type { Cause, Finding } from './finding';
import { silentLoss } from './loss-silent';
import { columnOf, evidenceOf, hostAt, nameAt, type Seen } from './seen';
import { windowOf } from './seen-clock';

const TCP = 6;

export function lossesOn(seen: Seen, course: Course, other: Course): readonly Finding[] {
  const findings: Finding[] = [];
  const goal = goalOf(seen, course, other);
  const areTold = areReported(seen, course);
  const areProbes = isTraceroute(seen, course);
  for (const bucket of course.direction.buckets.values()) {
    const { last } = reachOf(course, bucket.mask);
    if (last < 0) continue;
    if (goal !== null && last >= goal) {
      findings.push(...unanswered(seen, course, bucket, goal));
      continue;
    }
    const [silent, answered] = byAnswer(seen, course, bucket);
    const [lost] = areProbes ? byLife(seen, course, silent) : [silent];
    if (answered.count > 0 && goal !== null) findings.push(unproven(seen, course, answered, last + 1));
    if (lost.count === 0) continue;
    const [outside, inside] = byWindow(seen, course, lost, last);
    if (course.about === 'reply' && outside.count > 0) findings.push(unproven(seen, course, outside, last + 1));
    if (areTold) continue; // whoever lost them said so: see diagnose-icmp.ts
    const found = inside.count === 0 ? null : lossAt(seen, course, inside, last);
    if (found !== null) findings.push(found);
    const doubtful = outside.count === 0 || course.about === 'reply' ? null : lossAt(seen, course, outside, last);
    if (doubtful !== null) findings.push(doubted(seen, course, doubtful, outside.samples, last));
  }
  const gaps = [...course.direction.buckets.values()].flatMap((bucket) => gapsIn(seen, course, bucket));
  return [...findings, ...gaps];
}

const UDP = 17;

/** Arrived at the destination's own device, and no answer was made: nothing on the way is to blame. */
function unanswered(seen: Seen, course: Course, bucket: Bucket, goal: number): readonly Finding[] {
  const { flow, about } = course;
  const [silent] = byAnswer(seen, course, bucket);
  const silentOnes = silent.samples;
  const [group] = silentOnes;
  if (about === 'reply' || group === undefined || flow.errors.length > 0) return [];
  const sighting = onCourse(seen, course, group).findLast(({ file }) => file === course.path[goal]);
  if (sighting === undefined) return [];
  const values = {
    about,
    from: nameAt(seen, sighting.file),
    to: '',
    packets: silent.count,
    of: course.direction.count,
  };
  const evidence = silentOnes.flatMap((one) => evidenceOf(seen, one)).slice(0, 12);
  const severity = flow.protocol === UDP ? 'note' : 'error'; // much of UDP is not meant to be answered
  const base = { severity, flow: flowName(flow, causes.ipText), evidence, values } as const;
  return [missingReply(seen, course, sighting, base)];
}

/** Not answered, but the next file did not run at the time: that is said first, and less loudly. */
function doubted(seen: Seen, course: Course, found: Finding, lost: readonly number[], last: number): Finding {
  const next = course.path[last + 1] ?? -1;
  const kind = windowOf(seen, lost[0] ?? 0, next) === 'starts-later' ? 'capture-started-late' : 'capture-ended-early';
  return { ...found, severity: 'warning', causes: [causes.captureLate(kind, nameAt(seen, next)), ...found.causes] };
}

/** The place on the path where the packets should arrive; null: outside what was captured. */
function goalOf(seen: Seen, course: Course, other: Course): number | null {
  const own = course.path.findIndex((file) => isAt(seen, file, course.dst));
  if (own >= 0) return own;
  if (course.about === 'request' && other.direction.count === 0)
    return isEnd(seen, course.path.at(-1) ?? -1) ? course.path.length - 1 : null;
  const starts = [...other.direction.buckets.values()].map(({ mask }) => reachOf(other, mask).first);
  const nearest = Math.min(...starts.filter((place) => place >= 0));
  return Number.isFinite(nearest) ? course.path.length - 1 - nearest : null;
}

/** Whether the device of this file has the address: it sends from it, or answers ARP for it. */
function isAt(seen: Seen, file: number, ip: number): boolean {
  const vantage = seen.vantages[file];
  if (vantage === undefined) return false;
  return vantage.ips.has(ip) || (vantage.own !== null && seen.arp.owners.get(ip)?.has(vantage.own) === true);
}

function unproven(seen: Seen, course: Course, bucket: Bucket, place: number): Finding {
  const file = course.path[place] ?? -1;
  const group = bucket.samples[0] ?? 0;
  const why = windowOf(seen, group, file);
  return {
    kind: 'absence-unproven',
    severity: 'note',
    flow: flowName(course.flow, causes.ipText),
    host: hostAt(seen, file),
    values: { point: nameAt(seen, file), packets: bucket.count, why: why === 'within' ? 'gap' : why },
    evidence: evidenceOf(seen, group),
    causes: [],
  };
}

/** Files in the middle of the way that miss a packet which files before and behind them hold. */
function gapsIn(seen: Seen, course: Course, bucket: Bucket): readonly Finding[] {
  const { first, last } = reachOf(course, bucket.mask);
  const missing = course.path.filter(
    (file, place) => place > first && place < last && ((bucket.mask >>> file) & 1) === 0,
  );
  const [file] = missing;
  const group = bucket.samples[0] ?? 0;
  if (file === undefined) return [];
  const after = onCourse(seen, course, group).find((one) => course.path.indexOf(one.file) > course.path.indexOf(file));
  const own = seen.vantages[file]?.own ?? null;
  const isByAnother =
    after !== undefined && own !== null && after.src !== 0 && standing(seen, after) === 'in' && !isEnd(seen, file)
      ? seen.hosts.of(after.src) !== seen.hosts.of(own)
      : false;
  if (!isByAnother || after === undefined) return [unproven(seen, course, bucket, course.path.indexOf(file))];
  const took = seen.hosts.nameOf(after.src);
  const where = { host: hostAt(seen, file), src: course.src, dst: course.dst };
  const via = { ip: addressAt(seen, after.file), name: hostAt(seen, after.file) };
  return [
    {
      kind: 'asymmetric-path',
      severity: 'warning',
      flow: flowName(course.flow, causes.ipText),
      host: hostAt(seen, file),
      values: {
        about: course.about,
        point: nameAt(seen, file),
        by: took,
        next: nameAt(seen, after.file),
        packets: bucket.count,
      },
      evidence: evidenceOf(seen, group),
      causes: [causes.wrongNextHop(where, via, took), causes.routeMissing(where, via, took)],
    },
  ];
}

function lossAt(seen: Seen, course: Course, bucket: Bucket, last: number): Finding | null {
  const lost = bucket.samples;
  const group = lost[0] ?? 0;
  const way = onCourse(seen, course, group);
  const sighting = way.at(-1);
  if (sighting === undefined) return null;
  const next = course.path[last + 1] ?? -1;
  const { file, row } = sighting;
  const base = {
    severity: 'error' as const,
    flow: flowName(course.flow, causes.ipText),
    evidence: lost.flatMap((one) => evidenceOf(seen, one)).slice(0, 12),
  };
  const values = {
    about: course.about,
    from: nameAt(seen, file),
    to: next < 0 ? '' : nameAt(seen, next),
    packets: bucket.count,
    of: course.direction.count,
  };
  const claims = seen.arp.claims.get(sighting.dst);
  const isAtDoor = claims?.has(course.dst) === true && standing(seen, sighting) === 'out';
  const isAtOwn = seen.vantages[file]?.ips.has(course.dst) === true;
  if (next < 0 && !isAtDoor && !isAtOwn && !isAtFarEnd(seen, course, file))
    return beyond(seen, course, sighting, base, values);
  if (isAtDoor || next < 0 || isAtOwn || isElsewhere(seen, course, last))
    return missingReply(seen, course, sighting, { ...base, values });
  const hop = nextHopOf(seen, sighting, next);
  if (hop.kind === 'other') {
    const cause = otherCauses(seen, course, sighting, next, hop);
    const extra = hop.isGateway
      ? [causes.gatewayNoRoute({ host: '', src: course.src, dst: course.dst }, hop.took)]
      : [];
    return {
      ...base,
      kind: 'other-next-hop',
      host: hostAt(seen, file),
      values: { ...values, took: hop.took, isGateway: hop.isGateway ? 'yes' : 'no' },
      causes: [...cause, ...extra],
    };
  }
  if (isSentBack(seen, way, sighting)) {
    const took = seen.hosts.nameOf(sighting.dst);
    const where = { host: hostAt(seen, file), src: course.src, dst: course.dst };
    const list = [causes.routeMissing(where, null, took), causes.wrongNextHop(where, null, took)];
    return {
      ...base,
      kind: 'other-next-hop',
      host: where.host,
      values: { ...values, took, isGateway: 'yes' },
      causes: list,
    };
  }
  const bytes = columnOf(seen, file).totalLength[row] ?? 0;
  return { ...base, kind: 'lost-between', ...silentLoss(seen, course, sighting, next, bytes, values) };
}

/** A router lets it out where it came in: its route table has the destination out there, and not behind the router itself. */
const isSentBack = (seen: Seen, way: readonly Sighting[], last: Sighting): boolean =>
  standing(seen, last) === 'out' &&
  way.some((one) => one.file === last.file && one.ttl === last.ttl + 1 && standing(seen, one) === 'in');

/** The last point of three or more is taken for the destination's end. */
const isAtFarEnd = (seen: Seen, { path }: Course, file: number): boolean =>
  path.length > 2 && file === path.at(-1) && isEnd(seen, file);

/** No point was captured behind this one: what follows can be anything. */
function beyond(
  seen: Seen,
  course: Course,
  sighting: Sighting,
  base: Pick<Finding, 'severity' | 'flow' | 'evidence'>,
  values: Finding['values'],
): Finding {
  const host = seen.hosts.nameOf(
    standing(seen, sighting) === 'in' ? (seen.vantages[sighting.file]?.own ?? 0) : sighting.dst,
  );
  const where = { host, src: course.src, dst: course.dst };
  const drops = [causes.forwardDrop(where), causes.forwardingOff(where)];
  const isInside = standing(seen, sighting) === 'in';
  const list = isInside ? [...drops, causes.rpFilter(where)] : [causes.routeMissing(where, null, null), ...drops];
  const silentEnd = causes.destinationSilent(causes.ipText(course.dst), course.dst);
  return {
    ...base,
    kind: 'lost-between',
    host,
    values: { ...values, host, place: 'beyond' },
    causes: [...list, silentEnd],
  };
}

/** Nobody behind this point has this destination's network, as far as the addresses of the far end show. */
function isElsewhere(seen: Seen, course: Course, last: number): boolean {
  if (course.about === 'reply') return false;
  const further = course.path.slice(last + 1);
  const known = further.flatMap((file) => [...(seen.vantages[file]?.ips ?? [])]);
  const own = seen.vantages[course.path.at(-1) ?? -1]?.ips;
  return own !== undefined && own.size > 0 && !known.some((ip) => ip >>> 8 === course.dst >>> 8);
}

function missingReply(
  seen: Seen,
  course: Course,
  sighting: Sighting,
  base: Pick<Finding, 'severity' | 'flow' | 'evidence' | 'values'>,
): Finding {
  const here = hostAt(seen, sighting.file);
  const isOwn = isAt(seen, sighting.file, course.dst);
  const isAtEnd = isOwn || (isEnd(seen, sighting.file) && standing(seen, sighting) !== 'out');
  const server = isAtEnd ? here : causes.ipText(course.dst);
  const where = { host: here, src: course.src, dst: course.dst };
  const isSameNet = course.src >>> 8 === course.dst >>> 8;
  const node = nodeBeside(seen, course, sighting.file);
  const silentEnd = causes.destinationSilent(server, course.dst);
  const isTranslated = columnOf(seen, sighting.file).srcIp[sighting.row] !== course.src;
  const list: readonly Cause[] = isAtEnd
    ? [silentEnd, causes.noLocalRoute(server)]
    : isSameNet
      ? [causes.bridgeNetfilter({ ...where, host: node }), silentEnd]
      : isTranslated
        ? [silentEnd]
        : [causes.noWayBack(server, where), silentEnd];
  return {
    ...base,
    kind: 'reply-missing',
    host: server,
    values: { ...base.values, dst: causes.ipText(course.dst) },
    causes: list,
  };
}

/** The node of an end: the next point on the path, where that is no end itself. */
function nodeBeside(seen: Seen, course: Course, file: number): string {
  const place = course.path.indexOf(file);
  const next = course.path[place + 1] ?? course.path[place - 1] ?? file;
  return hostAt(seen, next);
}

/**
 * A TCP flow whose answers come back to the point nearest to the client recovers what is lost; that is told as
 * retransmission. Where none of them gets there, it never began.
 */
export function isRecovered({ flow, about, path }: Course): boolean {
  if (flow.protocol !== TCP) return false;
  const towards = about === 'request' ? path : [...path].reverse();
  const nearest = towards.find((file) => holds(flow.forward, file));
  return nearest === undefined ? flow.back.count > 0 : holds(flow.back, nearest);
}
