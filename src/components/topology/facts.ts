/** What the details of a box say: one name and value a line, with those marked that no source gave. */

import { formatIpv4 } from '../../engine/addr/ipv4';
import { formatPrefix } from '../../engine/addr/prefix';
import type { Device } from '../../engine/net/device';
import { isAssumed } from '../../engine/topology/assumed';
import type { Place } from '../../engine/topology/offers';
import { isOnDemand, ownDevicesOf } from '../../engine/topology/on-demand';
import { type Assumption, deviceNamed, type Host, hostNamed, type Topology } from '../../engine/topology/topology';
import type { GraphWords } from './content';
import { type Box, MORE_ID, segmentId } from './scene';

export interface Fact {
  readonly name: string;
  readonly value: string;
  readonly assumed: boolean;
}

export interface Facts {
  readonly place: Place; // what can be changed there
  readonly title: string;
  readonly kind: string;
  readonly facts: readonly Fact[];
}

/** Of a list that grows with the cluster; nobody reads more. */
const LISTED_MAX = 200;

const plain = (name: string, value: string): Fact => ({ name, value, assumed: false });

/** Null for a box that has no details. `isBrief`: no table is made for it. */
export function factsOf(topology: Topology, words: GraphWords, box: Box, isBrief = false): Facts | null {
  if (box.id === MORE_ID) return null;
  if (box.kind === 'segment') return segmentFacts(topology, words, box);
  const host = hostNamed(topology, box.host ?? '');
  if (host === null) return null;
  const device = box.dev === null ? null : deviceNamed(host, box.dev);
  if (device !== null) return deviceFacts(topology, words, host, device);
  return box.kind === 'stack' ? stackFacts(words, host) : hostFacts(topology, words, host, isBrief);
}

/** How a box is called by someone who does not see it. */
export function nameOf(topology: Topology, words: GraphWords, box: Box): string {
  if (box.kind === 'stack') return words.stack(box.host ?? '');
  const segment = topology.segments.find((one) => segmentId(one.name) === box.id);
  if (segment !== undefined) return words.segmentName(segment.name);
  return box.dev === null ? (box.host ?? '') : `${box.host} ${box.dev}`;
}

function hostFacts(topology: Topology, words: GraphWords, host: Host, isBrief: boolean): Facts {
  const { facts } = words;
  const isLeftOut = isBrief && isOnDemand(host);
  const devices = (isLeftOut ? ownDevicesOf(host) : host.devices).filter((device) => device.link.kind !== 'loopback');
  return {
    place: { kind: 'host', host: host.name },
    title: host.name,
    kind: words.roles[host.role],
    facts: [
      ...(host.label === null ? [] : [plain(facts.kubernetes, host.label)]),
      ...(host.node === null ? [] : [plain(facts.node, host.node)]),
      ...(host.podCidr === null ? [] : [plain(facts.podCidr, formatPrefix(host.podCidr))]),
      ...(host.role === 'pod' ? [] : [plain('ip_forward', host.sysctls.ipForward ? '1' : '0')]),
      ...devices.slice(0, LISTED_MAX).map((device) => ({
        name: device.name,
        value:
          device.addresses.map(({ ip, prefixLen }) => `${formatIpv4(ip)}/${prefixLen}`).join(', ') ||
          words.kinds[device.link.kind],
        assumed:
          isAssumed(topology, host.name, device.name, 'address') || isAssumed(topology, host.name, device.name, 'name'),
      })),
      ...further(words, devices.length),
      ...(isLeftOut
        ? []
        : [
            {
              ...plain(facts.routes, String(host.routes.length)),
              assumed: isAssumed(topology, host.name, null, 'routes'),
            },
          ]),
    ],
  };
}

const further = (words: GraphWords, count: number): readonly Fact[] =>
  count > LISTED_MAX ? [plain('…', words.moreLines(count - LISTED_MAX))] : [];

function stackFacts(words: GraphWords, host: Host): Facts {
  const routes = host.routes.slice(0, LISTED_MAX).map((route) => {
    const via = route.via === null ? '' : `via ${formatIpv4(route.via)} `;
    const name = route.dst.len === 0 ? words.defaultRoute : formatPrefix(route.dst);
    return plain(name, route.dev === null ? route.type : `${via}dev ${route.dev}`);
  });
  return {
    place: { kind: 'stack', host: host.name },
    title: host.name,
    kind: words.routeLookup,
    facts: [plain('ip_forward', host.sysctls.ipForward ? '1' : '0'), ...routes, ...further(words, host.routes.length)],
  };
}

function deviceFacts(topology: Topology, words: GraphWords, host: Host, device: Device): Facts {
  const { facts } = words;
  const { link } = device;
  const mark = (name: string, value: string, field: Assumption['field']): Fact => ({
    name,
    value,
    assumed: isAssumed(topology, host.name, device.name, field),
  });
  return {
    place: { kind: 'device', host: host.name, dev: device.name },
    title: `${host.name} ${device.name}`,
    kind: words.kinds[link.kind],
    facts: [
      ...device.addresses.map(({ ip, prefixLen }) => mark(facts.address, `${formatIpv4(ip)}/${prefixLen}`, 'address')),
      mark(facts.mac, device.mac, 'mac'),
      mark(facts.mtu, String(device.mtuBytes), 'mtu'),
      mark(facts.ifindex, String(device.ifindex), 'ifindex'),
      ...(link.kind === 'veth' ? [mark(facts.peer, `${link.peer.host} ${link.peer.dev}`, 'veth')] : []),
      ...(link.kind === 'nic' ? [plain(facts.segment, link.segment ?? facts.unplugged)] : []),
      ...(link.kind === 'vxlan' ? [plain('vxlan', facts.tunnel(link.vni, link.port))] : []),
      ...(device.master === null ? [] : [plain(facts.master, device.master)]),
      ...(device.master === null ? [] : [plain(facts.hairpin, device.hairpin ? facts.on : facts.off)]),
      plain(facts.state, device.up ? facts.up : facts.down),
    ],
  };
}

function segmentFacts(topology: Topology, words: GraphWords, box: Box): Facts | null {
  const segment = topology.segments.find((one) => segmentId(one.name) === box.id);
  if (segment === undefined) return null;
  const facts = segment.ports.slice(0, LISTED_MAX).map((port) => {
    const host = hostNamed(topology, port.host);
    const device = host === null ? undefined : ownDevicesOf(host).find(({ name }) => name === port.dev);
    const assumed = host !== null && isAssumed(topology, host.name, port.dev, 'mac');
    return { name: `${port.host} ${port.dev}`, value: device?.mac ?? '', assumed };
  });
  return {
    place: { kind: 'segment', segment: segment.name },
    title: segment.name,
    kind: words.segmentName(''),
    facts: [...facts, ...further(words, segment.ports.length)],
  };
}
