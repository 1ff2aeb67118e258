/** What is written in each box of the graph, line by line, before anybody knows where the box will stand. */

import { formatIpv4 } from '../../engine/addr/ipv4';
import { formatPrefix, prefixOf } from '../../engine/addr/prefix';
import type { Device } from '../../engine/net/device';
import { isAssumed } from '../../engine/topology/assumed';
import { ownDevicesOf } from '../../engine/topology/on-demand';
import type { Assumption, Host, Segment, Topology } from '../../engine/topology/topology';
import { deviceNamed, hostNamed } from '../../engine/topology/topology';
import type { Catalogue } from '../../i18n';
import { textWidth } from '../shared/text-width';
import { type BoxKind, deviceId, hostId, MORE_ID, type Span, segmentId, stackId, type Tone } from './scene';

export type GraphWords = Catalogue['graph'];
export type Line = readonly Span[];

export const LINE = 17; // px from baseline to baseline
export const LEAD = 24; // px that the number of a capture point takes
export const ASSUMED = '†';
const SIZE = 13;
const ROUTES_MEASURED = 200; // a large cluster's routes are all alike

/** A box without a place: its lines, and how much room they want. */
export interface Content {
  readonly id: string;
  readonly kind: BoxKind;
  readonly host: string | null;
  readonly dev: string | null;
  readonly quiet: boolean;
  readonly down: boolean;
  readonly lines: readonly Line[];
  readonly spareLines: number; // kept free below the lines, for values that change with the step
  readonly capturePoint: number | null; // its number, shown before the first line
  readonly wants: number; // width in px, without padding
}

const span = (text: string, style: Partial<Omit<Span, 'text'>> = {}): Span => ({
  text,
  size: SIZE,
  bold: false,
  mono: false,
  tone: 'plain',
  ...style,
});
const name = (text: string, size = SIZE): Span => span(text, { bold: true, size });
const value = (text: string, tone: Tone = 'quiet'): Span => span(text, { mono: true, tone });
const quiet = (text: string): Span => span(text, { tone: 'quiet' });

export const lineWidth = (line: Line): number => line.reduce((sum, part) => sum + textWidth(part.text, part), 0);

/** Every text here is written for one cluster in one language. */
export class Writer {
  readonly topology: Topology;
  readonly words: GraphWords;

  constructor(topology: Topology, words: GraphWords) {
    this.topology = topology;
    this.words = words;
  }

  private assumed(host: string, dev: string | null, ...fields: readonly Assumption['field'][]): boolean {
    return fields.some((field) => isAssumed(this.topology, host, dev, field));
  }

  private box(kind: BoxKind, id: string, lines: readonly Line[], rest: Partial<Content> = {}): Content {
    const numbered = kind === 'device' || kind === 'small';
    const capturePoint = numbered ? this.pointNumber(rest.host ?? null, rest.dev ?? null) : null;
    const wants = Math.max(
      0,
      ...lines.map((line, i) => lineWidth(line) + (i === 0 && capturePoint !== null ? LEAD : 0)),
    );
    return {
      id,
      kind,
      host: null,
      dev: null,
      quiet: false,
      down: false,
      lines,
      spareLines: 0,
      capturePoint,
      wants,
      ...rest,
    };
  }

  /** A host drawn small carries the number of the capture point on any of its devices. */
  private pointNumber(host: string | null, dev: string | null): number | null {
    const points = this.topology.capturePoints;
    const at = points.findIndex((point) => point.host === host && (dev === null || point.dev === dev));
    return at === -1 ? null : at + 1;
  }

  private address(host: Host, device: Device | null): readonly Span[] {
    const ip = device?.addresses[0]?.ip;
    if (device === null || ip === undefined) return [];
    return [this.marked(value(formatIpv4(ip)), this.assumed(host.name, device.name, 'address'))];
  }

  private marked(part: Span, assumed: boolean): Span {
    return assumed ? { ...part, text: `${part.text}${ASSUMED}`, tone: 'assumed' } : part;
  }

  private mac(host: Host, device: Device): Span {
    return this.marked(value(device.mac), this.assumed(host.name, device.name, 'mac'));
  }

  private nameOf(host: Host, device: Device, size = SIZE): Span {
    return this.marked(name(device.name, size), this.assumed(host.name, device.name, 'name', 'veth'));
  }

  private device(host: Host, device: Device, lines: readonly Line[], rest: Partial<Content> = {}): Content {
    const down = device.up ? [] : [[quiet(this.words.down)]];
    const id = deviceId(host.name, device.name);
    return this.box('device', id, [...lines, ...down], {
      host: host.name,
      dev: device.name,
      down: !device.up,
      ...rest,
    });
  }

  podTitle(pod: Host): Content {
    const title = this.marked(name(pod.name, 14), this.assumed(pod.name, null, 'host'));
    const line = [title, quiet(' '), ...this.address(pod, mainDevice(pod))];
    return this.box('pod', hostId(pod.name), [line], { host: pod.name });
  }

  podStack(pod: Host): Content {
    return this.box('stack', stackId(pod.name), [[quiet(this.words.routeLookup)]], {
      host: pod.name,
    });
  }

