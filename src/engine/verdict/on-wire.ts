/** The bytes that cross the wire for one packet: its headers one by one, those of a tunnel around them. */
import { LINK_TYPE } from '../capture/link-types';
import { bytesOf } from '../comparison/predicted';
import type { PacketId } from '../sim/event';
import { packetsOf, type Trace } from '../sim/trace';
import { deviceNamed, hostNamed, type Topology } from '../topology/topology';
import { decodeFrame } from '../wire/decode';
import type { Layer } from '../wire/layers';
import { carriersOf } from './loss';

export interface WireLayer {
  readonly kind: Layer['kind'];
  readonly at: number; // bytes from the frame's start
  readonly bytes: number;
  readonly added: boolean; // by a tunnel: not there in host-gw
}

export interface OnWire {
  readonly host: string;
  readonly dev: string;
  readonly step: number;
  readonly bytes: number;
  readonly plainBytes: number; // without what a tunnel added: the same packet in host-gw
  readonly layers: readonly WireLayer[];
  /** False: the packet never left its node, so this is the frame as its sender sent it. */
  readonly wire: boolean;
  readonly mtuBytes: number; // of the sender's own device: what is left for a packet
}

/** The frame of the run's first packet that is no ARP as it leaves by the first network card on its way. */
export function firstOnWire(trace: Trace, topology: Topology): OnWire | null {
  const made = [...packetsOf(trace).values()].find(
    ({ what }) => what.kind !== 'arp-request' && what.kind !== 'arp-reply' && what.kind !== 'tunnel',
  );
  return made === undefined ? null : onWire(trace, topology, made.packet);
}

export function onWire(trace: Trace, topology: Topology, packet: PacketId): OnWire | null {
  const carriers = carriersOf(trace, packet);
  const sent = trace.steps.flatMap(({ event, index }) => {
    if (event.kind !== 'frame-sent' || !carriers.has(event.packet)) return [];
    const host = hostNamed(topology, event.host);
    const device = host === null ? null : deviceNamed(host, event.dev);
    return device === null ? [] : [{ event, index, device }];
  });
  const [first] = sent;
  const found = sent.find(({ device }) => device.link.kind === 'nic') ?? first;
  if (first === undefined || found === undefined) return null;
  const bytes = bytesOf(found.event.frame);
  const { layers } = decodeFrame(bytes, { linkType: LINK_TYPE.ethernet, originalLength: bytes.length });
  const outer = addedTo(layers);
  const shown = layers.map(({ kind, at, length }, i) => ({ kind, at, bytes: length, added: outer.has(i) }));
  return {
    host: found.event.host,
    dev: found.event.dev,
    step: found.index,
    bytes: bytes.length,
    plainBytes: shown.reduce((sum, layer) => sum + (layer.added ? 0 : layer.bytes), 0),
    layers: shown,
    wire: found.device.link.kind === 'nic',
    mtuBytes: first.device.mtuBytes,
  };
}

/** Of a vxlan packet all before the inner frame; of an IP-in-IP one the outer IP header: its Ethernet would be there anyway. */
function addedTo(layers: readonly Layer[]): ReadonlySet<number> {
  const vxlan = layers.findIndex(({ kind }) => kind === 'vxlan');
  if (vxlan >= 0) return new Set(Array.from({ length: vxlan + 1 }, (_, i) => i));
  const [first, second] = layers.flatMap(({ kind, quoted }, i) => (kind === 'ipv4' && !quoted ? [i] : []));
  return first !== undefined && second === first + 1 ? new Set([first]) : new Set();
}
