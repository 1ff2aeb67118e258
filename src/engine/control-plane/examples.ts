/** Time lines worth watching, for any cluster with two nodes that flannel manages. What each shows is said in src/i18n. */
import { formatIpv4, type Ipv4, ipv4FromNumber } from '../addr/ipv4';
import { contains, formatPrefix, overlap, type Prefix, prefixOf } from '../addr/prefix';
import { unreachable } from '../base/result';
import type { ClusterSpec, NodeSpec } from '../flannel/cluster-spec';
import type { Device, InterfaceAddress } from '../net/device';
import { cardOf } from '../topology/places';
import { type Host, hostNamed, type Topology } from '../topology/topology';
import type { ControlEvent, TimedEvent } from './event';
import type { ExampleId } from './example-ids';

interface Pair {
  readonly own: { readonly host: Host; readonly card: Device; readonly address: InterfaceAddress };
  readonly peer: { readonly host: Host; readonly address: InterfaceAddress; readonly subnet: Prefix };
}

/** Null: the cluster has no two nodes whose cards are known. */
export function exampleEvents(topology: Topology, spec: ClusterSpec, id: ExampleId): readonly TimedEvent[] | null {
  const pair = pairIn(topology, spec);
  if (pair === null) return null;
  const { own, peer } = pair;
  const [node, other] = [own.host.name, peer.host.name];
  const subnet = formatPrefix(peer.subnet);
  const at = (seconds: number, event: ControlEvent): TimedEvent => ({ atMs: seconds * 1000, event });
  const type = (seconds: number, command: string): TimedEvent => at(seconds, { kind: 'typed', node, command });
  switch (id) {
    case 'join': {
      const name = freeName(topology);
      const address = { ip: freeIp(topology, own.address), prefixLen: own.address.prefixLen };
      return [
        at(2, { kind: 'node-joins', node: name, podCidr: freeSubnet(spec, peer.subnet), address }),
        at(4, { kind: 'flannel-starts', node: name }),
        at(6, { kind: 'pod-scheduled', node: name, pod: `${name}-pod` }),
      ];
    }
    case 'delete':
      return [at(2, { kind: 'node-deleted', node: other })];
    case 'power-off':
      return [at(2, { kind: 'powered-off', node: other })];
    case 'new-address': {
      const address = { ip: freeIp(topology, peer.address), prefixLen: peer.address.prefixLen };
      return [at(2, { kind: 'address-changed', node: other, address }), at(5, { kind: 'flannel-starts', node: other })];
    }
    case 'stale':
      return [
        at(2, { kind: 'flannel-stops', node }),
        at(4, { kind: 'node-deleted', node: other }),
        at(6, { kind: 'flannel-starts', node }),
      ];
    case 'route-deleted':
      return [type(3, `ip route del ${subnet}`)];
    case 'route-replaced':
      return [
        type(3, `ip route replace ${subnet} via ${formatIpv4(freeIp(topology, own.address))} dev ${own.card.name}`),
        at(25, { kind: 'flannel-starts', node }),
      ];
    case 'link-down-up':
      return [type(3, `ip link set ${own.card.name} down`), type(13, `ip link set ${own.card.name} up`)];
    case 'rules-flushed':
      return [at(1, { kind: 'flannel-starts', node }), type(3, 'iptables -F FORWARD')];
    case 'forgotten':
      return [
        at(2, { kind: 'node-deleted', node: other }),
        at(4, { kind: 'node-joins', node: other, podCidr: peer.subnet, address: peer.address }),
        at(15, { kind: 'flannel-starts', node: other }),
      ];
    default:
      return unreachable(id);
  }
}

/** The first two nodes with a lease, by preference such as have pods: then one can see what it does to a ping. */
function pairIn(topology: Topology, { nodes }: ClusterSpec): Pair | null {
  const busy = new Set(topology.hosts.flatMap(({ node }) => node ?? []));
  const found = nodes.flatMap((spec) => {
    const host = hostOf(topology, spec);
    const card = host === null ? null : cardOf(host);
    const [address] = card?.addresses ?? [];
    if (host === null || card === null || address === undefined || spec.podCidr === null) return [];
    return [{ host, card, address, subnet: spec.podCidr }];
  });
  const [own, peer] = [...found].sort((a, b) => Number(busy.has(b.host.name)) - Number(busy.has(a.host.name)));
  return own === undefined || peer === undefined ? null : { own, peer };
}

const hostOf = (topology: Topology, { name }: NodeSpec): Host | null =>
  hostNamed(topology, name) ?? topology.hosts.find(({ label, role }) => role === 'node' && label === name) ?? null;

function freeName({ hosts }: Topology): string {
  const taken = new Set(hosts.map(({ name }) => name));
  for (let n = 1; ; n += 1) if (!taken.has(`node${n}`)) return `node${n}`;
}

function freeIp({ hosts }: Topology, { ip, prefixLen }: InterfaceAddress): Ipv4 {
  const net = prefixOf(ip, prefixLen);
  const taken = new Set(
    hosts.flatMap(({ devices }) => devices.flatMap(({ addresses }) => addresses.map((one) => one.ip))),
  );
  for (let n = ip + 1; contains(net, ipv4FromNumber(n + 1)); n += 1) {
    const free = ipv4FromNumber(n);
    if (!taken.has(free)) return free;
  }
  return ip;
}

/** The next subnet as large as this one that no node has. */
function freeSubnet({ nodes }: ClusterSpec, like: Prefix): Prefix {
  const size = 2 ** (32 - like.len);
  for (let n = 1; ; n += 1) {
    const next = prefixOf(ipv4FromNumber(like.base + n * size), like.len);
    if (!nodes.some(({ podCidr }) => podCidr !== null && overlap(podCidr, next))) return next;
  }
}
