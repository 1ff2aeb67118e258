/** ICMP errors: who sent them, about which packet, and what they say of whose table (RFC 792, RFC 1812 section 4.3). */

import { quoteOf, srcMacOf } from '../matching/packet-table';
import { INITIAL_TTL } from '../matching/vantage';
import { ICMP_TYPE, TIME_EXCEEDED_CODE, UNREACHABLE_CODE } from '../wire/icmp';
import * as causes from './causes';
import { addressAt, type Course, flowName, isEnd, onCourse, routersOn, samplesOn } from './course';
import { destinationCauses, failedQuestions, nextHopCauses } from './diagnose-arp';
import { nextHopOf, otherCauses } from './diagnose-next-hop';
import type { Cause, Finding } from './finding';
import { columnOf, evidenceOf, hostAt, originIn, type Seen } from './seen';

interface IcmpError {
  readonly group: number;
  readonly type: number;
  readonly code: number;
  readonly from: number;
  readonly to: number;
  readonly host: string; // that sent it
  readonly isKnown: boolean; // host is one of the points'
  readonly mac: number | null; // of the sender, where the error was seen right there
  readonly quotedTtl: number;
  readonly quotedBytes: number;
  readonly quotedPort: number;
  readonly quotedProtocol: number;
  readonly src: number; // of what it quotes
  readonly dst: number;
  readonly rest: number; // MTU, or the better gateway
}

const TRACE_TTL_MAX = 10; // a traceroute begins at 1

export function errorsOn(seen: Seen, course: Course): readonly Finding[] {
  const about = course.about === 'request' ? 'forward' : 'back';
  const byKind = new Map<string, IcmpError[]>();
  for (const { group, about: quoted } of course.flow.errors) {
    if (quoted !== about) continue;
    const error = read(seen, group);
    if (error === null) continue;
    const key = `${error.type} ${error.code} ${error.from}`;
    byKind.set(key, [...(byKind.get(key) ?? []), error]);
  }
  const isTrace = isTraceroute(seen, course);
  return [...byKind.values()].flatMap((errors) => findingOf(seen, course, errors, isTrace));
}

function read(seen: Seen, group: number): IcmpError | null {
  const { file, row } = originIn(seen, group);
  const t = columnOf(seen, file);
  const quote = quoteOf(t, row);
  const { quotes } = t;
  if (quotes === null || quote < 0) return null;
  const mac = srcMacOf(t, row);
  const isAtSender = INITIAL_TTL.has(t.ttl[row] ?? 0) && mac !== 0;
  const from = t.srcIp[row] ?? 0;
  const byIp = seen.hosts.macsWith(from)[0] ?? null;
  const sender = isAtSender ? mac : byIp;
  return {
    group,
    type: (t.srcPort[row] ?? 0) >>> 8,
    code: (t.srcPort[row] ?? 0) & 0xff,
    from,
    to: t.dstIp[row] ?? 0,
    host: sender === null ? causes.ipText(from) : seen.hosts.nameOf(sender),
    isKnown: sender !== null && seen.hosts.pointOf(sender) >= 0,
    mac: isAtSender ? mac : null,
    quotedTtl: quotes.ttl[quote] ?? 0,
    quotedBytes: quotes.totalLength[quote] ?? 0,
    quotedPort: quotes.dstPort[quote] ?? 0,
    quotedProtocol: quotes.protocol[quote] ?? 0,
    src: quotes.srcIp[quote] ?? 0,
    dst: quotes.dstIp[quote] ?? 0,
    rest: t.seq[row] ?? 0,
  };
}

/** Whether somebody said of this direction's packets that they were given up. What a traceroute asks for is no such word. */
export function areReported(seen: Seen, course: Course): boolean {
  const about = course.about === 'request' ? 'forward' : 'back';
  const isTrace = isTraceroute(seen, course);
  return course.flow.errors.some(
    ({ group, about: quoted }) => quoted === about && !(isTrace && read(seen, group)?.type === ICMP_TYPE.timeExceeded),
  );
}

/** Probes that begin with ever higher TTLs ask for errors. */
export function isTraceroute(seen: Seen, course: Course): boolean {
  const ttls = new Set(
    samplesOn(course).map((group) => {
      const { file, row } = originIn(seen, group);
      return columnOf(seen, file).ttl[row] ?? 0;
    }),
  );
  return ttls.size > 1 && Math.min(...ttls) <= TRACE_TTL_MAX && [...ttls].every((ttl) => ttl <= 64);
}

