/** What is missing, what stands in its place, and the one command that would tell. */
import { formatIpv4 } from '../addr/ipv4';
import { formatPrefix } from '../addr/prefix';
import type { ClusterSpec } from '../flannel/cluster-spec';
import { assumedOfPod, assumedOfVeths, countOfPod, countOfVeths } from '../topology/listed';
import { type Assumption, deviceNamed, type Host, hostNamed, type Topology } from '../topology/topology';
import type { Unknown } from './assemble';
import type { Imported } from './import';

/** Something that no source gave. `value`: what was taken instead, where one word can say it. */
export type Gap = Unknown | { readonly kind: 'assumed'; readonly what: Assumption; readonly value: string | null };

/** A command, and the gaps that its output would fill. `host`: null where kubectl works. */
export interface Ask {
  readonly host: string | null;
  readonly command: string;
  readonly gapCount: number;
  readonly gaps: readonly Gap[];
}

type Place = Pick<Ask, 'host' | 'command'>;

/**
 * One entry a command; the most useful first. Of a large cluster there are hundreds of thousands, of which a few are read:
 * an entry's gaps are made when somebody looks at them.
 */
export function asksFor({ topology, flannel, report }: Imported): readonly Ask[] {
  const asks = new Map<string, LazyAsk>();
  const place = placing(topology, flannel);
  const at = (where: Place): LazyAsk => {
    const key = `${where.host} ${where.command}`;
    const known = asks.get(key) ?? new LazyAsk(topology, () => where);
    asks.set(key, known);
    return known;
  };
  for (const one of report.unknown) at(place(hostOf(one), commandFor(one))).add(1, () => [one]);
  for (const what of topology.assumed) {
    at(place(what.host, commandForAssumed(what, hostNamed(topology, what.host)))).add(1, () => [what]);
  }
  const ofPods: LazyAsk[] = [];
  for (const list of topology.listed?.values() ?? []) {
    at({ host: list.node, command: DEVICES }).add(countOfVeths(list), () => assumedOfVeths(list));
    list.names.forEach((name, i) => {
      for (const isRoute of [false, true]) {
        const ask = new LazyAsk(topology, () => place(name, isRoute ? ROUTES : DEVICES));
        const count = countOfPod(list);
        ofPods.push(
          ask.add(isRoute ? 1 : count - 1, () => assumedOfPod(list, i).filter((one) => isRoute === (one.dev === null))),
        );
      }
    });
  }
  return [...asks.values(), ...ofPods].sort((a, b) => b.gapCount - a.gapCount);
}

class LazyAsk implements Ask {
  gapCount = 0;
  private readonly parts: (() => readonly (Unknown | Assumption)[])[] = [];
  constructor(
    private readonly topology: Topology,
    private readonly where: () => Place,
  ) {}

  add(count: number, part: () => readonly (Unknown | Assumption)[]): this {
    this.gapCount += count;
    this.parts.push(part);
    return this;
  }

  get host(): string | null {
    return this.where().host;
  }

  get command(): string {
    return this.where().command;
  }

  get gaps(): readonly Gap[] {
    return this.parts.flatMap((part) =>
      part().map((what) =>
        'field' in what ? { kind: 'assumed' as const, what, value: valueTaken(this.topology, what) } : what,
      ),
    );
  }
}

const hostOf = (unknown: Unknown): string | null => (unknown.kind === 'network' ? null : unknown.host);

const NODES = 'kubectl get nodes -o json';
const PODS = 'kubectl get pods -A -o wide';
const DEVICES = 'ip -d addr';
const ROUTES = 'ip route';
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
      return DEVICES;
  }
}

function commandForAssumed({ field, dev }: Assumption, host: Host | null): string {
  if ((field === 'host' && host?.role === 'node') || field === 'podCidr') return NODES;
  if (field === 'routes') return ROUTES;
  return field === 'name' && dev === null ? 'hostname' : DEVICES;
}

/** Where a command is typed: at a node's prompt, in a pod by kubectl, or wherever kubectl works. */
function placing(topology: Topology, flannel: ClusterSpec) {
  const namespaces = new Map(flannel.pods.map(({ name, namespace }) => [name, namespace]));
  return (name: string | null, command: string): Place => {
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
