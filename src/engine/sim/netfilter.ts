/**
 * netfilter's hooks: which rules a packet meets at each place, and what they do to it.
 * Order of tables at a hook: nat before filter where packets come in (DNAT), filter before nat where they leave (SNAT).
 * Source: iptables(8); Linux include/uapi/linux/netfilter_ipv4.h (priorities), net/netfilter/nf_nat_core.c.
 */
import type { Ipv4 } from '../addr/ipv4';
import type { Chain, Rule, Ruleset, TableName, Target } from '../net/netfilter';
import { hasTransport, inPrefix, isUnmarked, onDevice } from '../net/rule-match';
import { error } from '../wire/icmp';
import { addressTowards } from './addresses';
import { type Connection, findConnection, inverse, type Tuple, translated, tupleOf, withAddresses } from './conntrack';
import type { Hook } from './drop';
import type { RuleSeen } from './event';
import { isIcmpError, relatedTo, translateError } from './related';
import type { Run } from './run';
import type { Packet } from './world';

export interface Through {
  readonly inDev: string | null;
  readonly outDev: string | null;
  readonly bridged?: boolean; // a frame that the bridge forwards by itself (br_netfilter)
}

const FILTERS: readonly Hook[] = ['INPUT', 'FORWARD', 'OUTPUT'];
const NATS: readonly Hook[] = ['PREROUTING', 'OUTPUT', 'POSTROUTING'];

/** The packet as it leaves the hook, or null if it was dropped (noted, and answered where the rule says so). */
export function runHook(run: Run, host: string, hook: Hook, packet: Packet, through: Through): Packet | null {
  const { netfilter } = run.host(host).host;
  if (isEmpty(netfilter)) {
    if (hook === 'FORWARD')
      noteHook(run, host, hook, packet, through, [policySeen('filter', hook, 'accept')], 'accept');
    return packet;
  }
  const entering =
    NATS.includes(hook) && hook !== 'POSTROUTING' ? translateHook(run, host, hook, packet, through) : packet;
  const filtered = FILTERS.includes(hook) ? filterHook(run, host, hook, entering, through) : entering;
  if (filtered === null) return null;
  return hook === 'POSTROUTING' || hook === 'INPUT' ? translateHook(run, host, hook, filtered, through) : filtered;
}

const isEmpty = (rules: Ruleset): boolean =>
  [...rules.filter.values(), ...rules.nat.values()].every(
    (chain) => chain.rules.length === 0 && chain.policy !== 'drop',
  );

/** Linux tracks connections only where a rule asks for it, by a state or a translation; then fragments are put together first. */
export function tracksConnections({ filter, nat }: Ruleset): boolean {
  const asks = ({ ctState, target }: Rule): boolean => ctState !== null || TRANSLATIONS.has(target.kind);
  return [...filter.values(), ...nat.values()].some(({ rules }) => rules.some(asks));
}

const TRANSLATIONS: ReadonlySet<Target['kind']> = new Set(['masquerade', 'snat', 'dnat']);

function noteHook(
  run: Run,
  host: string,
  hook: Hook,
  packet: Packet,
  through: Through,
  seen: readonly RuleSeen[],
  verdict: 'accept' | 'drop' | 'reject',
): void {
  run.note({ kind: 'hook-passed', host, packet: packet.id, hook, bridge: through.bridged === true, seen, verdict });
}

const policySeen = (table: TableName, chain: string, policy: 'accept' | 'drop'): RuleSeen => ({
  table,
  chain,
  text: `:${chain} ${policy.toUpperCase()}`,
  matched: true,
});

