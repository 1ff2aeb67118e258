/** Gives the files of one group a device each: in the order that timing shows, by what else the packets tell, then by name. */
import { formatIpv4 } from '../addr/ipv4';
import type { Mac } from '../addr/mac';
import { deviceKey } from '../sim/trace';
import { hostNamed, type Topology } from '../topology/topology';
import { nameScore } from './file-names';
import { distancesFrom, type Placed, stackMac } from './layer2';
import { type FileFacts, nearerBy } from './role-facts';
import type { RoleEvidence, SessionCapture } from './session';

/** A file whose place is to be found. */
export interface Loose {
  readonly file: SessionCapture;
  readonly facts: FileFacts;
}

/** Files that could all have been taken at the same devices. */
export interface Group {
  readonly kind: 'unicast' | 'broadcast' | 'empty';
  readonly files: readonly Loose[];
  readonly devices: readonly Placed[];
}

export interface Placing {
  readonly device: Placed;
  readonly evidence: readonly RoleEvidence[];
}

type Taken = ReadonlyMap<string, SessionCapture>;
type Pair = readonly [Loose, Placed];

/** More devices on one link than this are told apart by what is listed or named alone: trying all orders would not end. */
const DEVICES_MAX = 8;

const SCORE = { taken: -50, echoAtBridge: -30, longerAsks: 20, name: 5, listed: 3, noEcho: -2, sender: 1 } as const;

export function assignDevices(
  topology: Topology,
  places: readonly Placed[],
  group: Group,
  taken: Taken,
): ReadonlyMap<SessionCapture, Placing> {
  if (group.kind === 'empty') return byNameAlone(topology, group);
  const end = group.devices[0];
  if (end === undefined) return new Map();
  const start = startOf(topology, places, group, end);
  const distances = distancesFrom(topology, places, start);
  const distance = (device: Placed): number => distances.get(keyOf(device)) ?? Number.POSITIVE_INFINITY;
  const devices = usable(topology, group, start).sort((a, b) => distance(a) - distance(b));
  const files = group.kind === 'unicast' ? byNearness(group.files, start.device.mac) : byTime(group.files);
  const isNamed = files.some(({ file }) => devices.some((device) => nameScore(topology, file.name, device) > 0));
  const isOrdered = group.kind === 'unicast' && timesTell(group.files, start.device.mac);
  const anyOrder = isNamed && !isOrdered;
  const score = (one: Loose, device: Placed): number =>
    scoreOf(topology, one, device, { ...group, files }, start, taken);
  const { pairs } = bestOf(files.slice(0, devices.length), devices, score, anyOrder);
  const situation = { topology, group: { ...group, files }, start, taken, pairs };
  return new Map(pairs.map(([one, device]) => [one.file, { device, evidence: evidenceFor(one, device, situation) }]));
}

const keyOf = ({ host, dev }: Placed): string => deviceKey(host, dev);
const isListed = (topology: Topology, { host, dev }: Placed): boolean =>
  topology.capturePoints.some((point) => point.host === host && point.dev === dev);

function byNameAlone(topology: Topology, { files, devices }: Group): ReadonlyMap<SessionCapture, Placing> {
  const placings = new Map<SessionCapture, Placing>();
  for (const { file } of files) {
    const [device] = [...devices].sort((a, b) => nameScore(topology, file.name, b) - nameScore(topology, file.name, a));
    if (device !== undefined) placings.set(file, { device, evidence: [{ kind: 'name' }] });
  }
  return placings;
}

/** The device whose stack the order starts from: an end of the link, or the sender of the broadcasts. */
function startOf(topology: Topology, all: readonly Placed[], { kind, files }: Group, end: Placed): Placed {
  const senders = files.flatMap(({ facts }) => [...facts.broadcasts.keys()]);
  const mac =
    kind === 'unicast'
      ? stackMac(topology, end)
      : senders.find((sender) => all.some(({ device }) => device.mac === sender));
  return all.find(({ device }) => device.mac === mac) ?? end;
}

function usable(topology: Topology, { files, devices }: Group, start: Placed): Placed[] {
  if (devices.length <= DEVICES_MAX) return [...devices];
  const isNamed = (device: Placed): boolean => files.some(({ file }) => nameScore(topology, file.name, device) > 0);
  return devices
    .filter((device) => device === start || isListed(topology, device) || isNamed(device))
    .slice(0, DEVICES_MAX);
}

/** Nearest to `mac` first; files whose frames do not tell keep their order. */
function byNearness(files: readonly Loose[], mac: Mac): readonly Loose[] {
  const sorted: Loose[] = [];
  for (const one of files) {
    const at = sorted.findIndex((other) => (nearerBy(mac, one.facts, other.facts) ?? 0) > 0);
    sorted.splice(at < 0 ? sorted.length : at, 0, one);
  }
  return sorted;
}

const timesTell = (files: readonly Loose[], mac: Mac): boolean =>
  files.some((one, i) => files.slice(i + 1).some((other) => (nearerBy(mac, one.facts, other.facts) ?? 0) !== 0));

/** By the clock of each file: right where the clocks agree better than the link is long. Nothing else tells broadcasts apart. */
const byTime = (files: readonly Loose[]): readonly Loose[] => [...files].sort((a, b) => startNs(a) - startNs(b));

/** Modulo 1000 s: a double holds nanoseconds of that, and nobody compares files taken further apart. */
function startNs({ file }: Loose): number {
  const first = file.capture.packets[0];
  return first === undefined ? 0 : (first.seconds % 1000) * 1e9 + first.nanoseconds;
}

