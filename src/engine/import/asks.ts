/** What is missing, what stands in its place, and the one command that would tell. */
import { formatIpv4 } from '../addr/ipv4';
import { formatPrefix } from '../addr/prefix';
import type { ClusterSpec } from '../flannel/cluster-spec';
import { type Assumption, deviceNamed, type Host, hostNamed, type Topology } from '../topology/topology';
import type { Unknown } from './assemble';
import type { Imported } from './import';

/** Something that no source gave. `value`: what was taken instead, where one word can say it. */
export type Gap = Unknown | { readonly kind: 'assumed'; readonly what: Assumption; readonly value: string | null };

/** A command, and the gaps that its output would fill. `host`: null where kubectl works. */
export interface Ask {
  readonly host: string | null;
  readonly command: string;
  readonly gaps: readonly Gap[];
}

/** One entry a command; the most useful first. */
export function asksFor({ topology, flannel, report }: Imported): readonly Ask[] {
  const asks = new Map<string, { host: string | null; command: string; gaps: Gap[] }>();
  const place = placing(topology, flannel);
  const add = (gap: Gap, { host, command }: Pick<Ask, 'host' | 'command'>) => {
    const known = asks.get(`${host} ${command}`);
    if (known === undefined) asks.set(`${host} ${command}`, { host, command, gaps: [gap] });
    else known.gaps.push(gap);
  };
  for (const one of report.unknown) add(one, place(hostOf(one), commandFor(one)));
  for (const what of topology.assumed) {
    add(
      { kind: 'assumed', what, value: valueTaken(topology, what) },
      place(what.host, commandForAssumed(what, hostNamed(topology, what.host))),
    );
  }
  return [...asks.values()].sort((a, b) => b.gaps.length - a.gaps.length);
}

const hostOf = (unknown: Unknown): string | null => (unknown.kind === 'network' ? null : unknown.host);

const NODES = 'kubectl get nodes -o json';
const PODS = 'kubectl get pods -A -o wide';
const CONFIG = 'kubectl -n kube-flannel get configmap kube-flannel-cfg -o yaml';

function commandFor(unknown: Unknown): string {
  switch (unknown.kind) {
    case 'other-end':
      return PODS;
    case 'next-hop':
      return 'ip neigh';
    case 'forwarding':
      return 'sysctl net.ipv4.ip_forward';
    case 'network':
      return CONFIG;
    default:
      return 'ip -d addr';
  }
}

function commandForAssumed({ field, dev }: Assumption, host: Host | null): string {
  if ((field === 'host' && host?.role === 'node') || field === 'podCidr') return NODES;
  if (field === 'routes') return 'ip route';
  return field === 'name' && dev === null ? 'hostname' : 'ip -d addr';
}

/** Where a command is typed: at a node's prompt, in a pod by kubectl, or wherever kubectl works. */
function placing(topology: Topology, flannel: ClusterSpec) {
  const namespaces = new Map(flannel.pods.map(({ name, namespace }) => [name, namespace]));
  return (name: string | null, command: string): Pick<Ask, 'host' | 'command'> => {
    if (name === null || command.startsWith('kubectl ')) return { host: null, command };
    const host = hostNamed(topology, name);
    if (host?.role !== 'pod') return { host: name, command };
    return {
      host: null,
      command: `kubectl exec ${inNamespace(host, namespaces.get(name))} -- ${command.replace(' -d', '')}`,
    };
  };
}

const inNamespace = (pod: Host, namespace: string | null | undefined): string =>
  namespace == null || namespace === 'default' ? (pod.label ?? pod.name) : `-n ${namespace} ${pod.label ?? pod.name}`;

function valueTaken(topology: Topology, { host: name, dev, field }: Assumption): string | null {
  const host = hostNamed(topology, name);
  const device = host === null || dev === null ? null : deviceNamed(host, dev);
  switch (field) {
    case 'podCidr':
      return host?.podCidr == null ? null : formatPrefix(host.podCidr);
    case 'mac':
      return device?.mac ?? null;
    case 'ifindex':
      return device === null ? null : String(device.ifindex);
    case 'mtu':
      return device === null ? null : String(device.mtuBytes);
    case 'address':
      return device?.addresses.map(({ ip, prefixLen }) => `${formatIpv4(ip)}/${prefixLen}`).join(' ') ?? null;
    case 'name':
      return dev ?? name;
    case 'veth':
      return device?.link.kind === 'veth' ? device.link.peer.host : null;
    default:
      return null;
  }
}
