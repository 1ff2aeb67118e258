/**
 * Conversations: packets grouped by who asks whom for what, each direction counted by the files that hold its packets. NAT
 * and replies are followed back to the flow they belong to.
 */
import { ICMP_TYPE } from '../wire/icmp';
import { PROTOCOL } from '../wire/ipv4';
import { TCP_FLAG } from '../wire/tcp';
import { type Groups, wholeOf } from './group';
import { rowAt } from './group-table';
import { STATUS } from './packet-status';
import { has, type PacketTable, quoteOf } from './packet-table';
import { originOf } from './sightings';
import { TupleMemory } from './tuple-memory';

/** Packets of one direction that the same files hold. */
export interface Bucket {
  readonly mask: number; // bits of the files
  count: number;
  readonly samples: number[]; // groups: the first few
  /** All groups, in order, as many as `count`: kept for ICMP alone, where each one tells whether it was answered. */
  groups: Int32Array | null;
}

export interface Direction {
  count: number;
  readonly buckets: Map<number, Bucket>;
  latest: Bucket | null; // that took the last packet: most likely it takes the next one too
}

export interface Flow {
  readonly protocol: number;
  readonly client: number;
  readonly server: number;
  readonly port: number | null;
  readonly forward: Direction;
  readonly back: Direction;
  /** Of the echo replies: identifier * 65536 + sequence number. */
  readonly replied: Set<number>;
  /** ICMP errors about its packets: groups, and the direction of what they quote. */
  readonly errors: { readonly group: number; readonly about: 'forward' | 'back' }[];
}

export interface FlowsSeen {
  readonly flows: readonly Flow[];
  /** ICMP errors about packets of no flow: what they quote was not captured. */
  readonly strayErrors: readonly number[];
  readonly errors: number; // groups that are ICMP errors
}

/** Groups of a bucket that are looked at as examples. */
export const SAMPLES_MAX = 4;
/** traceroute counts up from here, one port a probe: all of them are one flow. */
const TRACE_PORTS = { from: 33_434, to: 33_534 } as const;

/** The flow of a packet, and how many flows there were when it was found. */
interface Found {
  readonly flow: Flow;
  readonly isForward: boolean;
  readonly flows: number;
}

interface Tuple {
  readonly protocol: number;
  readonly src: number;
  readonly dst: number;
  readonly srcPort: number;
  readonly dstPort: number;
}

const tupleAt = (t: PacketTable, row: number): Tuple => ({
  protocol: t.protocol[row] ?? 0,
  src: t.srcIp[row] ?? 0,
  dst: t.dstIp[row] ?? 0,
  srcPort: t.protocol[row] === PROTOCOL.icmp ? 0 : (t.srcPort[row] ?? 0),
  dstPort: t.protocol[row] === PROTOCOL.icmp ? 0 : (t.dstPort[row] ?? 0),
});

const keyOf = (protocol: number, client: number, server: number, port: number): string =>
  `${protocol} ${client} ${server} ${port}`;

const servicePort = (port: number): number =>
  port >= TRACE_PORTS.from && port <= TRACE_PORTS.to ? TRACE_PORTS.from : port;

/** Who asks whom: by the type of an echo, by a SYN, else by the port that is less likely drawn. */
function askerFirst(t: PacketTable, row: number, { protocol, srcPort, dstPort }: Tuple): boolean {
  if (protocol === PROTOCOL.icmp) return t.srcPort[row] !== ICMP_TYPE.echoReply;
  if (protocol === PROTOCOL.tcp && ((t.flags[row] ?? 0) & TCP_FLAG.syn) !== 0)
    return ((t.flags[row] ?? 0) & TCP_FLAG.ack) === 0;
  if (protocol === PROTOCOL.tcp || protocol === PROTOCOL.udp) return servicePort(dstPort) <= servicePort(srcPort);
  return true;
}

