/** One packet as we read it, in the columns and the spelling of tshark. */
import type { ChecksumStatus, DecodedFrame, HeaderKind, Layer } from '../wire/layers';
import type { FieldName } from '../wire/types';

/** Fields that both name alike. */
const SAME = `
  eth.dst eth.src eth.type eth.len vlan.id
  sll.pkttype sll.hatype sll.halen sll.src.eth sll.ifindex null.family
  arp.hw.type arp.proto.type arp.opcode arp.src.hw_mac arp.src.proto_ipv4 arp.dst.hw_mac arp.dst.proto_ipv4
  ip.hdr_len ip.dsfield ip.len ip.id ip.flags.rb ip.flags.df ip.flags.mf ip.frag_offset ip.ttl ip.proto ip.checksum ip.src
  ip.dst
  ipv6.tclass ipv6.flow ipv6.plen ipv6.nxt ipv6.hlim ipv6.src ipv6.dst ipv6.hopopts.nxt ipv6.dstopts.nxt
  ipv6.routing.type ipv6.routing.segleft ipv6.fraghdr.offset ipv6.fraghdr.more ipv6.fraghdr.ident ah.spi ah.sequence
  icmp.type icmp.code icmp.checksum icmp.ident icmp.seq icmp.mtu
  icmpv6.type icmpv6.code icmpv6.checksum icmpv6.echo.identifier icmpv6.echo.sequence_number icmpv6.mtu
  icmpv6.nd.ns.target_address icmpv6.nd.na.target_address icmpv6.nd.ra.cur_hop_limit icmpv6.nd.ra.router_lifetime
  udp.srcport udp.dstport udp.length udp.checksum
  tcp.srcport tcp.dstport tcp.seq tcp.ack tcp.hdr_len tcp.flags tcp.checksum tcp.urgent_pointer
  vxlan.vni geneve.vni geneve.proto_type gre.proto gre.key gre.sequence_number
`
  .split(/\s+/)
  .filter((name) => name !== '');

/** A field that it names otherwise: its own `tcp.window_size` is scaled. */
const RENAMED: Readonly<Partial<Record<FieldName, string>>> = {
  'tcp.window_size': 'tcp.window_size_value',
};

const STATUS_COLUMN: Readonly<Partial<Record<HeaderKind, string>>> = {
  ipv4: 'ip.checksum.status',
  icmp: 'icmp.checksum.status',
  icmpv6: 'icmpv6.checksum.status',
  udp: 'udp.checksum.status',
  tcp: 'tcp.checksum.status',
  gre: 'gre.checksum.status',
};

/** It has no word for an offloaded checksum: bad. */
const STATUS: Readonly<Record<ChecksumStatus, string>> = {
  bad: '0',
  offloaded: '0',
  good: '1',
  unverified: '2',
  absent: '3',
};

/** Its own column for a service tag, which is a `vlan.id` here. */
const SERVICE_TAG = 'ieee8021ad.id';

export const COLUMNS: readonly string[] = [...SAME, ...Object.values(RENAMED), ...Object.values(STATUS_COLUMN)];
export const ASKED: readonly string[] = [...COLUMNS, SERVICE_TAG];

/** By column, the values from the outermost layer inwards, with spaces between. */
export type Row = ReadonlyMap<string, string>;

export function theirRow(cells: readonly (readonly string[])[]): Row {
  const row = new Map(ASKED.map((column, i) => [column, (cells[i] ?? []).map(spelled)] as const));
  row.set('vlan.id', [...(row.get(SERVICE_TAG) ?? []), ...(row.get('vlan.id') ?? [])]);
  return joined(row);
}

export function ourRow(decoded: DecodedFrame): Row {
  const row = new Map<string, string[]>();
  const add = (column: string, value: string): void => {
    row.set(column, [...(row.get(column) ?? []), value]);
  };
  for (const layer of decoded.layers) {
    for (const { name, text, at } of layer.fields) {
      // tshark's flags of TCP have the four reserved bits before them, its fragment offsets are in units of 8 bytes.
      const flags = ((decoded.bytes[at - 1] ?? 0) & 0x0f) * 256 + (decoded.bytes[at] ?? 0);
      if (name === 'tcp.flags') add(name, String(flags));
      else if (name === 'ip.frag_offset' || name === 'ipv6.fraghdr.offset') add(name, String(Number(text) / 8));
      else add(RENAMED[name] ?? name, spelled(text));
    }
    addStatus(layer, add);
  }
  return joined(row);
}

/** Of a cut header with its checksum still there: unverified. It gives none for a GRE header without a checksum. */
function addStatus(layer: Layer, add: (column: string, value: string) => void): void {
  if (layer.kind === 'payload') return;
  const column = STATUS_COLUMN[layer.kind === 'unreadable' ? (layer.expected ?? 'ethernet') : layer.kind];
  if (column === undefined) return;
  const hasChecksum = layer.fields.some(({ name }) => name.endsWith('.checksum'));
  if (layer.kind === 'unreadable') {
    if (hasChecksum) add(column, STATUS.unverified);
  } else if (layer.checksum !== null && (layer.kind !== 'gre' || hasChecksum)) add(column, STATUS[layer.checksum]);
}

const joined = (row: ReadonlyMap<string, readonly string[]>): Row =>
  new Map([...row].map(([column, values]) => [column, values.join(' ')]));

/** `0x00000800` and `2048`, `set` and `1` are the same. */
function spelled(text: string): string {
  if (text === 'set') return '1';
  if (text === 'not set') return '0';
  return /^(?:0x[0-9a-f]+|\d+)$/i.test(text) ? String(Number(text)) : text;
}
