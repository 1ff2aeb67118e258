/**
 * A frame read as far as its identity needs: numbers, no texts. `wire/decode` reads the same bytes for showing; this
 * one is cheap enough for every packet of a file, and goes on where a capture cut the frame short (`tcpdump -s`).
 */
import type { Arp } from '../wire/arp';
import * as arp from '../wire/arp';
import type { Ethernet } from '../wire/ethernet';
import * as ethernet from '../wire/ethernet';
import type { Icmp } from '../wire/icmp';
import * as icmp from '../wire/icmp';
import type { Ipv4Header } from '../wire/ipv4';
import * as ipv4 from '../wire/ipv4';
import type { Tcp } from '../wire/tcp';
import * as tcp from '../wire/tcp';
import type { Udp } from '../wire/udp';
import * as udp from '../wire/udp';

/** What of an IPv4 packet tells it from others. */
export interface Inner {
  readonly ip: Ipv4Header;
  readonly icmp: Icmp | null;
  readonly udp: Udp | null;
  readonly tcp: Tcp | null;
  /** What stands behind the last header read here; behind the IP header itself for a later fragment. */
  readonly payload: Uint8Array;
  /** Of that payload, how many bytes were on the wire: more than `payload` holds if the capture cut them off. */
  readonly payloadBytes: number;
  /** The packet an ICMP error quotes. */
  readonly quoted: Inner | null;
}

export interface Dissected {
  readonly eth: Ethernet;
  readonly arp: Arp | null;
  readonly inner: Inner | null; // null: not IPv4
}

const VLAN_LENGTH = 4; // bytes: tag and the type behind it, IEEE 802.1Q

/** Null if not even the Ethernet header is there. */
export function dissect(bytes: Uint8Array): Dissected | null {
  const outer = ethernet.parse(bytes, 0);
  if (!outer.ok) return null;
  const { header: eth } = outer.value;
  let at = outer.value.payloadAt;
  let type = eth.etherType;
  while ((type === ethernet.ETHERTYPE.vlan || type === ethernet.ETHERTYPE.serviceVlan) && bytes.length >= at + 4) {
    type = (bytes[at + 2] ?? 0) * 256 + (bytes[at + 3] ?? 0);
    at += VLAN_LENGTH;
  }
  if (type === ethernet.ETHERTYPE.arp) {
    const parsed = arp.parse(bytes, at);
    return { eth, arp: parsed.ok ? parsed.value.header : null, inner: null };
  }
  return { eth, arp: null, inner: type === ethernet.ETHERTYPE.ipv4 ? dissectIpv4(bytes, at) : null };
}

/** Null if there is no IPv4 header. */
export function dissectIpv4(bytes: Uint8Array, at: number): Inner | null {
  const parsed = ipv4.parse(bytes, at);
  if (!parsed.ok) return null;
  const { header: ip, payloadAt } = parsed.value;
  const end = Math.max(payloadAt, at + ip.totalLength);
  return { ip, icmp: null, udp: null, tcp: null, quoted: null, ...transport(bytes, payloadAt, end, ip) };
}

type Transport = Partial<Pick<Inner, 'icmp' | 'udp' | 'tcp' | 'quoted'>> & Pick<Inner, 'payload' | 'payloadBytes'>;

function transport(bytes: Uint8Array, at: number, end: number, ip: Ipv4Header): Transport {
  const held = bytes.subarray(0, end);
  const rest = (from: number) => ({ payload: held.subarray(from), payloadBytes: Math.max(0, end - from) });
  if (ip.fragmentOffset > 0) return rest(at);
  if (ip.protocol === ipv4.PROTOCOL.icmp) {
    const parsed = icmp.parse(held, at);
    if (!parsed.ok) return rest(at);
    const { header, payloadAt } = parsed.value;
    return { icmp: header, quoted: icmp.isError(header) ? dissectIpv4(held, payloadAt) : null, ...rest(payloadAt) };
  }
  if (ip.protocol === ipv4.PROTOCOL.udp) {
    const parsed = udp.parse(held, at);
    return parsed.ok ? { udp: parsed.value.header, ...rest(parsed.value.payloadAt) } : rest(at);
  }
  if (ip.protocol === ipv4.PROTOCOL.tcp) {
    const parsed = tcp.parse(held, at);
    return parsed.ok ? { tcp: parsed.value.header, ...rest(parsed.value.payloadAt) } : rest(at);
  }
  return rest(at);
}
