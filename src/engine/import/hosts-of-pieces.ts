/** Output without a prompt belongs to the host that shows the same MAC or address; else each text is a host of its own. */
import { describesHost, type Fact } from './facts';
import type { Piece } from './read';

export interface Placed {
  readonly pieces: readonly Piece[];
  readonly unnamed: readonly string[]; // hosts that got a name here
}

export function withHosts(pieces: readonly Piece[]): Placed {
  const owners = new Map<string, string>();
  const isLog = ({ facts }: Piece): boolean => facts.length > 0 && facts.every(({ fact }) => fact.kind === 'flanneld');
  for (const piece of pieces) {
    const { host, facts } = piece;
    if (host === null || isLog(piece)) continue;
    for (const { fact } of facts) for (const mark of marksOf(fact)) if (!owners.has(mark)) owners.set(mark, host);
  }
  const ownerBy = (facts: Piece['facts']): string | undefined => {
    for (const { fact } of facts) {
      for (const mark of marksOf(fact)) {
        const owner = owners.get(mark);
        if (owner !== undefined) return owner;
      }
    }
    return undefined;
  };
  const byText = new Map<number, string>();
  for (const { host, facts, source } of pieces) {
    if (host !== null || byText.has(source.text)) continue;
    const owner = ownerBy(facts);
    if (owner !== undefined) byText.set(source.text, owner);
  }
  const taken = new Set(pieces.flatMap(({ host }) => host ?? []));
  const unnamed: string[] = [];
  let next = 1;
  const fresh = () => {
    while (taken.has(`host${next}`)) next += 1;
    taken.add(`host${next}`);
    unnamed.push(`host${next}`);
    return `host${next}`;
  };
  const placed = pieces.map((piece) => {
    // A log is its node's, whatever the pod is called that wrote it.
    if (isLog(piece)) return { ...piece, host: ownerBy(piece.facts) ?? piece.host };
    if (piece.host !== null || !piece.facts.some(({ fact }) => describesHost(fact))) return piece;
    const known = byText.get(piece.source.text) ?? fresh();
    byText.set(piece.source.text, known);
    return { ...piece, host: known };
  });
  return { pieces: placed, unnamed };
}

/** What only one host can have. */
function marksOf(fact: Fact): readonly string[] {
  switch (fact.kind) {
    case 'device':
      return fact.mac === undefined || fact.type === 'loopback' ? [] : [fact.mac];
    case 'addresses':
      return fact.addresses.filter(({ ip }) => ip >>> 24 !== 127).map(({ ip }) => String(ip));
    case 'routes':
      return fact.routes.flatMap(({ prefSrc }) => (prefSrc === null ? [] : String(prefSrc)));
    case 'subnet-env':
      return fact.subnet === null ? [] : [String(fact.subnet.ip)];
    case 'flanneld':
      return fact.event.kind === 'interface' ? [String(fact.event.ip)] : [];
    default:
      return [];
  }
}
