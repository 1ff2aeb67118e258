/** A packet on its way through one chain of rules, and those it jumps to. Linux net/ipv4/netfilter/ip_tables.c, ipt_do_table. */
import type { Chain, Rule, TableName, Target } from '../net/netfilter';
import { hasTransport, inPrefix, isUnmarked, onDevice } from '../net/rule-match';
import type { Hook } from './drop';
import type { RuleSeen } from './event';
import type { Run } from './run';
import type { Packet } from './world';

export interface Through {
  readonly inDev: string | null;
  readonly outDev: string | null;
  readonly bridged?: boolean; // a frame that the bridge forwards by itself (br_netfilter)
}

/** Of its connection, as far as it is tracked. */
export type State = 'new' | 'established' | 'related' | 'invalid';

export type Final = Exclude<Target, { kind: 'return' | 'jump' | 'count' }>;

/** Walks a chain and those it jumps to; null when it ends, or returns, without a verdict. */
export function walk(
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

export function noteHook(
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
