/** Questions about the whole: which capture files will hold the request, and what ping will print. */
import { formatIpv4, type Ipv4 } from '../addr/ipv4';
import type { Trace } from '../sim/trace';
import { crossingOf } from '../topology/crossing';
import { bridgeFor } from '../topology/places';
import { ownerOf, type Topology } from '../topology/topology';
import type { Verdict } from '../verdict/verdict';
import { among, inOrder } from './choices';
import type { Choice, Question } from './question';

/** Asked before the request goes anywhere. */
export function askHeld(trace: Trace, { held, request, loss, host }: Verdict): Question | null {
  if (request === null || held.length < 2) return null;
  const made = stepOf(trace, request.packet);
  const files = (points: readonly string[]): Choice => ({ kind: 'files', points });
  const ids = held.map(({ point }) => point.id);
  const right = files(held.flatMap(({ point, request: frames }) => (frames > 0 ? [point.id] : [])));
  // A packet gets so far and no further; the right answer need not be of this form.
  const prefixes = ids.map((_, i) => files(ids.slice(0, i + 1)));
  const choices = inOrder(right, prefixes) ?? inOrder(right, [...prefixes, right]);
  const { fate } = request;
  const end = loss?.step ?? (fate.kind === 'delivered' ? fate.step : null);
  if (made === null || choices === null || end === null) return null;
  const asked = { kind: 'held', host } as const;
  return { id: `held ${host}`, kind: 'held', asked, packet: request.packet, step: made, evidence: end, ...choices };
}

const stepOf = (trace: Trace, packet: number): number | null =>
  trace.steps.find(({ event }) => event.kind === 'packet-made' && event.packet === packet)?.index ?? null;

const WITHOUT_TIME = / time=.*$/;

/** The first line after ping's own heading; an empty one means that nothing came before the statistics. */
export function askPrinted(trace: Trace, topology: Topology, verdict: Verdict): Question | null {
  const { host, command, request, target, loss } = verdict;
  if (request === null || target === null || !/^ping\b/.test(command)) return null;
  const printed = trace.steps.filter(
    ({ event, index }) =>
      event.kind === 'printed' && event.host === host && index > (stepOf(trace, request.packet) ?? 0),
  );
  const [first] = printed;
  if (first?.event.kind !== 'printed') return null;
  const text = first.event.text.replace(WITHOUT_TIME, '');
  const right: Choice = text === '' ? { kind: 'silence' } : { kind: 'line', text };
  const id = `printed ${host} ${command}`;
  const made = among(id, right, otherLines(topology, verdict, formatIpv4(target)));
  return made === null
    ? null
    : {
        id,
        kind: 'printed',
        asked: { kind: 'printed', host, command },
        packet: request.packet,
        step: first.index,
        evidence: text === '' && loss !== null ? loss.step : first.index,
        ...made,
      };
}

/** Lines ping prints in other cases (ping_common.c, pr_icmph of iputils), with addresses of this cluster. */
function otherLines(topology: Topology, { host, target, printed }: Verdict, to: string): readonly Choice[] {
  const owner = target === null ? null : ownerOf(topology, target);
  const crossing = owner === null ? null : crossingOf(topology, { from: host, to: owner.host });
  const near = crossing === null ? null : (bridgeFor(crossing.near.node, crossing.near.ip)?.addresses[0]?.ip ?? null);
  const far = crossing?.far.card.addresses[0]?.ip ?? null;
  const line = (text: string): Choice => ({ kind: 'line', text });
  const reply = (ttl: number): Choice => line(`64 bytes from ${to}: icmp_seq=1 ttl=${ttl}`);
  const error = (from: Ipv4 | null, what: string): readonly Choice[] =>
    from === null ? [] : [line(`From ${formatIpv4(from)} icmp_seq=1 ${what}`)];
  const replied = printed.some((text) => / ttl=/.test(text));
  const replies = [reply(62), reply(64), reply(63)];
  const errors = [
    ...error(near, 'Destination Host Unreachable'),
    ...error(far, 'Destination Host Unreachable'),
    ...error(near, 'Destination Net Unreachable'),
  ];
  return replied
    ? [...replies, ...errors.slice(0, 1), { kind: 'silence' }]
    : [...errors.slice(0, 2), { kind: 'silence' }, ...replies.slice(0, 1), ...errors.slice(2)];
}
