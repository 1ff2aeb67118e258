/** The lines that make one host of the lab: batches for `ip`, `bridge` and `iptables-restore`, and values for /proc/sys. */
import { formatIpv4 } from '../addr/ipv4';
import { isMulticast, ZERO_MAC } from '../addr/mac';
import { contains, samePrefix } from '../addr/prefix';
import type { Device, InterfaceAddress } from '../net/device';
import { type Chain, TABLES } from '../net/netfilter';
import type { Route } from '../net/route';
import { formatRoute } from '../net/route-text';
import { connected } from '../topology/build';
import { deviceNamed, type Host, hostNamed, type Topology } from '../topology/topology';
import { inDocument } from './shell';

/** Names of namespaces, as they stand behind the lab's prefix. */
export interface Names {
  readonly hosts: ReadonlyMap<string, string>;
  readonly segments: ReadonlyMap<string, string>;
  readonly nowhere: string; // where cables end that lead nowhere
}

/** The largest MTU veth knows: a switch takes what its ports send, and the receiver decides what is too long. */
const SWITCH_MTU = 65535;

export interface HostLines {
  readonly devices: readonly string[]; // for `ip -batch`: made here, with the other ends of their cables
  readonly links: readonly string[]; // for `ip -batch`, once every device is there
  readonly routes: readonly string[]; // for `ip -batch`, one by one: the kernel may refuse some
  readonly tunnels: readonly string[]; // for `bridge -batch`
  readonly sysctls: readonly string[]; // key=value, the key as a path
  readonly rules: readonly string[]; // for iptables-restore
  readonly checksummed: readonly string[]; // devices that sum in software
}

export function hostLines(topology: Topology, host: Host, names: Names): HostLines {
  const devices = [...host.devices].sort((a, b) => RANK[a.link.kind] - RANK[b.link.kind]);
  const made = devices.flatMap((device) => creation(topology, host, device, names));
  const settings = devices.flatMap((device) => setting(host, device));
  const up = devices.filter((device) => device.up).map(({ name }) => `link set ${name} up`);
  const addresses = devices.flatMap((device) => device.addresses.flatMap((one) => addressLine(host, device, one)));
  const neighbours = host.neighbours.map(
    ({ dev, ip, mac, state }) => `neigh replace ${formatIpv4(ip)} lladdr ${mac} dev ${dev} nud ${state}`,
  );
  return {
    devices: made,
    links: [...settings, ...addresses, ...up, ...neighbours],
    routes: routeLines(host),
    tunnels: host.tunnelFdb.map(
      ({ dev, mac, remote }) => `fdb append ${mac} dev ${dev} dst ${formatIpv4(remote)} self permanent`,
    ),
    sysctls: sysctlLines(host),
    rules: ruleLines(host),
    checksummed: host.devices
      .filter(({ link, txChecksumOffload }) => link.kind !== 'loopback' && !txChecksumOffload)
      .map(({ name }) => name),
  };
}

/** Bridges first, since ports name them; tunnels last, since they name what they run over. */
const RANK: Readonly<Record<Device['link']['kind'], number>> = {
  loopback: 0,
  bridge: 1,
  nic: 2,
  veth: 3,
  vxlan: 4,
  ipip: 4,
};

/** `index 7`, where every device of the host has a number of its own. The script leaves them out if it must. */
function indexOf(host: Host, { ifindex }: Device): string {
  const numbers = host.devices.map((device) => device.ifindex);
  const usable = new Set(numbers).size === numbers.length && numbers.every((number) => number > 0);
  return usable && ifindex > 1 ? ` index ${ifindex}` : '';
}

const addressOf = ({ mac }: Device): string => (mac === ZERO_MAC || isMulticast(mac) ? '' : ` address ${mac}`);

