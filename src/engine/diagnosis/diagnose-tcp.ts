/** TCP's own signs of trouble (RFC 9293): resets, closed windows, segments sent again, handshakes half done. */

import { nextOf, rowAt } from '../matching/group-table';
import { STATUS } from '../matching/packet-status';
import { has, type PacketTable, srcMacOf } from '../matching/packet-table';
import { TupleMemory } from '../matching/tuple-memory';
import * as causes from './causes';
import { type Course, flowName, holds, isEnd, reachOf } from './course';
import type { Finding } from './finding';
import { columnOf, evidenceAt, hostAt, nameAt, type Seen } from './seen';

const FIN = 0x01;
const SYN = 0x02;
const RST = 0x04;
const ACK = 0x10;

interface Place {
  readonly file: number;
  readonly row: number;
}

interface Counted {
  readonly places: Place[];
  count: number;
}

interface Signs {
  readonly syn: Counted;
  readonly synAck: Counted;
  readonly refused: Counted; // RST that answers a SYN
  readonly reset: Counted;
  readonly zeroWindow: Counted;
  readonly again: Counted;
}

const PLACES_MAX = 4;
const counted = (): Counted => ({ places: [], count: 0 });

/** All TCP flows in one pass over the groups. */
export function tcpFindings(
  seen: Seen,
  coursesByPair: (key: string) => readonly [Course, Course] | null,
): readonly Finding[] {
  const byFlow = new Map<string, Signs>();
  const memory = new TupleMemory<Signs>();
  const { table } = seen.groups;
  for (let group = 0; group < table.count; group += 1) {
    if (seen.groups.seen[group] === 0) continue;
    const file = seen.origins[group] ?? 0;
    const row = rowAt(table, group, file);
    const t = columnOf(seen, file);
    if (!has(t, row, STATUS.tcp)) continue;
    const isSyn = ((t.flags[row] ?? 0) & SYN) !== 0; // these tell by more than their ports who asks
    const known = isSyn ? undefined : memory.get(t, row);
    const signs = known ?? signsOf(byFlow, t, row);
    if (known === undefined && !isSyn) memory.set(t, row, signs);
    note(signs, t, file, row, isRepeated(seen, group));
  }
  return [...byFlow].flatMap(([key, signs]) => {
    const courses = coursesByPair(key);
    return courses === null ? [] : findingsOf(seen, courses, signs);
  });
}

/** By the two addresses and the service's port. */
export const tcpKey = (client: number, server: number, port: number): string => `${client} ${server} ${port}`;

/** The same bytes once more in the same file, as a packet of its own (another IP ID). */
function isRepeated(seen: Seen, group: number): boolean {
  const { table } = seen.groups;
  const next = nextOf(table, group);
  if (next < 0) return false;
  return table.files.some((t, file) => {
    const [a, b] = [rowAt(table, group, file), rowAt(table, next, file)];
    const carries = (t.payloadLength[a] ?? 0) > 0 || ((t.flags[a] ?? 0) & (SYN | FIN)) !== 0;
    return a >= 0 && b >= 0 && carries;
  });
}

/** Of its flow, by who asks: as the flags of a SYN tell, else as the ports do. */
function signsOf(byFlow: Map<string, Signs>, t: PacketTable, row: number): Signs {
  const [src, dst, srcPort, dstPort] = [t.srcIp[row] ?? 0, t.dstIp[row] ?? 0, t.srcPort[row] ?? 0, t.dstPort[row] ?? 0];
  const key = isForward(t, row) ? tcpKey(src, dst, dstPort) : tcpKey(dst, src, srcPort);
  const signs = byFlow.get(key) ?? {
    syn: counted(),
    synAck: counted(),
    refused: counted(),
    reset: counted(),
    zeroWindow: counted(),
    again: counted(),
  };
  byFlow.set(key, signs);
  return signs;
}

function isForward(t: PacketTable, row: number): boolean {
  const flags = t.flags[row] ?? 0;
  return (flags & SYN) !== 0 ? (flags & ACK) === 0 : (t.dstPort[row] ?? 0) <= (t.srcPort[row] ?? 0);
}

