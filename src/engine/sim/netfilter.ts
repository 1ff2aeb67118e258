/**
 * netfilter's hooks: which rules a packet meets at each place, and what they do to it.
 * Order of tables at a hook: raw, mangle, nat where packets come in (DNAT), filter, nat where they leave (SNAT).
 * Source: iptables(8); Linux include/uapi/linux/netfilter_ipv4.h (priorities).
 */
import type { Final } from '../net/chain';
import { chainsOf, isIdle, type Rule, type Ruleset, type TableName, type Target } from '../net/netfilter';
import type { ConnectionState } from '../net/rule-match';
import { error } from '../wire/icmp';
import { noteHook, type Through, walk } from './chain-walk';
import { findConnection, tupleOf } from './conntrack';
import type { Hook } from './drop';
import type { RuleSeen } from './event';
import { isIcmpError, relatedTo } from './related';
import type { Run } from './run';
import { translateHook } from './translation';
import type { Packet } from './world';

/** Which tables decide at a hook whether a packet goes on: before and after its destination may be rewritten. */
const BEFORE: Readonly<Record<Hook, readonly TableName[]>> = {
  PREROUTING: ['raw', 'mangle'],
  INPUT: [],
  FORWARD: [],
  OUTPUT: ['raw', 'mangle'],
  POSTROUTING: [],
};
const AFTER: Readonly<Record<Hook, readonly TableName[]>> = {
  PREROUTING: [],
  INPUT: ['mangle', 'filter'],
  FORWARD: ['mangle', 'filter'],
  OUTPUT: ['filter'],
  POSTROUTING: ['mangle'],
};

/** The packet as it leaves the hook, or null if it was dropped (noted, and answered where the rule says so). */
export function runHook(run: Run, host: string, hook: Hook, packet: Packet, through: Through): Packet | null {
  const { netfilter } = run.host(host).host;
  if (chainsOf(netfilter).every(isIdle)) {
    if (hook === 'FORWARD')
      noteHook(run, host, hook, packet, through, [policySeen('filter', hook, 'accept')], 'accept');
    return packet;
  }
  if (!passes(run, host, hook, BEFORE[hook], packet, through)) return null;
  const arriving = hook === 'PREROUTING' || hook === 'OUTPUT';
  const entering = arriving ? translateHook(run, host, hook, packet, through) : packet;
  if (!passes(run, host, hook, AFTER[hook], entering, through)) return null;
  return hook === 'POSTROUTING' || hook === 'INPUT' ? translateHook(run, host, hook, entering, through) : entering;
}

const passes = (
  run: Run,
  host: string,
  hook: Hook,
  tables: readonly TableName[],
  packet: Packet,
  through: Through,
): boolean => tables.every((table) => passesTable(run, host, { hook, table }, packet, through));

/** Linux tracks connections only where a rule asks for it, by a state or a translation; then fragments are put together first. */
export function tracksConnections(rules: Ruleset): boolean {
  const asks = ({ ctState, target }: Rule): boolean => ctState !== null || TRANSLATIONS.has(target.kind);
  return chainsOf(rules).some(({ rules }) => rules.some(asks));
}

const TRANSLATIONS: ReadonlySet<Target['kind']> = new Set(['masquerade', 'snat', 'dnat']);

const policySeen = (table: TableName, chain: string, policy: 'accept' | 'drop'): RuleSeen => ({
  table,
  chain,
  text: `:${chain} ${policy.toUpperCase()}`,
  matched: true,
});

interface Place {
  readonly hook: Hook;
  readonly table: TableName;
}

/** False: the packet was dropped, which is noted, and answered where the rule says so. */
function passesTable(run: Run, host: string, { hook, table }: Place, packet: Packet, through: Through): boolean {
  const { netfilter } = run.host(host).host;
  const chain = netfilter[table].get(hook);
  if (table !== 'filter' && (chain === undefined || isIdle(chain))) return true;
  const seen: RuleSeen[] = [];
  // What raw sees has not been tracked yet.
  const state = table === 'raw' ? 'invalid' : connectionState(run, host, packet);
  const target = walk(netfilter[table], table, hook, packet, through, state, seen);
  const policy = chain?.policy ?? 'accept';
  if (target === null) seen.push(policySeen(table, hook, policy));
  const verdict = target === null ? policy : verdictBy(target);
  noteHook(run, host, hook, packet, through, seen, verdict);
  if (verdict === 'accept') return true;
  const rule = seen.findLast((one) => one.matched)?.text ?? '';
  const reason =
    target === null
      ? ({ kind: 'policy', table, hook } as const)
      : ({ kind: 'rule', table, hook, rule, rejected: verdict === 'reject' } as const);
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
  return false;
}

function verdictBy({ kind }: Final): 'accept' | 'drop' | 'reject' {
  if (kind === 'reject' || kind === 'reset') return 'reject';
  return kind === 'drop' ? 'drop' : 'accept';
}

function connectionState(run: Run, host: string, packet: Packet): ConnectionState {
  if (isIcmpError(packet)) return relatedTo(run.host(host).connections, packet) === null ? 'invalid' : 'related';
  const tuple = tupleOf(packet.header, packet.payload);
  const found = tuple === null ? null : findConnection(run.host(host).connections, tuple);
  return found !== null && (found.direction === 'reply' || found.connection.answered) ? 'established' : 'new';
}