function findingOf(seen: Seen, course: Course, errors: readonly IcmpError[], isTrace: boolean): readonly Finding[] {
  const [error] = errors;
  if (error === undefined) return [];
  const { type, code, from, host, quotedTtl } = error;
  const isRedirect = type === ICMP_TYPE.redirect;
  const isWanted = isTrace && (type === ICMP_TYPE.timeExceeded || isPortOfTrace(error));
  const base = {
    flow: flowName(course.flow, causes.ipText),
    host,
    values: {
      about: course.about,
      from: causes.ipText(from),
      host,
      type,
      code,
      quotedTtl,
      to: causes.ipText(error.to),
      dst: causes.ipText(error.dst),
      packets: errors.length,
      of: course.direction.count,
      mtu:
        type === ICMP_TYPE.destinationUnreachable && code === UNREACHABLE_CODE.fragmentationNeeded
          ? error.rest & 0xffff
          : '',
      gateway: isRedirect ? causes.ipText(error.rest) : '',
    },
    evidence: errors.flatMap(({ group }) => evidenceOf(seen, group)).slice(0, 12),
  };
  if (isWanted) return [{ ...base, kind: 'trace', severity: 'note', causes: [] }];
  const limited: readonly Finding[] =
    errors.length < course.direction.count / 2 && course.direction.count >= 8 && course.flow.back.count === 0
      ? [{ ...base, kind: 'errors-rate-limited', severity: 'note', causes: [] }]
      : [];
  return [
    {
      ...base,
      kind: isRedirect ? 'redirect' : 'icmp-error',
      severity: isRedirect ? 'warning' : 'error',
      causes: causesOf(seen, course, error),
    },
    ...limited,
  ];
}

const isPortOfTrace = ({ type, code }: IcmpError): boolean =>
  type === ICMP_TYPE.destinationUnreachable && code === UNREACHABLE_CODE.port;

/** Whether the router had lowered the TTL before it gave up: then it had found a route, and failed later. */
function isLowered(seen: Seen, course: Course, error: IcmpError): boolean | null {
  for (const group of samplesOn(course)) {
    const into = onCourse(seen, course, group).findLast(
      ({ dst }) => error.mac !== null && seen.hosts.of(dst) === seen.hosts.of(error.mac),
    );
    if (into !== undefined) return error.quotedTtl < into.ttl;
  }
  return null;
}

function causesOf(seen: Seen, course: Course, error: IcmpError): readonly Cause[] {
  const where = { host: error.host, src: error.src, dst: error.dst };
  switch (error.type) {
    case ICMP_TYPE.destinationUnreachable:
      return unreachable(seen, course, error, where);
    case ICMP_TYPE.timeExceeded:
      return error.code === TIME_EXCEEDED_CODE.ttl ? expired(seen, course, error, where) : [lossOfParts(where)];
    case ICMP_TYPE.redirect: {
      const host = seen.hosts.macsWith(error.to)[0];
      const receiver = host === undefined ? causes.ipText(error.to) : seen.hosts.nameOf(host);
      return [
        causes.wrongNextHop({ ...where, host: receiver }, { ip: error.rest, name: '' }, causes.ipText(error.from)),
      ];
    }
    default:
      return [];
  }
}

const lossOfParts = (where: causes.Where): Cause => causes.packetsDropped(where.host, causes.ipText(where.dst));

function unreachable(seen: Seen, course: Course, error: IcmpError, where: causes.Where): readonly Cause[] {
  const lowered = isLowered(seen, course, error);
  const isFromDestination = error.from === error.dst;
  switch (error.code) {
    case UNREACHABLE_CODE.net:
    case UNREACHABLE_CODE.netUnknown:
      return noRoute(seen, course, error, where);
    case UNREACHABLE_CODE.host:
    case UNREACHABLE_CODE.hostUnknown:
      return lowered === false
        ? [causes.routeRefuses('route-unreachable', where)]
        : noNeighbour(seen, course, error, where);
    case UNREACHABLE_CODE.communicationProhibited:
      return lowered === true
        ? [causes.forwardReject(where), causes.routeRefuses('route-prohibit', where)]
        : [causes.routeRefuses('route-prohibit', where), causes.forwardReject(where)];
    case UNREACHABLE_CODE.netProhibited:
    case UNREACHABLE_CODE.hostProhibited:
      return [causes.forwardReject(where)];
    case UNREACHABLE_CODE.protocol:
    case UNREACHABLE_CODE.port:
      return isFromDestination
        ? [
            causes.portClosed(error.host, error.quotedProtocol === 6 ? 'tcp' : 'udp', error.quotedPort),
            causes.forwardReject(where),
          ]
        : [causes.forwardReject(where)];
    case UNREACHABLE_CODE.fragmentationNeeded:
      return [causes.mtuSmaller(where, error.rest & 0xffff, error.quotedBytes)];
    default:
      return [];
  }
}

