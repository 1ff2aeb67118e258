/** One direction of a conversation on its way through the files, and how a frame stands to the device it was captured at. */

import type { Direction, Flow } from '../matching/flows-seen';
import { STATUS } from '../matching/packet-status';
import { has } from '../matching/packet-table';
import type { Sighting } from '../matching/sightings';
import type { FlowName } from './finding';
import { columnOf, hostAt, pathOf, type Seen, samplesOf, seenAt } from './seen';

export interface Course {
  readonly flow: Flow;
  readonly about: 'request' | 'reply';
  readonly direction: Direction;
  readonly path: readonly number[]; // files, from the sender on
  readonly src: number;
  readonly dst: number;
}

export function coursesOf(seen: Seen, flow: Flow): readonly [Course, Course] {
  const path = pathOf(seen, flow);
  const { client, server } = flow;
  return [
    { flow, about: 'request', direction: flow.forward, path, src: client, dst: server },
    { flow, about: 'reply', direction: flow.back, path: [...path].reverse(), src: server, dst: client },
  ];
}

/** in: to the device's own MAC. out: from it. past: neither. unknown: whose device it is did not show. */
export type Standing = 'in' | 'out' | 'past' | 'unknown';

/** How a frame stands to the device it was captured at. */
export function standing(seen: Seen, { file, row, src, dst }: Sighting): Standing {
  const t = columnOf(seen, file);
  if (has(t, row, STATUS.cooked)) return has(t, row, STATUS.outgoing) ? 'out' : 'in';
  return standingBetween(seen, file, src, dst);
}

/** The same of a frame between these two MACs, where the file has MACs. */
export function standingBetween({ vantages }: Seen, file: number, src: number, dst: number): Standing {
  const own = vantages[file]?.own ?? null;
  if (own === null || src === 0) return 'unknown';
  return own === src ? 'out' : own === dst ? 'in' : 'past';
}

export const onCourse = (seen: Seen, { path }: Course, group: number): readonly Sighting[] =>
  seenAt(seen, group, (file) => path.indexOf(file));

/** Whether a packet of this direction is in the file. */
export const holds = ({ buckets }: Direction, file: number): boolean =>
  [...buckets.values()].some(({ mask }) => ((mask >>> file) & 1) === 1);

/** First and last place on the path of the files that hold it. */
export function reachOf({ path }: Course, mask: number): { readonly first: number; readonly last: number } {
  const held = path.flatMap((file, place) => ((mask >>> file) & 1 ? [place] : []));
  return { first: held[0] ?? -1, last: held.at(-1) ?? -1 };
}

/** The outermost files of a row of three or more were taken at the ends, if the files tell nothing else. */
export function isEnd(seen: Seen, file: number): boolean {
  if (seen.order.length < 3) return seen.vantages[file]?.kind === 'end';
  const isOuter = file === seen.order[0] || file === seen.order.at(-1);
  return isOuter && seen.vantages[file]?.kind !== 'router';
}

/** Hosts on the way that forward, in the order of the path, as the points name them. */
export const routersOn = (seen: Seen, { path }: Course): readonly string[] => [
  ...new Set(path.filter((file) => !isEnd(seen, file)).map((file) => hostAt(seen, file))),
];

const PROTOCOLS: Readonly<Record<number, string>> = { 1: 'icmp', 6: 'tcp', 17: 'udp' };

export const flowName = ({ protocol, client, server, port }: Flow, text: (ip: number) => string): FlowName => ({
  protocol: PROTOCOLS[protocol] ?? `ip ${protocol}`,
  src: text(client),
  dst: text(server),
  port,
});

export const samplesOn = (course: Course): readonly number[] => samplesOf(course.direction);

/** The address a file's own host is known by on its link. */
export function addressAt(seen: Seen, file: number): number | null {
  const vantage = seen.vantages[file];
  if (vantage?.own == null) return null;
  return [...(seen.arp.claims.get(vantage.own) ?? []), ...vantage.ips][0] ?? null;
}
