/**
 * Where each file was taken, by its packets alone: the MAC that is in every unicast frame is the capturing device's own.
 * Where two are (one peer only), the file beside it tells, or another file of the same link, or who forwards nothing.
 */
import { type GroupTable, rowAt } from './group-table';
import { ARP, STATUS } from './packet-status';
import { dstMacOf, has, type PacketTable, srcMacOf } from './packet-table';

export interface Vantage {
  readonly own: number | null; // MAC as a number
  readonly ips: ReadonlySet<number>; // sent from, as far as the packets tell
  /** end: it forwards nothing. router: it does. unknown: nothing unicast was seen. */
  readonly kind: 'end' | 'router' | 'unknown';
}

/** TTLs that operating systems start with; a lower one was, as a rule, forwarded. */
export const INITIAL_TTL: ReadonlySet<number> = new Set([64, 128, 255]);

interface Counts {
  readonly frames: Map<number, number>; // unicast, by MAC at either end
  readonly sources: Map<number, Set<number>>; // MAC -> IP sources it sends, at most a few
  readonly targets: Map<number, Set<number>>; // MAC -> IP destinations of what it is sent
  readonly originates: Map<number, Set<number>>; // MAC -> sources sent with a TTL that nobody has lowered yet
  readonly claimed: Map<number, Set<number>>; // MAC -> addresses it answers ARP for
  readonly echoed: Set<number>; // MACs whose own broadcasts come back
  firstAsker: number | null;
  askerIp: number;
}

const SOURCES_MAX = 64;

/** `side` orders the two MACs of a link that several files share: the one on the side of the first file first. */
export function vantagesOf(
  groups: GroupTable,
  order: readonly number[],
  side: (files: readonly [number, number], macs: readonly [number, number]) => readonly [number, number],
): readonly Vantage[] {
  const counted = groups.files.map(count);
  const candidates = counted.map(({ frames }) => {
    const most = Math.max(0, ...frames.values());
    return [...frames].filter(([, n]) => n === most).map(([mac]) => mac);
  });
  const isOuter = (file: number): boolean => order.length > 2 && (file === order[0] || file === order.at(-1));
  const own: (number | null)[] = candidates.map((macs) => (macs.length === 1 ? (macs[0] ?? null) : null));
  for (const [file, macs] of candidates.entries()) {
    if (own[file] !== null || macs.length !== 2 || isOuter(file)) continue;
    const found = besideEnd(groups, order, file);
    if (found !== null && macs.includes(found)) own[file] = found;
  }
  for (const [file, macs] of candidates.entries()) {
    if (own[file] !== null || macs.length !== 2) continue;
    const [a = 0, b = 0] = macs;
    const twin = candidates.findIndex(
      (others, i) => i !== file && own[i] === null && others.length === 2 && others.includes(a) && others.includes(b),
    );
    if (twin > file) {
      [own[file], own[twin]] = side([file, twin], [a, b]);
      continue;
    }
    const left = macs.filter((mac) => !own.includes(mac));
    own[file] = left.length === 1 ? (left[0] ?? null) : byBehaviour(counted[file], macs, isOuter(file));
  }
  byBroadcast(counted, order, own, isOuter);
  return counted.map((counts, file) => vantage(counts, own[file] ?? null, isOuter(file)));
}

const SAMPLES_MAX = 20_000;

/** A node's file beside that of its pod: what came from there leaves by the node's own MAC, what goes there comes to it. */
function besideEnd(groups: GroupTable, order: readonly number[], file: number): number | null {
  const place = order.indexOf(file);
  const ends = [order[0], order.at(-1)].filter(
    (end) => end !== undefined && Math.abs(order.indexOf(end) - place) === 1,
  );
  const t = groups.files[file];
  if (t === undefined) return null;
  for (let group = 0; group < Math.min(groups.count, SAMPLES_MAX); group += 1) {
    const row = rowAt(groups, group, file);
    if (row < 0) continue;
    for (const end of ends) {
      const there = end === undefined ? -1 : rowAt(groups, group, end);
      const ttl = end === undefined || there < 0 ? undefined : groups.files[end]?.ttl[there];
      if (ttl === undefined || Math.abs(ttl - (t.ttl[row] ?? 0)) !== 1) continue;
      return ttl > (t.ttl[row] ?? 0) ? srcMacOf(t, row) : dstMacOf(t, row);
    }
  }
  return null;
}

