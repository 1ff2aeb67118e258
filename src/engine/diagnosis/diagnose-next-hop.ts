/** Whom a node hands a packet to: the next node, or somebody else. The frame's destination MAC and ARP tell. */

import type { Sighting } from '../matching/sightings';
import * as causes from './causes';
import { addressAt, type Course, isEnd, standing } from './course';
import type { Cause } from './finding';
import { hostAt, type Seen } from './seen';

export type NextHop =
  | { readonly kind: 'peer' | 'unknown' }
  | {
      readonly kind: 'other';
      readonly took: string; // its address, or its MAC
      readonly isGateway: boolean;
      readonly isApart: boolean; // the next node is on no link of this one
    };

const OUI = 0x100_0000;
const sameMaker = (a: number, b: number): boolean => Math.floor(a / OUI) === Math.floor(b / OUI);
/** Routers have, as a habit, the first or last address of a network, and hardly the nodes' make of card. */
const looksLikeRouter = (ip: number | null, mac: number, node: number): boolean =>
  (ip !== null && ((ip & 0xff) === 1 || (ip & 0xff) === 254)) || !sameMaker(mac, node);

/** `next`: the file the packet should be in next. */
export function nextHopOf(seen: Seen, sighting: Sighting, next: number): NextHop {
  if (standing(seen, sighting) !== 'out' || isEnd(seen, sighting.file) || isEnd(seen, next)) return { kind: 'unknown' };
  const { src, dst } = sighting;
  if (src === 0 || dst === 0) return { kind: 'unknown' }; // a link type without MACs, or without this one
  const peer = seen.vantages[next]?.own ?? null;
  if (peer !== null && seen.hosts.of(peer) === seen.hosts.of(dst)) return { kind: 'peer' };
  const claimed = [...(seen.arp.claims.get(dst) ?? [])];
  const asked = seen.arp.questions.filter(({ asker, target }) => asker === src && claimed.includes(target));
  const isHeard = asked.some(({ byFile }) => byFile.has(next));
  const isApart =
    asked.some(({ byFile }) => byFile.has(sighting.file) && !byFile.has(next)) ||
    asked.some(({ askerIp, target }) => !isOneNet(seen, src, askerIp, target));
  if (peer === null && !isHeard && !isApart) return { kind: 'unknown' };
  const ip = asked[0]?.target ?? claimed[0] ?? null;
  const took = ip === null ? seen.hosts.nameOf(dst) : causes.ipText(ip);
  return { kind: 'other', took, isGateway: looksLikeRouter(ip, dst, src), isApart };
}

/** A /24 as a rule; wider where the asker has been answered by an address further away and by another than its router. */
function isOneNet(seen: Seen, asker: number, a: number, b: number): boolean {
  let len = 24;
  for (const { asker: by, askerIp, target, answered } of seen.arp.questions) {
    if (by !== asker || !answered || target === b) continue;
    while (len > 8 && a >>> (32 - len) !== target >>> (32 - len) && askerIp === a) len -= 1;
  }
  return a >>> (32 - len) === b >>> (32 - len);
}

export const isOnLink = isOneNet;

/** Why it went to somebody else, likeliest first. */
export function otherCauses(
  seen: Seen,
  course: Course,
  { file }: Sighting,
  next: number,
  { took, isGateway, isApart }: Extract<NextHop, { kind: 'other' }>,
): readonly Cause[] {
  const where = { host: hostAt(seen, file), src: course.src, dst: course.dst };
  const via = isApart ? null : { ip: addressAt(seen, next), name: hostAt(seen, next) };
  const missing = causes.routeMissing(where, via, took);
  const wrong = causes.wrongNextHop(where, via, took);
  if (isApart) return [causes.notAdjacent(where, took), missing, wrong];
  return isGateway ? [missing, wrong] : [wrong, missing];
}
