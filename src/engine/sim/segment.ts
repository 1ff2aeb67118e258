/** A layer 2 segment: one learning switch that joins the ports of all its hosts. */
import type { Ipv4 } from '../addr/ipv4';
import { isMulticast } from '../addr/mac';
import type { Port } from '../net/device';
import { learn, lookup } from '../net/fdb';
import { segmentNamed } from '../topology/topology';
import type { Frame } from '../wire/frame';
import type { PacketId } from './event';
import { CABLE_US } from './link';
import type { Run } from './run';
import { deviceKey } from './trace';
import { segmentFdb } from './world';

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
  for (const to of out) run.later(CABLE_US, { kind: 'frame-arrives', to, packet, frame });
}

/** Is this an address of the device at that port? A guard that knows no more lets nothing else out. */
const isOwn = (run: Run, { host, dev }: Port, src: Ipv4): boolean =>
  run.device(host, dev)?.addresses.some(({ ip }) => ip === src) === true;
