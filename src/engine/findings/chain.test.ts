/** A chain walked as iptables(8) says: first match decides, RETURN goes back, the policy is last. */
import { describe, expect, test } from 'vitest';
import { ipv4 } from '../addr/ipv4';
import { edited, typed } from '../testing/article-run';
import { hostNamed } from '../topology/topology';
import { decide } from './chain';

const PING = { src: ipv4('10.244.1.4'), dst: ipv4('10.244.2.2'), inDev: 'cni0', outDev: 'ens33', protocol: 1 };

/** What the rules make of a pod's ping in FORWARD. */
function verdict(...rules: readonly string[]): string {
  const host = hostNamed(edited(typed(`node1: ${rules.map((rule) => `iptables ${rule}`).join('; ')}`)), 'node1');
  if (host === null) throw new Error('no node1');
  const found = decide(host.netfilter.filter, 'FORWARD', PING);
  return found.by === 'policy' ? `policy ${found.policy}` : found.target.kind;
}

describe('a pod’s ping', () => {
  test.each<[string, readonly string[], string]>([
    ['meets the policy where no rule matches', ['-P FORWARD DROP'], 'policy drop'],
    ['is decided by the first rule that matches', ['-A FORWARD -j ACCEPT', '-A FORWARD -j DROP'], 'accept'],
    ['is decided in a chain that is jumped to', ['-N X', '-A X -j DROP', '-A FORWARD -j X'], 'drop'],
    ['comes back from it by RETURN', ['-N X', '-A X -j RETURN', '-A X -j DROP', '-A FORWARD -j X'], 'policy accept'],
    ['is no port’s', ['-A FORWARD -p tcp --dport 80 -j DROP', '-A FORWARD -p udp -j DROP'], 'policy accept'],
    ['is no established connection’s', ['-A FORWARD -m conntrack --ctstate ESTABLISHED -j DROP'], 'policy accept'],
    ['comes in by the bridge', ['-A FORWARD -i cni+ -j DROP'], 'drop'],
    ['does not come in by the card', ['-A FORWARD -i ens33 -j DROP'], 'policy accept'],
    ['is counted and passed on', ['-A FORWARD -s 10.244.0.0/16', '-A FORWARD -j REJECT'], 'reject'],
    ['is not meant by an inverted match', ['-A FORWARD ! -d 10.244.0.0/16 -j DROP'], 'policy accept'],
  ])('%s', (_, rules, expected) => expect(verdict(...rules)).toBe(expected));
});
