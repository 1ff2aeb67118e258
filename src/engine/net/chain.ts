/** A chain of rules, walked as the kernel walks it. Source: Linux net/ipv4/netfilter/ip_tables.c, ipt_do_table. */
import type { Chain, Rule, Target } from './netfilter';

/** A target that ends the walk. */
export type Final = Exclude<Target, { readonly kind: 'return' | 'jump' | 'count' }>;

const DEPTH_MAX = 16; // as deep as a chain may call others

/** The rule that decides, in the chain or in those it jumps to; null where it ends, or returns, without a verdict. */
export function decidingRule(
  chains: ReadonlyMap<string, Chain>,
  name: string,
  matches: (rule: Rule, chain: string) => boolean,
  depth = 0,
): { readonly rule: Rule; readonly target: Final } | null {
  const chain = chains.get(name);
  if (chain === undefined || depth > DEPTH_MAX) return null;
  for (const rule of chain.rules) {
    const { target } = rule;
    if (!matches(rule, name) || target.kind === 'count') continue;
    if (target.kind === 'return') return null;
    if (target.kind !== 'jump') return { rule, target };
    const inner = decidingRule(chains, target.chain, matches, depth + 1);
    if (inner !== null) return inner;
  }
  return null;
}