/** A host of the way that has no route; or one that should never have been asked: then it is the one before it. */
function noRoute(seen: Seen, course: Course, error: IcmpError, where: causes.Where): readonly Cause[] {
  if (error.isKnown) return [causes.routeMissing(where, nextAddress(seen, course, error.host), null)];
  for (const group of samplesOn(course)) {
    const found = onCourse(seen, course, group);
    const into = found.findLast(({ dst }) => error.mac !== null && seen.hosts.of(dst) === seen.hosts.of(error.mac));
    const next = into === undefined ? -1 : (course.path[course.path.indexOf(into.file) + 1] ?? -1);
    if (into === undefined || next < 0) continue;
    const hop = nextHopOf(seen, into, next);
    const before = { host: hostAt(seen, into.file), src: course.src, dst: course.dst };
    const isFromNode = !isEnd(seen, into.file);
    if (hop.kind === 'other')
      return [...otherCauses(seen, course, into, next, hop), causes.gatewayNoRoute(where, error.host)];
    if (isFromNode) return [causes.routeMissing(before, null, error.host), causes.gatewayNoRoute(where, error.host)];
  }
  return [causes.routeMissing(where, null, null)];
}

function nextAddress(seen: Seen, course: Course, host: string): causes.Via {
  const routers = course.path.filter((file) => !isEnd(seen, file));
  const next = routers[routers.findIndex((file) => hostAt(seen, file) === host) + 1];
  return next === undefined ? null : { ip: addressAt(seen, next), name: hostAt(seen, next) };
}

/** ARP failed at a router that had found a route: for the destination itself, or for the next hop. */
function noNeighbour(seen: Seen, course: Course, error: IcmpError, where: causes.Where): readonly Cause[] {
  const failed = failedQuestions(seen).filter(
    ({ asker }) => error.mac !== null && seen.hosts.of(asker) === seen.hosts.of(error.mac),
  );
  const direct = seen.arp.questions.find(({ target }) => target === error.dst) ?? null;
  const next = failed.find(({ target }) => target !== error.dst);
  const routers = routersOn(seen, course);
  const isLast = routers.at(-1) === error.host;
  const isFirst = routers[0] === error.host;
  if (next !== undefined && (!isLast || routers.length === 1)) return nextHopCauses(seen, where, next);
  const asked = failedQuestions(seen).find(({ target }) => target !== error.dst && isFirst);
  if (asked !== undefined && !isLast) return nextHopCauses(seen, where, asked);
  if (isLast || direct !== null || !isFirst) return destinationCauses(seen, where, direct);
  return [causes.nextHopDown(where, error.dst), ...destinationCauses(seen, where, direct)];
}

function expired(seen: Seen, course: Course, error: IcmpError, where: causes.Where): readonly Cause[] {
  const loop = loopOf(seen, course);
  if (loop !== null) return [causes.routingLoop(where, loop)];
  const ttl = Math.max(
    ...samplesOn(course).map((group) => {
      const { file, row } = originIn(seen, group);
      return columnOf(seen, file).ttl[row] ?? 0;
    }),
  );
  const routers = routersOn(seen, course).length;
  if (ttl > TRACE_TTL_MAX) return [causes.routingLoop(where, error.host)];
  return [causes.ttlTooSmall(senderName(seen, course), ttl, routers), causes.routingLoop(where, error.host)];
}

export function senderName(seen: Seen, { src, path }: Course): string {
  const file = path.find((one) => seen.vantages[one]?.ips.has(src)) ?? path[0] ?? 0;
  return seen.vantages[file]?.ips.has(src) === true ? hostAt(seen, file) : causes.ipText(src);
}

/** The same packet on the same link again, its TTL lower: the hosts it goes between. */
export function loopOf(seen: Seen, course: Course): string | null {
  for (const group of samplesOn(course)) {
    const found = onCourse(seen, course, group);
    const first = new Map<string, number>();
    for (const { file, src, dst, ttl } of found) {
      if (src === 0 || dst === 0) continue;
      const key = `${file} ${src} ${dst}`;
      const before = first.get(key);
      if (before !== undefined && ttl < before) return `${seen.hosts.nameOf(src)}, ${seen.hosts.nameOf(dst)}`;
      first.set(key, before ?? ttl);
    }
  }
  return null;
}
