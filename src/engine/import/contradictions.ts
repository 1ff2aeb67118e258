/** Two lines of the texts that cannot both be true. The later one is taken, unless it shows less. */
import { formatIpv4 } from '../addr/ipv4';
import { formatPrefix } from '../addr/prefix';
import type { PodSpec } from '../flannel/cluster-spec';
import { formatRoute } from '../net/route-text';
import type { DeviceFact, Fact, FactOf, Source, Statement } from './facts';

export type ContradictionField =
  | 'mac'
  | 'ifindex'
  | 'mtu'
  | 'master'
  | 'peer-ifindex'
  | 'address'
  | 'route'
  | 'sysctl'
  | 'pod-ip'
  | 'pod-node'
  | 'pod-cidr'
  | 'public-ip'
  | 'internal-ip'
  | 'backend'
  | 'network';

export interface Said {
  readonly text: string | null; // null: the source leaves it out although it lists all
  readonly source: Source;
}

export interface Contradiction {
  readonly host: string | null; // null: about the whole cluster
  readonly field: ContradictionField;
  readonly of: string | null; // which device, prefix or sysctl
  readonly values: readonly [Said, Said]; // in the order of the texts
  readonly taken: 0 | 1;
}

/** `nameOf` gives the cluster's name of a node or pod. */
export function contradictionsIn(
  statements: Iterable<Statement>,
  nameOf: (name: string) => string,
): readonly Contradiction[] {
  const found: Contradiction[] = [];
  const last = new Map<string, Said>();
  const pods = new FirstMentions();
  const say = (host: string | null, field: ContradictionField, of: string | null, text: string, source: Source) => {
    const key = `${host} ${field} ${of}`;
    const before = last.get(key);
    const now = { text, source };
    if (before !== undefined && before.text !== text) found.push({ host, field, of, values: [before, now], taken: 1 });
    last.set(key, now);
  };
  const tables = new Map<string, { readonly fact: FactOf<'routes'>; readonly source: Source }>();
  const claim = ({ host, fact, source }: Statement) => {
    for (const { about, field, of, text } of claimsOf(fact, host, nameOf)) say(about, field, of, text, source);
  };
  for (const statement of statements) {
    const { host, fact, source } = statement;
    if (fact.kind === 'pod') for (const one of pods.withEarlier(statement, nameOf(fact.pod.name), fact.pod)) claim(one);
    else claim(statement);
    if (fact.kind !== 'routes' || !fact.complete || host === null) continue;
    const before = tables.get(host);
    const isLess = before?.fact.exact === true && !fact.exact; // `route -n` does not overrule `ip route`
    if (before !== undefined) found.push(...betweenTables(host, before, { fact, source }, isLess ? 0 : 1));
    if (!isLess) tables.set(host, { fact, source });
  }
  return found;
}

/** Most pods of a long list are spoken of once: nothing can contradict that, and nothing has to be kept of it but where it stands. */
class FirstMentions {
  private readonly byNamespace = new Map<string | null, Map<string, Statement | null>>(); // null: told already

  /** What has been said of that pod for the first time now, and what is said now; nothing at the first mention. */
  withEarlier(now: Statement, name: string, { namespace }: PodSpec): readonly Statement[] {
    const known = this.byNamespace.get(namespace) ?? new Map<string, Statement | null>();
    this.byNamespace.set(namespace, known);
    const before = known.get(name);
    known.set(name, before === undefined ? now : null);
    if (before === undefined) return [];
    return before === null ? [now] : [before, now];
  }
}

interface Claim {
  readonly about: string | null;
  readonly field: ContradictionField;
  readonly of: string | null;
  readonly text: string;
}

