/** The way there and the way back set side by side: other hosts, hosts that need not be there, loops. */
import { segmentOf } from '../topology/places';
import { hostNamed, type Topology } from '../topology/topology';
import type { Hop } from './path';

/** A router between two hosts that have a segment in common: the packet could have gone straight. */
export interface Detour {
  readonly on: 'request' | 'answer';
  readonly host: string;
  readonly after: string; // the host that sent it there
  readonly segment: string; // what the hosts before and after it have in common
}

export interface Ways {
  readonly asymmetric: boolean;
  readonly requestOnly: readonly string[]; // hosts
  readonly answerOnly: readonly string[];
  readonly requestTtl: number | null; // on arrival; null: it did not arrive
  readonly answerTtl: number | null;
  readonly detours: readonly Detour[];
  readonly loops: readonly string[]; // hosts a packet was on more than once
}

interface Taken {
  readonly hops: readonly Hop[];
  readonly ttl: number | null;
}

export function waysOf(topology: Topology, request: Taken | null, answer: Taken | null): Ways {
  const there = hostsOf(request);
  const back = hostsOf(answer);
  // Half a way says nothing about the hosts it did not come to.
  const requestOnly = answer === null || answer.ttl === null ? [] : without(there, back);
  const answerOnly = request === null || request.ttl === null ? [] : without(back, there);
  return {
    asymmetric: requestOnly.length > 0 || answerOnly.length > 0,
    requestOnly,
    answerOnly,
    requestTtl: request?.ttl ?? null,
    answerTtl: answer?.ttl ?? null,
    detours: [...detoursOn(topology, 'request', request), ...detoursOn(topology, 'answer', answer)],
    loops: [...new Set([...twice(there), ...twice(back)])],
  };
}

const hostsOf = (taken: Taken | null): readonly string[] => taken?.hops.map(({ host }) => host) ?? [];
const without = (all: readonly string[], known: readonly string[]): readonly string[] => [
  ...new Set(all.filter((host) => !known.includes(host))),
];
const twice = (hosts: readonly string[]): readonly string[] => hosts.filter((host, i) => hosts.indexOf(host) < i);

/** Of packets that arrived: where one went astray, the last host but one is no detour. */
function detoursOn(topology: Topology, on: Detour['on'], taken: Taken | null): readonly Detour[] {
  const hops = taken === null || taken.ttl === null ? [] : taken.hops;
  return hops.flatMap(({ host }, i) => {
    const [before, after] = [hops[i - 1]?.host, hops[i + 1]?.host];
    if (before === undefined || after === undefined || before === after) return [];
    const common = segmentsOf(topology, before).find((one) => segmentsOf(topology, after).includes(one));
    return common === undefined ? [] : [{ on, host, after: before, segment: common }];
  });
}

const segmentsOf = (topology: Topology, name: string): readonly string[] =>
  (hostNamed(topology, name)?.devices ?? []).flatMap((device) => segmentOf(device) ?? []);
