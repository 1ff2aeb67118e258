/** Drafts of devices made whole: what kind of link each is, and a marked value wherever no source gave one. */
import { type Ipv4, ipv4FromNumber } from '../addr/ipv4';
import { ZERO_MAC } from '../addr/mac';
import type { Device, DeviceKind, Port } from '../net/device';
import { device, loopback } from '../topology/build';
import { madeUpMac } from '../topology/listed';
import type { Assumption } from '../topology/topology';
import type { DeviceDraft, HostDraft } from './host-draft';
import { isBridge } from './pairs';
import type { Card } from './segments';

const DEFAULT_MTU = 1500;

/** What a device leads to, before segments are known. `card`: to a segment. `loose`: a veth whose other end nobody showed. */
export type Role = 'loopback' | 'bridge' | 'paired' | 'vxlan' | 'ipip' | 'card' | 'loose';

export type Peers = ReadonlyMap<string, Port>; // `host dev` to the other end

export function roleOf(draft: HostDraft, one: DeviceDraft, peers: Peers): Role {
  if (one.type === 'loopback' || one.dev === 'lo') return 'loopback';
  if (isBridge(one, draft)) return 'bridge';
  if (peers.has(`${draft.name} ${one.dev}`)) return 'paired';
  if (one.type === 'vxlan' || (one.type === undefined && /^flannel\.\d+$/.test(one.dev))) return 'vxlan';
  if (one.type === 'ipip' || (one.type !== 'veth' && /ipip|^tunl\d/.test(one.dev))) return 'ipip';
  const port = (one.master ?? null) !== null;
  const vethLike = one.peerIndex !== undefined || one.type === 'veth' || /^(?:veth|cali|lxc)/.test(one.dev);
  return vethLike && (port || /^(?:veth|cali|lxc)/.test(one.dev)) ? 'loose' : 'card';
}

/** The cards of a host; a card that is a port of a bridge is placed by the bridge's addresses. */
export const cardsOf = (draft: HostDraft, peers: Peers): readonly Card[] =>
  draft.devices
    .filter((one) => roleOf(draft, one, peers) === 'card')
    .map((one) => {
      const master = draft.devices.find(({ dev }) => dev === one.master);
      return {
        host: draft.name,
        dev: one.dev,
        addresses: one.addresses.length > 0 ? one.addresses : (master?.addresses ?? []),
      };
    });

export interface MadeDevices {
  readonly devices: readonly Device[];
  readonly assumed: readonly Assumption[];
}

/** `segmentOf` names the segment of a card, by `host dev`. */
export function devicesOf(draft: HostDraft, peers: Peers, segmentOf: ReadonlyMap<string, string>): MadeDevices {
  const assumed: Assumption[] = [];
  const numbers = new Set(draft.devices.map(({ ifindex }) => ifindex ?? 0));
  const nextNumber = () => {
    let next = 2;
    while (numbers.has(next)) next += 1;
    numbers.add(next);
    return next;
  };
  const devices = draft.devices.map((one): Device => {
    const role = roleOf(draft, one, peers);
    if (role === 'loopback') return { ...loopback, mtuBytes: one.mtuBytes ?? loopback.mtuBytes, up: one.up ?? true };
    const tunnel = role === 'ipip';
    const lacks = (field: Assumption['field']) => assumed.push({ host: draft.name, dev: one.dev, field });
    if (one.mac === undefined && !tunnel) lacks('mac');
    if (one.mtuBytes === undefined) lacks('mtu');
    if (one.ifindex === undefined) lacks('ifindex');
    return device(
      one.dev,
      one.ifindex ?? nextNumber(),
      one.mac ?? (tunnel ? ZERO_MAC : madeUpMac(draft.name, one.dev)),
      linkOf(draft, one, role, peers, segmentOf),
      {
        mtuBytes: one.mtuBytes ?? DEFAULT_MTU,
        up: one.up ?? true,
        addresses: one.addresses,
        master: one.master ?? null,
        hairpin: one.hairpin ?? false,
        txChecksumOffload: one.txChecksumOffload,
      },
    );
  });
  const hasLoopback = devices.some(({ link }) => link.kind === 'loopback');
  return { devices: hasLoopback ? devices : [loopback, ...devices], assumed };
}

function linkOf(
  draft: HostDraft,
  one: DeviceDraft,
  role: Role,
  peers: Peers,
  segmentOf: ReadonlyMap<string, string>,
): DeviceKind {
  const key = `${draft.name} ${one.dev}`;
  const peer = peers.get(key);
  if (peer !== undefined && role === 'paired') return { kind: 'veth', peer };
  switch (role) {
    case 'bridge':
      return { kind: 'bridge' };
    case 'vxlan': {
      const under = underlayOf(draft, peers, one.vxlan?.underlay ?? null);
      const vni = one.vxlan?.vni ?? Number(/\d+$/.exec(one.dev)?.[0] ?? 1);
      return {
        kind: 'vxlan',
        vni,
        port: one.vxlan?.port ?? 8472,
        local: one.vxlan?.local ?? under.ip,
        underlay: under.dev,
      };
    }
    case 'ipip': {
      // flannel leaves the remote end open: each route's next hop is the outer destination.
      const hop = (draft.routes ?? []).find(({ dev, via }) => dev === one.dev && via !== null)?.via;
      const local = one.ipip?.local ?? underlayOf(draft, peers, null).ip;
      return { kind: 'ipip', local, remote: one.ipip?.remote ?? hop ?? NO_ADDRESS };
    }
    default:
      return { kind: 'nic', segment: segmentOf.get(key) ?? null };
  }
}

const NO_ADDRESS = ipv4FromNumber(0);

/** The card that carries a tunnel's packets: the one named, or that of the default route, or the first with an address. */
function underlayOf(draft: HostDraft, peers: Peers, named: string | null): { readonly dev: string; readonly ip: Ipv4 } {
  const byDefault = draft.routes?.find(({ dst, dev }) => dst.len === 0 && dev !== null)?.dev ?? null;
  const cards = draft.devices.filter((one) => roleOf(draft, one, peers) === 'card');
  const card =
    cards.find(({ dev }) => dev === (named ?? byDefault)) ?? cards.find(({ addresses }) => addresses.length > 0);
  return { dev: card?.dev ?? named ?? byDefault ?? 'eth0', ip: card?.addresses[0]?.ip ?? NO_ADDRESS };
}
