/** What no source gave, of a host or of all: what is noted one by one, and what follows for pods that only a list tells of. */
import { assumedOfPod, assumedOfVeths, impliesOfVeth } from './listed';
import { type Assumption, type Host, hostNamed, type Topology } from './topology';

const notedOf = new WeakMap<readonly Assumption[], ReadonlyMap<string, readonly Assumption[]>>();

/** True where no source gave the value. */
export function isAssumed(topology: Topology, host: string, dev: string | null, field: Assumption['field']): boolean {
  const isMeant = (one: Assumption): boolean => one.dev === dev && one.field === field;
  if (notedIn(topology).get(host)?.some(isMeant) === true) return true;
  const owner = hostNamed(topology, host);
  if (owner === null) return false;
  if (owner.role !== 'node') return impliedOfPod(topology, owner).some(isMeant);
  const list = topology.listed?.get(host);
  return list !== undefined && dev !== null && impliesOfVeth(list, dev, field);
}

/** Everything that no source gave, of all hosts: many of a large cluster. */
export function* allAssumed({ assumed, listed }: Topology): Generator<Assumption> {
  yield* assumed;
  for (const list of listed?.values() ?? []) {
    for (const at of list.names.keys()) yield* assumedOfPod(list, at);
    yield* assumedOfVeths(list);
  }
}

/** Hosts whose route table nobody showed. */
export function hostsWithoutTable({ assumed, listed }: Topology): ReadonlySet<string> {
  const names = new Set<string>();
  for (const { host, field } of assumed) if (field === 'routes') names.add(host);
  for (const list of listed?.values() ?? []) for (const name of list.names) names.add(name);
  return names;
}

/**
 * What is still assumed once MACs have been told, each as 'host dev'. A listed pod among their hosts leaves its list: what
 * the list says of all its pods is no longer true of it.
 */
export function withMacsTold(topology: Topology, told: ReadonlySet<string>): Pick<Topology, 'assumed' | 'listed'> {
  const hosts = new Set([...told].map((key) => key.slice(0, key.lastIndexOf(' '))));
  const assumed = [...topology.assumed];
  const listed = new Map(topology.listed);
  for (const host of hosts) {
    const node = hostNamed(topology, host)?.node ?? '';
    const list = listed.get(node);
    const at = list?.names.indexOf(host) ?? -1;
    if (list === undefined || at === -1) continue;
    assumed.push(...assumedOfPod(list, at), ...assumedOfVeths({ ...list, names: [host] }));
    const others = <T>(values: readonly T[]): readonly T[] => values.filter((_, i) => i !== at);
    listed.set(node, { ...list, names: others(list.names), labels: others(list.labels), ips: others(list.ips) });
  }
  const left = assumed.filter(({ host, dev, field }) => field !== 'mac' || !told.has(`${host} ${dev}`));
  return topology.listed === undefined ? { assumed: left } : { assumed: left, listed };
}

function notedIn({ assumed }: Topology): ReadonlyMap<string, readonly Assumption[]> {
  let index = notedOf.get(assumed);
  if (index === undefined) {
    const made = new Map<string, Assumption[]>();
    for (const one of assumed) {
      const own = made.get(one.host);
      if (own === undefined) made.set(one.host, [one]);
      else own.push(one);
    }
    index = made;
    notedOf.set(assumed, index);
  }
  return index;
}

/** What a list implies of one of its pods. */
function impliedOfPod({ listed }: Topology, { name, node }: Host): readonly Assumption[] {
  const list = node === null ? undefined : listed?.get(node);
  const at = list?.names.indexOf(name) ?? -1;
  return list === undefined || at === -1 ? [] : assumedOfPod(list, at);
}
