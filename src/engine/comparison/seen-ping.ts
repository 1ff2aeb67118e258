/** A ping as one file shows it, and the options it must have been typed with. */
import { formatIpv4, type Ipv4 } from '../addr/ipv4';
import type { Inner } from '../analysis/dissect';
import type { CapturedPacket, CaptureFile } from '../capture/types';
import { type CapturePoint, deviceNamed, type Host, hostNamed, type Topology } from '../topology/topology';
import * as icmp from '../wire/icmp';
import { framesOf } from './pairing';

const DEFAULT_DATA_BYTES = 56;
const DEFAULT_TTL = 64;
const IP_AND_ICMP_BYTES = 28;
/** A second between echoes, as ping's own timer keeps it: a little late. */
const DEFAULT_INTERVAL_S = { min: 0.9, max: 1.15 };

export interface EchoSeen {
  readonly seq: number;
  readonly inner: Inner;
  readonly packet: CapturedPacket;
  dataBytes: number; // of all its fragments
}

/** Echo requests with one identifier, in order; the first sight of each sequence number. */
export interface PingSeen {
  readonly src: Ipv4;
  readonly dst: Ipv4;
  readonly id: number;
  readonly point: CapturePoint;
  readonly requests: readonly EchoSeen[];
}

export function pingsIn(capture: CaptureFile, point: CapturePoint): readonly PingSeen[] {
  const pings = new Map<string, PingSeen & { readonly requests: EchoSeen[]; readonly seqs: Set<number> }>();
  const cut = new Map<string, EchoSeen>(); // first fragments, by addresses and IP ID
  for (const [i, frame] of framesOf(capture).entries()) {
    const packet = capture.packets[i];
    const inner = frame?.inner;
    if (inner === null || inner === undefined || packet === undefined) continue;
    const { src, dst, id: ipId } = inner.ip;
    if (inner.ip.fragmentOffset > 0) {
      const first = cut.get(`${src} ${dst} ${ipId}`);
      if (first !== undefined) first.dataBytes += inner.payloadBytes;
      continue;
    }
    if (inner.icmp?.type !== icmp.ICMP_TYPE.echoRequest) continue;
    const id = icmp.identifierOf(inner.icmp) ?? 0;
    const seq = icmp.sequenceOf(inner.icmp) ?? 0;
    const key = `${src} ${dst} ${id}`;
    const ping = pings.get(key) ?? { src, dst, id, point, requests: [], seqs: new Set() };
    pings.set(key, ping);
    if (ping.seqs.has(seq)) continue;
    ping.seqs.add(seq);
    const seen = { seq, inner, packet, dataBytes: inner.payloadBytes };
    ping.requests.push(seen);
    if (inner.ip.mf) cut.set(`${src} ${dst} ${ipId}`, seen);
  }
  return [...pings.values()];
}

/** ping keeps its TTL; a program whose echoes begin with ever higher ones is looking for routers. */
export function isTraceroute(requests: readonly EchoSeen[]): boolean {
  const ttls = requests.map(({ inner }) => inner.ip.ttl);
  return new Set(ttls).size > 1 && ttls.every((ttl, i) => i === 0 || ttl >= (ttls[i - 1] ?? 0));
}

/** Only those options that are not ping's own defaults. `same`: the same ping at all points, of which one may miss some. */
export function pingCommand(
  ping: PingSeen,
  same: readonly PingSeen[],
  topology: Topology,
  sender: Host | null,
): string {
  const first = ping.requests[0];
  if (first === undefined) return '';
  const words = [`ping -c ${countOf(same)}`];
  const { ip } = first.inner;
  if (first.dataBytes !== DEFAULT_DATA_BYTES) words.push(`-s ${first.dataBytes}`);
  const interval = intervalOf(ping.requests);
  if (interval !== null) words.push(`-i ${interval}`);
  const ttl = Math.min(255, ip.ttl + routersPassed(ping.point, topology, sender));
  if (ttl !== DEFAULT_TTL) words.push(`-t ${ttl}`);
  const discovery = discoveryOf(first, sender);
  if (discovery !== null) words.push(`-M ${discovery}`);
  if (ip.dscpEcn !== 0) words.push(`-Q 0x${ip.dscpEcn.toString(16)}`);
  return [...words, formatIpv4(ping.dst)].join(' ');
}

