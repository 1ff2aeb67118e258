/**
 * Link-layer header types, as listed at https://www.tcpdump.org/linktypes.html. A capture of another type opens all
 * the same; its packets are then shown as bytes.
 */
import { LINK_TYPE_NAMES, RARELY_READ } from './link-type-names';

export const LINK_TYPE = { ethernet: 1, raw: 101, linuxSll: 113, ipv4: 228, linuxSll2: 276 } as const;

/** Null for a number that the list does not have. */
export const linkTypeName = (linkType: number): string | null => LINK_TYPE_NAMES.get(linkType) ?? null;

/** False for a number that hardly any tool knows, which is worth a word: it may be a damaged file header. */
export const isKnownLinkType = (linkType: number): boolean =>
  LINK_TYPE_NAMES.has(linkType) && !RARELY_READ.has(linkType);

/** libpcap's MAXIMUM_SNAPLEN: no tool writes a longer packet, so a greater length is a broken record. */
export const PACKET_LENGTH_MAX = 262_144; // bytes

/** Buses that carry more in one packet, as libpcap's `max_snaplen_for_dlt` has them. */
const LONGER: ReadonlyMap<number, number> = new Map([
  [189, 128 * 1024 * 1024], // USB_LINUX
  [220, 128 * 1024 * 1024], // USB_LINUX_MMAPPED
  [231, 128 * 1024 * 1024], // DBUS
  [249, 128 * 1024 * 1024], // USBPCAP
  [279, 8 * 1024 * 1024], // EBHSCR
]);

export const packetLengthMax = (linkType: number): number => LONGER.get(linkType) ?? PACKET_LENGTH_MAX;

/**
 * Bytes that the recording tool put before each packet and counted as part of it, though they were on no wire. Only
 * those that an outside reader (Wireshark's wiretap) leaves out of a packet's length; other such headers it counts.
 */
const PSEUDO_HEADER_LENGTH: ReadonlyMap<number, number> = new Map([
  [123, 4], // SUNATM
  [139, 4], // MTP2_WITH_PHDR
  [144, 16], // LINUX_IRDA
  [177, 16], // LINUX_LAPD
  [196, 5], // SITA
  [201, 4], // BLUETOOTH_HCI_H4_WITH_PHDR
  [204, 1], // PPP_WITH_DIR
  [209, 5], // I2C_LINUX
  [245, 2], // NFC_LLCP
  [254, 4], // BLUETOOTH_LINUX_MONITOR
]);

/** How long the packet was where it was recorded: `originalLength` without a pseudo-header. */
export const wireLength = (linkType: number, originalLength: number): number =>
  Math.max(0, originalLength - (PSEUDO_HEADER_LENGTH.get(linkType) ?? 0));
