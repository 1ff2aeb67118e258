/**
 * A node's card carries much that has nothing to do with one ping: the API server, other pods, DNS. Such frames are
 * neither predicted nor an objection to the prediction.
 */
import type { Ipv4 } from '../addr/ipv4';
import type { Dissected, Inner } from '../analysis/dissect';
import type { Trace } from '../sim/trace';
import { hostNamed } from '../topology/topology';
import { PROTOCOL } from '../wire/ipv4';
import * as vxlan from '../wire/vxlan';
import type { Pairing } from './pairing';

/**
 * Tells unrelated frames: an IPv4 packet is related if both its ends, or those of the packet it quotes, take part in the
 * run; so is a tunnel between hosts that do; ARP if such a host sends it or is asked for; any other protocol never is.
 */
export function unrelatedIn(trace: Trace): (pairing: Pairing) => boolean {
  const ends = new Set<Ipv4>();
  const hosts = new Set<string>();
  for (const { event } of trace.steps) {
    hosts.add(event.host);
    if (event.kind === 'route-looked-up' && event.purpose === 'send') {
      ends.add(event.dst); // also where no route led anywhere and no frame was ever sent
      for (const ip of addressesOf(trace, event.host)) ends.add(ip);
    }
    if (event.kind !== 'frame-sent' || event.frame.body.kind !== 'ipv4') continue;
    const { src, dst } = event.frame.body.header;
    ends.add(src).add(dst);
  }
  const own = new Set<Ipv4>();
  for (const name of hosts) for (const ip of addressesOf(trace, name)) own.add(ip);
  const takesPart = ({ ip, udp, quoted }: Inner): boolean =>
    (ends.has(ip.src) && ends.has(ip.dst)) ||
    (quoted !== null && takesPart(quoted)) ||
    ((ip.protocol === PROTOCOL.ipip || vxlan.PORTS.includes(udp?.dstPort ?? -1)) && own.has(ip.src) && own.has(ip.dst));
  const isRelated = ({ arp, inner }: Dissected): boolean =>
    arp !== null ? own.has(arp.senderIp) || own.has(arp.targetIp) : inner !== null && takesPart(inner);
  return ({ packet, predicted, frame }) =>
    packet === null && predicted === null && (frame === null || !isRelated(frame));
}

const addressesOf = (trace: Trace, host: string): readonly Ipv4[] =>
  (hostNamed(trace.initial.topology, host)?.devices ?? []).flatMap((device) => device.addresses.map(({ ip }) => ip));
