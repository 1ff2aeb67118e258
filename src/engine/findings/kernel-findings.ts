/** What a node's kernel does with pods' packets that have a right route: forwarding, FORWARD, rp_filter, NAT. */
import { type Ipv4, ipv4FromNumber } from '../addr/ipv4';
import { contains, formatPrefix, type Prefix } from '../addr/prefix';
import type { Lease } from '../flannel/lease';
import { lookup } from '../net/fib';
import { forwardingOn } from '../sim/ip-input';
import { type Proof, proof } from '../verdict/proof';
import { lineAt } from '../verdict/repair';
import { setRoute } from '../verdict/repair-route';
import { decide, type Probe } from './chain';
import { type Cluster, type NodeView, someoneOn } from './cluster';
import { byEdits, type Draft, draft } from './draft';
import { auditOf } from './route-audit';
import { pingAway, pingBetween } from './trials';

export const kernelFindings = (cluster: Cluster, node: NodeView): readonly Draft[] => [
  ...forwarding(cluster, node),
  ...forwardChain(cluster, node),
  ...rpFilter(cluster, node),
  ...rewritten(cluster, node),
];

/** The check is made on the device a packet comes in by. */
function forwarding(cluster: Cluster, node: NodeView): readonly Draft[] {
  const { host, card, bridge } = node;
  const trial = pingAway(cluster, node);
  const found = (dev: string | null): Draft => {
    const key = dev === null ? 'net.ipv4.ip_forward' : `net.ipv4.conf.${dev}.forwarding`;
    return draft(
      host.name,
      { kind: 'forwarding-off', dev },
      {
        check: [proof(host.name, 'sysctl', `sysctl ${key}`, `${key} = 0`)],
        repair: [byEdits('forwarding-on', lineAt(host, `sysctl -w ${key}=1`))],
        trial,
      },
    );
  };
  if (!host.sysctls.ipForward) return [found(null)];
  return [bridge, card].flatMap((device) =>
    device === null || forwardingOn(host, device.name) ? [] : [found(device.name)],
  );
}

const ICMP = 1;

/** A pod's packet out, and another's in: as each would be first seen by the chain. */
function probes(cluster: Cluster, node: NodeView): readonly Probe[] {
  const other = someLease(cluster, node);
  const [own, theirs] = [podAddress(node), other === null ? null : addressIn(other.subnet)];
  const [inside, outside] = [node.bridge?.name ?? null, node.card?.name ?? null];
  if (own === null || theirs === null) return [];
  return [
    { src: own, dst: theirs, inDev: inside, outDev: outside, protocol: ICMP },
    { src: theirs, dst: own, inDev: outside, outDev: inside, protocol: ICMP },
  ];
}

const someLease = ({ leases }: Cluster, { spec }: NodeView): Lease | null =>
  leases.find(({ node }) => node !== spec.name) ?? null;
const addressIn = ({ base }: Prefix): Ipv4 => ipv4FromNumber(base + 2);
const podAddress = (node: NodeView): Ipv4 | null =>
  someoneOn(node)?.ip ?? (node.spec.podCidr === null ? null : addressIn(node.spec.podCidr));

function forwardChain(cluster: Cluster, node: NodeView): readonly Draft[] {
  const { host } = node;
  for (const probe of probes(cluster, node)) {
    const decision = decide(host.netfilter.filter, 'FORWARD', probe);
    const check: readonly Proof[] = [proof(host.name, 'chain', 'iptables -nvL FORWARD')];
    const trial = pingAway(cluster, node);
    const net = cluster.network === null ? null : formatPrefix(cluster.network);
    const accept =
      net === null
        ? null
        : byEdits(
            'accept-in-chain',
            ...[`-s ${net}`, `-d ${net}`].map((match) => lineAt(host, `iptables -I FORWARD ${match} -j ACCEPT`)),
          );
    if (decision.by === 'policy') {
      if (decision.policy === 'accept') continue;
      const policy = byEdits('policy-accept', lineAt(host, 'iptables -P FORWARD ACCEPT'));
      return [draft(host.name, { kind: 'forward-drop', rule: null }, { check, repair: [policy, accept], trial })];
    }
    const { rule, target } = decision;
    if (target.kind !== 'drop' && target.kind !== 'reject' && target.kind !== 'reset') continue;
    const evidence =
      target.kind === 'drop'
        ? ({ kind: 'forward-drop', rule: rule.text } as const)
        : ({ kind: 'forward-reject', rule: rule.text } as const);
    return [draft(host.name, evidence, { check, repair: [accept], trial })];
  }
  return [];
}

/** Strict: the best route back must leave by the device the packet came in by. `all` and the device's: the larger counts. */
function rpFilter(cluster: Cluster, node: NodeView): readonly Draft[] {
  const { host, card } = node;
  const mode =
    card === null ? 0 : Math.max(host.sysctls.rpFilterAll, host.sysctls.perDevice.get(card.name)?.rpFilter ?? 0);
  if (card === null || mode !== 1 || !node.routesKnown) return [];
  for (const { lease, expected } of auditOf(cluster, node).rows) {
    const peer = lease === null ? null : (cluster.nodeOfLease.get(lease.node) ?? null);
    if (lease === null || expected?.dev !== card.name) continue;
    const back = lookup(
      host.routes,
      peer === null ? addressIn(lease.subnet) : (podAddress(peer) ?? addressIn(lease.subnet)),
    );
    if (back === null || back.dev === card.name) continue;
    const keys = ['all', card.name].map((name) => `net.ipv4.conf.${name}.rp_filter`);
    const decisive = keys[host.sysctls.rpFilterAll === 1 ? 0 : 1];
    return [
      draft(
        host.name,
        { kind: 'rp-filter-strict', dev: card.name, peer: lease.node, back },
        {
          check: [proof(host.name, 'sysctl', `sysctl ${keys.join(' ')}`, `${decisive} = 1`)],
          repair: [
            byEdits('rp-filter-loose', lineAt(host, `sysctl -w net.ipv4.conf.${card.name}.rp_filter=2`)),
            byEdits('add-route', setRoute(host, expected)),
          ],
          trial: peer === null ? null : pingBetween(peer, node),
        },
      ),
    ];
  }
  return [];
}

/** From pod to pod no address changes in host-gw; a rule that masquerades there hides who asks. */
function rewritten(cluster: Cluster, node: NodeView): readonly Draft[] {
  const [out] = probes(cluster, node);
  const { host } = node;
  if (out === undefined) return [];
  const decision = decide(host.netfilter.nat, 'POSTROUTING', out);
  if (decision.by === 'policy' || (decision.target.kind !== 'masquerade' && decision.target.kind !== 'snat')) return [];
  // A pod with an address outside its node's subnet is what flannel's own rules were not made for: a finding of its own.
  const { podCidr } = node.spec;
  if (podCidr !== null && !contains(podCidr, out.src)) return [];
  const net = cluster.network ?? podCidr;
  return [
    draft(
      host.name,
      { kind: 'pod-traffic-rewritten', rule: decision.rule.text },
      {
        check: [proof(host.name, 'chain', 'iptables -t nat -nvL POSTROUTING')],
        repair: [
          net === null
            ? null
            : byEdits(
                'no-snat',
                lineAt(
                  host,
                  `iptables -t nat -I POSTROUTING -s ${formatPrefix(net)} -d ${formatPrefix(net)} -j RETURN`,
                ),
              ),
        ],
        trial: pingAway(cluster, node),
      },
    ),
  ];
}
