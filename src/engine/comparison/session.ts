/**
 * A cluster, a command and some captures become one comparison. The page and the command line both start here.
 */
import { formatIpv4 } from '../addr/ipv4';
import { type InParts, inOneGo } from '../base/in-parts';
import { LINK_TYPE } from '../capture/link-types';
import type { CaptureFile } from '../capture/types';
import { type CommandError, type PlacedCommand, readCommands } from '../sim/command';
import type { Trace } from '../sim/trace';
import { ownerOf, type Topology } from '../topology/topology';
import { bestAttempt } from './attempt';
import { type Chain, chainOf } from './chain';
import type { Comparison } from './comparison';
import { echoesIn, fits, withSeenMacs } from './fits';
import { inferCluster } from './infer-cluster';
import { filesByPoint, pointsOf } from './points';
import { rolesOf } from './roles';
import { commandSeen } from './seen-command';

/** A capture as opened; `role` is the user's own choice of capture point: '' = leave out, null = find it. */
export interface SessionCapture {
  readonly id: string;
  readonly name: string;
  readonly capture: CaptureFile;
  readonly role: string | null;
}

/** Why a file was taken for a capture point: each is one observation in its packets. */
export type RoleEvidence =
  | { readonly kind: 'own-mac'; readonly mac: string; readonly frames: number } // the point's device sends and receives as this MAC
  | { readonly kind: 'ttl'; readonly ttl: number; readonly seq: number }
  | { readonly kind: 'arp'; readonly ip: string; readonly mac: string }
  /**
   * The same frames as another file, but an answer follows its question `us` later here (negative: sooner). The longer
   * it takes, the nearer to who asked; each difference is of one clock, so clocks need not agree.
   */
  | { readonly kind: 'timing'; readonly than: string; readonly us: number }
  /** This device's own ARP questions wait `us` for an answer, those of the other end `otherUs`: it is at the longer one's end. */
  | { readonly kind: 'asks'; readonly us: number; readonly otherUs: number }
  | { readonly kind: 'hairpin'; readonly frames: number } // the pod's own broadcasts come back, as only its own link shows
  | { readonly kind: 'heard'; readonly host: string; readonly frames: number } // nothing but broadcasts, of this host
  | { readonly kind: 'earlier'; readonly than: string; readonly us: number } // sees the same broadcasts sooner, if the clocks agree
  | { readonly kind: 'left-over'; readonly than: string } // file `than` was taken at the sender's own end: this place was left
  | { readonly kind: 'or-else'; readonly host: string; readonly dev: string } // its packets would look the same there: please check
  | { readonly kind: 'named' } // the file's name says so too
  | { readonly kind: 'written-name'; readonly name: string } // the file itself says which interface it was: if_name of pcapng
  | { readonly kind: 'written-address'; readonly address: string } // of that interface, by if_IPv4addr: '10.244.1.4/24'
  | { readonly kind: 'name' } // only the file's name told, as the last resort
  | { readonly kind: 'user' }
  | { readonly kind: 'second'; readonly than: string } // another file was taken for this point first: this one is not compared
  | { readonly kind: 'link-type'; readonly linkType: number } // not Ethernet: its packets show no MACs
  | { readonly kind: 'none' };

export interface FileRole {
  readonly file: string; // SessionCapture.id
  readonly name: string;
  readonly point: string | null; // CapturePoint.id
  readonly evidence: readonly RoleEvidence[];
}

/** Something about the cluster that only the captures told. */
export type Inference =
  | {
      readonly kind: 'host';
      readonly host: string;
      readonly ip: string;
      readonly mac: string | null;
      readonly from: 'arp' | 'mac' | 'ttl';
    }
  | { readonly kind: 'next-hop'; readonly host: string; readonly via: string; readonly from: 'arp' | 'mac' }
  | { readonly kind: 'prefix'; readonly host: string; readonly prefix: string } // assumed /24
  | { readonly kind: 'unknown'; readonly host: string; readonly field: 'ip' | 'mac' };

