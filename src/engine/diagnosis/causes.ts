/**
 * Likely causes with the command that checks each and the one that repairs it, made from what packets tell: addresses, and
 * the names of points. Where a cluster is given, the verdict on its simulation brings its own (diagnose-model.ts).
 * Assumed, as flannel sets things up by default: the bridge is cni0, a node's pods have a /24.
 */
import { formatIpv4, ipv4FromNumber } from '../addr/ipv4';
import { formatPrefix, prefixOf } from '../addr/prefix';
import { POD_PREFIX_LEN } from '../comparison/cast';
import { type Proof, proof } from '../verdict/proof';
import { lineAt, type Repair, repair } from '../verdict/repair';
import { routeGetLine } from '../verdict/route-get';
import type { Cause, CauseKind, Values } from './finding';

const BRIDGE = 'cni0';

export const ipText = (ip: number): string => formatIpv4(ipv4FromNumber(ip));
export const netText = (ip: number): string => formatPrefix(prefixOf(ipv4FromNumber(ip), POD_PREFIX_LEN));

interface Extra {
  readonly values?: Values;
  readonly dev?: string | null;
  readonly check?: readonly Proof[];
  readonly repair?: readonly Repair[];
}

const cause = (kind: CauseKind, host: string | null, { values, dev, check, repair: mend }: Extra = {}): Cause => ({
  kind,
  host,
  dev: dev ?? null,
  values: { host: host ?? '', ...values },
  check: check ?? [],
  repair: mend ?? [],
  from: 'captures',
});

const at = (host: string, command: string) => lineAt({ name: host }, command);

/** A packet and the host it was lost at, or that handed it to the wrong one. */
export interface Where {
  readonly host: string;
  readonly src: number;
  readonly dst: number;
}

const decision = ({ host, src, dst }: Where): Proof =>
  proof(host, 'route-taken', routeGetLine({ dst: ipv4FromNumber(dst), src: ipv4FromNumber(src), inDev: BRIDGE }));

/** The next node, by its address; by the name of its point where no packet tells the address, for the reader to fill in. */
export type Via = { readonly ip: number | null; readonly name: string } | null;
const viaText = (via: Via): string => (via?.ip == null ? '' : ipText(via.ip));

const setRoute = ({ host, dst }: Where, via: Via): readonly Repair[] => {
  if (via === null) return [repair('add-route')];
  const address = via.ip === null ? `ADDRESS-OF-${via.name}` : ipText(via.ip);
  return [repair('add-route', at(host, `ip route replace ${netText(dst)} via ${address}`))];
};

/** Which node has which pods, and by which address: what flannel routes by. */
const leases = proof(
  null,
  'nodes',
  'kubectl get nodes -o custom-columns=NODE:.metadata.name,PODS:.spec.podCIDR,VIA:.metadata.annotations.flannel\\.alpha\\.coreos\\.com/public-ip',
);

/** `via`: the address the next node is known by. `took`: who got the packet instead. */
export const routeMissing = (where: Where, via: Via, took: string | null): Cause =>
  cause('route-missing', where.host, {
    values: { net: netText(where.dst), via: viaText(via), took: took ?? '' },
    check: [decision(where), proof(where.host, 'route-taken', `ip route show ${netText(where.dst)}`), leases],
    repair: setRoute(where, via),
  });

export const wrongNextHop = (where: Where, via: Via, took: string): Cause =>
  cause('wrong-next-hop', where.host, {
    values: { net: netText(where.dst), via: viaText(via), took },
    check: [decision(where), proof(where.host, 'route-taken', `ip route show ${netText(where.dst)}`), leases],
    repair: setRoute(where, via),
  });

export const notAdjacent = (where: Where, took: string): Cause =>
  cause('nodes-not-adjacent', where.host, {
    values: { net: netText(where.dst), took },
    check: [decision(where), proof(where.host, 'link', 'ip -4 addr show')],
    repair: [repair('routes-on-router')],
  });

export const gatewayNoRoute = (where: Where, gateway: string): Cause =>
  cause('gateway-no-route', gateway, {
    values: { net: netText(where.dst) },
    check: [proof(gateway, 'route-taken', routeGetLine({ dst: ipv4FromNumber(where.dst), src: null, inDev: null }))],
    repair: [repair('routes-on-router')],
  });

export const routeBlackhole = (where: Where): Cause =>
  cause('route-blackhole', where.host, {
    values: { net: netText(where.dst) },
    check: [decision(where), proof(where.host, 'route-taken', 'ip route show type blackhole')],
    repair: [repair('add-route', at(where.host, `ip route del blackhole ${netText(where.dst)}`))],
  });

export const routeRefuses = (kind: 'route-prohibit' | 'route-unreachable', where: Where): Cause => {
  const type = kind === 'route-prohibit' ? 'prohibit' : 'unreachable';
  return cause(kind, where.host, {
    values: { net: netText(where.dst) },
    check: [decision(where), proof(where.host, 'route-taken', `ip route show type ${type}`)],
    repair: [repair('add-route', at(where.host, `ip route del ${type} ${netText(where.dst)}`))],
  });
};