function filterHook(run: Run, host: string, hook: Hook, packet: Packet, through: Through): Packet | null {
  const { netfilter } = run.host(host).host;
  const chain = netfilter.filter.get(hook);
  const seen: RuleSeen[] = [];
  const state = connectionState(run, host, packet);
  const target = walk(netfilter.filter, 'filter', hook, packet, through, state, seen);
  const policy = chain?.policy ?? 'accept';
  if (target === null) seen.push(policySeen('filter', hook, policy));
  const verdict = target === null ? policy : verdictBy(target);
  noteHook(run, host, hook, packet, through, seen, verdict);
  if (verdict === 'accept') return packet;
  const rule = seen.findLast((one) => one.matched)?.text ?? '';
  const reason =
    target === null
      ? ({ kind: 'policy', hook } as const)
      : ({ kind: 'rule', hook, rule, rejected: verdict === 'reject' } as const);
  run.note({
    kind: 'dropped',
    host,
    packet: packet.id,
    dev: through.outDev ?? through.inDev,
    reason,
    header: packet.header,
  });
  if (target?.kind === 'reject') run.layers.rejectWith(run, host, packet, error(target.type, target.code));
  if (target?.kind === 'reset') run.layers.resetWith(run, host, packet);
  return null;
}

function verdictBy({ kind }: Final): 'accept' | 'drop' | 'reject' {
  if (kind === 'reject' || kind === 'reset') return 'reject';
  return kind === 'drop' ? 'drop' : 'accept';
}

type Final = Exclude<Target, { kind: 'return' | 'jump' | 'count' }>;

/** Walks a chain and those it jumps to; null when it ends, or returns, without a verdict. */
function walk(
  chains: ReadonlyMap<string, Chain>,
  table: TableName,
  name: string,
  packet: Packet,
  through: Through,
  state: State,
  seen: RuleSeen[],
  depth = 0,
): Final | null {
  const chain = chains.get(name);
  if (chain === undefined || depth > 16) return null;
  for (const rule of chain.rules) {
    const matched = matches(rule, packet, through, state);
    seen.push({ table, chain: name, text: rule.text, matched });
    if (!matched || rule.target.kind === 'count') continue;
    if (rule.target.kind === 'return') return null;
    if (rule.target.kind !== 'jump') return rule.target;
    const inner = walk(chains, table, rule.target.chain, packet, through, state, seen, depth + 1);
    if (inner !== null) return inner;
  }
  return null;
}

function matches(rule: Rule, packet: Packet, through: Through, state: State): boolean {
  const { header, payload } = packet;
  return (
    inPrefix(rule.src, header.src) &&
    inPrefix(rule.dst, header.dst) &&
    onDevice(rule.inDev, through.inDev) &&
    onDevice(rule.outDev, through.outDev) &&
    (rule.protocol === null || rule.protocol === header.protocol) &&
    rule.transport.every((match) => hasTransport(match, header, payload)) &&
    (rule.ctState === null || rule.ctState.some((wanted) => wanted === state)) &&
    isUnmarked(rule)
  );
}

type State = 'new' | 'established' | 'related' | 'invalid';

function connectionState(run: Run, host: string, packet: Packet): State {
  if (isIcmpError(packet)) return relatedTo(run.host(host).connections, packet) === null ? 'invalid' : 'related';
  const tuple = tupleOf(packet.header, packet.payload);
  const found = tuple === null ? null : findConnection(run.host(host).connections, tuple);
  return found !== null && (found.direction === 'reply' || found.connection.answered) ? 'established' : 'new';
}

/** Address translation: rules decide for a connection's first packet, the connection for all others. */
function translateHook(run: Run, host: string, hook: Hook, packet: Packet, through: Through): Packet {
  const { netfilter } = run.host(host).host;
  const arriving = hook === 'PREROUTING' || hook === 'OUTPUT';
  const related = relatedTo(run.host(host).connections, packet);
  if (related !== null) {
    const changed = translateError(packet, related, arriving);
    return changed === packet ? packet : noted(run, host, packet, changed, arriving, related.direction === 'reply');
  }
  const tuple = tupleOf(packet.header, packet.payload);
  if (tuple === null) return packet;
  const found = findTracked(run, host, tuple, arriving);
  if (found === null) {
    if (arriving) track(run, host, { original: tuple, reply: inverse(tuple), answered: false });
    else return packet;
  } else if (found.direction === 'reply' && !found.connection.answered) {
    replace(run, host, found.index, { ...found.connection, answered: true });
  }
  const chain = netfilter.nat.get(hook);
  if (chain !== undefined && (found === null || (found.direction === 'original' && !found.connection.answered))) {
    decideTranslation(run, host, hook, packet, through);
  }
  return apply(run, host, packet, arriving);
}

