/** What differs between two moments of a cluster, table by table. Hosts that are the same object are passed over. */
import type { Device } from '../net/device';
import type { Route } from '../net/route';
import { formatRoute } from '../net/route-text';
import { type Host, hostNamed, type Topology } from '../topology/topology';

export type TableChange =
  | { readonly kind: 'host-added'; readonly host: string }
  | { readonly kind: 'route-added' | 'route-removed'; readonly host: string; readonly route: Route }
  | { readonly kind: 'device-added' | 'device-changed'; readonly host: string; readonly device: Device }
  | { readonly kind: 'sysctl-changed' | 'rules-changed'; readonly host: string };

export function changesBetween(before: Topology, after: Topology): readonly TableChange[] {
  return after.hosts.flatMap((host): readonly TableChange[] => {
    const was = hostNamed(before, host.name);
    if (was === host) return [];
    return was === null ? [{ kind: 'host-added', host: host.name }] : hostChanges(was, host);
  });
}

function hostChanges(before: Host, after: Host): readonly TableChange[] {
  const host = after.name;
  const [old, now] = [routesByText(before), routesByText(after)];
  const only = (all: ReadonlyMap<string, Route>, others: ReadonlyMap<string, Route>): readonly Route[] =>
    [...all].flatMap(([text, route]) => (others.has(text) ? [] : [route]));
  return [
    ...only(old, now).map((route) => ({ kind: 'route-removed', host, route }) as const),
    ...only(now, old).map((route) => ({ kind: 'route-added', host, route }) as const),
    ...after.devices.flatMap((device): readonly TableChange[] => {
      const was = before.devices.find(({ name }) => name === device.name);
      if (was === device) return [];
      return [{ kind: was === undefined ? 'device-added' : 'device-changed', host, device }];
    }),
    ...(before.sysctls === after.sysctls ? [] : [{ kind: 'sysctl-changed', host } as const]),
    ...(before.netfilter === after.netfilter ? [] : [{ kind: 'rules-changed', host } as const]),
  ];
}

const routesByText = ({ routes }: Host): ReadonlyMap<string, Route> =>
  new Map(routes.map((route) => [formatRoute(route), route]));
