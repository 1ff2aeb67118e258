/** What a packet went through on its way although it arrived: hidden routers, loops, NAT, tunnels, cutting up. */

import { wholeOf } from '../matching/group';
import { FRAGMENT, isPart, STATUS } from '../matching/packet-status';
import { has, outerOf } from '../matching/packet-table';
import type { Sighting } from '../matching/sightings';
import * as causes from './causes';
import { type Course, flowName, isEnd, onCourse, samplesOn, standing } from './course';
import { loopOf } from './diagnose-icmp';
import { nextHopOf, otherCauses } from './diagnose-next-hop';
import type { Finding } from './finding';
import { columnOf, evidenceOf, hostAt, nameAt, type Seen } from './seen';

export const wayOn = (seen: Seen, course: Course, other: Course): readonly Finding[] => [
  ...loops(seen, course),
  ...hiddenRouters(seen, course, other),
  ...rewrites(seen, course),
  ...tunnels(seen, course),
  ...fragments(seen, course),
];

const base = (seen: Seen, course: Course, group: number) => ({
  flow: flowName(course.flow, causes.ipText),
  evidence: evidenceOf(seen, group),
});

function loops(seen: Seen, course: Course): readonly Finding[] {
  const hosts = loopOf(seen, course);
  const [group = 0] = samplesOn(course);
  if (hosts === null) return [];
  const [first = '', second = ''] = hosts.split(', ');
  // The router beside the destination is where the packet was to go: if it circles there, that one sent it back.
  const [host, took] = lastRouter(seen, course) === second ? [second, first] : [first, second];
  const where = { host, src: course.src, dst: course.dst };
  const values = { about: course.about, hosts, dst: causes.ipText(course.dst) };
  const cause = [causes.routingLoop(where, hosts), causes.wrongNextHop(where, null, took)];
  return [{ ...base(seen, course, group), kind: 'loop', severity: 'error', host, values, causes: cause }];
}

/** The host of the point before the destination's own, where there is a point of its own. */
function lastRouter(seen: Seen, { path }: Course): string | null {
  const [before, last] = path.slice(-2);
  return before === undefined || last === undefined || !isEnd(seen, last) ? null : hostAt(seen, before);
}

/** Routers between two sightings that no point accounts for. */
function hidden(seen: Seen, here: Sighting, next: Sighting): number {
  const [a, b] = [standing(seen, here), standing(seen, next)];
  if (a === 'unknown' || b === 'unknown' || a === 'past' || b === 'past') return 0;
  const entered = a === 'in' ? 1 : 0;
  const left = b === 'out' ? 1 : 0;
  const isOneHost = entered === 1 && left === 1 && seen.hosts.of(here.dst) === seen.hosts.of(next.src);
  return here.ttl - next.ttl - (isOneHost ? 1 : entered + left);
}

function hiddenRouters(seen: Seen, course: Course, other: Course): readonly Finding[] {
  const found = firstDetour(seen, course);
  if (found === null) return [];
  const { group, here, next, extra } = found;
  const isBothWays = firstDetour(seen, other) !== null;
  const hop = nextHopOf(seen, here, next.file);
  const took = hop.kind === 'other' ? hop.took : seen.hosts.nameOf(here.dst);
  const values = {
    about: course.about,
    from: nameAt(seen, here.file),
    to: nameAt(seen, next.file),
    ttlFrom: here.ttl,
    ttlTo: next.ttl,
    routers: extra,
    took,
    bothWays: isBothWays ? 'yes' : 'no',
  };
  const list =
    hop.kind === 'other'
      ? otherCauses(seen, course, here, next.file, { ...hop, isApart: hop.isApart && isBothWays })
      : [causes.notAdjacent({ host: hostAt(seen, here.file), src: course.src, dst: course.dst }, took)];
  const host = hostAt(seen, here.file);
  return [{ ...base(seen, course, group), kind: 'hidden-router', severity: 'warning', host, values, causes: list }];
}

function firstDetour(seen: Seen, course: Course) {
  for (const group of samplesOn(course)) {
    const found = onCourse(seen, course, group);
    for (let i = 0; i + 1 < found.length; i += 1) {
      const [here, next] = [found[i], found[i + 1]];
      if (here === undefined || next === undefined || here.file === next.file) continue;
      const skipped = course.path.indexOf(next.file) - course.path.indexOf(here.file) > 1;
      const extra = skipped ? 0 : hidden(seen, here, next);
      if (extra > 0) return { group, here, next, extra };
    }
  }
  return null;
}

