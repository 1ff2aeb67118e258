/** The start of a frame: its link-layer header, VLAN tags, and what the EtherType says is inside. */
import * as arp from './arp';
import { type Decoding, inside, pushPayload, type Region, readHeader } from './decoding';
import * as ethernet from './ethernet';
import * as loopback from './loopback';
import { readIpv4, readIpv6 } from './read-network';
import * as sll from './sll';
import { etherTypeOf } from './sll-address';
import * as sll2 from './sll2';
import * as vlan from './vlan';

export function readEthernet(decoding: Decoding, region: Region): void {
  const parsed = readHeader(decoding, region, 'ethernet', ethernet);
  if (parsed !== null) readByEtherType(decoding, inside(region, parsed.payloadAt), parsed.header.etherType);
}

export function readLoopback(decoding: Decoding, region: Region): void {
  const parsed = readHeader(decoding, region, 'loopback', loopback);
  if (parsed === null) return;
  const rest = inside(region, parsed.payloadAt);
  const version = loopback.versionOf(parsed.header);
  if (version === 4) readIpv4(decoding, rest);
  else if (version === 6) readIpv6(decoding, rest);
  else pushPayload(decoding, rest, 'unknown');
}

export function readSll(decoding: Decoding, region: Region): void {
  const parsed = readHeader(decoding, region, 'sll', sll);
  if (parsed !== null) readCooked(decoding, inside(region, parsed.payloadAt), etherTypeOf(parsed.header));
}

export function readSll2(decoding: Decoding, region: Region): void {
  const parsed = readHeader(decoding, region, 'sll2', sll2);
  if (parsed !== null) readCooked(decoding, inside(region, parsed.payloadAt), etherTypeOf(parsed.header));
}

function readCooked(decoding: Decoding, region: Region, etherType: number | null): void {
  if (etherType === null) pushPayload(decoding, region, 'unknown');
  else readByEtherType(decoding, region, etherType);
}

function readByEtherType(decoding: Decoding, region: Region, etherType: number): void {
  switch (etherType) {
    case ethernet.ETHERTYPE.vlan:
    case ethernet.ETHERTYPE.serviceVlan:
    case ethernet.ETHERTYPE.oldServiceVlan: {
      const parsed = readHeader(decoding, region, 'vlan', vlan);
      if (parsed !== null) readByEtherType(decoding, inside(region, parsed.payloadAt), parsed.header.etherType);
      break;
    }
    case ethernet.ETHERTYPE.arp:
      readArp(decoding, region);
      break;
    case ethernet.ETHERTYPE.ipv4:
      readIpv4(decoding, region);
      break;
    case ethernet.ETHERTYPE.ipv6:
      readIpv6(decoding, region);
      break;
    default:
      if (etherType <= ethernet.LENGTH_MAX) readLengthFrame(decoding, region, etherType);
      else pushPayload(decoding, region, 'unknown');
  }
}

/** IEEE 802.3: the number is a length, LLC follows, and a short frame is padded behind it. */
function readLengthFrame(decoding: Decoding, region: Region, length: number): void {
  const end = Math.min(region.at + length, region.end);
  pushPayload(decoding, { ...region, end }, 'unknown');
  pushPayload(decoding, { ...region, at: end }, 'padding');
}

export function readArp(decoding: Decoding, region: Region): void {
  const parsed = readHeader(decoding, region, 'arp', arp);
  if (parsed !== null) pushPayload(decoding, inside(region, parsed.payloadAt), 'padding');
}
