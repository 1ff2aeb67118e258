/**
 * One entry of a Linux IPv4 routing table, with the columns `ip route` prints.
 * Linux keeps two tables that matter here: `local` (the host's own addresses, consulted first)
 * and `main` (what `ip route` shows). Source: ip-rule(8), rules 0 and 32766; ip-route(8).
 */
import type { Ipv4 } from '../addr/ipv4';
import type { Prefix } from '../addr/prefix';

/** ip-route(8), "TYPE". `unicast` is the ordinary one; the last three refuse. */
export type RouteType = 'unicast' | 'local' | 'broadcast' | 'blackhole' | 'prohibit' | 'unreachable';

/** Who wrote the route (rtnetlink `rtm_protocol`). flannel's routes say `boot`, which `ip route` does not print. */
export type RouteProtocol = 'kernel' | 'boot' | 'static' | 'dhcp' | 'ra' | 'other';

export interface Route {
  readonly type: RouteType;
  readonly dst: Prefix;
  readonly via: Ipv4 | null; // next hop; null = the destination itself is on the link
  readonly dev: string | null; // null only for blackhole, prohibit, unreachable
  readonly metric: number; // lower is preferred among equal prefixes
  readonly protocol: RouteProtocol;
  readonly prefSrc: Ipv4 | null; // `src`: the source address packets made here take
  readonly onlink: boolean; // next hop taken as on the link although no prefix says so
  readonly mtuBytes: number | null; // the largest packet this way; null = that of the device
}

/** A route as most are: unicast, metric 0, written by hand or by flannel. */
export function route(dst: Prefix, rest: Partial<Omit<Route, 'dst'>> = {}): Route {
  return {
    type: 'unicast',
    dst,
    via: null,
    dev: null,
    metric: 0,
    protocol: 'boot',
    prefSrc: null,
    onlink: false,
    mtuBytes: null,
    ...rest,
  };
}

/** The largest packet that this route takes out of a device of that MTU. Linux include/net/ip.h, ip_dst_mtu_maybe_forward. */
export const mtuOf = ({ mtuBytes }: Route, deviceMtuBytes: number): number => mtuBytes ?? deviceMtuBytes;