function rewrites(seen: Seen, course: Course): readonly Finding[] {
  for (const group of samplesOn(course)) {
    const found = onCourse(seen, course, group);
    for (let i = 0; i + 1 < found.length; i += 1) {
      const [here, next] = [found[i], found[i + 1]];
      if (here === undefined || next === undefined) continue;
      const [a, b] = [columnOf(seen, here.file), columnOf(seen, next.file)];
      const [src, dst] = [
        [a.srcIp[here.row] ?? 0, b.srcIp[next.row] ?? 0],
        [a.dstIp[here.row] ?? 0, b.dstIp[next.row] ?? 0],
      ] as const;
      const isSource = src[0] !== src[1];
      if ((!isSource && dst[0] === dst[1]) || course.about === 'reply') continue;
      const host = hostAt(seen, standing(seen, next) === 'out' ? next.file : here.file);
      const where = { host, src: src[0], dst: dst[0] };
      const isInside = src[0] >>> 16 === dst[0] >>> 16; // flannel's Network is a /16 as a rule
      const [before, after] = isSource ? src : dst;
      const values = {
        about: course.about,
        from: nameAt(seen, here.file),
        to: nameAt(seen, next.file),
        before: causes.ipText(before),
        after: causes.ipText(after),
        inside: isInside ? 'yes' : 'no',
      };
      const cause = isSource ? causes.masquerade(where, after, isInside) : causes.dnat(where, causes.ipText(after));
      const kind = isSource ? 'source-rewritten' : 'destination-rewritten';
      const severity = isSource && isInside ? 'warning' : 'note';
      return [{ ...base(seen, course, group), kind, severity, host, values, causes: [cause] }];
    }
  }
  return [];
}

function tunnels(seen: Seen, course: Course): readonly Finding[] {
  if (course.about === 'reply') return [];
  for (const group of samplesOn(course)) {
    for (const { file, row } of onCourse(seen, course, group)) {
      const t = columnOf(seen, file);
      if (!has(t, row, STATUS.vxlan | STATUS.ipip)) continue;
      const kind = has(t, row, STATUS.vxlan) ? 'overlay-vxlan' : 'overlay-ipip';
      const outer = outerOf(t, row);
      const values = {
        point: nameAt(seen, file),
        tunnel: kind === 'overlay-vxlan' ? 'vxlan' : 'ipip',
        outerSrc: causes.ipText(t.outers?.srcIp[outer] ?? 0),
        outerDst: causes.ipText(t.outers?.dstIp[outer] ?? 0),
      };
      const host = hostAt(seen, file);
      const list = [causes.overlay(kind, host)];
      return [{ ...base(seen, course, group), kind: 'tunnel', severity: 'warning', host, values, causes: list }];
    }
  }
  return [];
}

/** Whole at one point and in pieces at a later one: who cut it has the smaller MTU. Or it was sent in pieces. */
function fragments(seen: Seen, course: Course): readonly Finding[] {
  for (const group of samplesOn(course)) {
    const piece = pieceOf(seen, group);
    if (piece === null) continue;
    const wholeSeen = onCourse(seen, course, group).filter(
      ({ file, row }) => !isPart(columnOf(seen, file).fragment[row] ?? 0),
    );
    const last = wholeSeen.at(-1);
    const [part] = onCourse(seen, course, piece);
    if (part === undefined) continue;
    const t = columnOf(seen, part.file);
    const pieceBytes = t.totalLength[part.row] ?? 0;
    const bytes = last === undefined ? pieceBytes : (columnOf(seen, last.file).totalLength[last.row] ?? 0);
    const host =
      last !== undefined && standing(seen, part) === 'in' ? hostAt(seen, last.file) : hostAt(seen, part.file);
    const where = { host, src: course.src, dst: course.dst };
    const values = {
      about: course.about,
      point: nameAt(seen, part.file),
      host,
      bytes,
      pieceBytes,
      wholeAt: last === undefined ? '' : nameAt(seen, last.file),
    };
    const evidence = [...evidenceOf(seen, group), ...evidenceOf(seen, piece)];
    const list = [causes.mtuSmaller(where, null, bytes)];
    const flow = flowName(course.flow, causes.ipText);
    return [{ kind: 'fragmented', severity: 'warning', flow, evidence, host, values, causes: list }];
  }
  return [];
}

/** The first piece of the datagram that this group stands for, or null where it was never cut. */
function pieceOf(seen: Seen, group: number): number | null {
  const { table } = seen.groups;
  const t = table.files[table.file[group] ?? 0];
  const row = table.row[group] ?? 0;
  if (t !== undefined && isPart(t.fragment[row] ?? 0)) return group;
  if (!seen.fragmented.has(group)) return null;
  for (let one = 0; one < table.count; one += 1) {
    if (one === group || wholeOf(seen.groups, one) !== group) continue;
    const other = table.files[table.file[one] ?? 0];
    if (((other?.fragment[table.row[one] ?? 0] ?? 0) & FRAGMENT.offset) === 0) return one;
  }
  return null;
}
