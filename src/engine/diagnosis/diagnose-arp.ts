/** ARP questions without an answer: who asked for whom, who heard it, and what that means. */
import { ZERO_MAC } from '../addr/mac';
import type { Question } from '../matching/arp-seen';
import * as causes from './causes';
import { isEnd } from './course';
import { isOnLink } from './diagnose-next-hop';
import type { Cause, Finding } from './finding';
import { evidenceAt, hostAt, nameAt, type Seen } from './seen';

/** A neighbour is asked for three times, a second apart, before it counts as failed (Linux: mcast_solicit). */
const FAILED_AFTER = 3;

export const failedQuestions = (seen: Seen): readonly Question[] =>
  seen.arp.questions.filter((question) => question.unanswered >= FAILED_AFTER);

export function unansweredArp(seen: Seen): readonly Finding[] {
  return failedQuestions(seen).map((question): Finding => {
    const { asker, askerIp, target, byFile, unanswered } = question;
    const host = askerName(seen, question);
    const heard = [...byFile.keys()];
    return {
      kind: 'arp-unanswered',
      severity: 'error',
      flow: null,
      host,
      values: {
        host,
        asker: causes.ipText(askerIp),
        target: causes.ipText(target),
        times: unanswered,
        points: heard.map((file) => nameAt(seen, file)).join(', '),
        mac: asker === 0 ? ZERO_MAC : seen.hosts.nameOf(asker),
      },
      evidence: heard.flatMap((file) => (byFile.get(file) ?? []).slice(-3).map((row) => evidenceAt(seen, file, row))),
      causes: neighbourCauses(seen, question),
    };
  });
}

/** The asker by its MAC; a question heard at an end from the end's own gateway is the node's beside it. */
export function askerName(seen: Seen, { asker, byFile }: Question): string {
  if (seen.hosts.pointOf(asker) >= 0) return seen.hosts.nameOf(asker);
  const [file] = [...byFile.keys()];
  const place = file === undefined ? -1 : seen.order.indexOf(file);
  const isAlone = file !== undefined && byFile.size === 1 && isEnd(seen, file) && seen.vantages[file]?.own !== asker;
  const beside = seen.order[place === 0 ? 1 : place - 1];
  return isAlone && beside !== undefined && seen.order.length > 2 ? hostAt(seen, beside) : seen.hosts.nameOf(asker);
}

/** Whether some conversation goes to this address: then it was asked for as a destination, not as a next hop. */
const isDestination = (seen: Seen, ip: number): boolean =>
  seen.flows.flows.some(({ client, server }) => client === ip || server === ip);

export function neighbourCauses(seen: Seen, question: Question): readonly Cause[] {
  const { askerIp, target, byFile } = question;
  const host = askerName(seen, question);
  const asking = [...byFile.keys()].find((file) => seen.vantages[file]?.own === question.asker);
  const isByEnd = asking !== undefined && isEnd(seen, asking);
  const where = { host, src: askerIp, dst: target };
  if (isByEnd && (target & 0xff) === 1) {
    const node = beside(seen, asking);
    return [causes.vethOffBridge({ ...where, host: node, dst: askerIp }), causes.bridgeDown({ ...where, host: node })];
  }
  const absent = destinationCauses(seen, where, question);
  if (isByEnd && !isOneSubnet(askerIp, target))
    return [causes.takenForNeighbour(where, gatewayOf(seen, question)), ...absent];
  if (isByEnd || isDestination(seen, target) || heardByEnd(seen, question)) return absent;
  const flow = seen.flows.flows.find(({ forward }) => forward.count > 0);
  const path = { host, src: flow?.client ?? askerIp, dst: flow?.server ?? target };
  return nextHopCauses(seen, path, question);
}

/** flannel gives each node a /24, unless told otherwise. */
const isOneSubnet = (a: number, b: number): boolean => a >>> 8 === b >>> 8;

/** Of an end, as far as it was seen: the first address of its subnet that answers, or asks, for itself. */
function gatewayOf(seen: Seen, { askerIp }: Question): number | null {
  const first = ((askerIp & 0xffff_ff00) >>> 0) + 1;
  return [...seen.arp.claims.values()].some((ips) => ips.has(first)) ? first : null;
}

const beside = (seen: Seen, file: number): string => {
  const place = seen.order.indexOf(file);
  return hostAt(seen, seen.order[place === 0 ? 1 : place - 1] ?? file);
};

const heardByEnd = (seen: Seen, { byFile }: Question): boolean =>
  [...byFile.keys()].length > 0 && [...byFile.keys()].every((file) => isEnd(seen, file));

/** Nobody answered for the destination itself. `question`: null where no file shows it being asked for. */
export function destinationCauses(seen: Seen, where: causes.Where, question: Question | null): readonly Cause[] {
  const [absent, down, off] = [
    causes.destinationAbsent(where),
    causes.destinationDown(where),
    causes.vethOffBridge(where),
  ];
  const isAlive = seen.vantages.some(({ ips, kind }) => kind === 'end' && ips.has(where.dst));
  if (isAlive) return [off, down, absent];
  const hearers = question === null ? [] : [...question.byFile.keys()];
  const isHeard = hearers.some((file) => isEnd(seen, file));
  return isHeard ? [absent, down, off] : [down, absent, off];
}

/** Nobody answered for the next hop. */
export function nextHopCauses(seen: Seen, where: causes.Where, question: Question): readonly Cause[] {
  const { asker, askerIp, target, byFile } = question;
  const down = causes.nextHopDown(where, target);
  const wrong = causes.wrongNextHop(where, null, causes.ipText(target));
  const took = causes.ipText(target);
  if (!isOnLink(seen, asker, askerIp, target)) return [causes.notAdjacent(where, took), wrong, down];
  const wasThere = seen.arp.owners.has(target) || seen.vantages.some(({ ips }) => ips.has(target));
  if (wasThere) return [down, wrong];
  const others = [...byFile.keys()].filter((file) => seen.vantages[file]?.own !== asker && !isEnd(seen, file));
  return others.length > 0 ? [wrong, down] : [down, wrong];
}
