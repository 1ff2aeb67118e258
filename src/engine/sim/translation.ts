/** Address translation at netfilter's hooks. Source: Linux net/netfilter/nf_nat_core.c. */
import type { Ipv4 } from '../addr/ipv4';
import { addressTowards } from './addresses';
import { noteHook, type Through, walk } from './chain-walk';
import { type Connection, findConnection, inverse, type Tuple, translated, tupleOf, withAddresses } from './conntrack';
import type { Hook } from './drop';
import type { RuleSeen } from './event';
import { relatedTo, translateError } from './related';
import type { Run } from './run';
import type { Packet } from './world';

/** Rules decide for a connection's first packet, the connection for all others. */
export function translateHook(run: Run, host: string, hook: Hook, packet: Packet, through: Through): Packet {
  const { netfilter } = run.host(host).host;
  const arriving = hook === 'PREROUTING' || hook === 'OUTPUT';
  const related = relatedTo(run.host(host).connections, packet);
  if (related !== null) {
    const changed = translateError(packet, related, arriving);
    return changed === packet ? packet : noted(run, host, packet, changed, arriving, related.direction === 'reply');
  }
  const tuple = tupleOf(packet.header, packet.payload);
  if (tuple === null) return packet;
  const found = findTracked(run, host, tuple, arriving);
  if (found === null) {
    if (arriving) track(run, host, { original: tuple, reply: inverse(tuple), answered: false });
    else return packet;
  } else if (found.direction === 'reply' && !found.connection.answered) {
    replace(run, host, found.index, { ...found.connection, answered: true });
  }
  const chain = netfilter.nat.get(hook);
  if (chain !== undefined && (found === null || (found.direction === 'original' && !found.connection.answered))) {
    decideTranslation(run, host, hook, packet, through);
  }
  return apply(run, host, packet, arriving);
}

/**
 * At PREROUTING and OUTPUT a packet still carries the tuple it came with; later its destination may already be changed,
 * so it is found by what remains.
 */
function findTracked(run: Run, host: string, tuple: Tuple, arriving: boolean) {
  const { connections } = run.host(host);
  const found = findConnection(connections, tuple);
  if (found !== null || arriving) return found;
  for (const [index, connection] of connections.entries()) {
    for (const direction of ['original', 'reply'] as const) {
      const before = connection[direction];
      const after = translated(connection, direction);
      if (sameEnds(tuple, { ...before, dst: after.dst, dstPort: after.dstPort }))
        return { index, connection, direction };
    }
  }
  return null;
}

const sameEnds = (a: Tuple, b: Tuple): boolean =>
  a.protocol === b.protocol && a.src === b.src && a.srcPort === b.srcPort && a.dst === b.dst;

function track(run: Run, host: string, connection: Connection): void {
  run.update(host, { connections: [...run.host(host).connections, connection] });
}

function replace(run: Run, host: string, index: number, connection: Connection): void {
  run.update(host, { connections: run.host(host).connections.map((old, i) => (i === index ? connection : old)) });
}

/** The nat rules of this hook for the first packet of a connection; writes what they decide into the connection. */
function decideTranslation(run: Run, host: string, hook: Hook, packet: Packet, through: Through): void {
  const { netfilter } = run.host(host).host;
  const tuple = tupleOf(packet.header, packet.payload);
  const found = tuple === null ? null : findTracked(run, host, tuple, hook !== 'POSTROUTING');
  if (found === null || found.direction !== 'original') return;
  const seen: RuleSeen[] = [];
  const target = walk(netfilter.nat, 'nat', hook, packet, through, 'new', seen);
  if (seen.length > 0) noteHook(run, host, hook, packet, through, seen, 'accept');
  const { connection, index } = found;
  if (target?.kind === 'dnat') {
    const reply = { ...connection.reply, src: target.to, srcPort: target.port ?? connection.reply.srcPort };
    replace(run, host, index, { ...connection, reply });
  } else if (target?.kind === 'masquerade' || target?.kind === 'snat') {
    const to = target.kind === 'snat' ? target.to : ownAddress(run, host, through.outDev, packet.header.dst);
    if (to !== null) replace(run, host, index, { ...connection, reply: { ...connection.reply, dst: to } });
  }
}

/** MASQUERADE takes the first address of the device the packet leaves by. */
function ownAddress(run: Run, host: string, dev: string | null, towards: Ipv4): Ipv4 | null {
  const device = dev === null ? null : run.device(host, dev);
  return device === null ? null : addressTowards(run.host(host).host, device, towards);
}

/** Destination is changed where packets come in, source where they leave. */
function apply(run: Run, host: string, packet: Packet, arriving: boolean): Packet {
  const tuple = tupleOf(packet.header, packet.payload);
  const found = tuple === null ? null : findTracked(run, host, tuple, arriving);
  if (tuple === null || found === null) return packet;
  const after = translated(found.connection, found.direction);
  const reply = found.direction === 'reply';
  if (arriving && (after.dst !== tuple.dst || after.dstPort !== tuple.dstPort)) {
    return noted(run, host, packet, withAddresses(packet, { dst: after.dst, dstPort: after.dstPort }), true, reply);
  }
  if (!arriving && (after.src !== tuple.src || after.srcPort !== tuple.srcPort)) {
    return noted(run, host, packet, withAddresses(packet, { src: after.src, srcPort: after.srcPort }), false, reply);
  }
  return packet;
}

function noted(run: Run, host: string, before: Packet, after: Packet, arriving: boolean, reply: boolean): Packet {
  run.note({
    kind: 'translated',
    host,
    packet: before.id,
    field: arriving ? 'dst' : 'src',
    before: before.header,
    after: after.header,
    reply,
  });
  return after;
}
