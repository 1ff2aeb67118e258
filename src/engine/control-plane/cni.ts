/**
 * A pod comes to a node: the CNI plugins make the bridge with the first one, and a veth pair for each.
 * Sources: flannel cni-plugin @092e6d26 (reads subnet.env, delegates to bridge); containernetworking/plugins
 * plugins/main/bridge @3d27709f (isGateway: address, ip_forward=1; hairpinMode).
 */
import { formatIpv4, type Ipv4, ipv4FromNumber } from '../addr/ipv4';
import { contains } from '../addr/prefix';
import { hash32 } from '../base/random';
import type { InterfaceAddress } from '../net/device';
import { connected, device, gatewayOf, inTableOrder, loopback, host as plainHost, podRoutes } from '../topology/build';
import { cardOf } from '../topology/places';
import { deviceNamed, type Host, type Topology } from '../topology/topology';
import { madeUpMac } from './machines';
import type { Play } from './state';

const BRIDGE = 'cni0'; // the flannel plugin's default

export function podScheduled(play: Play, node: string, pod: string): void {
  const podCidr = play.nodes.get(node)?.podCidr ?? null;
  if (podCidr === null || play.network === null || !play.subnetFiles.has(node)) {
    const text =
      "failed to load flannel 'subnet.env' file: open /run/flannel/subnet.env: no such file or directory. Check the flannel pod log for this node.";
    play.note(node, { kind: 'cni-refused', pod, text });
    return;
  }
  const gateway = { ip: gatewayOf(podCidr), prefixLen: podCidr.len };
  if (!bridged(play, node, pod, gateway)) return;
  const host = play.hostOf(node);
  const address = freeAddress(play.topology, gateway);
  if (host === null || address === null) return;
  const veth = `veth${hash32(0, 'veth', pod).toString(16).padStart(8, '0')}`;
  const mtuBytes = cardOf(host)?.mtuBytes ?? 1500;
  const end = device(
    veth,
    nextIndex(host),
    madeUpMac(veth),
    { kind: 'veth', peer: { host: pod, dev: 'eth0' } },
    {
      master: BRIDGE,
      hairpin: true,
      mtuBytes,
    },
  );
  const eth0 = device(
    'eth0',
    3,
    madeUpMac(`${pod} eth0`),
    { kind: 'veth', peer: { host: node, dev: veth } },
    {
      addresses: [address],
      mtuBytes,
    },
  );
  const made = plainHost(pod, 'pod', { node, devices: [loopback, eth0], routes: podRoutes(address, play.network) });
  // The bridge plugin switches forwarding on with every pod, not only with the first.
  const sysctls = host.sysctls.ipForward ? host.sysctls : { ...host.sysctls, ipForward: true };
  const withEnd = play.replace({ ...host, sysctls, devices: [...host.devices, end] });
  play.note(node, { kind: 'pod-connected', pod, address, veth }, null, { ...withEnd, hosts: [...withEnd.hosts, made] });
}

/** The bridge, its address and with that its connected route; and the kernel is told to forward. */
function bridged(play: Play, node: string, pod: string, gateway: InterfaceAddress): boolean {
  const host = play.hostOf(node);
  if (host === null) return false;
  const there = deviceNamed(host, BRIDGE);
  const isRight = there?.addresses.some(({ ip, prefixLen }) => ip === gateway.ip && prefixLen === gateway.prefixLen);
  if (isRight === true) return true;
  if (there !== null && there.addresses.length > 0) {
    const text = `"${BRIDGE}" already has an IP address different from ${formatIpv4(gateway.ip)}/${gateway.prefixLen}`;
    play.note(node, { kind: 'cni-refused', pod, text });
    return false;
  }
  const mtuBytes = cardOf(host)?.mtuBytes ?? 1500;
  const bridge = device(
    BRIDGE,
    nextIndex(host),
    madeUpMac(`${node} ${BRIDGE}`),
    { kind: 'bridge' },
    { addresses: [gateway], mtuBytes },
  );
  const after = play.replace({
    ...host,
    podCidr: play.nodes.get(node)?.podCidr ?? host.podCidr,
    devices: [...host.devices.filter(({ name }) => name !== BRIDGE), bridge],
    routes: inTableOrder([...host.routes, connected(BRIDGE, gateway)]),
    sysctls: { ...host.sysctls, ipForward: true },
  });
  play.note(node, { kind: 'bridge-made', bridge: BRIDGE, address: gateway }, null, after);
  return true;
}

const nextIndex = ({ devices }: Host): number => Math.max(...devices.map(({ ifindex }) => ifindex)) + 1;

/** host-local hands out addresses in order, from the one after the gateway's. */
function freeAddress({ hosts }: Topology, { ip, prefixLen }: InterfaceAddress): InterfaceAddress | null {
  const subnet = { base: ipv4FromNumber(ip - 1), len: prefixLen };
  const taken = new Set<Ipv4>();
  for (const { devices } of hosts)
    for (const { addresses } of devices) for (const own of addresses) if (contains(subnet, own.ip)) taken.add(own.ip);
  const last = subnet.base + 2 ** (32 - prefixLen) - 2; // before the broadcast address
  for (let n = ip + 1; n <= last; n += 1) {
    const free = ipv4FromNumber(n);
    if (!taken.has(free)) return { ip: free, prefixLen };
  }
  return null;
}