/** The devices for these files whose scores add up highest; unless in any order, a later file gets a later device. */
function bestOf(
  files: readonly Loose[],
  devices: readonly Placed[],
  score: (one: Loose, device: Placed) => number,
  anyOrder: boolean,
): { readonly total: number; readonly pairs: readonly Pair[] } {
  const [one, ...rest] = files;
  let best: { readonly total: number; readonly pairs: readonly Pair[] } | null = null;
  if (one === undefined) return { total: 0, pairs: [] };
  for (const [at, device] of devices.entries()) {
    const left = anyOrder ? devices.filter((other) => other !== device) : devices.slice(at + 1);
    if (left.length < rest.length) break;
    const tail = bestOf(rest, left, score, anyOrder);
    const total = score(one, device) + tail.total;
    if (best === null || total > best.total) best = { total, pairs: [[one, device], ...tail.pairs] };
  }
  return best ?? { total: 0, pairs: [] };
}

function scoreOf(
  topology: Topology,
  { file, facts }: Loose,
  device: Placed,
  group: Group,
  start: Placed,
  taken: Taken,
): number {
  let score = SCORE.name * nameScore(topology, file.name, device);
  if (taken.has(keyOf(device))) score += SCORE.taken;
  if (isListed(topology, device)) score += SCORE.listed;
  if (group.kind === 'broadcast') return score + (keyOf(device) === keyOf(start) ? SCORE.sender : 0);
  const own = stackMac(topology, device);
  if (facts.echoes.size > 0 && device.device.link.kind === 'bridge') score += SCORE.echoAtBridge;
  if (expectsEcho(topology, device) && facts.broadcasts.has(own) && !facts.echoes.has(own)) score += SCORE.noEcho;
  if (asksOf(topology, facts, device, group) !== null) score += SCORE.longerAsks;
  return score;
}

/** True on both ends of a pod's veth pair whose bridge port is in hairpin mode. */
function expectsEcho(topology: Topology, { device }: Placed): boolean {
  if (device.link.kind !== 'veth') return false;
  if (device.master !== null) return device.hairpin;
  const { host, dev } = device.link.peer;
  return hostNamed(topology, host)?.devices.find(({ name }) => name === dev)?.hairpin ?? false;
}

/**
 * For a card on a segment, from one file alone: its own ARP questions wait for the wire and the other host, those of the
 * other end only for its own kernel. Null unless both kinds are there and its own took clearly longer.
 */
function asksOf(
  topology: Topology,
  facts: FileFacts,
  device: Placed,
  { devices }: Group,
): { us: number; otherUs: number } | null {
  if (device.device.link.kind !== 'nic') return null;
  const others = new Set(devices.filter((one) => one !== device).map((one) => stackMac(topology, one)));
  const longest = (isAsker: (mac: Mac) => boolean): number | null =>
    facts.asked.reduce<number | null>((most, { by, ns }) => (isAsker(by) ? Math.max(most ?? 0, ns) : most), null);
  const [own, other] = [longest((by) => by === device.device.mac), longest((by) => others.has(by))];
  if (own === null || other === null || own < 2 * other) return null;
  return { us: own / 1000, otherUs: other / 1000 };
}

interface Situation {
  readonly topology: Topology;
  readonly group: Group;
  readonly start: Placed;
  readonly taken: Taken;
  readonly pairs: readonly Pair[];
}

function evidenceFor(
  { file, facts }: Loose,
  device: Placed,
  { topology, group, start, taken, pairs }: Situation,
): readonly RoleEvidence[] {
  const evidence: RoleEvidence[] = [];
  const other = group.files.find((one) => one.file !== file);
  const named = nameScore(topology, file.name, device) > 0;
  if (group.kind === 'broadcast') {
    evidence.push({ kind: 'heard', host: start.host, frames: facts.broadcasts.get(start.device.mac) ?? 0 });
    const senders = taken.get(keyOf(start));
    if (senders !== undefined && keyOf(device) !== keyOf(start))
      evidence.push({ kind: 'left-over', than: senders.name });
    else if (named) evidence.push({ kind: 'name' });
    else if (other !== undefined) {
      const us = (startNs(other) - startNs({ file, facts })) / 1000;
      evidence.push({ kind: 'earlier', than: other.file.name, us });
    }
    return evidence;
  }
  const own = stackMac(topology, device);
  evidence.push({ kind: 'own-mac', mac: own, frames: facts.macs.get(own) ?? 0 });
  const ip = [...(facts.claims.get(own) ?? [])][0];
  if (ip !== undefined) evidence.push({ kind: 'arp', ip: formatIpv4(ip), mac: own });
  if (facts.firstEcho !== null) evidence.push({ kind: 'ttl', ...facts.firstEcho });
  if (facts.echoes.has(own) && device.device.link.kind === 'veth') {
    evidence.push({ kind: 'hairpin', frames: facts.echoes.get(own) ?? 0 });
  }
  if (group.devices.length === 1) return evidence;
  const nearer = other === undefined ? null : nearerBy(own, facts, other.facts);
  if (other !== undefined && nearer !== null)
    evidence.push({ kind: 'timing', than: other.file.name, us: nearer / 1000 });
  const asks = asksOf(topology, facts, device, group);
  if (asks !== null && nearer === null) evidence.push({ kind: 'asks', ...asks });
  if (asks !== null || pairs.length === group.devices.length) return evidence;
  if (named) return [...evidence, { kind: 'name' }];
  const free = group.devices.find((one) => one !== device && isListed(topology, one) && !taken.has(keyOf(one)));
  const isOpen = free !== undefined && nearer === null;
  return isOpen ? [...evidence, { kind: 'or-else', host: free.host, dev: free.dev }] : evidence;
}