/**
 * A file with nothing but broadcasts: its own device is who asks, in the file nearest to those that hold packets. At an end
 * of the way the node asks too, from the first address of the pods' network; that is not the end's own.
 */
function byBroadcast(
  counted: readonly Counts[],
  order: readonly number[],
  own: (number | null)[],
  isOuter: (file: number) => boolean,
): void {
  const busy = order.filter((file) => (counted[file]?.sources.size ?? 0) > 0);
  const distance = (file: number): number =>
    Math.min(...busy.map((one) => Math.abs(order.indexOf(one) - order.indexOf(file))), order.length);
  const quiet = order.filter((file) => own[file] === null && counted[file]?.frames.size === 0);
  for (const file of [...quiet].sort((a, b) => distance(a) - distance(b))) {
    const { firstAsker: mac = null, askerIp = 0 } = counted[file] ?? {};
    const isGateway = isOuter(file) && (askerIp & 0xff) === 1;
    if (mac !== null && !own.includes(mac) && !isGateway) own[file] = mac;
  }
}

function byBehaviour(counts: Counts | undefined, macs: readonly number[], isOuter: boolean): number | null {
  if (counts === undefined) return null;
  const echoed = macs.filter((mac) => counts.echoed.has(mac));
  if (echoed.length === 1) return echoed[0] ?? null;
  const routers = macs.filter((mac) => forwards(counts, mac));
  if (isOuter && routers.length === 1) return macs.find((mac) => mac !== routers[0]) ?? null;
  const ends = macs.filter((mac) => counts.sources.has(mac) && !forwards(counts, mac));
  if (ends.length === 1) return ends[0] ?? null;
  return counts.firstAsker !== null && macs.includes(counts.firstAsker) ? counts.firstAsker : null;
}

/** It sends packets of others: of several sources, or with a TTL that has been lowered. */
function forwards({ sources, originates }: Counts, mac: number): boolean {
  const sent = sources.get(mac);
  return sent !== undefined && (sent.size > 1 || (originates.get(mac)?.size ?? 0) === 0);
}

function vantage(counts: Counts, own: number | null, isOuter: boolean): Vantage {
  if (own === null) return { own, ips: new Set(), kind: 'unknown' };
  const all = counts.sources.get(own) ?? new Set<number>();
  const from = counts.originates.get(own) ?? new Set<number>();
  const sent = from.size > 0 ? from : isOuter && all.size === 1 ? all : new Set<number>();
  const ips = isOuter ? new Set([...sent, ...(counts.claimed.get(own) ?? [])]) : sent;
  // An outermost file is taken for an end, unless packets come to it that are for none of its own addresses.
  const isForOthers = ips.size > 0 && [...(counts.targets.get(own) ?? [])].some((ip) => !ips.has(ip));
  const forwardsSome = all.size > from.size || all.size > 1;
  const isRouter = isOuter ? isForOthers || all.size > 1 : forwardsSome;
  return { own, ips, kind: isRouter ? 'router' : ips.size === 0 ? 'unknown' : 'end' };
}

const HAIRPIN_NS = 10_000_000;

