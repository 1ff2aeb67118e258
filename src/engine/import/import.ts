/** Pasted texts to a cluster, with a report of what each piece of text was taken for and what it gave. */
import type { ClusterSpec } from '../flannel/cluster-spec';
import type { Topology } from '../topology/topology';
import { assemble, type Unknown } from './assemble';
import { type Contradiction, contradictionsIn } from './contradictions';
import { isOfCluster, type Statement } from './facts';
import { withHosts } from './hosts-of-pieces';
import { namesOf } from './names';
import { type OnRead, type Piece, readTexts } from './read';
import { renamed, rosterOf, withSaid } from './roster';

export interface ImportReport {
  readonly pieces: readonly Piece[]; // in the order of the texts; every line of them belongs to one piece or is a prompt
  readonly contradictions: readonly Contradiction[];
  readonly unknown: readonly Unknown[];
}

export interface Imported {
  readonly topology: Topology;
  /** What Kubernetes and flannel were told, under the topology's names; empty where no text tells. */
  readonly flannel: ClusterSpec;
  readonly report: ImportReport;
}

/** Any number of texts, in any order; `onRead` hears how far they have been read. Never fails: text that nobody understands gives an empty cluster and says so. */
export function importTexts(texts: readonly string[], name = 'imported', onRead: OnRead = () => undefined): Imported {
  const read = readTexts(texts, onRead);
  const long = rosterOf(factsIn(read));
  const names = namesOf(long, [...new Set(read.flatMap(({ host, typedAt }) => [host ?? [], typedAt ?? []].flat()))]);
  const named = read.map((piece) => ({
    ...piece,
    host: piece.host === null ? null : names.of(piece.host),
    typedAt: piece.typedAt === null ? null : names.of(piece.typedAt),
  }));
  const { pieces, unnamed } = withHosts(named);
  const statements: Statement[] = []; // about hosts
  for (const statement of statementsOf(pieces)) if (!isOfCluster(statement.fact)) statements.push(statement);
  const flannel = withSaid(renamed(long, names), statements);
  const prompts = [...new Set(pieces.flatMap(({ typedAt }) => typedAt ?? []))];
  const { topology, unknown } = assemble(statements, { told: flannel, labelOf: names.labelOf, prompts }, name);
  const assumed = unnamed.map((host) => ({ host, dev: null, field: 'name' as const }));
  return {
    topology: assumed.length === 0 ? topology : { ...topology, assumed: [...topology.assumed, ...assumed] },
    flannel,
    report: { pieces, contradictions: contradictionsIn(statementsOf(pieces), names.of), unknown },
  };
}

function* statementsOf(pieces: readonly Piece[]): Generator<Statement> {
  for (const { host, facts } of pieces) for (const { fact, source } of facts) yield { host, fact, source };
}

function* factsIn(pieces: readonly Piece[]) {
  for (const { facts } of pieces) for (const { fact } of facts) yield fact;
}
