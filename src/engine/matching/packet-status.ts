/** What one word of flags says of a packet in the columns: `packet-table.ts` has the word, `packet-decode.ts` sets it. */
export const STATUS = {
  ipv4: 1, // the row's addresses are those of an IPv4 header
  arpRequest: 1 << 1, // the addresses are those ARP speaks of: sender's and target's
  arpReply: 1 << 2,
  toMany: 1 << 3, // the frame's destination is a group address, the broadcast address among them
  cut: 1 << 4, // the capture holds fewer bytes than there were
  vxlan: 1 << 5, // read inside a VXLAN tunnel packet, which is in `outers`
  ipip: 1 << 6,
  noMacs: 1 << 7, // the link type has no MAC addresses
  cooked: 1 << 8, // tcpdump -i any: the sender's MAC alone
  icmp: 1 << 9, // one of these three where its header was read
  udp: 1 << 10,
  tcp: 1 << 11,
  icmpError: 1 << 12, // its quote is in `quotes`, if it could be read
  padded: 1 << 13, // bytes follow the packet's own end
  ipSumBad: 1 << 14,
  sumBad: 1 << 15, // of ICMP, UDP or TCP; none of these three: not judged
  sumOffloaded: 1 << 16, // the pseudo-header's sum alone: left to a network card
  sumGood: 1 << 17,
  vlan: 1 << 18,
  sourceDiffers: 1 << 19, // ARP names another sender than the frame
  outgoing: 1 << 20, // of a cooked packet: the host sent it
} as const;

export const ARP = STATUS.arpRequest | STATUS.arpReply;

/** Of the fragment column, which is the IP header's own word (RFC 791 section 3.1). */
export const FRAGMENT = { df: 0x4000, mf: 0x2000, offset: 0x1fff } as const;
export const isPart = (word: number): boolean => (word & (FRAGMENT.mf | FRAGMENT.offset)) !== 0;
