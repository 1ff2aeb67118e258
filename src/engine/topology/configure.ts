/**
 * Changes to a host as an operator types them: routes, links, sysctls, iptables rules. Each gives a new host, or the
 * very words with which the tool would refuse. Faults on the page, commands in a run and edits are all these.
 * Sources: ip-route(8), ip-link(8), iptables(8); Linux net/ipv4/fib_semantics.c (fib_check_nh), fib_frontend.c (fib_disable_ip).
 */
import { samePrefix } from '../addr/prefix';
import { err, ok, type Result, unreachable } from '../base/result';
import type { Device } from '../net/device';
import { lookup } from '../net/fib';
import type { Chain, Rule, Ruleset, TableName } from '../net/netfilter';
import type { Route } from '../net/route';
import { connected, inTableOrder } from './build';
import { deviceNamed, type Host } from './topology';

export type Change =
  | { readonly kind: 'route'; readonly verb: 'add' | 'replace' | 'del'; readonly route: Route }
  | {
      readonly kind: 'link';
      readonly dev: string;
      readonly set: Partial<Pick<Device, 'up' | 'mtuBytes' | 'master' | 'hairpin'>>;
    }
  | { readonly kind: 'sysctl'; readonly key: string; readonly value: number }
  | { readonly kind: 'policy'; readonly table: TableName; readonly chain: string; readonly policy: 'accept' | 'drop' }
  | {
      readonly kind: 'rule';
      readonly table: TableName;
      readonly chain: string;
      readonly verb: 'append' | 'insert' | 'delete';
      readonly rule: Rule;
    }
  | { readonly kind: 'chain'; readonly table: TableName; readonly chain: string; readonly verb: 'new' | 'flush' };

/** The host after the change; or what the tool prints instead. */
export function configure(host: Host, change: Change): Result<Host, string> {
  switch (change.kind) {
    case 'route':
      return changeRoute(host, change.verb, change.route);
    case 'link':
      return changeLink(host, change.dev, change.set);
    case 'sysctl':
      return changeSysctl(host, change.key, change.value);
    case 'policy':
      return ok(withChain(host, change.table, change.chain, (chain) => ({ ...chain, policy: change.policy })));
    case 'rule':
      return changeRule(host, change.table, change.chain, change.verb, change.rule);
    case 'chain':
      return ok(withChain(host, change.table, change.chain, ({ policy }) => ({ policy, rules: [] })));
    default:
      return unreachable(change);
  }
}

function changeRoute(host: Host, verb: 'add' | 'replace' | 'del', wanted: Route): Result<Host, string> {
  if (verb === 'del') {
    const gone = host.routes.find((route) => samePrefix(route.dst, wanted.dst) && fits(route, wanted));
    return gone === undefined
      ? err('RTNETLINK answers: No such process')
      : ok({ ...host, routes: host.routes.filter((route) => route !== gone) });
  }
  const placed = withDevice(host, wanted);
  if (!placed.ok) return placed;
  const same = host.routes.find((route) => samePrefix(route.dst, wanted.dst) && route.metric === wanted.metric);
  if (same !== undefined && verb === 'add') return err('RTNETLINK answers: File exists');
  const routes = [...host.routes.filter((route) => route !== same), placed.value];
  return ok({ ...host, routes: inTableOrder(routes) });
}

/** `ip route del` takes the first route that agrees with every word given. */
const fits = (route: Route, wanted: Route): boolean =>
  (wanted.via === null || wanted.via === route.via) &&
  (wanted.dev === null || wanted.dev === route.dev) &&
  (wanted.metric === 0 || wanted.metric === route.metric) &&
  (wanted.type === 'unicast' || wanted.type === route.type);

/** A next hop must itself be on a connected network, unless `onlink` says to believe it. */
function withDevice(host: Host, wanted: Route): Result<Route, string> {
  if (wanted.type !== 'unicast') return ok(wanted);
  const named = wanted.dev === null ? null : deviceNamed(host, wanted.dev);
  if (wanted.dev !== null && named === null) return err(`Cannot find device "${wanted.dev}"`);
  if (named !== null && !named.up)
    return err(wanted.via === null ? 'RTNETLINK answers: Network is down' : 'Error: Nexthop device is not up.');
  if (wanted.via === null) return wanted.dev === null ? err('RTNETLINK answers: No such device') : ok(wanted);
  if (wanted.onlink && wanted.dev !== null) return ok(wanted);
  const way = lookup(host.routes, wanted.via);
  const onLink =
    way !== null && way.type === 'unicast' && way.via === null && (wanted.dev === null || wanted.dev === way.dev);
  return onLink ? ok({ ...wanted, dev: way.dev }) : err('Error: Nexthop has invalid gateway.');
}

