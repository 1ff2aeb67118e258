/** A packet on its way through one chain of rules, and those it jumps to; every rule it meets is noted. */
import { decidingRule, type Final } from '../net/chain';
import type { Chain, TableName } from '../net/netfilter';
import { type ConnectionState, type Devices, matchesRule } from '../net/rule-match';
import type { Hook } from './drop';
import type { RuleSeen } from './event';
import type { Run } from './run';
import type { Packet } from './world';

export interface Through extends Devices {
  readonly bridged?: boolean; // a frame that the bridge forwards by itself (br_netfilter)
}

/** What the chain decides, or null; the rules go into `seen`. */
export function walk(
  chains: ReadonlyMap<string, Chain>,
  table: TableName,
  name: string,
  packet: Packet,
  through: Through,
  state: ConnectionState,
  seen: RuleSeen[],
): Final | null {
  const found = decidingRule(chains, name, (rule, chain) => {
    const matched = matchesRule(rule, packet, through, state);
    seen.push({ table, chain, text: rule.text, matched });
    return matched;
  });
  return found?.target ?? null;
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
