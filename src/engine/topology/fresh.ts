/** Names, MACs and networks that nobody in the cluster has yet: made up from those that are there, never by chance. */
import { ipv4FromNumber } from '../addr/ipv4';
import { type Mac, macFromBytes, macToBytes } from '../addr/mac';
import { contains, type Prefix, prefixOf } from '../addr/prefix';
import type { Device } from '../net/device';
import type { Topology } from './topology';

/** ens33 → ens34, pod2 → pod3, and on until the name is free. */
export function nextName(taken: readonly { readonly name: string }[], like: string): string {
  const [, stem = like, digits = '0'] = /^(.*?)(\d+)$/.exec(like) ?? [];
  for (let n = Number(digits) + 1; ; n += 1)
    if (!taken.some(({ name }) => name === `${stem}${n}`)) return `${stem}${n}`;
}

/** The MAC after that of the card it stands beside, as two ports of one board have; and on until it is free. */
export function nextMac(topology: Topology, model: Device | null): Mac {
  const taken = new Set(topology.hosts.flatMap((host) => host.devices.map(({ mac }) => mac)));
  const bytes = model === null ? new Uint8Array([2, 0, 0, 0, 0, 0]) : macToBytes(model.mac);
  const view = new DataView(bytes.buffer);
  for (;;) {
    view.setUint32(2, view.getUint32(2) + 1);
    const made = macFromBytes(bytes, 0);
    if (!taken.has(made)) return made;
  }
}

export function freeSegment({ segments }: Topology): string {
  for (let n = 2; ; n += 1) if (!segments.some(({ name }) => name === `lan${n}`)) return `lan${n}`;
}

/** A network as large as this one, some networks further on, that no address and no route of the cluster touches. */
export function freeNetwork({ hosts, network }: Topology, like: Prefix, further: number): Prefix {
  const used = hosts.flatMap((host) => [
    ...host.routes.flatMap(({ dst }) => (dst.len === 0 ? [] : [dst])),
    ...host.devices.flatMap(({ addresses }) => addresses.map(({ ip, prefixLen }) => prefixOf(ip, prefixLen))),
  ]);
  const taken = network === null ? used : [...used, network];
  const size = 2 ** (32 - like.len);
  for (let n = further; ; n += 1) {
    const net = prefixOf(ipv4FromNumber(like.base + n * size), like.len);
    if (!taken.some((one) => contains(net, one.base) || contains(one, net.base))) return net;
  }
}
