/**
 * A diagnosis made sharper by a given cluster: the command that the captures show is run on a model of it. Where the frames
 * agree with what the model predicts, the verdict's cause, its proofs and its repairs come first; where they do not, the
 * cluster was in another state, and the packets alone have the say.
 */
import { contains } from '../addr/prefix';
import { POD_PREFIX_LEN } from '../comparison/cast';
import { openSession, type Session, type SessionCapture } from '../comparison/session';
import { lookup } from '../net/fib';
import { hostNamed, ownerOf, type Topology } from '../topology/topology';
import type { Loss } from '../verdict/loss';
import type { RepairKind } from '../verdict/repair';
import { type Verdict, verdictOf } from '../verdict/verdict';
import { ipText, netText } from './causes';
import type { Diagnosis } from './diagnose';
import type { Cause, CauseKind, Finding, Values } from './finding';

export interface ModelView {
  readonly session: Session;
  readonly verdict: Verdict | null;
  readonly agrees: boolean;
}

/** So many frames of a hundred may be missing or too many before the prediction counts as another story. */
const TOLERATED = 0.1;

/** `known`: a session that is open already, and its verdict; it serves where its command is what the captures show. */
export function modelOf(
  topology: Topology,
  captures: readonly SessionCapture[],
  known: Pick<ModelView, 'session' | 'verdict'> | null = null,
): ModelView {
  const serves = known?.session.commandFrom === 'captures';
  const session = serves ? known.session : openSession({ topology, command: '', captures });
  const verdict = serves ? known.verdict : verdictIn(session);
  const { agrees, differs, ...others } = session.comparison.totals;
  const matched = agrees + differs;
  const apart = others['not-captured'] + others['not-predicted'];
  const isOwn = session.inferred === null && session.topology.hosts.length === topology.hosts.length;
  return { session, verdict, agrees: isOwn && apart <= TOLERATED * (matched + apart) };
}

const verdictIn = ({ problem, trace, topology, command }: Session): Verdict | null =>
  problem === null ? verdictOf(trace, topology, command) : null;

export function sharpened(diagnosis: Diagnosis, view: ModelView): Diagnosis {
  const { verdict, session } = view;
  const cause = verdict === null || !view.agrees ? null : causeOf(verdict, session.topology);
  const at = diagnosis.findings.findIndex(({ severity }) => severity !== 'note');
  if (cause === null || at < 0) return diagnosis;
  const findings = diagnosis.findings.map((finding, i) => (i === at ? withCause(finding, cause) : finding));
  return { ...diagnosis, findings };
}

/** First in the list; the same cause told by packets alone gives way to it, though not what it says. */
function withCause(finding: Finding, cause: Cause): Finding {
  const same = finding.causes.find(({ kind }) => kind === cause.kind);
  const rest = finding.causes.filter((one) => one !== same);
  const values = { ...cause.values, ...same?.values, host: cause.host ?? same?.values.host ?? '' };
  return { ...finding, causes: [{ ...cause, values }, ...rest] };
}

function causeOf(verdict: Verdict, topology: Topology): Cause | null {
  const { loss, repairWith, proveWith } = verdict;
  const [mend] = repairWith;
  const edit = mend?.edits[0];
  const edited = edit?.kind === 'line' ? (edit.line.split(':')[0] ?? null) : null;
  const kind = kindOf(verdict, topology, mend?.kind ?? null, edited);
  if (kind === null) return null;
  const host = hostOf(verdict, topology, kind, edited);
  const dev = loss !== null && loss.host === host ? loss.dev : null;
  const values = valuesOf(verdict, topology, host);
  return { kind, host, dev, values, check: proveWith, repair: repairWith, from: 'model' };
}

/** Where the fault is: the host to be mended, the sender whose TTL it is, the node whose neighbour is out of reach. */
function hostOf(verdict: Verdict, topology: Topology, kind: CauseKind, edited: string | null): string | null {
  if (kind === 'ttl-too-small') return verdict.host;
  if (kind === 'no-way-back') return verdict.loss?.host ?? null;
  const isNode = ({ host }: { readonly host: string }): boolean => hostNamed(topology, host)?.role === 'node';
  if (kind === 'nodes-not-adjacent') return verdict.request?.hops.find(isNode)?.host ?? edited;
  return edited ?? verdict.loss?.host ?? verdict.host;
}