  podDevice(pod: Host, device: Device): Content {
    const peer = peerOf(this.topology, device);
    const indexes = peer === null ? [] : [value(` if${device.ifindex} ↔ if${peer.ifindex}`)];
    return this.device(pod, device, [[this.nameOf(pod, device), ...indexes], [this.mac(pod, device)]]);
  }

  veth(node: Host, device: Device): Content {
    return this.device(node, device, [[this.nameOf(node, device)]]);
  }

  bridge(node: Host, device: Device, short: boolean): Content {
    const address = this.address(node, device);
    if (short)
      return this.device(node, device, [[this.nameOf(node, device), quiet(' '), ...address], [this.mac(node, device)]]);
    const title = [this.nameOf(node, device), quiet(` · ${this.words.bridge}`)];
    return this.device(node, device, [title, ...(address.length > 0 ? [address] : []), [this.mac(node, device)]]);
  }

  /** Three lines stay free: ip_forward, and the route this step chose. */
  nodeStack(node: Host): Content {
    const routes = node.routes.slice(0, ROUTES_MEASURED);
    const nextHops = routes.flatMap(({ via }) => (via === null ? [] : [`via ${formatIpv4(via)}`]));
    const texts = ['ip_forward = 1', ...nextHops, ...routes.map((route) => formatPrefix(route.dst))];
    const wants = Math.max(
      lineWidth([name(this.words.routeLookup)]),
      ...texts.map((text) => textWidth(text, { size: SIZE, mono: true })),
    );
    const lines = [[name(this.words.routeLookup)]];
    return this.box('stack', stackId(node.name), lines, { host: node.name, spareLines: 3, wants });
  }

  nic(node: Host, device: Device): Content {
    return this.device(node, device, [[this.nameOf(node, device)], [this.mac(node, device)]]);
  }

  /** docker0, a tunnel end: there, and not in the way. */
  other(node: Host, device: Device, short: boolean): Content {
    const title = this.marked(quiet(device.name), this.assumed(node.name, device.name, 'name'));
    const address = short ? [] : [quiet(' '), ...this.address(node, device)];
    return this.device(node, device, [[title, ...address]], { quiet: device.link.kind === 'bridge' });
  }

  /** One line if it fits, else two. */
  nodeTitle(
    node: Host,
    morePods: number,
  ): { readonly content: Content; readonly oneLine: Line; readonly twoLines: readonly Line[] } {
    const title = [
      this.marked(name(node.name, 15), this.assumed(node.name, null, 'host')),
      quiet('  '),
      ...this.address(node, mainDevice(node)),
    ];
    const pods = node.podCidr === null ? [] : [quiet(`${this.words.pods} `), value(formatPrefix(node.podCidr))];
    const more = morePods === 0 ? [] : [quiet(`${pods.length > 0 ? ' ' : ''}${this.words.morePods(morePods)}`)];
    const second = [...pods, ...more];
    const oneLine = second.length === 0 ? title : [...title, quiet(' · '), ...second];
    const twoLines = second.length === 0 ? [title] : [title, second];
    return {
      content: this.box('node', hostId(node.name), [], { host: node.name }),
      oneLine,
      twoLines,
    };
  }

  small(host: Host): Content {
    const title = this.marked(name(host.name), this.assumed(host.name, null, 'host'));
    return this.box('small', hostId(host.name), [[title, quiet(' '), ...this.address(host, mainDevice(host))]], {
      host: host.name,
    });
  }

  more(hosts: readonly Host[]): Content {
    return this.box('more', MORE_ID, [[quiet(this.words.moreNodes(hosts.length))]]);
  }

  /** The longest wording that fits in the width. */
  segment(segment: Segment, widthMax: number): Content {
    const wordings = this.words.segment(segment.name, networkOf(this.topology, segment));
    const fitting = wordings.find((text) => textWidth(text, { size: SIZE }) <= widthMax) ?? wordings.at(-1) ?? '';
    return this.box('segment', segmentId(segment.name), [[quiet(fitting)]]);
  }
}

/** The device a host is known by: the first one with an address that is no loopback, else the first such device. */
export function mainDevice(host: Host): Device | null {
  const real = ownDevicesOf(host).filter((device) => device.link.kind !== 'loopback');
  const nic = real.find((device) => device.link.kind === 'nic' && device.addresses.length > 0);
  return nic ?? real.find((device) => device.addresses.length > 0) ?? real[0] ?? null;
}

export function peerOf(topology: Topology, device: Device): Device | null {
  if (device.link.kind !== 'veth') return null;
  const host = hostNamed(topology, device.link.peer.host);
  return host === null ? null : deviceNamed(host, device.link.peer.dev);
}

function networkOf(topology: Topology, segment: Segment): string | null {
  for (const port of segment.ports) {
    const host = hostNamed(topology, port.host);
    const address = host === null ? undefined : deviceNamed(host, port.dev)?.addresses[0];
    if (address !== undefined) return formatPrefix(prefixOf(address.ip, address.prefixLen));
  }
  return null;
}