function changeLink(host: Host, dev: string, set: Partial<Device>): Result<Host, string> {
  const device = deviceNamed(host, dev);
  if (device === null) return err(`Cannot find device "${dev}"`);
  const after = { ...device, ...set };
  const devices = host.devices.map((one) => (one === device ? after : one));
  return ok({ ...host, devices, routes: routesAfter(host, device, after) });
}

/** Down takes every route over the device away; up brings back only those of its own addresses. */
function routesAfter(host: Host, before: Device, after: Device): readonly Route[] {
  if (before.up === after.up) return host.routes;
  const others = host.routes.filter((route) => route.dev !== after.name);
  return after.up
    ? inTableOrder([...others, ...after.addresses.map((address) => connected(after.name, address))])
    : others;
}

function changeSysctl(host: Host, key: string, value: number): Result<Host, string> {
  const { sysctls } = host;
  if (key === 'net.ipv4.ip_forward' || key === 'net.ipv4.conf.all.forwarding') {
    return ok({ ...host, sysctls: { ...sysctls, ipForward: value !== 0 } });
  }
  if (key === 'net.bridge.bridge-nf-call-iptables') {
    return ok({ ...host, sysctls: { ...sysctls, bridgeNfCallIptables: value !== 0 } });
  }
  const [, dev, name] = /^net\.ipv4\.conf\.(.+)\.(rp_filter|proxy_arp|forwarding)$/.exec(key) ?? [];
  const unknown = `sysctl: cannot stat /proc/sys/${key.replaceAll('.', '/')}: No such file or directory`;
  if (dev === undefined || name === undefined) return err(unknown);
  const mode: 0 | 1 | 2 = value === 1 || value === 2 ? value : 0;
  if (dev === 'all' && name === 'rp_filter') return ok({ ...host, sysctls: { ...sysctls, rpFilterAll: mode } });
  if (deviceNamed(host, dev) === null) return err(unknown);
  const own = sysctls.perDevice.get(dev) ?? {};
  const on = value !== 0;
  const set: typeof own =
    name === 'rp_filter' ? { rpFilter: mode } : name === 'proxy_arp' ? { proxyArp: on } : { forwarding: on };
  const changed = { ...own, ...set };
  return ok({ ...host, sysctls: { ...sysctls, perDevice: new Map(sysctls.perDevice).set(dev, changed) } });
}

const BUILT_IN: ReadonlySet<string> = new Set(['PREROUTING', 'INPUT', 'FORWARD', 'OUTPUT', 'POSTROUTING']);

function withChain(host: Host, table: TableName, name: string, change: (chain: Chain) => Chain): Host {
  const chain = host.netfilter[table].get(name) ?? {
    policy: BUILT_IN.has(name) ? ('accept' as const) : null,
    rules: [],
  };
  const netfilter: Ruleset = { ...host.netfilter, [table]: new Map(host.netfilter[table]).set(name, change(chain)) };
  return { ...host, netfilter };
}

function changeRule(
  host: Host,
  table: TableName,
  name: string,
  verb: 'append' | 'insert' | 'delete',
  rule: Rule,
): Result<Host, string> {
  const chain = host.netfilter[table].get(name);
  if (chain === undefined && !BUILT_IN.has(name)) return err('iptables: No chain/target/match by that name.');
  if (verb === 'delete') {
    const at = chain?.rules.findIndex(({ text }) => text === rule.text) ?? -1;
    if (at < 0) return err('iptables: Bad rule (does a matching rule exist in that chain?).');
    return ok(withChain(host, table, name, (was) => ({ ...was, rules: was.rules.filter((_, i) => i !== at) })));
  }
  return ok(
    withChain(host, table, name, (was) => ({
      ...was,
      rules: verb === 'append' ? [...was.rules, rule] : [rule, ...was.rules],
    })),
  );
}
