/** Addresses that no listing of devices shows, but that routes give away. */
import { ipv4FromNumber } from '../addr/ipv4';
import { contains, formatPrefix, type Prefix, prefixOf } from '../addr/prefix';
import type { InterfaceAddress } from '../net/device';
import type { Assumption } from '../topology/topology';
import type { DeviceDraft, HostDraft } from './host-draft';
import { isBridge } from './pairs';
import type { Reach } from './reach';

export interface Inferred {
  readonly drafts: readonly HostDraft[];
  readonly assumed: readonly Assumption[];
}

/** Fills in the addresses of devices that have a connected route and none of their own shown. */
export function withInferredAddresses(drafts: readonly HostDraft[], reach: ReadonlyMap<string, Reach>): Inferred {
  const assumed: Assumption[] = [];
  const filled = drafts.map((draft) => {
    if (draft.routes === null) return draft;
    const devices = draft.devices.map((device) => {
      if (device.addresses.length > 0) return device;
      const found = addressOf(device, draft, reach);
      if (found === null) return device;
      if (found.assumed) assumed.push({ host: draft.name, dev: device.dev, field: 'address' });
      return { ...device, addresses: [found.address] };
    });
    return { ...draft, devices };
  });
  return { drafts: filled, assumed };
}

function addressOf(
  device: DeviceDraft,
  draft: HostDraft,
  reach: ReadonlyMap<string, Reach>,
): { readonly address: InterfaceAddress; readonly assumed: boolean } | null {
  const connected = (draft.routes ?? []).find(
    ({ dev, via, type, dst }) =>
      dev === device.dev && via === null && type === 'unicast' && dst.len < 32 && dst.len > 0,
  );
  if (connected === undefined) return null;
  const { dst, prefSrc } = connected;
  if (prefSrc !== null) return { address: { ip: prefSrc, prefixLen: dst.len }, assumed: false };
  if (isBridge(device, draft)) {
    return { address: { ip: ipv4FromNumber(dst.base + 1), prefixLen: dst.len }, assumed: true };
  }
  // Others reach this host's pods by one next hop on the same network: that is its address.
  const hops = ownPrefixes(draft).flatMap((prefix) => reach.get(formatPrefix(prefix))?.owner ?? []);
  const [hop, ...more] = hops.filter((ip) => contains(dst, ip));
  return hop === undefined || more.length > 0 ? null : { address: { ip: hop, prefixLen: dst.len }, assumed: true };
}

const ownPrefixes = (draft: HostDraft): readonly Prefix[] =>
  draft.devices
    .filter((device) => isBridge(device, draft))
    .flatMap(({ addresses }) => addresses.map(({ ip, prefixLen }) => prefixOf(ip, prefixLen)));
