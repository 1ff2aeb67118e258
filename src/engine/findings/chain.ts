/** What iptables would do with a new packet, walked as the kernel walks a chain; nothing is sent. */
import type { Ipv4 } from '../addr/ipv4';
import type { Chain, Rule, Target } from '../net/netfilter';
import { hasTransport, inPrefix, isUnmarked, onDevice } from '../net/rule-match';

export interface Probe {
  readonly src: Ipv4;
  readonly dst: Ipv4;
  readonly inDev: string | null;
  readonly outDev: string | null;
  readonly protocol: number;
}

export type Decision =
  | { readonly by: 'rule'; readonly rule: Rule; readonly target: Final }
  | { readonly by: 'policy'; readonly policy: 'accept' | 'drop' };

type Final = Exclude<Target, { readonly kind: 'return' | 'jump' | 'count' }>;

const DEPTH_MAX = 16; // as deep as a chain may call others

export function decide(chains: ReadonlyMap<string, Chain>, name: string, probe: Probe): Decision {
  const found = walk(chains, name, probe, 0);
  return found ?? { by: 'policy', policy: chains.get(name)?.policy ?? 'accept' };
}

function walk(chains: ReadonlyMap<string, Chain>, name: string, probe: Probe, depth: number): Decision | null {
  const chain = chains.get(name);
  if (chain === undefined || depth > DEPTH_MAX) return null;
  for (const rule of chain.rules) {
    if (!matches(rule, probe)) continue;
    const { target } = rule;
    if (target.kind === 'count') continue;
    if (target.kind === 'return') return null;
    if (target.kind !== 'jump') return { by: 'rule', rule, target };
    const inner = walk(chains, target.chain, probe, depth + 1);
    if (inner !== null) return inner;
  }
  return null;
}

/** The first packet of a connection: a rule for established ones does not match it, nor one for a port a ping. */
function matches(rule: Rule, { src, dst, inDev, outDev, protocol }: Probe): boolean {
  return (
    inPrefix(rule.src, src) &&
    inPrefix(rule.dst, dst) &&
    onDevice(rule.inDev, inDev) &&
    onDevice(rule.outDev, outDev) &&
    (rule.protocol === null || rule.protocol === protocol) &&
    rule.transport.every((match) => hasTransport(match, { protocol, fragmentOffset: 0 }, ECHO_REQUEST)) &&
    (rule.ctState === null || rule.ctState.includes('new')) &&
    isUnmarked(rule)
  );
}

/** Type and code: what a rule may ask of a ping. */
const ECHO_REQUEST = Uint8Array.of(8, 0);