export interface SessionInput {
  readonly topology: Topology;
  readonly command: string; // 'pod1: ping -c 1 10.244.2.2'
  /** True where a user typed the command: then what the captures show does not overrule it. */
  readonly typed?: boolean;
  readonly captures: readonly SessionCapture[];
}

export interface Session {
  readonly topology: Topology; // the one given, or the one built from the captures
  readonly inferred: readonly Inference[] | null; // null: the given topology fits the captures
  readonly command: string; // the one given, or the one the captures show
  readonly commandFrom: 'captures' | 'given';
  /** Commands run unseen before it: the captures show neighbours already known (a warm start). Usually none. */
  readonly before: readonly string[];
  /** Why `command` could not be run; the trace then has no steps. */
  readonly problem: CommandError | null;
  readonly trace: Trace;
  readonly roles: readonly FileRole[];
  readonly comparison: Comparison;
}

/** A file with this role is left out. */
const LEFT_OUT = '';

/** Never throws, whatever the captures hold. */
export const openSession = (input: SessionInput): Session => inOneGo(sessionInParts(input));

/** The same, for a page that stays live meanwhile. */
export function* sessionInParts({ topology: given, command, typed = false, captures }: SessionInput): InParts<Session> {
  const files = captures.flatMap(({ role, capture }) =>
    role === LEFT_OUT || capture.linkType !== LINK_TYPE.ethernet ? [] : [capture],
  );
  const chain = chainOf(files);
  yield;
  const { topology, inferred } = clusterFor(given, chain, files);
  yield;
  const roles = rolesOf(topology, captures);
  yield;
  const points = pointsOf(topology, roles);
  const byPoint = filesByPoint(captures, roles);
  const seen = commandSeen(topology, points, byPoint);
  const flow = chain === null || topology === given ? null : pingOf(topology, chain);
  const first = seen === null || typed || keepsTo(command, seen) ? command : seen;
  const commands = [first, command, flow];
  const best = yield* bestAttempt(
    { topology, points, captures: byPoint },
    commands.filter((line) => line !== null),
  );
  const isSeen = seen !== null && !typed && best.command === first && best.problem === null;
  return { topology, inferred, roles, commandFrom: isSeen ? 'captures' : 'given', ...best };
}

function clusterFor(
  given: Topology,
  chain: Chain | null,
  files: readonly CaptureFile[],
): Pick<Session, 'topology' | 'inferred'> {
  if (chain === null || fits(given, chain)) return withSeenMacs(given, chain);
  return inferCluster(chain, echoesIn(files, chain.links[0]?.from ?? null));
}

/** The captures' flow as a ping, where they hold one of another kind: better than a command for another cluster. */
function pingOf(topology: Topology, { flow }: Chain): string | null {
  const owner = ownerOf(topology, flow.src);
  return owner === null ? null : `${owner.host}: ping -c 1 ${formatIpv4(flow.dst)}`;
}

/**
 * True where the captures say nothing against the given line: it is the same ping in all that frames can show (how long
 * it waits for the last answer is not), or it is more than one command, which is an experiment of the user's own.
 */
function keepsTo(given: string, seen: string): boolean {
  const [one, other] = [readCommands(given), readCommands(seen)];
  if (!one.ok || !other.ok) return false;
  const [first, ...more] = one.value;
  const [captured] = other.value;
  if (more.length > 0) return true;
  const visible = (placed: PlacedCommand | undefined): string =>
    JSON.stringify({ host: placed?.host, ...placed?.command, ...(placed !== undefined && visibleOptions(placed)) });
  return visible(first) === visible(captured);
}

const visibleOptions = ({ command }: PlacedCommand): object =>
  'options' in command ? { options: { ...command.options, lingerUs: 0, waitUs: 0, timeoutUs: 0, src: null } } : {};