function creation(topology: Topology, host: Host, device: Device, names: Names): readonly string[] {
  const { name, link, mtuBytes } = device;
  const head = `link add${indexOf(host, device)} name ${name}${addressOf(device)}`;
  const ns = (key: string): string => `$P-${key}`;
  switch (link.kind) {
    case 'loopback':
      return mtuBytes === 65536 ? [] : [`link set ${name} mtu ${mtuBytes}`];
    case 'bridge':
      return [`${head} type bridge`, `link set ${name} mtu ${mtuBytes}`];
    case 'nic': {
      const port = portName(topology, host.name, name);
      const segment = link.segment === null ? undefined : names.segments.get(link.segment);
      const firstMtu = Math.max(mtuBytes, ...tunnelsOver(host, name).map((tunnel) => tunnel.mtuBytes + VXLAN_BYTES));
      return [
        `${head} mtu ${firstMtu} type veth peer name ${port} mtu ${SWITCH_MTU} netns ${ns(segment ?? names.nowhere)}`,
      ];
    }
    case 'veth': {
      const peerHost = hostNamed(topology, link.peer.host);
      const peer = peerHost === null ? null : deviceNamed(peerHost, link.peer.dev);
      const back = peer?.link.kind === 'veth' && peer.link.peer.host === host.name && peer.link.peer.dev === name;
      if (peerHost === null || peer === null || !back) {
        const port = portName(topology, host.name, name);
        return [`${head} mtu ${mtuBytes} type veth peer name ${port} netns ${ns(names.nowhere)}`];
      }
      if (!makesPair(host, device, peerHost, peer)) return [];
      const theirs = `name ${peer.name}${indexOf(peerHost, peer)}${addressOf(peer)} mtu ${peer.mtuBytes}`;
      const where = ns(names.hosts.get(peerHost.name) ?? names.nowhere);
      return [`${head} mtu ${mtuBytes} type veth peer ${theirs} netns ${where}`];
    }
    case 'vxlan': {
      const ends = `id ${link.vni} local ${formatIpv4(link.local)} dev ${link.underlay} dstport ${link.port}`;
      return [`${head} type vxlan ${ends} nolearning`, `link set ${name} mtu ${mtuBytes}`];
    }
    case 'ipip': {
      const ends = `local ${formatIpv4(link.local)} remote ${formatIpv4(link.remote)}`;
      return [`link add${indexOf(host, device)} name ${name} type ipip ${ends}`, `link set ${name} mtu ${mtuBytes}`];
    }
  }
}

/** A tunnel's MTU must fit its card's when it is set, and stays when the card's is lowered later (vxlan_change_mtu). */
const VXLAN_BYTES = 50;
const tunnelsOver = (host: Host, dev: string): readonly Device[] =>
  host.devices.filter(({ link }) => link.kind === 'vxlan' && link.underlay === dev);

/** A pair is made once: by the end that is a bridge port, or else by the first by name. */
function makesPair(host: Host, device: Device, peerHost: Host, peer: Device): boolean {
  if ((device.master === null) !== (peer.master === null)) return device.master !== null;
  const key = (one: Host, dev: Device): string => `${one.name} ${dev.name}`;
  return key(host, device) < key(peerHost, peer);
}

/** The switch's end of a card's cable: `p1`, `p2` … in the order of the topology. */
export function portName(topology: Topology, host: string, dev: string): string {
  let n = 0;
  for (const one of topology.hosts) {
    for (const device of one.devices) {
      n += 1;
      if (one.name === host && device.name === dev) return `p${n}`;
    }
  }
  return 'p0';
}

/** What a device is told once all devices of its host are there. */
function setting(host: Host, { name, master, hairpin, mtuBytes }: Device): readonly string[] {
  if (tunnelsOver(host, name).some((tunnel) => tunnel.mtuBytes + VXLAN_BYTES > mtuBytes)) {
    return [`link set ${name} mtu ${mtuBytes}`];
  }
  if (master === null || deviceNamed(host, master) === null) return [];
  const joined = `link set ${name} master ${master}`;
  return hairpin ? [joined, `link set ${name} type bridge_slave hairpin on`] : [joined];
}

/**
 * The kernel writes a connected route for each address by itself. Where the topology's table has another one in its
 * stead (another metric, or none), the address is added without.
 */
function addressLine(host: Host, device: Device, address: InterfaceAddress): readonly string[] {
  if (device.link.kind === 'loopback' && formatIpv4(address.ip).startsWith('127.')) return [];
  const brd = address.prefixLen < 31 ? ' brd +' : '';
  const own = hasKernelRoute(host, device, address) || !device.up || address.prefixLen === 32;
  const word = own ? '' : ' noprefixroute';
  return [`addr add ${formatIpv4(address.ip)}/${address.prefixLen}${brd} dev ${device.name}${word}`];
}

