/** Pasted texts to a cluster, with a report of what each piece of text was taken for and what it gave. */
import type { Topology } from '../topology/topology';
import { assemble, type Unknown } from './assemble';
import type { Fact, Statement } from './facts';
import { type Piece, readTexts } from './read';

export interface ImportReport {
  readonly pieces: readonly Piece[]; // in the order of the texts; every line of them belongs to one piece or is a prompt
  readonly unknown: readonly Unknown[];
}

export interface Imported {
  readonly topology: Topology;
  readonly report: ImportReport;
}

/** Any number of texts, in any order. Never fails: text that nobody understands gives an empty cluster and says so. */
export function importTexts(texts: readonly string[], name = 'imported'): Imported {
  const read = readTexts(texts);
  const pieces = withHosts(read);
  const statements: Statement[] = [];
  for (const { host, facts } of pieces) {
    if (host !== null) for (const fact of facts) statements.push({ host, ...fact });
  }
  const { topology, unknown } = assemble(statements, name);
  const named = new Set(read.flatMap(({ host }) => host ?? []));
  const unnamed = topology.hosts.filter((host) => !named.has(host.name));
  const assumed = unnamed.map((host) => ({ host: host.name, dev: null, field: 'name' as const }));
  return { topology: { ...topology, assumed: [...topology.assumed, ...assumed] }, report: { pieces, unknown } };
}

/** Output without a prompt belongs to the host that shows the same MAC or address; else each text is a host of its own. */
function withHosts(pieces: readonly Piece[]): readonly Piece[] {
  const owners = new Map<string, string>();
  for (const { host, facts } of pieces) {
    if (host !== null)
      for (const { fact } of facts) for (const mark of marksOf(fact)) if (!owners.has(mark)) owners.set(mark, host);
  }
  const byText = new Map<number, string>();
  for (const { host, facts, source } of pieces) {
    if (host !== null || byText.has(source.text)) continue;
    const owner = facts.flatMap(({ fact }) => marksOf(fact)).find((mark) => owners.has(mark));
    if (owner !== undefined) byText.set(source.text, owners.get(owner) ?? '');
  }
  const taken = new Set(owners.values());
  let next = 1;
  const fresh = () => {
    while (taken.has(`host${next}`)) next += 1;
    taken.add(`host${next}`);
    return `host${next}`;
  };
  return pieces.map((piece) => {
    if (piece.host !== null || !piece.facts.some(({ fact }) => fact.kind !== 'route-answer')) return piece;
    const known = byText.get(piece.source.text) ?? fresh();
    byText.set(piece.source.text, known);
    return { ...piece, host: known };
  });
}

/** What only one host can have. */
function marksOf(fact: Fact): readonly string[] {
  if (fact.kind === 'device') return fact.mac === undefined || fact.type === 'loopback' ? [] : [fact.mac];
  if (fact.kind === 'addresses')
    return fact.addresses.filter(({ ip }) => ip >>> 24 !== 127).map(({ ip }) => String(ip));
  if (fact.kind === 'routes') return fact.routes.flatMap(({ prefSrc }) => (prefSrc === null ? [] : String(prefSrc)));
  return [];
}
