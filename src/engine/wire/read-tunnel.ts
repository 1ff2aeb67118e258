/** Headers that carry a whole frame or packet: VXLAN, Geneve, GRE. IP in IP needs none, see read-network.ts. */
import { type Decoding, inside, isWhole, pushPayload, type Region, readHeader, UNVERIFIED } from './decoding';
import { ETHERTYPE } from './ethernet';
import * as geneve from './geneve';
import type { Gre } from './gre';
import * as gre from './gre';
import { ABSENT, judgeGre } from './transport-checksum';
import * as vxlan from './vxlan';

export function readVxlan(decoding: Decoding, region: Region): void {
  const parsed = readHeader(decoding, region, 'vxlan', vxlan);
  if (parsed !== null) decoding.into.ethernet(decoding, inside(region, parsed.payloadAt));
}

export function readGeneve(decoding: Decoding, region: Region): void {
  const parsed = readHeader(decoding, region, 'geneve', geneve);
  if (parsed !== null) readCarried(decoding, inside(region, parsed.payloadAt), parsed.header.protocol);
}

export function readGre(decoding: Decoding, region: Region): void {
  const judge = ({ header }: { readonly header: Gre }) => {
    if (header.checksum === null) return ABSENT;
    return isWhole(region) ? judgeGre(decoding.bytes.subarray(region.at, region.end), region.at) : UNVERIFIED;
  };
  const parsed = readHeader(decoding, region, 'gre', gre, judge);
  if (parsed !== null) readCarried(decoding, inside(region, parsed.payloadAt), parsed.header.protocol);
}

function readCarried(decoding: Decoding, region: Region, protocol: number): void {
  switch (protocol) {
    case gre.TRANSPARENT_ETHERNET:
      decoding.into.ethernet(decoding, region);
      break;
    case ETHERTYPE.ipv4:
      decoding.into.ipv4(decoding, region);
      break;
    case ETHERTYPE.ipv6:
      decoding.into.ipv6(decoding, region);
      break;
    case ETHERTYPE.arp:
      decoding.into.arp(decoding, region);
      break;
    default:
      pushPayload(decoding, region, 'unknown');
  }
}