function count(t: PacketTable): Counts {
  const counts: Counts = {
    frames: new Map(),
    sources: new Map(),
    targets: new Map(),
    originates: new Map(),
    claimed: new Map(),
    echoed: new Set(),
    firstAsker: null,
    askerIp: 0,
  };
  const lastAsked = new Map<number, number>(); // sender's MAC and target, mixed -> row
  const like = new Int32Array(PLACES); // row + 1
  const more = new Int32Array(PLACES); // packets like it
  for (let row = 0; row < t.rows; row += 1) {
    const place = placeOf(t, row);
    const before = (like[place] ?? 0) - 1;
    if (before >= 0 && isAlike(t, before, row)) {
      more[place] = (more[place] ?? 0) + 1;
      continue;
    }
    const src = srcMacOf(t, row);
    if (has(t, row, STATUS.noMacs) || src === 0) continue;
    if (has(t, row, STATUS.toMany)) {
      if (!has(t, row, STATUS.arpRequest)) continue;
      if (counts.firstAsker === null) {
        counts.firstAsker = src;
        counts.askerIp = t.srcIp[row] ?? 0;
      }
      const question = src + (t.dstIp[row] ?? 0);
      const earlier = lastAsked.get(question);
      if (earlier !== undefined && (t.atNs[row] ?? 0) - (t.atNs[earlier] ?? 0) < HAIRPIN_NS) counts.echoed.add(src);
      lastAsked.set(question, row);
      continue;
    }
    if (has(t, row, STATUS.cooked)) continue;
    const dst = dstMacOf(t, row);
    if (before >= 0) countFrames(counts, t, before, more[place] ?? 0);
    like[place] = row + 1;
    more[place] = 0;
    countFrames(counts, t, row, 1);
    if (has(t, row, STATUS.arpReply)) put(counts.claimed, src, t.srcIp[row] ?? 0);
    if (!has(t, row, STATUS.ipv4) || has(t, row, STATUS.vxlan | STATUS.ipip)) continue;
    put(counts.sources, src, t.srcIp[row] ?? 0);
    put(counts.targets, dst, t.dstIp[row] ?? 0);
    if (INITIAL_TTL.has(t.ttl[row] ?? 0)) put(counts.originates, src, t.srcIp[row] ?? 0);
  }
  for (let place = 0; place < PLACES; place += 1) {
    const row = (like[place] ?? 0) - 1;
    if (row >= 0) countFrames(counts, t, row, more[place] ?? 0);
  }
  return counts;
}

const PLACES = 1024; // of 10 bits: packets that are remembered, so that those like them are only counted
const KIND = ARP | STATUS.ipv4 | STATUS.vxlan | STATUS.ipip | STATUS.noMacs | STATUS.toMany | STATUS.cooked;

const placeOf = (t: PacketTable, row: number): number =>
  (Math.imul((t.srcIp[row] ?? 0) ^ (t.link[row] ?? 0), 0x9e3779b1) ^ Math.imul(t.dstIp[row] ?? 0, 0x85ebca6b)) >>> 22;

/** The second one adds nothing to what the first one told but its number. */
const isAlike = (t: PacketTable, i: number, j: number): boolean =>
  t.srcIp[i] === t.srcIp[j] &&
  t.dstIp[i] === t.dstIp[j] &&
  t.ttl[i] === t.ttl[j] &&
  t.link[i] === t.link[j] &&
  ((t.status[i] ?? 0) & KIND) === ((t.status[j] ?? 0) & KIND);

function countFrames(counts: Counts, t: PacketTable, row: number, frames: number): void {
  const [src, dst] = [srcMacOf(t, row), dstMacOf(t, row)];
  add(counts.frames, src, frames);
  if (dst !== src) add(counts.frames, dst, frames);
}

const add = (counts: Map<number, number>, key: number, more: number): void => {
  counts.set(key, (counts.get(key) ?? 0) + more);
};

function put(sets: Map<number, Set<number>>, key: number, value: number): void {
  const set = sets.get(key);
  if (set === undefined) sets.set(key, new Set([value]));
  else if (set.size < SOURCES_MAX) set.add(value);
}