/**
 * At PREROUTING and OUTPUT a packet still carries the tuple it came with; later its destination may already be changed,
 * so it is found by what remains.
 */
function findTracked(run: Run, host: string, tuple: Tuple, arriving: boolean) {
  const { connections } = run.host(host);
  const found = findConnection(connections, tuple);
  if (found !== null || arriving) return found;
  for (const [index, connection] of connections.entries()) {
    for (const direction of ['original', 'reply'] as const) {
      const before = connection[direction];
      const after = translated(connection, direction);
      if (sameEnds(tuple, { ...before, dst: after.dst, dstPort: after.dstPort }))
        return { index, connection, direction };
    }
  }
  return null;
}

const sameEnds = (a: Tuple, b: Tuple): boolean =>
  a.protocol === b.protocol && a.src === b.src && a.srcPort === b.srcPort && a.dst === b.dst;

function track(run: Run, host: string, connection: Connection): void {
  run.update(host, { connections: [...run.host(host).connections, connection] });
}

function replace(run: Run, host: string, index: number, connection: Connection): void {
  run.update(host, { connections: run.host(host).connections.map((old, i) => (i === index ? connection : old)) });
}

/** The nat rules of this hook for the first packet of a connection; writes what they decide into the connection. */
function decideTranslation(run: Run, host: string, hook: Hook, packet: Packet, through: Through): void {
  const { netfilter } = run.host(host).host;
  const tuple = tupleOf(packet.header, packet.payload);
  const found = tuple === null ? null : findTracked(run, host, tuple, hook !== 'POSTROUTING');
  if (found === null || found.direction !== 'original') return;
  const seen: RuleSeen[] = [];
  const target = walk(netfilter.nat, 'nat', hook, packet, through, 'new', seen);
  if (seen.length > 0) noteHook(run, host, hook, packet, through, seen, 'accept');
  const { connection, index } = found;
  if (target?.kind === 'dnat') {
    const reply = { ...connection.reply, src: target.to, srcPort: target.port ?? connection.reply.srcPort };
    replace(run, host, index, { ...connection, reply });
  } else if (target?.kind === 'masquerade' || target?.kind === 'snat') {
    const to = target.kind === 'snat' ? target.to : ownAddress(run, host, through.outDev, packet.header.dst);
    if (to !== null) replace(run, host, index, { ...connection, reply: { ...connection.reply, dst: to } });
  }
}

/** MASQUERADE takes the first address of the device the packet leaves by. */
function ownAddress(run: Run, host: string, dev: string | null, towards: Ipv4): Ipv4 | null {
  const device = dev === null ? null : run.device(host, dev);
  return device === null ? null : addressTowards(run.host(host).host, device, towards);
}

/** Destination is changed where packets come in, source where they leave. */
function apply(run: Run, host: string, packet: Packet, arriving: boolean): Packet {
  const tuple = tupleOf(packet.header, packet.payload);
  const found = tuple === null ? null : findTracked(run, host, tuple, arriving);
  if (tuple === null || found === null) return packet;
  const after = translated(found.connection, found.direction);
  const reply = found.direction === 'reply';
  if (arriving && (after.dst !== tuple.dst || after.dstPort !== tuple.dstPort)) {
    return noted(run, host, packet, withAddresses(packet, { dst: after.dst, dstPort: after.dstPort }), true, reply);
  }
  if (!arriving && (after.src !== tuple.src || after.srcPort !== tuple.srcPort)) {
    return noted(run, host, packet, withAddresses(packet, { src: after.src, srcPort: after.srcPort }), false, reply);
  }
  return packet;
}

function noted(run: Run, host: string, before: Packet, after: Packet, arriving: boolean, reply: boolean): Packet {
  run.note({
    kind: 'translated',
    host,
    packet: before.id,
    field: arriving ? 'dst' : 'src',
    before: before.header,
    after: after.header,
    reply,
  });
  return after;
}
