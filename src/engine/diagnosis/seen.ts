/** Everything that the files tell, put together once: matched packets, hop order, hosts, ARP, conversations. */
import { type ArpSeen, arpSeen } from '../matching/arp-seen';
import { type Flow, type FlowsSeen, flowsSeen } from '../matching/flows-seen';
import { type Groups, groupPackets } from '../matching/group';
import { rowAt } from '../matching/group-table';
import { hopOrder, linkSides } from '../matching/hop-order';
import { type HostsSeen, hostsSeen } from '../matching/hosts-seen';
import type { PacketColumns } from '../matching/packet-columns';
import { originFiles, originOf, type Sighting, sightingsOf } from '../matching/sightings';
import { type Vantage, vantagesOf } from '../matching/vantage';
import type { Evidence } from './finding';

export interface PointFile {
  readonly name: string; // of the capture point, as the user calls it
  readonly host: string; // its host's name: that of the point, or of a given cluster
  readonly file: string;
  readonly columns: PacketColumns;
}

export interface Seen {
  readonly points: readonly PointFile[];
  readonly groups: Groups;
  readonly order: readonly number[]; // files, from one end of the way to the other
  readonly vantages: readonly Vantage[];
  readonly arp: ArpSeen;
  readonly hosts: HostsSeen;
  readonly origins: Uint8Array; // by group the file nearest to where its packet was made
  readonly flows: FlowsSeen;
  /** Groups whose packet was cut into others on the way. */
  readonly fragmented: ReadonlySet<number>;
}

/** `known`: what a given cluster says whose MAC that is. `matched`: the groups of these files, if they have been made. */
export function lookAt(
  points: readonly PointFile[],
  known: (mac: number) => string | null = () => null,
  matched: Groups | null = null,
): Seen {
  const columns = points.map((point) => point.columns);
  const groups = matched ?? groupPackets(columns.map(({ table }) => table));
  const order = hopOrder(groups.table);
  const vantages = vantagesOf(groups.table, order, linkSides(columns, groups.table));
  const arp = arpSeen(groups.table.files);
  const hosts = hostsSeen(groups.table, points, vantages, arp, order, known);
  const fragmented = new Set<number>();
  groups.whole?.forEach((whole, group) => {
    if (whole !== group) fragmented.add(whole);
  });
  const origins = originFiles(groups.table);
  return { points, groups, order, vantages, arp, hosts, origins, flows: flowsSeen(groups, origins), fragmented };
}

export const columnOf = (seen: Seen, file: number) => {
  const table = seen.groups.table.files[file];
  if (table === undefined) throw new Error(`invariant: no file ${file}`);
  return table;
};

export const nameAt = (seen: Seen, file: number): string => seen.points[file]?.name ?? '';
export const hostAt = (seen: Seen, file: number): string => seen.points[file]?.host ?? '';

export const evidenceAt = (seen: Seen, file: number, row: number): Evidence => ({
  point: nameAt(seen, file),
  file: seen.points[file]?.file ?? '',
  packet: row,
});

/** Every file that holds the packet, one row each. */
export const evidenceOf = (seen: Seen, group: number): readonly Evidence[] =>
  seen.order.flatMap((file) => {
    const row = rowAt(seen.groups.table, group, file);
    return row < 0 ? [] : [evidenceAt(seen, file, row)];
  });

export const seenAt = (seen: Seen, group: number, rank: (file: number) => number): readonly Sighting[] =>
  sightingsOf(seen.groups.table, group, rank);

export const samplesOf = (direction: Flow['forward']): readonly number[] =>
  [...direction.buckets.values()].flatMap(({ samples }) => samples);

/** Files from the client's side to the server's. */
export function pathOf(seen: Seen, flow: Flow): readonly number[] {
  return senseOf(seen, flow) < 0 ? [...seen.order].reverse() : seen.order;
}

function senseOf(seen: Seen, flow: Flow): number {
  const place = (file: number): number => seen.order.indexOf(file);
  let votes = 0;
  for (const [direction, sign] of [[flow.forward, 1] as const, [flow.back, -1] as const]) {
    for (const group of samplesOf(direction)) {
      const found = seenAt(seen, group, place);
      const [first, last] = [found[0], found.at(-1)];
      if (first === undefined || last === undefined) continue;
      if (first.ttl !== last.ttl) votes += sign * Math.sign(place(last.file) - place(first.file));
      else votes += sign * linkVote(seen, found);
    }
  }
  if (votes !== 0) return votes;
  const at = (ip: number): number => seen.order.findIndex((file) => seen.vantages[file]?.ips.has(ip));
  const [client, server] = [at(flow.client), at(flow.server)];
  const middle = (seen.order.length - 1) / 2;
  if (client >= 0) return client <= middle ? 1 : -1;
  return server >= 0 ? (server > middle ? 1 : -1) : 1;
}

/** On one link: towards later files if it comes from the first one's own MAC. */
function linkVote(seen: Seen, found: readonly Sighting[]): number {
  for (const { file, src, dst } of found) {
    const own = seen.vantages[file]?.own ?? null;
    const others = found.filter((one) => one.file !== file);
    const other = others[0];
    if (own === null || other === undefined || (own !== src && own !== dst)) continue;
    const later = Math.sign(seen.order.indexOf(other.file) - seen.order.indexOf(file));
    return own === src ? later : -later;
  }
  return 0;
}

export const originIn = (seen: Seen, group: number) => originOf(seen.groups.table, group);
