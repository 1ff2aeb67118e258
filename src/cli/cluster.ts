/** The cluster that a command works on: a sample, a saved cluster file, or what terminal transcripts tell. */
import { type ImportReport, importTexts } from '../engine/import/import';
import { FORMAT, fromFile } from '../engine/topology/file';
import { article } from '../engine/topology/scenarios/article';
import type { Topology } from '../engine/topology/topology';
import { textOf } from './files';
import { UsageError } from './usage-error';

export const SAMPLES: Readonly<Record<string, Topology>> = { article };

export interface LoadedCluster {
  readonly topology: Topology;
  readonly report: ImportReport | null; // null: nothing had to be imported
}

export function sampleNamed(name: string): LoadedCluster {
  const topology = Object.hasOwn(SAMPLES, name) ? SAMPLES[name] : undefined;
  if (topology === undefined) throw new UsageError({ kind: 'unknown-sample', name, known: Object.keys(SAMPLES) });
  return { topology, report: null };
}

export function clusterFrom(paths: readonly string[]): LoadedCluster {
  const texts = paths.map((path) => ({ path, text: textOf(path) }));
  const saved = texts.find(({ text }) => looksSaved(text));
  if (saved !== undefined) {
    if (texts.length > 1) throw new UsageError({ kind: 'cluster-file-and-more', path: saved.path });
    const read = fromFile(saved.text);
    if (!read.ok) throw new UsageError({ kind: 'bad-cluster-file', path: saved.path, error: read.error });
    return { topology: read.value, report: null };
  }
  const { topology, report } = importTexts(texts.map(({ text }) => text));
  if (topology.hosts.length === 0) throw new UsageError({ kind: 'no-cluster', paths });
  return { topology, report };
}

/** A transcript may begin with anything, but hardly with a JSON object. */
const looksSaved = (text: string): boolean => /^\s*\{/.test(text) && (text.includes(FORMAT) || !text.includes('# '));
