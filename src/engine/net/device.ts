/**
 * Network devices as Linux has them. A device belongs to exactly one host (network namespace).
 * Only what changes a frame's way is kept; counters and queues are not modelled.
 */
import type { Ipv4 } from '../addr/ipv4';
import type { Mac } from '../addr/mac';

/** An address on a device, as `ip addr` prints it: the address with the length of its prefix. */
export interface InterfaceAddress {
  readonly ip: Ipv4;
  readonly prefixLen: number; // bits
}

/** The other end of a veth pair. */
export interface Port {
  readonly host: string;
  readonly dev: string;
}

export type DeviceKind =
  /** A network card; `segment` is the layer 2 segment its cable leads to, null = unplugged. */
  | { readonly kind: 'nic'; readonly segment: string | null }
  /** One end of a veth pair. */
  | { readonly kind: 'veth'; readonly peer: Port }
  /** A Linux bridge; the device itself is the host's own port on it. */
  | { readonly kind: 'bridge' }
  /** flannel's vxlan tunnel end (contrast mode). */
  | {
      readonly kind: 'vxlan';
      readonly vni: number;
      readonly port: number;
      readonly local: Ipv4;
      readonly underlay: string;
    }
  /** An IP-in-IP tunnel end (contrast mode). */
  | { readonly kind: 'ipip'; readonly local: Ipv4; readonly remote: Ipv4 }
  /** The loopback device. */
  | { readonly kind: 'loopback' };

export interface Device {
  readonly name: string;
  readonly ifindex: number;
  readonly mac: Mac;
  readonly mtuBytes: number; // largest IP packet, the 14 Ethernet bytes not counted
  readonly up: boolean; // administratively up, as IFF_UP
  readonly addresses: readonly InterfaceAddress[]; // the first is the primary one
  readonly master: string | null; // the bridge this device is a port of
  readonly hairpin: boolean; // bridge port flag: may send a frame back out of the port it came in by
  readonly txChecksumOffload: boolean; // frames leave with a partial TCP/UDP checksum, and unsegmented
  readonly link: DeviceKind;
}
