/**
 * A decoded frame as one line of a packet list: who to whom, which protocol, and what it says, in the words of tcpdump
 * (4.99, `-n`). Of a tunnel packet the addresses are the outer ones, and what is said is the packet inside.
 */
import { formatIpv4 } from '../addr/ipv4';
import { hexNumber } from '../base/bytes';
import { ETHERTYPE } from '../wire/ethernet';
import { PROTOCOL } from '../wire/ipv4';
import type { DecodedFrame, HeaderKind, Layer, UnreadableReason } from '../wire/layers';
import { dissectIpv4 } from './dissect';
import { arpTitle, flagLetters, messageTitle } from './title';

export interface PacketLine {
  readonly source: string; // '' where the frame has none
  readonly destination: string;
  readonly protocol: string; // '' where nothing could be read
  readonly info: string;
  /** Why the frame could not be read to its end; null where it could. */
  readonly unreadable: UnreadableReason | null;
}

export function packetLineOf({ layers, bytes, originalLength }: DecodedFrame): PacketLine {
  const own = layers.filter(({ quoted }) => !quoted);
  const broken = own.find((layer) => layer.kind === 'unreadable');
  const unreadable = broken === undefined ? null : broken.reason;
  return { ...wordsOf(own, bytes, originalLength), unreadable };
}

type Words = Omit<PacketLine, 'unreadable'>;

function wordsOf(layers: readonly Layer[], bytes: Uint8Array, length: number): Words {
  const at = layers.findIndex(({ kind }) => kind === 'ipv4' || kind === 'ipv6' || kind === 'arp');
  const network = layers[at];
  if (network === undefined) return linkWords(layers, length);
  if (network.kind === 'arp') {
    const { header } = network;
    const [source, destination] = [formatIpv4(header.senderIp), formatIpv4(header.targetIp)];
    return { source, destination, protocol: 'ARP', info: arpTitle(header).replace(/^ARP, /, '') };
  }
  const behind = layers.slice(at + 1);
  const carried = behind.findIndex(({ kind }) => isNetwork(kind) || kind === 'ethernet');
  const addresses = addressesOf(network);
  if (carried >= 0) {
    const tunnel = tunnelOf(behind.slice(0, carried));
    const inner = wordsOf(behind.slice(carried), bytes, length);
    return { ...addresses, protocol: tunnel.name, info: `${tunnel.words}${sentence(inner)}` };
  }
  if (network.kind === 'ipv4') return { ...addresses, ...ipv4Words(network, behind, bytes) };
  return network.kind === 'ipv6' ? { ...addresses, ...ipv6Words(network, behind) } : linkWords(layers, length);
}

const isNetwork = (kind: Layer['kind']): boolean => kind === 'ipv4' || kind === 'ipv6' || kind === 'arp';

/** `10.244.1.2 > 10.244.2.2: ICMP echo request, …` */
const sentence = ({ source, destination, protocol, info }: Words): string =>
  `${source} > ${destination}: ${protocol} ${info}`;

function addressesOf(layer: Layer): Pick<Words, 'source' | 'destination'> {
  if (layer.kind === 'ipv4') return { source: formatIpv4(layer.header.src), destination: formatIpv4(layer.header.dst) };
  if (layer.kind === 'ipv6') return { source: layer.header.src, destination: layer.header.dst };
  return { source: '', destination: '' };
}

/** What stands between an outer and an inner header names the tunnel; nothing at all is IP in IP. */
function tunnelOf(between: readonly Layer[]): { readonly name: string; readonly words: string } {
  for (const layer of between) {
    if (layer.kind === 'vxlan') return { name: 'VXLAN', words: `vni ${layer.header.vni}, ` };
    if (layer.kind === 'geneve') return { name: 'Geneve', words: `vni ${layer.header.vni}, ` };
    if (layer.kind === 'gre') return { name: 'GRE', words: '' };
  }
  return { name: 'IPIP', words: '' };
}

const PROTOCOL_NAME: ReadonlyMap<number, string> = new Map([
  [PROTOCOL.icmp, 'ICMP'],
  [PROTOCOL.tcp, 'TCP'],
  [PROTOCOL.udp, 'UDP'],
  [PROTOCOL.gre, 'GRE'],
  [PROTOCOL.ipip, 'IPIP'],
]);

function ipv4Words(
  network: Extract<Layer, { kind: 'ipv4' }>,
  behind: readonly Layer[],
  bytes: Uint8Array,
): Pick<Words, 'protocol' | 'info'> {
  const { header } = network;
  const protocol = PROTOCOL_NAME.get(header.protocol) ?? `IP ${header.protocol}`;
  const inner = dissectIpv4(bytes, network.at);
  const message = inner === null ? '' : messageTitle(inner).replace(/^(?:ICMP|UDP),? /, '');
  const isPart = header.fragmentOffset > 0 || header.mf;
  const part = isPart ? `, frag at ${header.fragmentOffset}${header.mf ? '+' : ''}` : '';
  return { protocol, info: `${portsOf(behind)}${message}${part}` };
}

/** `1024 > 53 `: a packet list keeps ports out of its addresses. */
function portsOf(behind: readonly Layer[]): string {
  const layer = behind.find(({ kind }) => kind === 'udp' || kind === 'tcp');
  if (layer === undefined || (layer.kind !== 'udp' && layer.kind !== 'tcp')) return '';
  return `${layer.header.srcPort} > ${layer.header.dstPort} `;
}

function ipv6Words(
  network: Extract<Layer, { kind: 'ipv6' }>,
  behind: readonly Layer[],
): Pick<Words, 'protocol' | 'info'> {
  const length = `length ${network.header.payloadLength}`;
  const layer = behind.find(({ kind }) => kind === 'icmpv6' || kind === 'udp' || kind === 'tcp');
  switch (layer?.kind) {
    case 'icmpv6':
      return { protocol: 'ICMPv6', info: `type ${layer.header.type} code ${layer.header.code}, ${length}` };
    case 'udp':
      return { protocol: 'UDP', info: `${portsOf(behind)}${length}` };
    case 'tcp':
      return { protocol: 'TCP', info: `${portsOf(behind)}Flags [${flagLetters(layer.header.flags)}], ${length}` };
    default:
      return { protocol: 'IPv6', info: length };
  }
}

const LINK_NAME: Partial<Record<HeaderKind, string>> = { sll: 'SLL', sll2: 'SLL2', loopback: 'NULL' };

/** No network header that is read here: what the link layer says of it. */
function linkWords(layers: readonly Layer[], length: number): Words {
  const link = layers.find((layer) => layer.kind === 'ethernet');
  const info = `length ${length}`;
  if (link === undefined) {
    const first = layers[0]?.kind;
    const name = first === undefined || first === 'payload' || first === 'unreadable' ? '' : (LINK_NAME[first] ?? '');
    return { source: '', destination: '', protocol: name, info };
  }
  const tag = layers.findLast((layer) => layer.kind === 'vlan');
  const { src: source, dst: destination, etherType } = link.header;
  return { source, destination, protocol: nameOfType(tag?.header.etherType ?? etherType), info };
}

const nameOfType = (etherType: number): string =>
  etherType === ETHERTYPE.arp
    ? 'ARP'
    : etherType === ETHERTYPE.ipv4
      ? 'IP'
      : etherType === ETHERTYPE.ipv6
        ? 'IPv6'
        : hexNumber(etherType, 4);
