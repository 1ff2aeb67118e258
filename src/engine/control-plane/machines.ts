/** What machines, kubelets and operators do; flanneld hears of it by its Node objects, or not at all. */
import { macFromBytes } from '../addr/mac';
import { prefixOf, samePrefix } from '../addr/prefix';
import { hash32 } from '../base/random';
import type { Device, InterfaceAddress } from '../net/device';
import type { Route } from '../net/route';
import { connected, device, inTableOrder, loopback, host as plainHost } from '../topology/build';
import { applyEdits } from '../topology/edits';
import { cardOf, defaultRoute, segmentOf } from '../topology/places';
import { type Host, PLAIN_SYSCTLS, type Topology } from '../topology/topology';
import type { ControlEvent } from './event';
import { leaseRemoved } from './flanneld';
import type { Play } from './state';

/** A locally administered MAC (IEEE 802) that follows from what it is for: equal input gives an equal cluster. */
export function madeUpMac(purpose: string) {
  const bits = hash32(0, 'mac', purpose);
  return macFromBytes(new Uint8Array([0x02, 0x42, bits >>> 24, bits >>> 16, bits >>> 8, bits]), 0);
}

/** The Node object appears, without annotations. Nobody does anything about it: no annotation, no event. */
export function joinCluster(
  play: Play,
  { node, podCidr, address }: Extract<ControlEvent, { kind: 'node-joins' }>,
): void {
  const there = play.hostOf(node);
  const model = play.topology.hosts.find((host) => host.role === 'node' && segmentOf(cardOf(host)) !== null);
  const after = there !== null || model === undefined ? play.topology : pluggedIn(play.topology, node, address, model);
  play.nodes.set(node, { podCidr, lease: null });
  play.note(node, { kind: 'node-registered', podCidr, isNew: there === null }, null, after);
}

/** A machine like the one beside it: same card, same segment, same gateway. */
function pluggedIn(topology: Topology, name: string, address: InterfaceAddress, model: Host): Topology {
  const card = cardOf(model);
  const segment = segmentOf(card);
  const dev = card?.name ?? 'eth0';
  const gateway = defaultRoute(model);
  const byDefault: readonly Route[] = gateway === null ? [] : [{ ...gateway, dev }];
  const nic = device(
    dev,
    2,
    madeUpMac(`${name} ${dev}`),
    { kind: 'nic', segment },
    {
      addresses: [address],
      mtuBytes: card?.mtuBytes ?? 1500,
    },
  );
  const made = plainHost(name, 'node', {
    devices: [loopback, nic],
    routes: inTableOrder([...byDefault, connected(dev, address, gateway?.metric ?? 0)]),
    sysctls: { ...PLAIN_SYSCTLS, bridgeNfCallIptables: model.sysctls.bridgeNfCallIptables },
  });
  const segments = topology.segments.map((one) =>
    one.name === segment ? { ...one, ports: [...one.ports, { host: name, dev }] } : one,
  );
  return { ...topology, hosts: [...topology.hosts, made], segments };
}

/** Its peers drop its route; on the node itself nothing changes, and it still reaches them. */
export function leaveCluster(play: Play, node: string): void {
  const lease = play.nodes.get(node)?.lease ?? null;
  play.nodes.delete(node);
  play.note(node, { kind: 'node-deleted' });
  if (lease === null) return;
  for (const daemon of play.daemons.values()) if (daemon.node !== node) leaseRemoved(play, daemon, lease);
}

/** Every device of it is down. Its Node object stays, so its lease does, and so do all the routes to it. */
export function powerOff(play: Play, node: string): void {
  const host = play.hostOf(node);
  if (host === null) return;
  play.daemons.delete(node);
  const devices = host.devices.map((one) => (one.link.kind === 'loopback' ? one : { ...one, up: false }));
  play.note(node, { kind: 'powered-off' }, null, play.replace({ ...host, devices, routes: [] }));
}

/**
 * Another address on the card. The kernel writes the new connected route and takes away the old one with every route
 * that has the old address as its source; next hops are not looked at again.
 * Source: Linux net/ipv4/fib_frontend.c (fib_del_ifaddr), fib_semantics.c (fib_sync_down_addr).
 */
export function addressChanged(play: Play, node: string, address: InterfaceAddress): void {
  const host = play.hostOf(node);
  const card = host === null ? null : cardOf(host);
  const [before] = card?.addresses ?? [];
  if (host === null || card === null || before === undefined) return;
  const after: Device = { ...card, addresses: [address, ...card.addresses.slice(1)] };
  const old = prefixOf(before.ip, before.prefixLen);
  const metric = host.routes.find(
    (one) => one.dev === card.name && one.via === null && samePrefix(one.dst, old),
  )?.metric;
  const kept = host.routes.filter(({ prefSrc }) => prefSrc !== before.ip);
  const routes = inTableOrder([...kept, connected(card.name, address, metric ?? 0)]);
  const devices = host.devices.map((one) => (one === card ? after : one));
  play.note(
    node,
    { kind: 'address-changed', dev: card.name, before, after: address },
    null,
    play.replace({ ...host, devices, routes }),
  );
}

/** Routes, links, sysctls, rules: whatever configures this host. */
export function typed(play: Play, node: string, command: string): void {
  const result = applyEdits(play.topology, [{ kind: 'line', line: `${node}: ${command}` }]);
  if (result.ok) {
    play.note(node, { kind: 'typed', command, refused: null }, null, result.value);
    return;
  }
  const { error } = result.error;
  play.note(node, { kind: 'typed', command, refused: error.kind === 'refused' ? error.text : error.kind });
}
