/**
 * flannel's iptables rules as far as they decide anything here. Order and words: flannel
 * pkg/trafficmngr/iptables/iptables.go @cdf76059 (MasqRules, ForwardRules).
 */
import { formatPrefix, type Prefix } from '../addr/prefix';
import { splitWords } from '../net/words';
import { readChange } from '../topology/change-text';
import { configure } from '../topology/configure';
import type { Host } from '../topology/topology';

const masquerade = (network: string, podCidr: string): readonly string[] => [
  '-m mark --mark 0x4000/0x4000 -j RETURN',
  `-s ${podCidr} -d ${network} -j RETURN`,
  `-s ${network} -d ${podCidr} -j RETURN`,
  `! -s ${network} -d ${podCidr} -j RETURN`,
  `-s ${network} ! -d 224.0.0.0/4 -j MASQUERADE --random-fully`,
  `! -s ${network} -d ${network} -j MASQUERADE --random-fully`,
];
const forward = (network: string): readonly string[] => [`-s ${network} -j ACCEPT`, `-d ${network} -j ACCEPT`];

const CHAINS = [
  { table: 'nat', own: 'FLANNEL-POSTRTG', from: 'POSTROUTING' },
  { table: 'filter', own: 'FLANNEL-FWD', from: 'FORWARD' },
] as const;

/** Both chains full and jumped to. */
export const hasRules = ({ netfilter }: Host): boolean =>
  CHAINS.every(({ table, own, from }) => {
    const jumps = netfilter[table].get(from)?.rules ?? [];
    const there = jumps.some(({ target }) => target.kind === 'jump' && target.chain === own);
    return there && (netfilter[table].get(own)?.rules.length ?? 0) >= (table === 'nat' ? 6 : 2);
  });

/** The host with the rules as flanneld sets them up: torn down first, since their order matters, and appended at the end. */
export function withRules(host: Host, network: Prefix, podCidr: Prefix): Host {
  const [net, own] = [formatPrefix(network), formatPrefix(podCidr)];
  const lines = CHAINS.flatMap(({ table, own: chain, from }) => [
    `-t ${table} -N ${chain}`,
    `-t ${table} -F ${chain}`,
    ...(table === 'nat' ? masquerade(net, own) : forward(net)).map((rule) => `-t ${table} -A ${chain} ${rule}`),
    ...(jumpsTo(host, table, from, chain) ? [] : [`-t ${table} -A ${from} -j ${chain}`]),
  ]);
  return lines.reduce((now, text) => {
    const changes = readChange(splitWords(`iptables ${text}`));
    return (changes?.ok === true ? changes.value : []).reduce((one, change) => {
      const result = configure(one, change);
      return result.ok ? result.value : one;
    }, now);
  }, host);
}

const jumpsTo = ({ netfilter }: Host, table: 'nat' | 'filter', from: string, chain: string): boolean =>
  netfilter[table].get(from)?.rules.some(({ target }) => target.kind === 'jump' && target.chain === chain) === true;
