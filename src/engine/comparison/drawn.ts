/**
 * Which values of which packets are chance: the n-th draw of which host each packet used, and, where that draw was not
 * taken from a capture, which header fields follow from it and so cannot be predicted.
 */
import { drawIpId } from '../sim/draws';
import type { PacketId } from '../sim/event';
import type { PacketMade, Trace } from '../sim/trace';
import { type HostState, hostIn } from '../sim/world';
import { hostNamed } from '../topology/topology';
import type { FieldName, HeaderFieldName } from '../wire/types';

/** Draws a packet used, as indices into its host's lists of `Draws`; null = it used none of that kind. */
export interface DrawsUsed {
  readonly host: string;
  readonly made: PacketMade;
  readonly ipId: number | null;
  readonly icmpId: number | null;
  readonly echo: number | null; // index into `pingData`
  readonly port: number | null;
}

type Counts = HostState['draws'];

const usedIn = new WeakMap<Trace, ReadonlyMap<PacketId, DrawsUsed>>();

/**
 * A host counts what it draws, so the count just after a packet was made tells which draws may be in it. An IP ID may be
 * drawn earlier (a TCP connection draws one for all its segments, and its SYN-ACK carries 0 all the same), so it belongs
 * to the first packet that carries its value.
 */
export function drawsUsed(trace: Trace): ReadonlyMap<PacketId, DrawsUsed> {
  const known = usedIn.get(trace);
  if (known !== undefined) return known;
  const used = new Map<PacketId, DrawsUsed>();
  const counted = new Map<string, Counts>();
  const waiting = new Map<string, Map<number, number>>(); // host -> IP ID -> index of its draw
  const { draws } = trace.initial;
  for (const { event, after } of trace.steps) {
    if (event.kind !== 'packet-made' || hostNamed(trace.initial.topology, event.host) === null) continue;
    const { host, header } = event;
    const before = counted.get(host) ?? hostIn(trace.initial, host).draws;
    const now = hostIn(after, host).draws;
    const ids = waiting.get(host) ?? new Map<number, number>();
    waiting.set(host, ids);
    for (let i = before.ipId; i < now.ipId; i += 1) ids.set(drawIpId(draws, host, i), i);
    const ipId = header === null ? null : (ids.get(header.id) ?? null);
    if (header !== null && ipId !== null) ids.delete(header.id);
    used.set(event.packet, {
      host,
      made: event,
      ipId,
      icmpId: event.what.kind === 'echo-request' && now.icmpId > 0 ? now.icmpId - 1 : null,
      echo: now.echo > before.echo ? now.echo - 1 : null,
      port: now.port > before.port ? now.port - 1 : null,
    });
    counted.set(host, now);
  }
  usedIn.set(trace, used);
  return used;
}

export type FieldSet = ReadonlySet<FieldName>;
const NONE: FieldSet = new Set();

/** For each packet the fields whose values the seed gave. Computed from what the trace itself holds. */
export function chanceFields(trace: Trace): (packet: PacketId) => FieldSet {
  const used = drawsUsed(trace);
  const { draws } = trace.initial;
  const known = new Map<PacketId, FieldSet>();
  const fieldsOf = (packet: PacketId): FieldSet => {
    const before = known.get(packet);
    if (before !== undefined) return before;
    known.set(packet, NONE); // a cause is made earlier, so this ends; a circle would be a bug elsewhere
    const one = used.get(packet);
    const found = one === undefined ? NONE : withChecksums(new Set([...own(one), ...inherited(one)]));
    known.set(packet, found);
    return found;
  };
  const own = ({ host, made, ipId, icmpId, echo, port }: DrawsUsed): FieldName[] => {
    const fields: FieldName[] = [];
    if (ipId !== null && draws.ipIds.get(host)?.[ipId] === undefined) fields.push('ip.id');
    if (icmpId !== null && draws.icmpIds.get(host)?.[icmpId] === undefined) fields.push('icmp.ident');
    if (echo !== null && draws.pingData.get(host)?.[echo] === undefined) fields.push('data');
    if (port !== null && draws.ports.get(host)?.[port] === undefined) {
      fields.push(made.what.kind === 'tcp' ? 'tcp.srcport' : 'udp.srcport');
    }
    return fields;
  };
  const inherited = ({ made }: DrawsUsed): readonly FieldName[] => {
    if (made.cause === null) return [];
    const cause = [...fieldsOf(made.cause)];
    switch (made.what.kind) {
      case 'fragment':
      case 'tunnel':
        return cause;
      case 'echo-reply':
        return cause.filter((name) => name === 'icmp.ident' || name === 'data');
      case 'icmp-error':
        return cause.map(
          (name): FieldName => (name.startsWith('quoted.') ? name : `quoted.${name as HeaderFieldName}`),
        );
      case 'udp':
        return cause.flatMap((name): FieldName[] => {
          if (name === 'udp.srcport') return ['udp.dstport'];
          return name === 'data' ? [name] : [];
        });
      default:
        return [];
    }
  };
  return fieldsOf;
}

/** Checksums over a drawn value are as unpredictable as the value; whether they are right can still be judged. */
function withChecksums(fields: Set<FieldName>): FieldSet {
  const has = (...starts: readonly string[]): boolean =>
    [...fields].some((name) => starts.some((start) => name.startsWith(start)));
  if (has('ip.')) fields.add('ip.checksum');
  if (has('quoted.ip.')) fields.add('quoted.ip.checksum');
  if (has('quoted.icmp.', 'quoted.data')) fields.add('quoted.icmp.checksum');
  if (has('quoted.udp.', 'quoted.data')) fields.add('quoted.udp.checksum');
  if (has('icmp.', 'data', 'quoted.')) fields.add('icmp.checksum');
  if (has('udp.', 'data')) fields.add('udp.checksum');
  if (has('tcp.', 'data')) fields.add('tcp.checksum');
  return fields;
}
