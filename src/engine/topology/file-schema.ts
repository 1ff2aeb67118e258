/** The shape of a cluster file, version 1. Addresses, routes and rules are written as the tools print them. */
import * as v from 'valibot';
import { formatIpv4, readIpv4 } from '../addr/ipv4';
import { readMac } from '../addr/mac';
import { formatPrefix, readPrefix } from '../addr/prefix';
import { readRule } from '../net/iptables-text';
import { formatRoute, readRoute } from '../net/route-text';
import { splitWords } from '../net/words';
import { PLACING_MAX } from './placing';

/** A text that `read` understands; anything else is an issue at its place in the file. */
const readBy = <T>(read: (text: string) => T | null, what: string) =>
  v.pipe(
    v.string(),
    v.rawTransform<string, T>(({ dataset, addIssue, NEVER }) => {
      const value = read(dataset.value);
      if (value !== null) return value;
      addIssue({ message: what, expected: what });
      return NEVER;
    }),
  );

const whole = (max: number) => v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(max));
const name = v.pipe(v.string(), v.minLength(1));
const address = readBy(readIpv4, 'an IPv4 address');
const macAddress = readBy(readMac, 'a MAC address');
const network = readBy(readPrefix, 'an IPv4 prefix');
const routeText = readBy((text) => {
  const read = readRoute(splitWords(text));
  return read.ok ? read.value : null;
}, 'a route as ip route prints it');
const ruleText = readBy((text) => {
  const [flag, chain, ...words] = splitWords(text);
  const read = flag === '-A' && chain !== undefined ? readRule(words, chain) : readRule(splitWords(text));
  return read.ok ? { ...read.value.rule, text } : null;
}, 'a rule as iptables-save prints it');
const interfaceAddress = readBy((text) => {
  const [ip = '', length = ''] = text.split('/');
  const value = readIpv4(ip);
  return value === null || !/^(?:3[0-2]|[12]?\d)$/.test(length) ? null : { ip: value, prefixLen: Number(length) };
}, 'an IPv4 address with its prefix length');

const port = v.strictObject({ host: name, dev: name });

const link = v.variant('kind', [
  v.strictObject({ kind: v.literal('nic'), segment: v.nullable(name) }),
  v.strictObject({ kind: v.literal('veth'), peer: port }),
  v.strictObject({ kind: v.literal('bridge') }),
  v.strictObject({
    kind: v.literal('vxlan'),
    vni: whole(0xff_ffff),
    port: whole(65535),
    local: address,
    underlay: name,
  }),
  v.strictObject({ kind: v.literal('ipip'), local: address, remote: address }),
  v.strictObject({ kind: v.literal('loopback') }),
]);

const device = v.strictObject({
  name,
  ifindex: whole(0x7fff_ffff),
  mac: macAddress,
  mtuBytes: whole(0xff_ffff),
  up: v.boolean(),
  addresses: v.array(interfaceAddress),
  master: v.nullable(name),
  hairpin: v.boolean(),
  txChecksumOffload: v.boolean(),
  link,
});

const filterMode = v.picklist([0, 1, 2]);
const sysctls = v.strictObject({
  ipForward: v.boolean(),
  rpFilterAll: filterMode,
  bridgeNfCallIptables: v.boolean(),
  perDevice: v.record(
    name,
    v.strictObject({
      rpFilter: v.exactOptional(filterMode),
      proxyArp: v.exactOptional(v.boolean()),
      forwarding: v.exactOptional(v.boolean()),
    }),
  ),
});

const chains = v.record(
  name,
  v.strictObject({ policy: v.nullable(v.picklist(['accept', 'drop'])), rules: v.array(ruleText) }),
);

const listener = v.variant('protocol', [
  v.strictObject({ protocol: v.literal('tcp'), port: whole(65535), replyBytes: whole(0xff_ffff) }),
  v.strictObject({ protocol: v.literal('udp'), port: whole(65535), echo: v.boolean() }),
]);

const host = v.strictObject({
  name,
  role: v.picklist(['node', 'pod', 'router', 'machine']),
  label: v.nullable(v.string()),
  node: v.nullable(name),
  podCidr: v.nullable(network),
  devices: v.array(device),
  routes: v.array(routeText),
  /** Of a large cluster's node: to `routes` comes what flannel writes from `leases`, over this device. */
  fromLeases: v.optional(v.strictObject({ dev: name, address: interfaceAddress })),
  neighbours: v.array(
    v.strictObject({
      dev: name,
      ip: address,
      mac: macAddress,
      state: v.picklist(['permanent', 'reachable', 'stale', 'delay']),
    }),
  ),
  tunnelFdb: v.array(v.strictObject({ dev: name, mac: macAddress, remote: address })),
  sysctls,
  netfilter: v.strictObject({
    filter: chains,
    nat: chains,
    mangle: v.exactOptional(chains),
    raw: v.exactOptional(chains),
  }),
  listeners: v.array(listener),
});

const assumption = v.strictObject({
  host: name,
  dev: v.nullable(name),
  field: v.picklist(['mac', 'ifindex', 'address', 'mtu', 'name', 'routes', 'host', 'veth', 'podCidr']),
});

const offset = v.pipe(v.number(), v.minValue(-PLACING_MAX), v.maxValue(PLACING_MAX));

const lease = v.strictObject({
  node: name,
  subnet: network,
  publicIp: address,
  backend: v.picklist(['host-gw', 'vxlan', 'ipip', 'other']),
});

/** What stands in the file beside its `format` and `version`. */
export const clusterSchema = v.object({
  name: v.string(),
  network: v.nullable(network),
  hosts: v.array(host),
  segments: v.array(v.strictObject({ name, ports: v.array(port), sourceGuard: v.optional(v.boolean(), false) })),
  capturePoints: v.array(v.strictObject({ id: name, host: name, dev: name })),
  assumed: v.array(assumption),
  leases: v.optional(v.array(lease), []),
  /** An older program passes it over and draws the same cluster, so it needs no version of its own. */
  layout: v.exactOptional(v.array(v.strictObject({ host: name, dx: offset, dy: offset }))),
});

export type ClusterInFile = v.InferInput<typeof clusterSchema>;
export type ClusterRead = v.InferOutput<typeof clusterSchema>;

/** The writing side of the readers above. */
export const written = {
  address: formatIpv4,
  network: formatPrefix,
  route: formatRoute,
  interfaceAddress: ({ ip, prefixLen }: { ip: Parameters<typeof formatIpv4>[0]; prefixLen: number }): string =>
    `${formatIpv4(ip)}/${prefixLen}`,
};
