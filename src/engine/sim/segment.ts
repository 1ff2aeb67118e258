/** A layer 2 segment: one learning switch that joins the ports of all its hosts. */
import type { Ipv4 } from '../addr/ipv4';
import { isMulticast } from '../addr/mac';
import type { Port } from '../net/device';
import { learn, lookup } from '../net/fdb';
import { addressedOf, toldHosts } from '../topology/host-index';
import { type Host, rememberedOf, segmentNamed } from '../topology/topology';
import type { Frame } from '../wire/frame';
import type { PacketId } from './event';
import { CABLE_US } from './link';
import type { Run } from './run';
import { deviceKey } from './trace';
import { neighbourKey, segmentFdb } from './world';

/**
 * A broadcast to more ports than this is handed only to hosts that do anything with it; the step at the switch still
 * names all ports. On a network of 5,000 nodes every other step would be of a node that reads an ARP request not meant for it.
 */
const FLOOD_MAX = 1000;

/** A frame from one port: learn its source, look its destination up, send it on, or to all other ports. */
export function switchFrame(run: Run, name: string, from: Port, packet: PacketId, frame: Frame): void {
  const segment = segmentNamed(run.world.topology, name);
  if (segment === null) return;
  const inPort = deviceKey(from.host, from.dev);
  const header = frame.body.kind === 'ipv4' ? frame.body.header : null;
  if (segment.sourceGuard && header !== null && !isOwn(run, from, header.src)) {
    const reason = { kind: 'source-guard', src: header.src, segment: name } as const;
    run.note({ kind: 'dropped', host: name, packet, dev: null, reason, header });
    return;
  }
  const before = segmentFdb(run.world, name);
  const fdb = learn(before, frame.src, inPort);
  if (fdb !== before) {
    run.world = { ...run.world, segments: new Map(run.world.segments).set(name, fdb) };
    run.note({
      kind: 'mac-learned',
      host: name,
      packet,
      bridge: null,
      mac: frame.src,
      port: inPort,
      before: lookup(before, frame.src),
    });
  }
  const known = isMulticast(frame.dst) ? null : lookup(fdb, frame.dst);
  const out = segment.ports.filter((port) => {
    const key = deviceKey(port.host, port.dev);
    return key !== inPort && (known === null || known === key);
  });
  run.note({
    kind: 'bridged',
    host: name,
    packet,
    bridge: null,
    mac: frame.dst,
    inPort,
    known,
    outPorts: out.map((port) => deviceKey(port.host, port.dev)),
    toStack: false,
    hairpin: false,
  });
  if (out.length === 0) {
    run.note({ kind: 'dropped', host: name, packet, dev: null, reason: { kind: 'no-port', mac: frame.dst }, header });
  }
  const heard = out.length > FLOOD_MAX ? out.filter((port) => !isBystander(run, port, frame)) : out;
  for (const to of heard) run.later(CABLE_US, { kind: 'frame-arrives', to, packet, frame });
}

/** Is this an address of the device at that port? A guard that knows no more lets nothing else out. */
const isOwn = (run: Run, { host, dev }: Port, src: Ipv4): boolean =>
  run.device(host, dev)?.addresses.some(({ ip }) => ip === src) === true;

/** Who may do anything with a broadcast that is heard by thousands. Told of the hosts as they were before the run. */
interface Ears {
  readonly owners: Map<Ipv4, ReadonlySet<string>>; // all that have the address: two may; of those asked for so far
  readonly attentive: ReadonlySet<string>; // a proxy, or with neighbours remembered
}

const ears = new WeakMap<readonly Host[], Ears>();

function earsOf(hosts: readonly Host[]): Ears {
  const known = ears.get(hosts);
  if (known !== undefined) return known;
  const attentive = new Set<string>();
  for (const host of onSegments(hosts)) {
    const isProxy = [...host.sysctls.perDevice.values()].some(({ proxyArp }) => proxyArp === true);
    if (isProxy || rememberedOf(host).length > 0) attentive.add(host.name);
  }
  const made = { owners: new Map(), attentive };
  ears.set(hosts, made);
  return made;
}

/** Without those behind their nodes. */
const onSegments = (hosts: readonly Host[]): readonly Host[] =>
  toldHosts(hosts).filter(({ role, node }) => role !== 'pod' || node === null);

function ownersOf(hosts: readonly Host[], { owners }: Ears, ip: Ipv4): ReadonlySet<string> {
  const has = (host: Host): boolean =>
    addressedOf(host).some(({ addresses }) => addresses.some((address) => address.ip === ip));
  const known =
    owners.get(ip) ??
    new Set(
      onSegments(hosts)
        .filter(has)
        .map(({ name }) => name),
    );
  owners.set(ip, known);
  return known;
}

/** A host that would read this ARP request and forget it: not asked, no proxy, and without an entry for the sender. */
function isBystander(run: Run, { host: name, dev }: Port, { body }: Frame): boolean {
  if (body.kind !== 'arp') return false;
  const { targetIp, senderIp } = body.arp;
  const { hosts } = run.world.topology;
  const known = earsOf(hosts);
  const touched = run.world.hosts.get(name);
  if (touched === undefined && !known.attentive.has(name)) return !ownersOf(hosts, known, targetIp).has(name);
  const { host, neighbours } = touched ?? run.host(name);
  const isAsked = host.devices.some(({ addresses }) => addresses.some(({ ip }) => ip === targetIp));
  const isProxy = host.sysctls.perDevice.get(dev)?.proxyArp === true;
  return !isAsked && !isProxy && !neighbours.has(neighbourKey(dev, senderIp));
}
