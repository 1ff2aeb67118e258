/** What sentences are made of: who owns an address, how a packet is called, numbers as people write them. */
import { formatIpv4, type Ipv4, readIpv4 } from '../engine/addr/ipv4';
import { isBroadcast, type Mac } from '../engine/addr/mac';
import { hexNumber } from '../engine/base/bytes';
import type { PacketId, PacketKind } from '../engine/sim/event';
import { type PacketMade, packetsOf, type Step, type Trace } from '../engine/sim/trace';
import { hostIn, type World } from '../engine/sim/world';
import { type Host, hostNamed, ownerOf, type Topology } from '../engine/topology/topology';
import type { Catalogue } from './index';

/** Everything a sentence may look at: the catalogue, the world after the event, and what each packet is. */
export interface SentenceContext {
  readonly text: Catalogue;
  readonly world: World;
  readonly packets: ReadonlyMap<PacketId, PacketMade>;
}

/** A sentence, and why it is so. Both may hold `**bold**` values. */
export interface Said {
  readonly lead: string;
  readonly why: string | null;
}

export const contextAt = (trace: Trace, step: Step, text: Catalogue): SentenceContext => ({
  text,
  world: step.after,
  packets: packetsOf(trace),
});

/** A packet in a few words: `echo request seq 1`, `ARP who-has 10.244.1.1`. */
export function packetName(text: Catalogue, what: PacketKind): string {
  if (what.kind !== 'icmp-error') return text.ladder.packet(what);
  return `ICMP ${text.names.icmp[`${what.type}/${what.code}`] ?? `${what.type}/${what.code}`}`;
}

/** What a place of an event is called: a host by its name, a segment's switch as such. */
export function placeName(text: Catalogue, topology: Topology, name: string): string {
  if (hostNamed(topology, name) !== null) return name;
  return topology.segments.length === 1 ? text.names.theSwitch : text.names.switchOf(name);
}

/** The host as it stands in the world of the event; null for a segment. */
export const hostOf = (context: SentenceContext, name: string): Host | null =>
  hostNamed(context.world.topology, name) === null ? null : hostIn(context.world, name).host;

export function packetLabel({ text, packets }: SentenceContext, id: PacketId): string {
  const made = packets.get(id);
  return made === undefined ? `#${id}` : packetName(text, made.what);
}

/** The name of the host that has an address, or null. */
export const ownerName = ({ world }: SentenceContext, ip: Ipv4): string | null =>
  ownerOf(world.topology, ip)?.host ?? null;

/** `**00:0c:29:d7:0c:82** (node2 ens33)`. */
export function macText({ text, world }: SentenceContext, mac: Mac): string {
  if (isBroadcast(mac)) return text.names.owned(mac, text.names.broadcastMac);
  return text.names.owned(mac, macOwner(world.topology, mac));
}

const macOwners = new WeakMap<Topology, ReadonlyMap<Mac, string>>();

/** The host and device that have a MAC, or null. */
export function macOwner(topology: Topology, mac: Mac): string | null {
  let index = macOwners.get(topology);
  if (index === undefined) {
    const entries = topology.hosts.flatMap((host) =>
      host.devices
        .filter((device) => device.link.kind !== 'loopback')
        .map((device) => [device.mac, `${host.name} ${device.name}`] as const),
    );
    index = new Map(entries);
    macOwners.set(topology, index);
  }
  return index.get(mac) ?? null;
}

/** Free text inside a sentence: it may not switch bold on or off. */
export const plain = (text: string): string => text.replaceAll('**', '* *');

/** The last address a command line names, if it names one. */
export function addressIn(command: string): Ipv4 | null {
  const found = command.match(/\d+\.\d+\.\d+\.\d+/g)?.at(-1);
  return found === undefined ? null : readIpv4(found);
}

export const ip = formatIpv4;
export const num = (value: number): string => String(value);
export const hex16 = (value: number): string => hexNumber(value, 4);

/** From one checksum to another, as what was added in ones' complement: `+0x0100`. */
export function checksumDelta(text: Catalogue, from: number, to: number): string {
  const delta = (to - from + 0xffff) % 0xffff;
  return `+${hex16(delta)}${to < from ? text.names.carried : ''}`;
}

/** A sentence with those of its reasons that hold. */
export const said = (
  lead: string,
  ...reasons: readonly (string | null | false | undefined)[]
): ((c: SentenceContext) => Said) => {
  const given = reasons.filter((reason) => typeof reason === 'string' && reason !== '') as string[];
  return ({ text }) => ({ lead, why: given.length === 0 ? null : text.names.join(given) });
};