function note(signs: Signs, t: PacketTable, file: number, row: number, isAgain: boolean): void {
  const flags = t.flags[row] ?? 0;
  const add = (to: Counted): void => {
    to.count += 1;
    if (to.places.length < PLACES_MAX) to.places.push({ file, row });
  };
  if ((flags & (SYN | ACK)) === SYN) add(signs.syn);
  if ((flags & (SYN | ACK)) === (SYN | ACK)) add(signs.synAck);
  if ((flags & RST) !== 0) add(t.seq[row] === 0 && !isForward(t, row) ? signs.refused : signs.reset);
  if (t.window[row] === 0 && (flags & (RST | SYN)) === 0) add(signs.zeroWindow);
  if (isAgain) add(signs.again);
}

function findingsOf(seen: Seen, [request, reply]: readonly [Course, Course], signs: Signs): readonly Finding[] {
  const flow = flowName(request.flow, causes.ipText);
  const server = hostOf(seen, request);
  const port = flow.port ?? 0;
  const findings: Finding[] = [];
  const evidence = ({ places }: Counted) => places.map(({ file, row }) => evidenceAt(seen, file, row));
  const add = (kind: Finding['kind'], severity: Finding['severity'], sign: Counted, list: Finding['causes']): void => {
    const values = { packets: sign.count, server, dst: flow.dst, port, from: senderOf(seen, sign) };
    findings.push({ kind, severity, flow, host: server, values, evidence: evidence(sign), causes: list });
  };
  if (signs.refused.count > 0) {
    const closed = causes.portClosed(server, 'tcp', port);
    const rejecting = rejecter(seen, request, signs.refused);
    const reject = rejecting === null ? [] : [causes.forwardReject({ ...request, host: rejecting })];
    add('reset', 'error', signs.refused, [...reject, closed]);
  } else if (signs.reset.count > 0) add('reset', 'warning', signs.reset, [causes.peerClosed(server)]);
  if (signs.zeroWindow.count > 0) add('zero-window', 'warning', signs.zeroWindow, [causes.receiverFull(server)]);
  const isHalf = signs.syn.count > 0 && signs.synAck.count === 0 && signs.refused.count === 0;
  if (signs.again.count > 0 && !isHalf) add('retransmission', 'warning', signs.again, lossCause(seen, request, reply));
  if (isHalf && request.flow.errors.length === 0) {
    const isThere = hasArrived(seen, request);
    const list = isThere ? [causes.destinationSilent(server, request.dst)] : []; // else it is told where they were lost
    add('handshake-incomplete', isThere ? 'error' : 'warning', signs.syn, list);
  }
  return findings;
}

/**
 * The router that refused the SYN with a reset in the destination's name (iptables: REJECT --reject-with tcp-reset): the reset
 * is first seen there, and not at the point behind it, which is the destination's. Null where the destination may have sent it:
 * at an end, or where ARP says that this very host has the address.
 */
function rejecter(seen: Seen, { path, dst }: Course, { places: [first] }: Counted): string | null {
  const last = path.at(-1);
  if (first === undefined || last === undefined || first.file === last || !isEnd(seen, last)) return null;
  return seen.arp.owners.has(dst) ? null : seen.hosts.nameOf(srcMacOf(columnOf(seen, first.file), first.row));
}

const hasArrived = (seen: Seen, course: Course): boolean =>
  course.path.some((file) => seen.vantages[file]?.ips.has(course.dst) === true && holds(course.direction, file));

const senderOf = (seen: Seen, { places }: Counted): string => {
  const [first] = places;
  return first === undefined ? '' : causes.ipText(columnOf(seen, first.file).srcIp[first.row] ?? 0);
};

function hostOf(seen: Seen, { path, dst }: Course): string {
  const file = path.find((one) => seen.vantages[one]?.ips.has(dst));
  return file === undefined ? causes.ipText(dst) : hostAt(seen, file);
}

/** Where segments of a flow that works were last seen, when they did not get all the way. */
function lossCause(seen: Seen, request: Course, reply: Course): Finding['causes'] {
  for (const course of [request, reply]) {
    const reaches = [...course.direction.buckets.values()].map(({ mask }) => reachOf(course, mask).last);
    const furthest = Math.max(...reaches);
    const short = reaches.find((last) => last < furthest);
    if (short === undefined) continue;
    const [from, to] = [course.path[short] ?? 0, course.path[short + 1] ?? 0];
    return [causes.packetsDropped(nameAt(seen, from), nameAt(seen, to))];
  }
  return [];
}