const hasKernelRoute = (host: Host, device: Device, address: InterfaceAddress): boolean => {
  const kernels = connected(device.name, address);
  return host.routes.some((route) => isSame(route, kernels));
};

const isSame = (a: Route, b: Route): boolean =>
  samePrefix(a.dst, b.dst) &&
  a.type === b.type &&
  a.dev === b.dev &&
  a.via === b.via &&
  a.metric === b.metric &&
  a.prefSrc === b.prefSrc;

/** Routes to links first, since next hops must lie on one. Where two rows compete for one place, the table's order is kept. */
function routeLines(host: Host): readonly string[] {
  const byKernel = host.devices.flatMap((device) =>
    device.up && device.link.kind !== 'loopback' ? device.addresses.map((one) => connected(device.name, one)) : [],
  );
  const wanted = host.routes.filter((route) => !byKernel.some((own) => isSame(own, route)));
  const ordered = [...wanted.filter(({ via }) => via === null), ...wanted.filter(({ via }) => via !== null)];
  const done: Route[] = host.routes.filter((route) => !wanted.includes(route));
  return ordered.map((route) => {
    const rivals = done.filter((one) => samePrefix(one.dst, route.dst) && one.metric === route.metric);
    const isFirst = rivals.every((rival) => host.routes.indexOf(route) < host.routes.indexOf(rival));
    done.push(route);
    const verb = rivals.length === 0 ? 'add' : isFirst ? 'prepend' : 'append';
    return `route ${verb} ${routeText(host, route)}`;
  });
}

/** A next hop that no link of the table covers any more is still used by the kernel: `onlink` lets it in again. */
function routeText(host: Host, route: Route): string {
  const { via, dev } = route;
  const covered = host.routes.some(
    (one) => one.via === null && one.dev === dev && one.type === 'unicast' && via !== null && contains(one.dst, via),
  );
  const text = formatRoute({
    ...route,
    protocol: route.protocol === 'other' ? 'static' : route.protocol,
    onlink: route.onlink || (via !== null && dev !== null && !covered),
  });
  return inDocument(route.type === 'unicast' ? text : text.replace(' scope link', ''));
}

/** Every value the model goes by is written, since a new namespace may inherit this machine's. */
function sysctlLines({ sysctls, devices }: Host): readonly string[] {
  const bit = (on: boolean): number => (on ? 1 : 0);
  const own = [...sysctls.perDevice]
    .filter(([dev]) => devices.some(({ name }) => name === dev))
    .flatMap(([dev, { rpFilter, proxyArp, forwarding }]) => [
      ...(forwarding === undefined ? [] : [`ipv4/conf/${dev}/forwarding=${bit(forwarding)}`]),
      ...(rpFilter === undefined ? [] : [`ipv4/conf/${dev}/rp_filter=${rpFilter}`]),
      ...(proxyArp === undefined ? [] : [`ipv4/conf/${dev}/proxy_arp=${bit(proxyArp)}`]),
    ]);
  return [
    `ipv4/ip_forward=${bit(sysctls.ipForward)}`,
    `ipv4/conf/all/rp_filter=${sysctls.rpFilterAll}`,
    ...(devices.some(({ link }) => link.kind === 'bridge')
      ? [`bridge/bridge-nf-call-iptables=${bit(sysctls.bridgeNfCallIptables)}`]
      : []),
    ...own,
  ];
}

function ruleLines({ netfilter }: Host): readonly string[] {
  return TABLES.flatMap((table) => {
    const chains = [...netfilter[table]].filter(([name]) => /^[\w.:+-]+$/.test(name));
    const isBare = chains.every(([, { policy, rules }]) => rules.length === 0 && policy === 'accept');
    if (isBare) return [];
    const heads = chains.map(([name, { policy }]) => `:${name} ${policy?.toUpperCase() ?? '-'} [0:0]`);
    return [`*${table}`, ...heads, ...chains.flatMap(([name, chain]) => chainLines(name, chain)), 'COMMIT'];
  });
}

/** A rule's text may carry its chain, as iptables-save prints it, or not. */
const chainLines = (name: string, { rules }: Chain): readonly string[] =>
  rules.map(({ text }) => `-A ${name} ${inDocument(text.replace(/^-A \S+ ?/, ''))}`);
