/** One line about a frame, in the words of tcpdump (4.99, `-n`), which operators read all day. Not translated. */
import { formatIpv4 } from '../addr/ipv4';
import { hexNumber } from '../base/bytes';
import { ARP_OPERATION, type Arp, PACKET_LENGTH } from '../wire/arp';
import { ETHERTYPE } from '../wire/ethernet';
import * as icmp from '../wire/icmp';
import { headerLength } from '../wire/ipv4';
import { TCP_FLAG } from '../wire/tcp';
import { type Dissected, dissect, type Inner } from './dissect';

export function titleOf(bytes: Uint8Array): string {
  const frame = dissect(bytes);
  if (frame === null) return `[|ether] length ${bytes.length}`;
  if (frame.arp !== null) return arpTitle(frame.arp);
  if (frame.inner !== null) return innerTitle(frame.inner);
  return otherTitle(frame, bytes.length);
}

const otherTitle = ({ eth }: Dissected, length: number): string => {
  const name = eth.etherType === ETHERTYPE.ipv6 ? 'IPv6' : eth.etherType === ETHERTYPE.arp ? 'ARP' : 'unknown';
  return `${eth.src} > ${eth.dst}, ethertype ${name} (${hexNumber(eth.etherType, 4)}), length ${length}`;
};

export function arpTitle(arp: Arp): string {
  const [sender, target] = [formatIpv4(arp.senderIp), formatIpv4(arp.targetIp)];
  if (arp.operation === ARP_OPERATION.request) {
    return `ARP, Request who-has ${target} tell ${sender}, length ${PACKET_LENGTH}`;
  }
  if (arp.operation === ARP_OPERATION.reply) {
    return `ARP, Reply ${sender} is-at ${arp.senderMac}, length ${PACKET_LENGTH}`;
  }
  return `ARP, operation ${arp.operation}, length ${PACKET_LENGTH}`;
}

function innerTitle(inner: Inner): string {
  const { ip } = inner;
  const ports = inner.udp ?? inner.tcp;
  const [from, to] = ports === null ? ['', ''] : [`.${ports.srcPort}`, `.${ports.dstPort}`];
  return `IP ${formatIpv4(ip.src)}${from} > ${formatIpv4(ip.dst)}${to}: ${messageTitle(inner)}`;
}

/** Without the addresses: `ICMP echo request, id 1, seq 1, length 64`. */
export function messageTitle(inner: Inner): string {
  if (inner.icmp !== null) return `${icmpTitle(inner.icmp, inner)}, length ${icmp.HEADER_LENGTH + inner.payloadBytes}`;
  if (inner.udp !== null) return `UDP, length ${inner.payloadBytes}`;
  if (inner.tcp !== null) return `Flags [${flagLetters(inner.tcp.flags)}], length ${inner.payloadBytes}`;
  if (inner.ip.fragmentOffset > 0) return `ip-proto-${inner.ip.protocol}`;
  return `ip-proto-${inner.ip.protocol} ${inner.ip.totalLength - headerLength(inner.ip)}`;
}

function icmpTitle(header: icmp.Icmp, inner: Inner): string {
  if (icmp.isEcho(header)) {
    const what = header.type === icmp.ICMP_TYPE.echoRequest ? 'request' : 'reply';
    return `ICMP echo ${what}, id ${icmp.identifierOf(header)}, seq ${icmp.sequenceOf(header)}`;
  }
  if (header.type === icmp.ICMP_TYPE.timeExceeded) {
    return header.code === icmp.TIME_EXCEEDED_CODE.ttl
      ? 'ICMP time exceeded in-transit'
      : 'ICMP ip reassembly time exceeded';
  }
  if (inner.quoted === null) return `ICMP type ${header.type} code ${header.code}`;
  const about = formatIpv4(inner.quoted.ip.dst);
  const gateway = icmp.gatewayOf(header);
  if (gateway !== null) return `ICMP redirect ${about} to host ${formatIpv4(gateway)}`;
  if (header.type !== icmp.ICMP_TYPE.destinationUnreachable) return `ICMP type ${header.type} code ${header.code}`;
  return `ICMP ${unreachableTitle(header, inner.quoted, about)}`;
}

function unreachableTitle(header: icmp.Icmp, quoted: Inner, about: string): string {
  const { net, host, protocol, port, fragmentationNeeded, netProhibited, hostProhibited, communicationProhibited } =
    icmp.UNREACHABLE_CODE;
  switch (header.code) {
    case net:
      return `net ${about} unreachable`;
    case host:
      return `host ${about} unreachable`;
    case protocol:
      return `${about} protocol ${quoted.ip.protocol} unreachable`;
    case port: {
      if (quoted.udp !== null) return `${about} udp port ${quoted.udp.dstPort} unreachable`;
      if (quoted.tcp !== null) return `${about} tcp port ${quoted.tcp.dstPort} unreachable`;
      // tcpdump takes the word where TCP and UDP have their destination port: in ICMP that is the checksum.
      return `${about} protocol ${quoted.ip.protocol} port ${quoted.icmp?.checksum ?? 0} unreachable`;
    }
    case fragmentationNeeded:
      return `${about} unreachable - need to frag (mtu ${icmp.mtuOf(header)})`;
    case netProhibited:
      return `net ${about} unreachable - admin prohibited`;
    case hostProhibited:
      return `host ${about} unreachable - admin prohibited`;
    case communicationProhibited:
      return `host ${about} unreachable - admin prohibited filter`;
    default:
      return `${about} unreachable - #${header.code}`;
  }
}

/** tcpdump's order of letters; '.' is ACK. */
export function flagLetters(flags: number): string {
  const letters = [
    ['F', TCP_FLAG.fin],
    ['S', TCP_FLAG.syn],
    ['R', TCP_FLAG.rst],
    ['P', TCP_FLAG.psh],
    ['.', TCP_FLAG.ack],
    ['U', TCP_FLAG.urg],
    ['E', TCP_FLAG.ece],
    ['W', TCP_FLAG.cwr],
  ] as const;
  const set = letters.filter(([, bit]) => (flags & bit) !== 0).map(([letter]) => letter);
  return set.length === 0 ? 'none' : set.join('');
}
