/** The primitives `host` and `net`: addresses of IPv4, IPv6 and ARP. */
import { ipv6ToBytes } from '../addr/ipv6';
import { maskOf } from '../addr/prefix';
import { ETHERTYPE } from '../wire/ethernet';
import { inDirection, type PlaceTest } from './place-test';
import type { AddressRange, Primitive } from './types';

const ETHERTYPE_RARP = 0x8035;

/** First byte of the sender's and the receiver's address in their headers. */
const AT = { ip: { src: 12, dst: 16 }, ip6: { src: 8, dst: 24 }, arp: { src: 14, dst: 24 } } as const;

export function compileAddress({ network, direction, range }: Extract<Primitive, { kind: 'address' }>): PlaceTest {
  const words = wordsOf(range);
  const within = (of: keyof typeof AT): PlaceTest => inDirection(direction, (side) => rangeTest(words, AT[of][side]));
  if (range.version === 6) {
    const ip6 = within('ip6');
    return (place) => (place.etherType === ETHERTYPE.ipv6 ? ip6(place) : false);
  }
  const [ip, arp] = [within('ip'), within('arp')];
  return (place) => {
    switch (place.etherType) {
      case ETHERTYPE.ipv4:
        return network === 'arp' ? false : ip(place);
      case ETHERTYPE.arp:
        return network === 'ip' ? false : arp(place);
      case ETHERTYPE_RARP:
        return network === null ? arp(place) : false;
      default:
        return false;
    }
  };
}

interface Word {
  readonly mask: number; // signed 32 bits, as JavaScript's own operators give them
  readonly base: number;
}

function wordsOf(range: AddressRange): readonly Word[] {
  if (range.version === 4) return [{ mask: maskOf(range.len) | 0, base: range.base | 0 }];
  const view = new DataView(ipv6ToBytes(range.base).buffer);
  return [0, 1, 2, 3].map((i) => {
    const mask = maskOf(Math.min(32, Math.max(0, range.len - 32 * i))) | 0;
    return { mask, base: view.getInt32(4 * i) & mask };
  });
}

/** Null if a byte of the address is not captured, whether or not the range asks for it. */
const rangeTest =
  (words: readonly Word[], offset: number): PlaceTest =>
  ({ bytes, networkAt }) => {
    let at = networkAt + offset;
    if (at + 4 * words.length > bytes.length) return null;
    for (const { mask, base } of words) {
      const word =
        ((bytes[at] ?? 0) << 24) | ((bytes[at + 1] ?? 0) << 16) | ((bytes[at + 2] ?? 0) << 8) | (bytes[at + 3] ?? 0);
      if ((word & mask) !== base) return false;
      at += 4;
    }
    return true;
  };