function claimsOf(fact: Fact, host: string | null, nameOf: (name: string) => string): readonly Claim[] {
  const claims: Claim[] = [];
  const claim = (
    about: string | null,
    field: ContradictionField,
    of: string | null,
    text: string | number | null | undefined,
  ) => {
    if (text !== null && text !== undefined) claims.push({ about, field, of, text: String(text) });
  };
  switch (fact.kind) {
    case 'device':
      if (host !== null) deviceClaims(fact, (field, text) => claim(host, field, fact.dev, text));
      break;
    case 'addresses':
      if (host !== null && fact.complete && fact.addresses.length > 0) {
        const texts = fact.addresses.map(({ ip, prefixLen }) => `${formatIpv4(ip)}/${prefixLen}`);
        claim(host, 'address', fact.dev, texts.sort().join(' '));
      }
      break;
    case 'sysctl':
      claim(host, 'sysctl', fact.key, fact.value);
      break;
    case 'pod': {
      const name = nameOf(fact.pod.name);
      if (fact.pod.hostNetwork || name === fact.pod.node) break;
      const about = fact.pod.namespace === null ? name : `${fact.pod.namespace}/${name}`;
      claim(about, 'pod-ip', null, fact.pod.ip === null ? null : formatIpv4(fact.pod.ip));
      claim(about, 'pod-node', null, fact.pod.node === null ? null : nameOf(fact.pod.node));
      break;
    }
    case 'node': {
      const { node } = fact;
      const name = nameOf(node.name);
      claim(name, 'pod-cidr', null, node.podCidr === null ? null : formatPrefix(node.podCidr));
      claim(name, 'public-ip', null, node.publicIp === null ? null : formatIpv4(node.publicIp));
      claim(name, 'internal-ip', null, node.internalIp === null ? null : formatIpv4(node.internalIp));
      claim(name, 'backend', null, node.backend);
      break;
    }
    case 'flannel-config':
      claim(null, 'network', null, fact.network === null ? null : formatPrefix(fact.network));
      claim(null, 'backend', null, fact.backend);
      break;
    case 'subnet-env':
      claim(null, 'network', null, fact.network === null ? null : formatPrefix(fact.network));
      break;
    default:
      break;
  }
  return claims;
}

function deviceClaims(
  { mac, ifindex, mtuBytes, master, peerIndex }: DeviceFact,
  claim: (field: ContradictionField, text: string | number | null | undefined) => void,
): void {
  claim('mac', mac);
  claim('ifindex', ifindex);
  claim('mtu', mtuBytes);
  claim('master', master);
  claim('peer-ifindex', peerIndex);
}

interface Table {
  readonly fact: FactOf<'routes'>;
  readonly source: Source;
}

/** Rows that stand in one table only, or lead elsewhere. Compared by what both kinds of table show. */
function betweenTables(host: string, before: Table, now: Table, taken: 0 | 1): readonly Contradiction[] {
  const [old, fresh] = [byDestination(before.fact), byDestination(now.fact)];
  const keys = new Set([...old.keys(), ...fresh.keys()]);
  return [...keys].flatMap((key): readonly Contradiction[] => {
    const [a, b] = [old.get(key), fresh.get(key)];
    if (a?.compared === b?.compared) return [];
    const values = [
      { text: a?.text ?? null, source: lineOf(before, a?.line) },
      { text: b?.text ?? null, source: lineOf(now, b?.line) },
    ] as const;
    return [{ host, field: 'route', of: key.split(' ')[0] ?? '', values, taken }];
  });
}

/** Of the route, or of the table where it has none. */
const lineOf = ({ source }: Table, line = 0): Source => ({ ...source, line: source.line + line });

const byDestination = ({ routes, lines }: FactOf<'routes'>) =>
  new Map(
    routes.map((one, i) => {
      const { dst, via, dev, metric, type } = one;
      const compared = `${via ?? ''} ${dev ?? ''} ${type === 'unicast' ? '' : 'refuses'}`;
      return [`${formatPrefix(dst)} ${metric}`, { compared, text: formatRoute(one), line: lines[i] ?? 0 }] as const;
    }),
  );
