/** A neighbour that does not answer because its device is down, or its cable is not on the bridge. */
import { formatIpv4, type Ipv4 } from '../addr/ipv4';
import type { Device } from '../net/device';
import type { Edit } from '../topology/edits';
import { bridgeFor, defaultRoute, nodeOf } from '../topology/places';
import { deviceNamed, type Host, hostNamed, ownerOf, type Topology } from '../topology/topology';
import { wantedRoute } from '../topology/wanted-route';
import { lineAt, type Repair, repair } from './repair';
import { cardUp, setRoute } from './repair-route';

export interface Unanswered {
  readonly host: string; // that asked, or could not send
  readonly dev: string | null; // by which device
  readonly nextHop: Ipv4;
  readonly src: Ipv4 | null; // of the packet that waited: the way back is wanted too
}

/** Null where nobody has the address, or it is not on the asker's link at all. */
export function linkRepair(topology: Topology, { host, dev, nextHop, src }: Unanswered): Repair | null {
  const port = ownerOf(topology, nextHop);
  const owner = port === null ? null : hostNamed(topology, port.host);
  const device = owner === null || port === null ? null : deviceNamed(owner, port.dev);
  if (owner === null || device === null) return null;
  const { link } = device;
  const edits: Edit[] = [];
  let onBridge = false;
  if (link.kind === 'veth') {
    const node = hostNamed(topology, link.peer.host);
    const end = node === null ? null : deviceNamed(node, link.peer.dev);
    const bridge = node === null ? null : bridgeFor(node, nextHop);
    if (node !== null && bridge !== null && !bridge.up) edits.push(lineAt(node, `ip link set ${bridge.name} up`));
    if (node !== null && end !== null && bridge !== null && end.master !== bridge.name) {
      edits.push(lineAt(node, `ip link set ${end.name} master ${bridge.name}`));
      onBridge = true;
    }
    if (node !== null && end !== null && !end.up) edits.push(lineAt(node, `ip link set ${end.name} up`));
  }
  if (!device.up) edits.push(...upAgain(topology, owner, device, src));
  if (link.kind === 'nic' && dev !== null) {
    const asker = hostNamed(topology, host);
    const own = asker === null ? null : deviceNamed(asker, dev);
    if (asker !== null && own !== null && !own.up) edits.push(lineAt(asker, `ip link set ${own.name} up`));
  }
  return edits.length === 0 ? null : repair(onBridge ? 'on-bridge' : 'link-up', ...edits);
}

/** `up` brings back the connected routes alone: the default and the way back to the sender are set again. */
function upAgain(topology: Topology, owner: Host, { name, addresses }: Device, src: Ipv4 | null): readonly Edit[] {
  const [address] = addresses;
  if (owner.role !== 'pod') {
    const back = src === null ? null : wantedRoute(topology, owner, src);
    return [...cardUp(topology, owner, name), ...(back === null || back.dev !== name ? [] : [setRoute(owner, back)])];
  }
  const up = lineAt(owner, `ip link set ${name} up`);
  const bridge = address === undefined ? null : bridgeFor(nodeOf(topology, owner), address.ip);
  const gateway = bridge?.addresses[0]?.ip;
  return gateway === undefined || defaultRoute(owner) !== null
    ? [up]
    : [up, lineAt(owner, `ip route add default via ${formatIpv4(gateway)} dev ${name}`)];
}
