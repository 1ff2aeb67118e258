/** Prefixes inside prefixes, and a bridge's own. */
import { contains, type Prefix, prefixOf } from '../addr/prefix';
import type { Device } from '../net/device';

export const isInside = (inner: Prefix, outer: Prefix): boolean =>
  inner.len >= outer.len && contains(outer, inner.base);

export const overlap = (a: Prefix, b: Prefix): boolean => isInside(a, b) || isInside(b, a);

export function subnetOfBridge(bridge: Device | null): Prefix | null {
  const own = bridge?.addresses[0];
  return own === undefined ? null : prefixOf(own.ip, own.prefixLen);
}
