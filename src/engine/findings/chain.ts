/** What iptables would do with a new packet, walked as the kernel walks a chain; nothing is sent. */
import type { Ipv4 } from '../addr/ipv4';
import { decidingRule, type Final } from '../net/chain';
import type { Chain, Rule } from '../net/netfilter';
import { type Devices, matchesRule } from '../net/rule-match';

export interface Probe extends Devices {
  readonly src: Ipv4;
  readonly dst: Ipv4;
  readonly protocol: number;
}

export type Decision =
  | { readonly by: 'rule'; readonly rule: Rule; readonly target: Final }
  | { readonly by: 'policy'; readonly policy: 'accept' | 'drop' };

/** The first packet of a connection: a rule for established ones does not match it, nor one for a port a ping. */
export function decide(chains: ReadonlyMap<string, Chain>, name: string, probe: Probe): Decision {
  const asked = { header: { ...probe, fragmentOffset: 0 }, payload: ECHO_REQUEST };
  const found = decidingRule(chains, name, (rule) => matchesRule(rule, asked, probe, 'new'));
  if (found !== null) return { by: 'rule', ...found };
  return { by: 'policy', policy: chains.get(name)?.policy ?? 'accept' };
}

/** Type and code: what a rule may ask of a ping. */
const ECHO_REQUEST = Uint8Array.of(8, 0);
