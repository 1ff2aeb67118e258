/**
 * Link-layer header types, as listed at https://www.tcpdump.org/linktypes.html. A capture of another type opens all
 * the same; its packets are then shown as bytes.
 */
export const LINK_TYPE = { ethernet: 1, raw: 101, linuxSll: 113, ipv4: 228, linuxSll2: 276 } as const;

/** Names without the list's common `LINKTYPE_`. */
const NAMES: Readonly<Record<number, string>> = {
  0: 'NULL',
  1: 'ETHERNET',
  6: 'IEEE802_5',
  8: 'SLIP',
  9: 'PPP',
  10: 'FDDI',
  50: 'PPP_HDLC',
  51: 'PPP_ETHER',
  101: 'RAW',
  105: 'IEEE802_11',
  107: 'FRELAY',
  108: 'LOOP',
  113: 'LINUX_SLL',
  127: 'IEEE802_11_RADIOTAP',
  189: 'USB_LINUX',
  195: 'IEEE802_15_4_WITHFCS',
  220: 'USB_LINUX_MMAPPED',
  228: 'IPV4',
  229: 'IPV6',
  239: 'NFLOG',
  249: 'USBPCAP',
  253: 'NETLINK',
  276: 'LINUX_SLL2',
};

/** Null for a type that the small table here does not name. */
export const linkTypeName = (linkType: number): string | null => NAMES[linkType] ?? null;
