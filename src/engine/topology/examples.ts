/** Commands worth trying at a host, with addresses of the cluster at hand. What each shows is said in src/i18n. */
import { formatIpv4 } from '../addr/ipv4';
import { formatPrefix } from '../addr/prefix';
import { crossingOf, peerRouteOf, type Way } from './crossing';
import { addressOf, bridgeFor } from './places';
import { hostNamed, type Topology } from './topology';

export type ExampleKind =
  | 'ping'
  | 'back' // the other way round
  | 'from-node'
  | 'full-size' // as large as one packet can be
  | 'hops'
  | 'tcp'
  | 'udp'
  | 'no-route'
  | 'no-forwarding'
  | 'refuse'
  | 'bridge-down';

export interface Example {
  readonly kind: ExampleKind;
  readonly line: string; // 'pod1: ping -c 3 10.244.2.2'
}

export function examplesOf(topology: Topology, way: Way): readonly Example[] {
  const [from, to] = [hostNamed(topology, way.from), hostNamed(topology, way.to)];
  const [own, other] = [from && addressOf(from), to && addressOf(to)];
  if (from === null || to === null || own === null || other === null) return [];
  const [here, there] = [formatIpv4(own.ip), formatIpv4(other.ip)];
  const crossing = crossingOf(topology, way);
  const mtuBytes = from.devices.find(({ addresses }) => addresses.some(({ ip }) => ip === own.ip))?.mtuBytes ?? 1500;
  const at = (kind: ExampleKind, host: string, command: string): Example => ({ kind, line: `${host}: ${command}` });
  const asked = [
    at('ping', from.name, `ping -c 3 ${there}`),
    at('back', to.name, `ping -c 1 ${here}`),
    at('hops', from.name, `traceroute -n ${there}`),
    at('full-size', from.name, `ping -c 1 -M do -s ${mtuBytes - PING_HEADERS} ${there}`),
    at('tcp', from.name, `curl http://${there}:80/`),
    at('udp', from.name, `echo hi | nc -u -w1 ${there} 9`),
  ];
  if (crossing === null) return asked;
  const { near, far } = crossing;
  const route = peerRouteOf(near.node, far.ip);
  const bridge = bridgeFor(far.node, far.ip);
  return [
    ...asked,
    ...(near.node === near.host ? [] : [at('from-node', near.node.name, `ping -c 1 ${there}`)]),
    ...(route === null ? [] : [at('no-route', near.node.name, `ip route del ${formatPrefix(route.dst)}`)]),
    at('no-forwarding', far.node.name, 'sysctl -w net.ipv4.ip_forward=0'),
    at('refuse', near.node.name, 'iptables -I FORWARD -p icmp -j REJECT'),
    ...(bridge === null ? [] : [at('bridge-down', far.node.name, `ip link set ${bridge.name} down`)]),
  ];
}

const PING_HEADERS = 28; // IP and ICMP
