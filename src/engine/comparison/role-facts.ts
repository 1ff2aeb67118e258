/** What the packets of one file say about where it was taken. */
import type { Ipv4 } from '../addr/ipv4';
import { isMulticast, type Mac } from '../addr/mac';
import type { Dissected } from '../analysis/dissect';
import { keyOf, sameBytes } from '../base/bytes';
import type { CaptureFile } from '../capture/types';
import { ARP_OPERATION } from '../wire/arp';
import * as icmp from '../wire/icmp';
import { framesOf } from './pairing';

/** A place shows in its first frames; a capture of a day says nothing more. */
const FRAMES_MAX = 20_000;
/** A bridge in hairpin mode hands a broadcast back within microseconds; ARP asks again after a second. */
const ECHO_NS_MAX = 10_000_000;

export interface FileFacts {
  readonly unicast: number; // frames
  /** For each MAC the unicast frames it sends or receives. */
  readonly macs: ReadonlyMap<Mac, number>;
  /** For each MAC the broadcasts it sends, echoes not counted. */
  readonly broadcasts: ReadonlyMap<Mac, number>;
  /** For each MAC its broadcasts that come back at once. */
  readonly echoes: ReadonlyMap<Mac, number>;
  readonly firstEcho: { readonly ttl: number; readonly seq: number } | null;
  /** Unicast frames, and of each broadcast the first sight, by content: to be found again in another file. */
  readonly sights: ReadonlyMap<string, Sight>;
  /** What ARP says of who has which address, by MAC. */
  readonly claims: ReadonlyMap<Mac, ReadonlySet<Ipv4>>;
  /** ARP questions answered: who asked, how long the answer took. */
  readonly asked: readonly { readonly by: Mac; readonly ns: number }[];
}

export interface Sight {
  readonly atNs: number; // since the first packet of this file
  readonly src: Mac;
  readonly broadcast: boolean;
}

const known = new WeakMap<CaptureFile, FileFacts>();

export function factsOf(capture: CaptureFile): FileFacts {
  let facts = known.get(capture);
  if (facts === undefined) {
    facts = gather(capture);
    known.set(capture, facts);
  }
  return facts;
}

function gather(capture: CaptureFile): FileFacts {
  const macs = new Map<Mac, number>();
  const broadcasts = new Map<Mac, number>();
  const echoes = new Map<Mac, number>();
  const sights = new Map<string, Sight>();
  const times = new Map<string, number>();
  const lastAtNs = new Map<string, number>();
  const questions = new Map<string, { by: Mac; atNs: number }>();
  const asked: { by: Mac; ns: number }[] = [];
  const claims = new Map<Mac, Set<Ipv4>>();
  let unicast = 0;
  let firstEcho: FileFacts['firstEcho'] = null;
  const start = capture.packets[0];
  for (const [i, frame] of framesOf(capture).slice(0, FRAMES_MAX).entries()) {
    const packet = capture.packets[i];
    if (frame === null || packet === undefined || start === undefined) continue;
    const { src, dst } = frame.eth;
    const atNs = (packet.seconds - start.seconds) * 1e9 + packet.nanoseconds - start.nanoseconds;
    const content = keyOf(packet.bytes);
    const broadcast = isMulticast(dst);
    if (broadcast) {
      const isEcho = atNs - (lastAtNs.get(content) ?? Number.NEGATIVE_INFINITY) <= ECHO_NS_MAX;
      count(isEcho ? echoes : broadcasts, src);
      lastAtNs.set(content, atNs);
      if (isEcho) continue;
    } else {
      unicast += 1;
      count(macs, src);
      if (dst !== src) count(macs, dst);
    }
    const nth = count(times, content);
    sights.set(`${nth} ${content}`, { atNs, src, broadcast });
    firstEcho ??= echoIn(frame);
    noteArp(frame, atNs, questions, asked);
    if (frame.arp !== null)
      claims.set(frame.arp.senderMac, (claims.get(frame.arp.senderMac) ?? new Set()).add(frame.arp.senderIp));
  }
  return { unicast, macs, broadcasts, echoes, firstEcho, sights, claims, asked };
}

function count<K>(counts: Map<K, number>, key: K): number {
  const next = (counts.get(key) ?? 0) + 1;
  counts.set(key, next);
  return next;
}

function echoIn({ inner }: Dissected): FileFacts['firstEcho'] {
  if (inner?.icmp?.type !== icmp.ICMP_TYPE.echoRequest) return null;
  return { ttl: inner.ip.ttl, seq: icmp.sequenceOf(inner.icmp) ?? 0 };
}

function noteArp(
  { arp }: Dissected,
  atNs: number,
  questions: Map<string, { by: Mac; atNs: number }>,
  asked: { by: Mac; ns: number }[],
): void {
  if (arp === null) return;
  if (arp.operation === ARP_OPERATION.request) {
    questions.set(`${arp.targetIp} ${arp.senderIp}`, { by: arp.senderMac, atNs });
    return;
  }
  const question = questions.get(`${arp.senderIp} ${arp.targetIp}`);
  if (question === undefined) return;
  questions.delete(`${arp.senderIp} ${arp.targetIp}`);
  asked.push({ by: question.by, ns: atNs - question.atNs });
}

/**
 * How much nearer to `mac` the first file was taken than the second, in nanoseconds of delay; null if their frames do
 * not tell. Between two places a frame of `mac` takes the delay to come and an answer takes it to go back, so the time
 * between the two is longer at the nearer place, whatever the two clocks say.
 */
export function nearerBy(mac: Mac, first: FileFacts, second: FileFacts): number | null {
  const differences: number[] = [];
  let last: { readonly here: Sight; readonly there: Sight } | null = null;
  for (const [key, here] of first.sights) {
    const there = second.sights.get(key);
    if (there === undefined) continue;
    if (last !== null && (last.here.src === mac) !== (here.src === mac)) {
      const longer = here.atNs - last.here.atNs - (there.atNs - last.there.atNs);
      differences.push(last.here.src === mac ? longer : -longer);
    }
    last = { here, there };
  }
  if (differences.length === 0) return null;
  return differences.sort((a, b) => a - b)[Math.floor(differences.length / 2)] ?? null;
}

/** The same packets at the same times: one file opened twice. */
export function isTwin(a: CaptureFile, b: CaptureFile): boolean {
  if (a.packets.length === 0 || a.packets.length !== b.packets.length) return false;
  return a.packets.every((packet, i) => {
    const other = b.packets[i];
    if (other === undefined || packet.seconds !== other.seconds || packet.nanoseconds !== other.nanoseconds)
      return false;
    return sameBytes(packet.bytes, other.bytes);
  });
}
