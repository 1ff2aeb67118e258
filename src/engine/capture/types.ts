/** What a capture file holds, however it was written. */
import type { CaptureProblem } from './problems';

export type { CaptureProblem, LooksLike, PackedProblem } from './problems';

/** One packet of a capture file, in file order. */
export interface CapturedPacket {
  readonly index: number; // 0-based; shown as index + 1
  readonly seconds: number; // since 1970-01-01 00:00 UTC; 0 with nanoseconds 0 where the file has no time for it
  readonly nanoseconds: number; // within the second, whatever the file's own resolution
  readonly capturedLength: number; // bytes in the file
  readonly originalLength: number; // bytes on the wire; more, if the capture cut them off
  readonly fileOffset: number; // of the packet's first byte
  readonly interface: number; // index in `interfaces` of the file
  readonly linkType: number;
  readonly bytes: Uint8Array; // a view of the file, not a copy
}

/** Where packets were recorded, as far as the file says. A classic file has exactly one of these. */
export interface CaptureInterface {
  readonly linkType: number;
  readonly snapLength: number; // bytes kept of a packet; 0 = no limit
  readonly ticksPerSecond: number | bigint; // of its time stamps; bigint where a number would not be exact
  readonly offsetSeconds: number; // added to its time stamps
  readonly name: string | null;
  readonly description: string | null;
  readonly macs: readonly string[];
  readonly addresses: readonly string[]; // IPv4 with its prefix length: '10.244.1.4/24'
  readonly comments: readonly string[];
}

/** What the file calls an address: of IPv4, IPv6 or a card, written as the fields of a packet write it. */
export interface AddressName {
  readonly address: string;
  readonly name: string;
}

/**
 * How a classic file differs from what tcpdump writes, where it does. modified: with interface index and protocol in
 * each record (patches of 1999 to libpcap); modified-smp: the same with debugging bytes; nokia: with 4 bytes more in
 * each record; aix: nanoseconds, and link types of its own; lcap: Ixia's, with its length in the file header.
 */
export type PcapVariant = 'modified' | 'modified-smp' | 'nokia' | 'aix' | 'lcap';

/** What stands at the start of a file; of a pcapng file, in its first section. */
export interface CaptureHeader {
  readonly format: 'pcap' | 'pcapng';
  readonly variant: PcapVariant | null;
  readonly byteOrder: 'le' | 'be';
  readonly version: { readonly major: number; readonly minor: number };
  readonly application: string | null; // that wrote the file
  readonly comments: readonly string[];
}

export interface CaptureFile extends CaptureHeader {
  /** Of the first interface; 'other' stands for anything else than micro- and nanoseconds. */
  readonly resolution: 'us' | 'ns' | 'other';
  readonly snapLength: number; // bytes, of the first interface
  /** Of every packet; where packets differ, the first that is not Ethernet, so that nobody takes the file for that. */
  readonly linkType: number;
  /** Of all interfaces, in the order of the file, each once. */
  readonly linkTypes: readonly number[];
  readonly interfaces: readonly CaptureInterface[];
  readonly packets: readonly CapturedPacket[];
  /** What somebody wrote beside a packet, by its index. */
  readonly packetComments: ReadonlyMap<number, readonly string[]>;
  /** In the order of the file; an address may have several. */
  readonly names: readonly AddressName[];
  /** Why reading stopped before the end, or what is odd; the packets before that place are in `packets`. */
  readonly problem: CaptureProblem | null;
}
