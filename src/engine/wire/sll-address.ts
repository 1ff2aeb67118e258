/** What the two versions of the Linux cooked header have in common: the sender's address, and what the protocol means. */
import { MAC_LENGTH, macFromBytes } from '../addr/mac';
import { hex } from '../base/bytes';
import type { Field } from './types';

/** Below it, the protocol is no EtherType but a number of its own, such as 1 for Novell's raw 802.3 and 4 for LLC. */
const ETHERTYPE_MIN = 0x0600;

/** Linux include/uapi/linux/if_arp.h: devices whose protocol is a netlink family, or a radio header is in between. */
const OTHER_PROTOCOL: ReadonlySet<number> = new Set([803, 824]); // ARPHRD_IEEE80211_RADIOTAP, ARPHRD_NETLINK

interface Cooked {
  readonly hardwareType: number;
  readonly addressLength: number;
  readonly address: Uint8Array;
  readonly protocol: number;
}

/** Null where the protocol is none. */
export const etherTypeOf = ({ hardwareType, protocol }: Cooked): number | null =>
  protocol < ETHERTYPE_MIN || OTHER_PROTOCOL.has(hardwareType) ? null : protocol;

/** None for a device without addresses. */
export function senderField({ addressLength, address }: Cooked, at: number): readonly Field[] {
  const length = Math.min(addressLength, address.length);
  if (length === 0) return [];
  if (length === MAC_LENGTH) return [{ name: 'sll.src.eth', text: macFromBytes(address, 0), at, length }];
  return [{ name: 'sll.src.other', text: hex(address.subarray(0, length)), at, length }];
}
