/**
 * Repairs: edits that bring an exchange back, found from the reason of a loss and from what flannel would have written.
 * Each alternative alone is meant to do. None: nothing on these hosts can mend it.
 */
import { formatIpv4 } from '../addr/ipv4';
import { contains, formatPrefix } from '../addr/prefix';
import { unreachable } from '../base/result';
import { tableOption } from '../net/netfilter';
import type { DropReason } from '../sim/drop';
import { deviceNamed, type Host, hostNamed, type Topology } from '../topology/topology';
import type { Passage } from './exchange';
import type { Loss } from './loss';
import { lineAt, type Repair, repair } from './repair';
import { linkRepair } from './repair-link';
import { raiseMtu } from './repair-mtu';
import { existingPod, largerTtl, smallerPing } from './repair-question';
import { routeRepair } from './repair-route';
import type { Scene } from './verdict';

export function repairsOf(scene: Scene): readonly Repair[] {
  const topology = topologyNow(scene);
  const { loss, request, answer } = scene.verdict;
  if (loss === null) return [...unsent(scene, topology), ...oddities(scene, topology)];
  const passage = request?.fate.kind === 'lost' ? request : answer;
  return passage === null ? [] : repairsFor(scene, topology, loss, passage);
}

/** Refused before there was a packet: the sender has no route, or one that refuses. */
function unsent({ verdict: { outcome, host, target } }: Scene, topology: Topology): readonly Repair[] {
  return outcome === 'refused-locally' && target !== null
    ? one(routeRepair(topology, { hops: [{ host }], src: null, dst: target }))
    : [];
}

/** The cluster as the trace left it: commands may have changed it. */
function topologyNow({ trace, topology }: Scene): Topology {
  const world = trace.steps.at(-1)?.after;
  if (world === undefined || world.hosts.size === 0) return topology;
  const changed = new Map(
    [...world.hosts].flatMap(([name, { host }]) => (hostNamed(topology, name) === host ? [] : [[name, host] as const])),
  );
  return changed.size === 0
    ? topology
    : { ...topology, hosts: topology.hosts.map((host) => changed.get(host.name) ?? host) };
}

const one = (found: Repair | null): readonly Repair[] => (found === null ? [] : [found]);

function repairsFor(scene: Scene, topology: Topology, loss: Loss, passage: Passage): readonly Repair[] {
  const { reason } = loss;
  const host = hostNamed(topology, loss.host);
  switch (reason.kind) {
    case 'no-route':
    case 'blackhole-route':
    case 'prohibit-route':
    case 'unreachable-route':
    case 'not-for-this-host':
      return one(routeRepair(topology, { hops: passage.hops, src: loss.header?.src ?? null, dst: reason.dst }));
    case 'forwarding-off':
      return forwardingRepairs(topology, loss, passage, reason.dev);
    case 'source-not-reachable':
      return host === null
        ? []
        : [
            ...(reason.mode === 2
              ? []
              : [repair('rp-filter-loose', lineAt(host, `sysctl -w net.ipv4.conf.${reason.dev}.rp_filter=2`))]),
            ...one(routeRepair(topology, { hops: [{ host: host.name }], src: null, dst: reason.src })),
          ];
    case 'ttl-expired':
      return [
        ...(scene.verdict.ways.loops.length > 0 ? one(wayRepair(topology, loss, passage)) : []),
        ...largerTtl(scene),
      ];
    case 'too-big':
      return [...raiseMtu(topology, loss, passage, reason.packetBytes), ...smallerPing(scene, reason.mtuBytes)];
    case 'receiver-mtu':
      return raiseMtu(topology, loss, passage, reason.frameBytes - ETHERNET_BYTES);
    case 'rule':
    case 'policy':
      return host === null ? [] : chainRepairs(topology, host, loss, reason);
    case 'neighbour-failed': {
      const { dst } = loss.header ?? { dst: reason.nextHop };
      const around = host?.role !== 'pod' ? null : routeRepair(topology, { hops: [loss], src: null, dst });
      if (around !== null) return [around];
      const byLink = linkRepair(topology, {
        host: loss.host,
        dev: reason.dev,
        nextHop: reason.nextHop,
        src: loss.header?.src ?? null,
      });
      if (byLink !== null) return [byLink];
      return reason.nextHop === dst ? existingPod(scene, topology, loss) : one(wayRepair(topology, loss, passage));
    }
    case 'link-down':
    case 'no-port': {
      const dst = loss.header?.dst ?? null;
      if (reason.kind === 'no-port' && dst !== null)
        return one(
          linkRepair(topology, { host: loss.host, dev: loss.dev, nextHop: dst, src: loss.header?.src ?? null }),
        );
      const own = host === null || loss.dev === null ? null : deviceNamed(host, loss.dev);
      const ip = own?.addresses[0]?.ip ?? null;
      return one(
        ip === null
          ? null
          : linkRepair(topology, { host: loss.host, dev: loss.dev, nextHop: ip, src: loss.header?.src ?? null }),
      );
    }
    case 'source-guard':
      return [repair('guard-off', { kind: 'source-guard', segment: reason.segment, on: false })];
    case 'no-listener': {
      const listener =
        reason.protocol === 'udp'
          ? ({ protocol: 'udp', port: reason.port, echo: true } as const)
          : ({ protocol: 'tcp', port: reason.port, replyBytes: 3200 } as const);
      return [repair('open-port', { kind: 'listen', host: loss.host, listener })];
    }
    case 'martian-source':
    case 'not-for-this-mac':
    case 'no-cable':
    case 'no-tunnel-peer':
    case 'no-process':
    case 'incomplete-fragments':
    case 'bad-checksum':
      return [];
    default:
      return unreachable(reason);
  }
}

