/**
 * Faults for random clusters: what an operator, an upgrade or bad luck does to nodes and routers, as the commands that do
 * it. All of the failure catalogue is among them that a command line can do.
 */
import { formatIpv4, type Ipv4, ipv4FromNumber } from '../addr/ipv4';
import { formatPrefix } from '../addr/prefix';
import type { Lease } from '../flannel/lease';

/** A stream of numbers: `pick(n)` is 0 … n - 1. */
export type Pick = (n: number) => number;

export const oneOf = <T>(pick: Pick, all: readonly T[]): T => all[pick(all.length)] as T;

/** What the faults may name. */
export interface Breakable {
  readonly leases: readonly Lease[];
  readonly nic: string;
  readonly bridge: string;
  readonly network: string; // of all pods
  readonly pods: readonly { readonly name: string; readonly node: string; readonly ip: Ipv4; readonly veth: string }[];
}

/** None, one or two faults, each a line 'host: command; command'. */
export function randomFaults(pick: Pick, cluster: Breakable): readonly string[] {
  return Array.from({ length: pick(3) }, () => oneOf(pick, MAKERS)(pick, cluster));
}

type Maker = (pick: Pick, cluster: Breakable) => string;

const MAKERS: readonly Maker[] = [
  ...['sysctl -w net.ipv4.ip_forward=0', 'ip route del default'].map((text): Maker => onNode(() => text)),
  onNode(() => 'iptables -P FORWARD DROP'),
  onNode(({ network }) => flannelRules(network)),
  onNode((_, pick) => `iptables -A FORWARD -j ${oneOf(pick, REJECTS)}`),
  onNode((_, pick) => `iptables -A ${oneOf(pick, ['INPUT', 'OUTPUT'])} -p ${oneOf(pick, PROTOCOLS)} -j DROP`),
  onNode(() => 'iptables -A FORWARD -m conntrack --ctstate RELATED,ESTABLISHED -j ACCEPT; iptables -P FORWARD DROP'),
  onNode((_, pick) => `sysctl -w net.ipv4.conf.all.rp_filter=${pick(3)}`),
  onNode(() => 'sysctl -w net.bridge.bridge-nf-call-iptables=0; iptables -P FORWARD DROP'),
  onNode(({ network, bridge }, pick) => oneOf(pick, masquerades(network, bridge))),
  onNode(({ nic }, pick) => `ip link set ${nic} mtu ${1280 + pick(200)}`),
  onNode(({ nic }) => `ip link set ${nic} down`),
  onNode(({ bridge }) => `ip link set ${bridge} down`),
  onRoute((subnet) => `ip route del ${subnet}`),
  onRoute((subnet) => `ip route del ${subnet}; ip route del default`),
  onRoute((subnet, { leases, nic }, pick) => `ip route replace ${subnet} via ${someNode(pick, leases)} dev ${nic}`),
  onRoute((subnet, { leases, nic }, pick) => `ip route replace ${subnet} via ${absentNear(pick, leases)} dev ${nic}`),
  onRoute((subnet, { nic }) => `ip route replace ${subnet} via 203.0.113.9 dev ${nic} onlink`),
  onRoute(
    (subnet, { leases, nic }, pick) => `ip route add ${subnet} via ${someNode(pick, leases)} dev ${nic} metric 50`,
  ),
  onRoute((subnet, _, pick) => `ip route replace ${oneOf(pick, REFUSALS)} ${subnet}`),
  onPod((pod) => `${pod.name}: ip link set eth0 down`),
  onPod((pod) => `${pod.name}: ip route del default`),
  onPod((pod) => `${pod.name}: ip link set eth0 mtu 1400`),
  onPod((pod) => `${pod.node}: ip link set ${pod.veth} nomaster`),
  onPod((pod) => `${pod.node}: ip link set ${pod.veth} down`),
  (pick, { leases }) => {
    const { subnet, publicIp } = oneOf(pick, leases);
    return `gw: ip route replace ${formatPrefix(subnet)} via ${formatIpv4(publicIp)}`;
  },
  loop,
];

const REJECTS = ['REJECT', 'REJECT --reject-with icmp-host-prohibited', 'DROP'];
const PROTOCOLS = ['icmp', 'udp', 'tcp'];
const REFUSALS = ['blackhole', 'prohibit', 'unreachable'];

function onNode(text: (cluster: Breakable, pick: Pick) => string): Maker {
  return (pick, cluster) => `${oneOf(pick, cluster.leases).node}: ${text(cluster, pick)}`;
}

/** On one node, about the pods of another. */
function onRoute(text: (subnet: string, cluster: Breakable, pick: Pick) => string): Maker {
  return (pick, cluster) => {
    const { leases } = cluster;
    const at = pick(leases.length);
    const about = leases[(at + 1 + pick(leases.length - 1)) % leases.length] as Lease;
    return `${leases[at]?.node}: ${text(formatPrefix(about.subnet), cluster, pick)}`;
  };
}

function onPod(text: (pod: Breakable['pods'][number]) => string): Maker {
  return (pick, { pods }) => text(oneOf(pick, pods));
}

const someNode = (pick: Pick, leases: readonly Lease[]): string => formatIpv4(oneOf(pick, leases).publicIp);

/** Between two nodes' addresses there is none. */
const absentNear = (pick: Pick, leases: readonly Lease[]): string =>
  formatIpv4(ipv4FromNumber(oneOf(pick, leases).publicIp + 1));

/** Docker's policy, with the rules by which flannel lets its own network through all the same. */
const flannelRules = (network: string): string =>
  `iptables -P FORWARD DROP; iptables -A FORWARD -s ${network} -j ACCEPT; iptables -A FORWARD -d ${network} -j ACCEPT`;

/** Of those in use, the ones that leave bridged traffic alone. */
const masquerades = (network: string, bridge: string): readonly string[] => [
  `iptables -t nat -A POSTROUTING -s ${network} ! -o ${bridge} -j MASQUERADE`,
  `iptables -t nat -A POSTROUTING -s ${network} ! -d ${network} -j MASQUERADE`,
  `iptables -t nat -A POSTROUTING ! -s ${network} -o ${bridge} -j MASQUERADE`,
];

/** A pod's own node sends what is for it to another node, which sends it back: round and round until the TTL is used up. */
function loop(pick: Pick, { leases, nic, pods }: Breakable): string {
  const { node, ip } = oneOf(pick, pods);
  const others = leases.filter((lease) => lease.node !== node);
  return `${node}: ip route replace ${formatIpv4(ip)}/32 via ${formatIpv4(oneOf(pick, others).publicIp)} dev ${nic}`;
}
