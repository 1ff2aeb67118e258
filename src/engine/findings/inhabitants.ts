/** Which pods a node has, which bridge they hang on, and who has an address: looked up once for the whole cluster. */
import type { Ipv4 } from '../addr/ipv4';
import { contains, type Prefix, prefixOf } from '../addr/prefix';
import type { Device } from '../net/device';
import type { Host, Topology } from '../topology/topology';

export interface Inhabitants {
  readonly podsOf: ReadonlyMap<string, readonly Host[]>; // by the node's name
  readonly nodeOf: ReadonlyMap<string, string>; // by the pod's name
}

export function inhabitantsOf({ hosts }: Topology): Inhabitants {
  const podsOf = new Map<string, Host[]>();
  const nodeOf = new Map<string, string>();
  for (const host of hosts) {
    const node = host.role === 'pod' ? nodeNameOf(host) : null;
    if (node === null) continue;
    nodeOf.set(host.name, node);
    const there = podsOf.get(node);
    if (there === undefined) podsOf.set(node, [host]);
    else there.push(host);
  }
  return { podsOf, nodeOf };
}

/** The node named with it, or the one its cable leads to. */
function nodeNameOf({ node, devices }: Host): string | null {
  if (node !== null) return node;
  const cable = devices.find(({ link }) => link.kind === 'veth');
  return cable?.link.kind === 'veth' ? cable.link.peer.host : null;
}

/** The bridge that most pods' cables are ports of; else the one in the node's own subnet; else cni0. */
export function bridgeOf({ devices }: Host, podCidr: Prefix | null): Device | null {
  const ports = new Map<string, number>();
  for (const { master, link } of devices)
    if (master !== null && link.kind === 'veth') ports.set(master, (ports.get(master) ?? 0) + 1);
  const bridges = devices.filter(({ link }) => link.kind === 'bridge');
  const [busiest] = bridges
    .filter(({ name }) => ports.has(name))
    .sort((a, b) => (ports.get(b.name) ?? 0) - (ports.get(a.name) ?? 0));
  const inSubnet = bridges.find(
    ({ addresses }) => podCidr !== null && addresses.some(({ ip }) => contains(podCidr, ip)),
  );
  return busiest ?? inSubnet ?? bridges.find(({ name }) => name === 'cni0') ?? null;
}

/** Every address of the hosts with the devices that have it; docker0 has the same one everywhere and is left out. */
export function ownersByIp(hosts: readonly Host[]): ReadonlyMap<Ipv4, readonly { host: string; dev: string }[]> {
  const out = new Map<Ipv4, { host: string; dev: string }[]>();
  for (const host of hosts) {
    for (const { name, link, addresses } of host.devices) {
      if (link.kind === 'loopback') continue;
      for (const { ip } of addresses) {
        const there = out.get(ip);
        if (there === undefined) out.set(ip, [{ host: host.name, dev: name }]);
        else there.push({ host: host.name, dev: name });
      }
    }
  }
  return out;
}

export function subnetOfBridge(bridge: Device | null): Prefix | null {
  const own = bridge?.addresses[0];
  return own === undefined ? null : prefixOf(own.ip, own.prefixLen);
}