/** `gateway`: null where no packet tells it. */
export const takenForNeighbour = ({ host, src, dst }: Where, gateway: number | null): Cause =>
  cause('taken-for-neighbour', host, {
    values: { src: ipText(src), dst: ipText(dst) },
    check: [
      proof(host, 'link', 'ip -4 addr show'),
      proof(host, 'route-taken', routeGetLine({ dst: ipv4FromNumber(dst), src: null, inDev: null })),
    ],
    repair: setRoute({ host, src, dst }, gateway === null ? null : { ip: gateway, name: '' }),
  });

export const noLocalRoute = (host: string): Cause =>
  cause('no-local-route', host, { check: [proof(host, 'route-refused', 'ip route')], repair: [repair('add-route')] });

export const forwardingOff = (where: Where): Cause =>
  cause('forwarding-off', where.host, {
    check: [
      proof(where.host, 'sysctl', 'sysctl net.ipv4.ip_forward', 'net.ipv4.ip_forward = 0'),
      proof(where.host, 'counter', 'nstat -az IpInAddrErrors'),
    ],
    repair: [repair('forwarding-on', at(where.host, 'sysctl -w net.ipv4.ip_forward=1'))],
  });

const acceptBoth = ({ host, src, dst }: Where): Repair =>
  repair(
    'accept-in-chain',
    at(host, `iptables -I FORWARD -s ${netText(src)} -d ${netText(dst)} -j ACCEPT`),
    at(host, `iptables -I FORWARD -s ${netText(dst)} -d ${netText(src)} -j ACCEPT`),
  );

export const forwardDrop = (where: Where): Cause =>
  cause('forward-drop', where.host, {
    check: [proof(where.host, 'chain', 'iptables -nvL FORWARD')],
    repair: [repair('policy-accept', at(where.host, 'iptables -P FORWARD ACCEPT')), acceptBoth(where)],
  });

export const forwardReject = (where: Where): Cause =>
  cause('forward-reject', where.host, {
    check: [proof(where.host, 'chain', 'iptables -nvL FORWARD')],
    repair: [acceptBoth(where)],
  });

export const bridgeNetfilter = (where: Where): Cause =>
  cause('bridge-netfilter', where.host, {
    check: [
      proof(where.host, 'chain', 'iptables -nvL FORWARD'),
      proof(where.host, 'sysctl', 'sysctl net.bridge.bridge-nf-call-iptables'),
    ],
    repair: [repair('policy-accept', at(where.host, 'iptables -P FORWARD ACCEPT')), acceptBoth(where)],
  });

export const rpFilter = (where: Where): Cause =>
  cause('rp-filter', where.host, {
    values: { src: ipText(where.src) },
    check: [
      proof(where.host, 'sysctl', 'sysctl -a -r rp_filter'),
      proof(where.host, 'route-taken', routeGetLine({ dst: ipv4FromNumber(where.src), src: null, inDev: null })),
      proof(where.host, 'counter', 'nstat -az TcpExtIPReversePathFilter'),
    ],
    repair: [repair('rp-filter-loose', at(where.host, 'sysctl -w net.ipv4.conf.all.rp_filter=2'))],
  });

export const sourceGuard = (where: Where, next: string): Cause =>
  cause('source-guard', null, {
    values: { from: where.host, to: next, src: ipText(where.src) },
    check: [
      proof(where.host, 'frame-leaves', `tcpdump -ni any host ${ipText(where.dst)}`),
      proof(next, 'frame-missing', `tcpdump -ni any host ${ipText(where.dst)}`),
    ],
    repair: [repair('guard-off')],
  });

export const receiverMtu = (where: Where, next: string, bytes: number): Cause =>
  cause('receiver-mtu', next, {
    values: { from: where.host, to: next, bytes },
    check: [proof(next, 'link', 'ip -s -s link show'), proof(where.host, 'link', 'ip link show')],
    repair: [repair('raise-mtu'), repair('smaller-ping')],
  });

export const mtuSmaller = (where: Where, mtuBytes: number | null, bytes: number): Cause =>
  cause('mtu-smaller', where.host, {
    values: { mtu: mtuBytes ?? '', bytes },
    check: [proof(where.host, 'link', 'ip link show'), decision(where)],
    repair: [repair('raise-mtu'), repair('smaller-ping')],
  });

export const nextHopDown = (where: Where, next: number): Cause =>
  cause('next-hop-down', where.host, {
    values: { next: ipText(next) },
    check: [
      proof(where.host, 'neighbour', `ip neigh show ${ipText(next)}`, 'FAILED'),
      proof(null, 'nodes', 'kubectl get nodes -o wide'),
    ],
    repair: [repair('link-up')],
  });

export const destinationAbsent = (where: Where): Cause =>
  cause('destination-absent', where.host, {
    values: { dst: ipText(where.dst) },
    check: [
      proof(where.host, 'neighbour', `ip neigh show ${ipText(where.dst)}`, 'FAILED'),
      proof(null, 'pods', 'kubectl get pods -A -o wide'),
    ],
    repair: [repair('existing-pod')],
  });

