/** Capture files told packet by packet, for tests of matching and diagnosis: what is not told has a usual value. */
import { type Ipv4, ipv4 } from '../addr/ipv4';
import { BROADCAST, type Mac, mac, ZERO_MAC } from '../addr/mac';
import { NO_BYTES } from '../base/bytes';
import type { PointFile } from '../diagnosis/seen';
import { packetColumns } from '../matching/packet-columns';
import * as arp from '../wire/arp';
import * as ethernet from '../wire/ethernet';
import * as icmp from '../wire/icmp';
import * as ip from '../wire/ipv4';
import * as tcp from '../wire/tcp';
import * as udp from '../wire/udp';

/** Hosts of the told network, by the last byte of their MACs. */
export const macOf = (host: number): Mac => mac(`02:00:00:00:00:${host.toString(16).padStart(2, '0')}`);

export interface Link {
  readonly from: number; // see macOf
  readonly to: number;
  readonly us?: number; // time
  readonly ttl?: number;
  readonly id?: number;
  readonly src?: string;
  readonly dst?: string;
  readonly df?: boolean;
  readonly mf?: boolean;
  readonly fragmentOffset?: number;
}

interface Told {
  readonly us: number;
  readonly bytes: Uint8Array;
}

const framed = ({ from, to }: Link, etherType: number, payload: Uint8Array): Uint8Array =>
  ethernet.serialize({ dst: to === 0xff ? BROADCAST : macOf(to), src: macOf(from), etherType }, payload);

export function ipPacket(link: Link, protocol: number, payload: Uint8Array): Told {
  const header = ip.withChecksum({
    dscpEcn: 0,
    totalLength: ip.HEADER_LENGTH_MIN + payload.length,
    id: link.id ?? 1,
    reservedFlag: false,
    df: link.df ?? true,
    mf: link.mf ?? false,
    fragmentOffset: link.fragmentOffset ?? 0,
    ttl: link.ttl ?? 64,
    protocol,
    checksum: 0,
    src: ipv4(link.src ?? '10.1.1.2'),
    dst: ipv4(link.dst ?? '10.1.2.2'),
    options: NO_BYTES,
  });
  return { us: link.us ?? 0, bytes: framed(link, ethernet.ETHERTYPE.ipv4, ip.serialize(header, payload)) };
}

export function echo(link: Link, type: 0 | 8, seq: number, dataBytes = 24, identifier = 7): Told {
  const data = new Uint8Array(dataBytes).fill(seq);
  return ipPacket(
    link,
    ip.PROTOCOL.icmp,
    icmp.serialize(icmp.withChecksum(icmp.echo(type, identifier, seq), data), data),
  );
}

export interface Segment {
  readonly seq: number;
  readonly ack?: number;
  readonly bytes?: number;
  readonly flags?: number;
  readonly srcPort?: number;
  readonly dstPort?: number;
  readonly window?: number;
}

export function segment(link: Link, one: Segment): Told {
  const header: tcp.Tcp = {
    srcPort: one.srcPort ?? 40000,
    dstPort: one.dstPort ?? 80,
    seq: one.seq >>> 0,
    ack: one.ack ?? 0,
    reserved: 0,
    flags: one.flags ?? tcp.TCP_FLAG.ack,
    window: one.window ?? 1000,
    checksum: 0,
    urgentPointer: 0,
    options: NO_BYTES,
  };
  const data = new Uint8Array(one.bytes ?? 0).fill(1);
  const [src, dst]: readonly [Ipv4, Ipv4] = [ipv4(link.src ?? '10.1.1.2'), ipv4(link.dst ?? '10.1.2.2')];
  return ipPacket(link, ip.PROTOCOL.tcp, tcp.serialize(tcp.withChecksum(header, data, src, dst), data));
}

export function datagram(link: Link, srcPort: number, dstPort: number, data: Uint8Array): Told {
  const header = { srcPort, dstPort, length: udp.HEADER_LENGTH + data.length, checksum: 0 };
  return ipPacket(link, ip.PROTOCOL.udp, udp.serialize(header, data));
}

/** An ICMP error about a told packet, as it stood on the link. */
export function icmpError(link: Link, type: number, code: number, about: Told, rest = 0): Told {
  const quote = about.bytes.subarray(ethernet.HEADER_LENGTH, ethernet.HEADER_LENGTH + 28);
  return ipPacket(
    link,
    ip.PROTOCOL.icmp,
    icmp.serialize(icmp.withChecksum(icmp.error(type, code, rest), quote), quote),
  );
}

export function arpFrame(link: Link, operation: 1 | 2, senderIp: string, targetIp: string): Told {
  const header = {
    operation,
    senderMac: macOf(link.from),
    senderIp: ipv4(senderIp),
    targetMac: operation === 1 ? ZERO_MAC : macOf(link.to),
    targetIp: ipv4(targetIp),
  };
  return { us: link.us ?? 0, bytes: framed(link, ethernet.ETHERTYPE.arp, arp.serialize(header)) };
}

export interface FileOptions {
  readonly snapLength?: number;
  readonly clockUs?: number; // this file's clock shows so much more
}

export function toldFile(name: string, packets: readonly Told[], options: FileOptions = {}): PointFile {
  const { columns, sink } = packetColumns();
  for (const { us, bytes } of packets) {
    const at = us + (options.clockUs ?? 0) + 1_000_000_000;
    const length = Math.min(bytes.length, options.snapLength ?? bytes.length);
    const [seconds, nanoseconds] = [Math.floor(at / 1e6), (at % 1e6) * 1000];
    sink.packet(bytes.subarray(0, length), 0, length, bytes.length, seconds, nanoseconds, 0, 0);
  }
  return { name, host: name, file: `${name}.cap`, columns };
}
