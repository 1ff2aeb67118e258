/**
 * flanneld's own words. Texts: flannel main.go, pkg/ipmatch/match.go, pkg/subnet/kube/kube.go, pkg/backend/route_network.go,
 * pkg/trafficmngr/iptables/iptables.go @cdf76059; routes inside them as vishvananda/netlink v1.3.1 prints them
 * (route.go, Route.String).
 */
import { formatIpv4 } from '../addr/ipv4';
import { formatPrefix, type Prefix } from '../addr/prefix';
import type { Lease } from '../flannel/lease';
import type { Route } from '../net/route';

/** As Go prints them. */
export type Errno = 'file exists' | 'network is unreachable' | 'network is down' | 'no such device';

export interface LogLine {
  readonly severity: 'I' | 'W' | 'E';
  readonly file: string;
  readonly text: string;
}

const line =
  (severity: LogLine['severity'], file: string) =>
  (text: string): LogLine => ({ severity, file, text });
const [routeInfo, routeWarning, routeError] = (['I', 'W', 'E'] as const).map((severity) =>
  line(severity, 'route_network.go'),
) as [(text: string) => LogLine, (text: string) => LogLine, (text: string) => LogLine];
const mainInfo = line('I', 'main.go');
const mainError = line('E', 'main.go');

/** As flannel asks for it (table 0: not said) or as the kernel lists it (table 254: main). */
type Told = { readonly route: Route; readonly ifindex: number; readonly table: 0 | 254 };

const netlink = ({ route: { dst, via, prefSrc }, ifindex, table }: Told): string =>
  `{Ifindex: ${ifindex} Dst: ${formatPrefix(dst)} Src: ${prefSrc === null ? '<nil>' : formatIpv4(prefSrc)} ` +
  `Gw: ${via === null ? '<nil>' : formatIpv4(via)} Flags: [] Table: ${table} Realm: 0}`;

export const LOG = {
  usingInterface: (dev: string, ip: string) =>
    line('I', 'match.go')(`Using interface with name ${dev} and address ${ip}`),
  noInterface: () => mainError('Failed to find any valid interface to use: failed to get default interface'),
  noPodCidr: (node: string) =>
    mainError(`Error registering network: failed to acquire lease: node "${node}" pod cidr not assigned`),
  outsideNetwork: (node: string, network: Prefix, podCidr: Prefix) =>
    mainError(
      `Error registering network: failed to acquire lease: subnet "${formatPrefix(network)}" specified in the flannel net config doesn't contain "${formatPrefix(podCidr)}" PodCIDR of the "${node}" node`,
    ),
  wroteSubnetFile: () => mainInfo('Wrote subnet file to /run/flannel/subnet.env'),
  rulesMissing: () => line('I', 'iptables.go')('Some iptables rules are missing; deleting and recreating rules'),
  ignoring: (own: string, lease: Lease) => routeWarning(`Ignoring non-${own} subnet: type=${lease.backend}`),
  subnetAdded: ({ subnet, publicIp }: Lease) =>
    routeInfo(`Subnet added: ${formatPrefix(subnet)} via ${formatIpv4(publicIp)}`),
  subnetRemoved: ({ subnet }: Lease) => routeInfo(`Subnet removed: ${formatPrefix(subnet)}`),
  replacing: (before: Route, beforeIndex: number, route: Route, ifindex: number) =>
    routeWarning(
      `Replacing existing route to ${netlink({ route: before, ifindex: beforeIndex, table: 254 })} with ${netlink({ route, ifindex, table: 0 })}`,
    ),
  alreadyExists: (route: Route, ifindex: number) =>
    routeInfo(`Route to ${netlink({ route, ifindex, table: 0 })} already exists, skipping.`),
  errorAdding: (route: Route, ifindex: number, errno: Errno) =>
    routeError(`Error adding route to ${netlink({ route, ifindex, table: 0 })}: ${errno}`),
  errorDeleting: ({ dst }: Route) => routeError(`Error deleting route to ${formatPrefix(dst)}: no such process`),
  recovered: ({ dst, via }: Route) =>
    routeInfo(`Route recovered ${formatPrefix(dst)} : ${via === null ? '<nil>' : formatIpv4(via)}`),
} as const;

/**
 * A line as klog writes it, with the time since the time line began as if that were midnight of January 1st. klog also
 * names the line of the source file; that number changes with every version, so none is made up here.
 */
export function klogLine({ severity, file, text }: LogLine, atMs: number): string {
  const two = (value: number): string => String(Math.floor(value)).padStart(2, '0');
  const days = Math.floor(atMs / 86_400_000);
  const [hours, minutes, seconds] = [(atMs / 3_600_000) % 24, (atMs / 60_000) % 60, (atMs / 1000) % 60];
  const micros = String(Math.round((atMs % 1000) * 1000)).padStart(6, '0');
  return `${severity}01${two(days + 1)} ${two(hours)}:${two(minutes)}:${two(seconds)}.${micros}       1 ${file}] ${text}`;
}