const ETHERNET_BYTES = 14;

const wayRepair = (topology: Topology, { header }: Loss, { hops }: Passage): Repair | null =>
  header === null ? null : routeRepair(topology, { hops, src: header.src, dst: header.dst });

/** A host that should never have been asked is not made a router: the route that led there is mended first. */
function forwardingRepairs(topology: Topology, loss: Loss, passage: Passage, dev: string): readonly Repair[] {
  const host = hostNamed(topology, loss.host);
  if (host === null) return [];
  const line = host.sysctls.ipForward ? `net.ipv4.conf.${dev}.forwarding=1` : 'net.ipv4.ip_forward=1';
  const on = host.role === 'pod' ? [] : [repair('forwarding-on', lineAt(host, `sysctl -w ${line}`))];
  return [...one(wayRepair(topology, loss, passage)), ...on];
}

/** ACCEPT for the cluster's own network first, as flannel's rules have it; or a policy that accepts. */
type Refused = Extract<DropReason, { readonly kind: 'rule' | 'policy' }>;

function chainRepairs(
  topology: Topology,
  host: Host,
  { header }: Loss,
  { kind, table, hook }: Refused,
): readonly Repair[] {
  const { network } = topology;
  const covers =
    network !== null && header !== null && (contains(network, header.src) || contains(network, header.dst));
  const [net, other] =
    covers && network !== null
      ? [formatPrefix(network), formatPrefix(network)]
      : header === null
        ? [null, null]
        : [formatIpv4(header.src), formatIpv4(header.dst)];
  if (net === null || other === null) return [];
  const same = net === other;
  const lines = same ? [`-s ${net}`, `-d ${net}`] : [`-s ${net} -d ${other}`, `-s ${other} -d ${net}`];
  const accept = repair(
    'accept-in-chain',
    ...lines.map((match) => lineAt(host, `iptables ${tableOption(table)}-I ${hook} ${match} -j ACCEPT`)),
  );
  return kind === 'policy'
    ? [repair('policy-accept', lineAt(host, `iptables ${tableOption(table)}-P ${hook} ACCEPT`)), accept]
    : [accept];
}

/** It works, but by a way or with an address it should not have. */
function oddities({ verdict }: Scene, topology: Topology): readonly Repair[] {
  const found: Repair[] = [];
  for (const on of ['request', 'answer'] as const) {
    const passage = verdict[on];
    if (!verdict.ways.detours.some((detour) => detour.on === on) || passage?.fate.kind !== 'delivered') continue;
    const { src, dst } = passage.fate.header;
    found.push(...one(routeRepair(topology, { hops: passage.hops, src, dst })));
  }
  for (const { host, field, before } of verdict.rewrites) {
    const at = hostNamed(topology, host);
    const net = topology.network;
    const dst = verdict.request?.fate.kind === 'delivered' ? verdict.request.fate.header.dst : null;
    if (field !== 'src' || at === null || dst === null) continue;
    const inside = net !== null && contains(net, before) && contains(net, dst);
    if (!inside) continue; // out of the cluster: as it should be
    const line = `iptables -t nat -I POSTROUTING -s ${formatPrefix(net)} -d ${formatPrefix(net)} -j RETURN`;
    found.push(repair('no-snat', lineAt(at, line)));
  }
  return found;
}
