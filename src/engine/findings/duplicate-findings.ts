/** One address or MAC at two places of one broadcast domain: whoever answers ARP last gets the frames. */
import { formatIpv4, type Ipv4 } from '../addr/ipv4';
import { type Mac, ZERO_MAC } from '../addr/mac';
import { contains } from '../addr/prefix';
import type { Device, Port } from '../net/device';
import { deviceNamed, type Host, hostNamed } from '../topology/topology';
import { proof } from '../verdict/proof';
import type { Cluster } from './cluster';
import { byHand, type Draft, draft, type Trial } from './draft';

export const duplicateFindings = (cluster: Cluster): readonly Draft[] => [...addresses(cluster), ...macs(cluster)];

/** Where a device's own address must be the only one: cards on a segment; pods and bridges in the pods' network. */
function addresses(cluster: Cluster): readonly Draft[] {
  const seen = new Map<string, { readonly ip: Ipv4; readonly at: Port[] }>();
  for (const host of cluster.topology.hosts) {
    for (const device of host.devices) {
      for (const { ip } of device.addresses) {
        const domain = domainOf(cluster, device, ip);
        if (domain === null) continue;
        const key = `${domain} ${ip}`;
        const there = seen.get(key) ?? { ip, at: [] };
        seen.set(key, there);
        there.at.push({ host: host.name, dev: device.name });
      }
    }
  }
  return [...seen.values()].flatMap(({ ip, at }): readonly Draft[] => {
    const [first, second] = at;
    if (first === undefined || second === undefined) return [];
    const device = deviceAt(cluster, second);
    const len = device?.addresses.find((own) => own.ip === ip)?.prefixLen ?? 32;
    const node = cluster.inhabitants.nodeOf.get(second.host) ?? second.host;
    const asker = device?.link.kind === 'nic' ? second : { host: node, dev: masterOf(cluster, second) ?? second.dev };
    return [
      draft(
        second.host,
        { kind: 'address-duplicate', ip, at },
        {
          check: [proof(asker.host, 'neighbour', `arping -D -I ${asker.dev} -c 2 ${formatIpv4(ip)}`)],
          repair: [
            byHand('change-address', {
              host: second.host,
              line: `ip addr del ${formatIpv4(ip)}/${len} dev ${second.dev}`,
            }),
          ],
          trial: pingThere(cluster, ip, at),
        },
      ),
    ];
  });
}

/** docker0 has one address on every node, and nobody minds. */
function domainOf({ network }: Cluster, { link }: Device, ip: Ipv4): string | null {
  if (link.kind === 'nic') return link.segment === null ? null : `segment ${link.segment}`;
  const isPods = network !== null && contains(network, ip);
  return isPods && (link.kind === 'veth' || link.kind === 'bridge') ? 'pods' : null;
}

function deviceAt({ topology }: Cluster, { host, dev }: Port): Device | null {
  const found = hostNamed(topology, host);
  return found === null ? null : deviceNamed(found, dev);
}

/** The bridge a pod's cable is a port of. */
function masterOf(cluster: Cluster, port: Port): string | null {
  const device = deviceAt(cluster, port);
  return device?.link.kind === 'veth' ? (deviceAt(cluster, device.link.peer)?.master ?? null) : null;
}

/** From a pod that is none of the two. */
function pingThere(cluster: Cluster, ip: Ipv4, at: readonly Port[]): Trial {
  return () => {
    const from = cluster.topology.hosts.find(
      (host) => host.role === 'pod' && at.every((port) => port.host !== host.name),
    );
    return from === undefined ? null : `${from.name}: ping -c 1 -W 4 ${formatIpv4(ip)}`;
  };
}

function macs(cluster: Cluster): readonly Draft[] {
  const seen = new Map<string, { readonly mac: Mac; readonly at: Port[] }>();
  for (const host of cluster.topology.hosts) {
    for (const device of host.devices) {
      const domain = broadcastDomain(cluster, host, device);
      if (domain === null || device.mac === ZERO_MAC) continue;
      const key = `${domain} ${device.mac}`;
      const there = seen.get(key) ?? { mac: device.mac, at: [] };
      seen.set(key, there);
      there.at.push({ host: host.name, dev: device.name });
    }
  }
  return [...seen.values()].flatMap(({ mac, at }): readonly Draft[] => {
    const [first, second] = at;
    if (first === undefined || second === undefined) return [];
    const line = `ip link set ${second.dev} address ${localMac(mac)}`;
    const ip = deviceAt(cluster, first)?.addresses[0]?.ip;
    return [
      draft(
        second.host,
        { kind: 'mac-duplicate', mac, at },
        {
          check: at.map(({ host, dev }) => proof(host, 'link', `ip link show ${dev}`, `link/ether ${mac}`)),
          repair: [byHand('change-mac', { host: second.host, line })],
          trial: ip === undefined ? null : pingThere(cluster, ip, at),
        },
      ),
    ];
  });
}

/** Cards on one segment; pods on one bridge, with the bridge itself. */
function broadcastDomain(cluster: Cluster, host: Host, { name, link }: Device): string | null {
  if (link.kind === 'nic') return link.segment === null ? null : `segment ${link.segment}`;
  if (link.kind === 'bridge') return `bridge ${host.name} ${name}`;
  if (link.kind !== 'veth' || host.role !== 'pod') return null;
  const master = deviceAt(cluster, link.peer)?.master ?? null;
  return master === null ? null : `bridge ${link.peer.host} ${master}`;
}

/** The same with the "locally administered" bit set (IEEE 802), or its last bit turned where it is set already. */
function localMac(mac: Mac): string {
  const [first = '', ...rest] = mac.split(':');
  const value = Number.parseInt(first, 16);
  if ((value & 2) === 0) return [(value | 2).toString(16).padStart(2, '0'), ...rest].join(':');
  const last = Number.parseInt(rest.at(-1) ?? '', 16) ^ 1;
  return [first, ...rest.slice(0, -1), last.toString(16).padStart(2, '0')].join(':');
}