export const destinationDown = (where: Where): Cause =>
  cause('destination-down', where.host, {
    values: { dst: ipText(where.dst) },
    check: [proof(null, 'pods', 'kubectl get pods -A -o wide'), proof(where.host, 'link', 'ip link show type veth')],
    repair: [repair('link-up')],
  });

export const vethOffBridge = (where: Where): Cause =>
  cause('veth-off-bridge', where.host, {
    dev: BRIDGE,
    values: { dst: ipText(where.dst), bridge: BRIDGE },
    check: [proof(where.host, 'bridge-ports', 'bridge link show')],
    repair: [repair('on-bridge')],
  });

export const bridgeDown = (where: Where): Cause =>
  cause('bridge-down', where.host, {
    dev: BRIDGE,
    values: { dst: ipText(where.dst), bridge: BRIDGE },
    check: [proof(where.host, 'link', `ip addr show ${BRIDGE}`)],
    repair: [repair('link-up', at(where.host, `ip link set ${BRIDGE} up`))],
  });

export const ttlTooSmall = (sender: string, ttl: number, routers: number): Cause =>
  cause('ttl-too-small', sender, { values: { ttl, routers }, repair: [repair('larger-ttl')] });

export const routingLoop = (where: Where, hosts: string): Cause =>
  cause('routing-loop', where.host, {
    values: { hosts, net: netText(where.dst) },
    check: [decision(where), proof(where.host, 'each-hop', `traceroute -n -I ${ipText(where.dst)}`)],
    repair: [repair('add-route')],
  });

export const portClosed = (host: string, protocol: 'udp' | 'tcp', port: number): Cause =>
  cause('port-closed', host, {
    values: { protocol, port },
    check: [proof(host, 'ports', `ss -ln${protocol === 'udp' ? 'u' : 't'}`)],
    repair: [repair('open-port')],
  });

export const destinationSilent = (host: string, dst: number): Cause =>
  cause('destination-silent', host, {
    values: { dst: ipText(dst) },
    check: [proof(host, 'chain', 'iptables -nvL INPUT'), proof(host, 'ports', 'ss -lntu')],
  });

export const noWayBack = (host: string, where: Where): Cause =>
  cause('no-way-back', host, {
    values: { src: ipText(where.src), dst: ipText(where.dst), net: netText(where.src), node: where.host },
    check: [
      proof(host, 'route-taken', routeGetLine({ dst: ipv4FromNumber(where.src), src: null, inDev: null })),
      proof(where.host, 'chain', 'iptables -t nat -nvL POSTROUTING'),
    ],
    repair: [repair('routes-on-router')],
  });

export const masquerade = (where: Where, after: number, isInside: boolean): Cause => {
  const nets = `-s ${netText(where.src)} -d ${netText(where.dst)}`;
  return cause('masquerade', where.host, {
    values: { before: ipText(where.src), after: ipText(after), inside: isInside ? 'yes' : 'no' },
    check: [proof(where.host, 'chain', 'iptables -t nat -nvL POSTROUTING')],
    repair: isInside ? [repair('no-snat', at(where.host, `iptables -t nat -I POSTROUTING ${nets} -j RETURN`))] : [],
  });
};

export const dnat = (where: Where, after: string): Cause =>
  cause('dnat', where.host, {
    values: { before: ipText(where.dst), after },
    check: [proof(where.host, 'chain', 'iptables -t nat -nvL PREROUTING')],
  });

export const overlay = (kind: 'overlay-vxlan' | 'overlay-ipip', host: string): Cause =>
  cause(kind, host, {
    check: [
      proof(host, 'link', kind === 'overlay-vxlan' ? 'ip -d link show type vxlan' : 'ip -d link show type ipip'),
      proof(null, 'backend', 'kubectl -n kube-flannel get configmap kube-flannel-cfg -o yaml'),
    ],
  });

export const peerClosed = (host: string): Cause => cause('peer-closed', host);
export const receiverFull = (host: string): Cause =>
  cause('receiver-full', host, { check: [proof(host, 'ports', 'ss -tnpi')] });
export const packetsDropped = (from: string, to: string): Cause =>
  cause('packets-dropped', null, {
    values: { from, to },
    check: [proof(from, 'counter', 'ip -s -s link show'), proof(to, 'counter', 'ip -s -s link show')],
  });
export const duplicateOwner = (ip: number, macs: string): Cause =>
  cause('duplicate-owner', null, {
    values: { ip: ipText(ip), macs },
    check: [proof(null, 'neighbour', `arping -D -c 2 ${ipText(ip)}`)],
  });
export const capturedElsewhere = (host: string): Cause =>
  cause('captured-elsewhere', host, { check: [proof(host, 'frame-leaves', 'tcpdump -ni any')] });
export const captureLate = (kind: 'capture-started-late' | 'capture-ended-early', point: string): Cause =>
  cause(kind, null, { values: { point } });