/**
 * What the ping counts from, as all points show it: from 1, as iputils does (busybox: from 0), though the first echoes were
 * perhaps lost; from the first echo seen where a capture was begun long after the ping.
 */
export function firstSeqOf(pings: readonly PingSeen[]): number {
  const seqs = seqsOf(pings);
  if (Math.max(...seqs) <= likelyMost(seqs.size)) return seqs.has(0) ? 0 : 1;
  const firsts = pings.flatMap(({ requests }) => requests.slice(0, 1).map(({ seq }) => seq));
  return firsts.reduce((first, seq) => (((seq - first) & SEQ_MAX) > SEQ_MAX / 2 ? seq : first));
}

/** Up to the last echo seen, since a lost one was sent all the same. */
function countOf(pings: readonly PingSeen[]): number {
  const seqs = seqsOf(pings);
  const first = firstSeqOf(pings);
  const span = Math.max(...[...seqs].map((seq) => (seq - first) & SEQ_MAX)) + 1;
  return span <= likelyMost(seqs.size) ? span : seqs.size;
}

const SEQ_MAX = 0xffff; // then it begins again at 0

const seqsOf = (pings: readonly PingSeen[]): ReadonlySet<number> =>
  new Set(pings.flatMap(({ requests }) => requests.map(({ seq }) => seq)));

/** More echoes than these are not thought to be lost. */
const likelyMost = (seen: number): number => 2 * seen + 10;

/** Routers between the sender and this point: the sender's node, and the receiver's too if this is behind its bridge. */
function routersPassed({ host, dev }: CapturePoint, topology: Topology, sender: Host | null): number {
  if (sender === null || sender.name === host) return 0;
  const place = hostNamed(topology, host);
  const isCard = (place === null ? null : deviceNamed(place, dev))?.link.kind === 'nic';
  const isOwnNode = sender.node === host;
  if (sender.role !== 'pod') return isCard ? 0 : 1;
  if (isCard) return 1;
  return isOwnNode || (place?.node ?? null) === sender.node ? 0 : 2;
}

/** -M do sends DF and IP ID 0; -M dont sends no DF; by default DF is set unless the packet is larger than the link takes. */
function discoveryOf({ inner, dataBytes }: EchoSeen, sender: Host | null): 'do' | 'dont' | null {
  const { df, id } = inner.ip;
  if (df) return id === 0 ? 'do' : null;
  const mtuBytes = Math.min(
    ...(sender?.devices ?? []).filter(({ link }) => link.kind !== 'loopback').map((one) => one.mtuBytes),
  );
  return dataBytes + IP_AND_ICMP_BYTES > mtuBytes ? null : 'dont';
}

/** Seconds between echoes as typed: measured times are a little longer, so they are rounded to what people type. */
function intervalOf(requests: readonly EchoSeen[]): string | null {
  const gaps = requests.flatMap(({ seq, packet }, i) => {
    const before = requests[i - 1];
    return before === undefined || seq <= before.seq
      ? []
      : [secondsBetween(before.packet, packet) / (seq - before.seq)];
  });
  const median = gaps.sort((a, b) => a - b)[Math.floor((gaps.length - 1) / 2)];
  if (median === undefined || (median >= DEFAULT_INTERVAL_S.min && median <= DEFAULT_INTERVAL_S.max)) return null;
  const unit = median < 0.02 ? 0.001 : median < 0.1 ? 0.01 : median < 1 ? 0.1 : median < 3 ? 0.5 : 1;
  const rounded = Math.max(0.002, Math.round(median / unit) * unit); // ping takes no less
  return `${Number(rounded.toFixed(3))}`;
}

const secondsBetween = (a: CapturedPacket, b: CapturedPacket): number =>
  b.seconds - a.seconds + (b.nanoseconds - a.nanoseconds) / 1e9;