function kindOf(
  verdict: Verdict,
  topology: Topology,
  mend: RepairKind | null,
  edited: string | null,
): CauseKind | null {
  const { loss, ways, outcome } = verdict;
  const reason = loss?.reason ?? null;
  const dst = loss?.header?.dst ?? verdict.target;
  switch (mend) {
    case 'add-route':
      if (ways.loops.length > 0) return 'routing-loop';
      if (outcome === 'reply-lost' && isOutside(topology, verdict)) return 'no-way-back';
      return dst === null || edited === null ? 'route-missing' : routeKind(topology, edited, dst);
    case 'routes-on-router':
      return outcome === 'reply-lost' && isOutside(topology, verdict) ? 'no-way-back' : 'nodes-not-adjacent';
    case 'link-up':
      return reason?.kind === 'neighbour-failed' && reason.nextHop === dst ? 'destination-down' : 'next-hop-down';
    case 'on-bridge':
      return 'veth-off-bridge';
    case 'forwarding-on':
      return 'forwarding-off';
    case 'rp-filter-loose':
      return 'rp-filter';
    case 'accept-in-chain':
    case 'policy-accept':
      if (reason?.kind === 'rule' && reason.rejected) return 'forward-reject';
      return loss?.bridged === true ? 'bridge-netfilter' : 'forward-drop';
    case 'raise-mtu':
    case 'smaller-ping':
      return reason?.kind === 'receiver-mtu' ? 'receiver-mtu' : 'mtu-smaller';
    case 'larger-ttl':
      return ways.loops.length > 0 ? 'routing-loop' : 'ttl-too-small';
    case 'existing-pod':
      return 'destination-absent';
    case 'guard-off':
      return 'source-guard';
    case 'no-snat':
      return 'masquerade';
    case 'open-port':
      return 'port-closed';
    case null:
      return loss === null ? null : unmended(topology, loss, verdict);
  }
}

/** The network behind the destination is none of the cluster's: no route of the cluster's is missing. */
const isOutside = ({ network }: Topology, { target }: Verdict): boolean =>
  network !== null && target !== null && !contains(network, target);

function routeKind(topology: Topology, host: string, dst: Parameters<typeof lookup>[1]): CauseKind {
  const at = hostNamed(topology, host);
  const actual = at === null ? null : lookup(at.routes, dst);
  if (at?.role === 'pod') return actual?.type === 'unicast' ? 'taken-for-neighbour' : 'no-local-route';
  switch (actual?.type) {
    case 'blackhole':
      return 'route-blackhole';
    case 'prohibit':
      return 'route-prohibit';
    case 'unreachable':
      return 'route-unreachable';
    default:
      return actual === null || actual === undefined || actual.dst.len < POD_PREFIX_LEN / 2
        ? 'route-missing'
        : 'wrong-next-hop';
  }
}

function unmended(topology: Topology, { reason, host }: Loss, verdict: Verdict): CauseKind | null {
  if (reason.kind === 'neighbour-failed')
    return ownerOf(topology, reason.nextHop) === null ? 'wrong-next-hop' : 'next-hop-down';
  const isNoRoute = reason.kind === 'no-route' || reason.kind === 'blackhole-route';
  if (isNoRoute && verdict.outcome === 'reply-lost') return 'no-way-back';
  return isNoRoute && hostNamed(topology, host)?.role === 'router' ? 'gateway-no-route' : null;
}

/** Everything a sentence about some cause may name; what does not apply stays empty. */
function valuesOf(verdict: Verdict, topology: Topology, host: string | null): Values {
  const { loss, target, rewrites } = verdict;
  const dst = loss?.header?.dst ?? target ?? 0;
  const src = loss?.header?.src ?? 0;
  const reason = loss?.reason;
  const route = loss?.route ?? null;
  return {
    host: host ?? '',
    net: netText(dst),
    src: ipText(src),
    dst: ipText(dst),
    via: '',
    took: route?.via == null ? '' : ipText(route.via),
    next: reason?.kind === 'neighbour-failed' ? ipText(reason.nextHop) : '',
    mtu: reason?.kind === 'too-big' || reason?.kind === 'receiver-mtu' ? reason.mtuBytes : '',
    bytes: loss?.header?.totalLength ?? '',
    ttl: loss?.header?.ttl ?? '',
    routers: topology.hosts.filter(({ role }) => role === 'node').length,
    hosts: verdict.ways.loops.join(', '),
    bridge: 'cni0',
    protocol: reason?.kind === 'no-listener' ? reason.protocol : '',
    port: reason?.kind === 'no-listener' ? reason.port : '',
    before: rewrites[0] === undefined ? '' : ipText(rewrites[0].before),
    after: rewrites[0] === undefined ? '' : ipText(rewrites[0].after),
    inside: 'yes',
    from: verdict.host,
    to: loss?.host ?? '',
    node: host ?? '',
  };
}