/** `origins`: see `originFiles`. */
export function flowsSeen(groups: Groups, origins: Uint8Array): FlowsSeen {
  const { table, seen } = groups;
  const flows = new Map<string, Flow>();
  const aliases = translations(groups, origins);
  const errors: number[] = [];
  const memory = new TupleMemory<Found>();
  /** A flow that comes up may be the nearer one for a packet of old addresses and ports: then it is looked for anew. */
  const flowOf = (t: PacketTable, row: number): Found => {
    const known = memory.get(t, row);
    if (known !== undefined && known.flows === flows.size) return known;
    const found = findFlow(t, row);
    const now = { ...found, flows: flows.size };
    memory.set(t, row, now);
    return now;
  };
  const findFlow = (t: PacketTable, row: number): { readonly flow: Flow; readonly isForward: boolean } => {
    const tuple = tupleAt(t, row);
    const [there, back] = [
      keyOf(tuple.protocol, tuple.src, tuple.dst, servicePort(tuple.dstPort)),
      keyOf(tuple.protocol, tuple.dst, tuple.src, servicePort(tuple.srcPort)),
    ];
    const known = flows.get(aliases.get(there) ?? there);
    if (known !== undefined) return { flow: known, isForward: true };
    const turned = flows.get(aliases.get(back) ?? back);
    if (turned !== undefined) return { flow: turned, isForward: false };
    const isForward = askerFirst(t, row, tuple);
    const [key, client, server, port] = isForward
      ? ([aliases.get(there) ?? there, tuple.src, tuple.dst, servicePort(tuple.dstPort)] as const)
      : ([aliases.get(back) ?? back, tuple.dst, tuple.src, servicePort(tuple.srcPort)] as const);
    const flow: Flow = {
      protocol: tuple.protocol,
      client,
      server,
      port: tuple.protocol === PROTOCOL.tcp || tuple.protocol === PROTOCOL.udp ? port : null,
      forward: { count: 0, buckets: new Map(), latest: null },
      back: { count: 0, buckets: new Map(), latest: null },
      replied: new Set(),
      errors: [],
    };
    flows.set(key, flow);
    return { flow, isForward };
  };
  for (let group = 0; group < table.count; group += 1) {
    const mask = seen[group] ?? 0;
    if (mask === 0 || wholeOf(groups, group) !== group) continue;
    const file = origins[group] ?? 0;
    const row = rowAt(table, group, file);
    const t = table.files[file];
    if (t === undefined) continue;
    if (has(t, row, STATUS.icmpError)) {
      errors.push(group);
      continue;
    }
    const { flow, isForward } = flowOf(t, row);
    put(isForward ? flow.forward : flow.back, mask, group, flow.protocol === PROTOCOL.icmp);
    if (flow.protocol === PROTOCOL.icmp && !isForward)
      flow.replied.add((t.dstPort[row] ?? 0) * 65_536 + (t.seq[row] ?? 0));
  }
  const strayErrors = errors.filter((group) => !attach(table.files, originOf(table, group), group, flows, aliases));
  return { flows: [...flows.values()], strayErrors, errors: errors.length };
}

function put(direction: Direction, mask: number, group: number, keepsAll: boolean): void {
  direction.count += 1;
  const { latest } = direction;
  const bucket = latest?.mask === mask ? latest : (direction.buckets.get(mask) ?? newBucket(mask, keepsAll));
  if (bucket.count === 0) direction.buckets.set(mask, bucket);
  direction.latest = bucket;
  if (bucket.samples.length < SAMPLES_MAX) bucket.samples.push(group);
  if (bucket.groups !== null) {
    if (bucket.count === bucket.groups.length) bucket.groups = twiceAsLong(bucket.groups);
    bucket.groups[bucket.count] = group;
  }
  bucket.count += 1;
}

const newBucket = (mask: number, keepsAll: boolean): Bucket => ({
  mask,
  count: 0,
  samples: [],
  groups: keepsAll ? new Int32Array(SAMPLES_MAX) : null,
});

function twiceAsLong(from: Int32Array): Int32Array {
  const to = new Int32Array(from.length * 2);
  to.set(from);
  return to;
}

function attach(
  files: readonly PacketTable[],
  { file, row }: { readonly file: number; readonly row: number },
  group: number,
  flows: ReadonlyMap<string, Flow>,
  aliases: ReadonlyMap<string, string>,
): boolean {
  const t = files[file];
  const quotes = t?.quotes;
  const quote = t === undefined ? -1 : quoteOf(t, row);
  if (quotes == null || quote < 0) return false;
  const { protocol, src, dst, srcPort, dstPort } = tupleAt(quotes, quote);
  const there = keyOf(protocol, src, dst, servicePort(dstPort));
  const back = keyOf(protocol, dst, src, servicePort(srcPort));
  const [forward, turned] = [flows.get(aliases.get(there) ?? there), flows.get(aliases.get(back) ?? back)];
  const isReply = protocol === PROTOCOL.icmp && quotes.srcPort[quote] === ICMP_TYPE.echoReply;
  if (forward !== undefined && !isReply) forward.errors.push({ group, about: 'forward' });
  else if (turned !== undefined) turned.errors.push({ group, about: 'back' });
  else if (forward !== undefined) forward.errors.push({ group, about: 'back' });
  return forward !== undefined || turned !== undefined;
}

/** What NAT made of a flow -> the flow as it was sent. */
function translations(groups: Groups, origins: Uint8Array): ReadonlyMap<string, string> {
  const { table, seen, translated } = groups;
  const aliases = new Map<string, string>();
  for (const group of translated) {
    if (seen[group] === 0 || wholeOf(groups, group) !== group) continue;
    const origin = origins[group] ?? 0;
    const from = rowAt(table, group, origin);
    const t = table.files[origin];
    if (t === undefined || has(t, from, STATUS.icmpError)) continue;
    for (let file = 0; file < table.files.length; file += 1) {
      const row = rowAt(table, group, file);
      const other = table.files[file];
      if (row < 0 || other === undefined || !isChanged(t, from, other, row)) continue;
      const [before, after] = [tupleAt(t, from), tupleAt(other, row)];
      if (!askerFirst(t, from, before)) continue;
      aliases.set(
        keyOf(after.protocol, after.src, after.dst, servicePort(after.dstPort)),
        keyOf(before.protocol, before.src, before.dst, servicePort(before.dstPort)),
      );
    }
  }
  return aliases;
}

const isChanged = (a: PacketTable, i: number, b: PacketTable, j: number): boolean =>
  a.srcIp[i] !== b.srcIp[j] || a.dstIp[i] !== b.dstIp[j] || a.dstPort[i] !== b.dstPort[j];
