/**
 * The command that captures show: ping, traceroute, curl or nc, as far as the model can run them. What frames cannot
 * show (how long a program waits) is left at its default.
 */
import { formatIpv4, type Ipv4 } from '../addr/ipv4';
import type { Inner } from '../analysis/dissect';
import { type CapturePoint, hostNamed, ownerOf, type Topology } from '../topology/topology';
import { ICMP_TYPE } from '../wire/icmp';
import { TCP_FLAG } from '../wire/tcp';
import type { CapturesByPoint } from './compare';
import { framesOf } from './pairing';
import { isTraceroute, type PingSeen, pingCommand, pingsIn } from './seen-ping';

/** 'pod1: ping -c 3 -s 100 10.244.2.2', or null if no file holds the beginning of anything from a host of the topology. */
export function commandSeen(
  topology: Topology,
  points: readonly CapturePoint[],
  captures: CapturesByPoint,
): string | null {
  const isKnown = (src: Ipv4): boolean => ownerOf(topology, src) !== null;
  const files = points.flatMap((point) => {
    const file = captures.get(point.id);
    return file === undefined ? [] : [{ point, capture: file.capture }];
  });
  const pings = files.flatMap(({ point, capture }) => pingsIn(capture, point)).filter(({ src }) => isKnown(src));
  const ping = nearest(pings, topology);
  if (ping !== null) return typedAt(topology, ping.src, pingOrTraceroute(ping, pings, topology));
  // No echoes. The sender's own capture is asked first: it holds what never got further.
  const isOwn = ({ ip }: Inner, point: CapturePoint): boolean => ownerOf(topology, ip.src)?.host === point.host;
  const all = files.flatMap(({ point, capture }) =>
    framesOf(capture).flatMap((frame) => (frame?.inner == null ? [] : [{ inner: frame.inner, point }])),
  );
  const inners = all.filter(({ inner }) => isKnown(inner.ip.src));
  const own = inners.filter(({ inner, point }) => isOwn(inner, point));
  return otherCommand(own, all, topology) ?? otherCommand(inners, all, topology);
}

function typedAt(topology: Topology, src: Ipv4, command: string): string {
  return `${ownerOf(topology, src)?.host ?? ''}: ${command}`;
}

/** The earliest ping at its sender's own capture, where its TTL has not fallen yet; else the one whose TTL is highest. */
function nearest(pings: readonly PingSeen[], topology: Topology): PingSeen | null {
  const own = pings.filter(({ point, src }) => ownerOf(topology, src)?.host === point.host);
  const ttl = (ping: PingSeen): number => ping.requests[0]?.inner.ip.ttl ?? 0;
  const highest = pings.reduce<PingSeen | null>(
    (best, ping) => (best === null || ttl(ping) > ttl(best) ? ping : best),
    null,
  );
  return own[0] ?? highest;
}

function pingOrTraceroute(ping: PingSeen, all: readonly PingSeen[], topology: Topology): string {
  if (isTraceroute(ping.requests))
    return `traceroute -n -I${perHop(ping.requests.map(({ inner }) => inner))} ${formatIpv4(ping.dst)}`;
  const sender = ownerOf(topology, ping.src);
  const host = sender === null ? null : hostNamed(topology, sender.host);
  // The sender's own capture holds all it sent; elsewhere one point may hold what another misses.
  const isAtSender = sender?.host === ping.point.host;
  const same = isAtSender ? [ping] : all.filter(({ id, dst }) => id === ping.id && dst === ping.dst);
  return pingCommand(ping, same, topology, host);
}

/** Probes a hop, where they are not traceroute's usual three. */
function perHop(probes: readonly Inner[]): string {
  const lowest = Math.min(...probes.map(({ ip }) => ip.ttl));
  const count = probes.filter(({ ip }) => ip.ttl === lowest).length;
  return count === 3 ? '' : ` -q ${count}`;
}

// ---- other programs

const TRACEROUTE_FIRST_PORT = 33434;

interface Sight {
  readonly inner: Inner;
}

function otherCommand(sights: readonly Sight[], all: readonly Sight[], topology: Topology): string | null {
  const datagrams = datagramsIn(sights);
  for (const { inner } of sights) {
    const { src, dst } = inner.ip;
    const to = formatIpv4(dst);
    if (inner.tcp !== null && (inner.tcp.flags & (TCP_FLAG.syn | TCP_FLAG.ack)) === TCP_FLAG.syn) {
      return typedAt(topology, src, `curl http://${to}:${inner.tcp.dstPort}/`);
    }
    if (inner.udp === null) continue;
    const { dstPort, length } = inner.udp;
    const alike = datagrams.get(keyOf(dst, length));
    if (dstPort >= TRACEROUTE_FIRST_PORT && alike !== undefined && alike.ttls.size > 1)
      return typedAt(topology, src, `traceroute -n${perHop(alike.probes)}${hopsMax(alike, all)} ${to}`);
    const text = printable(inner.payload);
    if (text !== null) return typedAt(topology, src, `echo ${text} | nc -u -w 1 ${to} ${dstPort}`);
  }
  return null;
}

const HOPS_MAX = 30; // traceroute's own

/** Where the probes end, if nobody ended them: neither the destination nor a router that gave them up. */
function hopsMax({ probes, ttls }: Alike, all: readonly Sight[]): string {
  const dst = probes[0]?.ip.dst;
  const isEnded = all.some(
    ({ inner }) => inner.ip.src === dst || inner.icmp?.type === ICMP_TYPE.destinationUnreachable,
  );
  const furthest = Math.max(...ttls);
  return isEnded || furthest >= HOPS_MAX ? '' : ` -m ${furthest}`;
}

/** Datagrams of one length to one address: the probes of a traceroute, if their TTLs differ. */
interface Alike {
  readonly probes: Inner[];
  readonly ttls: Set<number>;
}

const keyOf = (dst: Ipv4, length: number): number => dst * 0x1_0000 + length;

/** Once for all sights: captures may hold thousands of datagrams that are no probes. */
function datagramsIn(sights: readonly Sight[]): ReadonlyMap<number, Alike> {
  const datagrams = new Map<number, Alike>();
  for (const { inner } of sights) {
    if (inner.udp === null) continue;
    const key = keyOf(inner.ip.dst, inner.udp.length);
    const alike = datagrams.get(key) ?? { probes: [], ttls: new Set() };
    datagrams.set(key, alike);
    alike.probes.push(inner);
    alike.ttls.add(inner.ip.ttl);
  }
  return datagrams;
}

/** Text that a shell takes as one plain word; null for anything else. */
function printable(bytes: Uint8Array): string | null {
  const text = String.fromCharCode(...bytes.subarray(0, 200));
  return bytes.length <= 200 && /^[\w.,:@%+-]+$/.test(text) ? text : null;
}
