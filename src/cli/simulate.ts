/** `hopscope simulate`: runs commands on a cluster and writes what every interface would have seen. */
import { seeded } from '../engine/sim/draws';
import { simulate } from '../engine/sim/simulate';
import type { Trace } from '../engine/sim/trace';
import type { CliTexts } from '../i18n/cli';
import { predictedCaptures } from './captures';
import { clusterFrom, type LoadedCluster, sampleNamed } from './cluster';
import { writeInto } from './files';
import { withListeners } from './listeners';
import { type GivenOptions, readOptions } from './options';
import type { Output } from './output';
import { traceJson } from './trace-json';
import { UsageError } from './usage-error';

const OPTIONS = {
  cluster: 'values',
  sample: 'value',
  before: 'values',
  run: 'values',
  listen: 'values',
  out: 'value',
  seed: 'value',
} as const;

export function runSimulate(args: readonly string[], text: CliTexts, output: Output): number {
  const given = readOptions(args, OPTIONS);
  const all = (name: string): readonly string[] => given.values.get(name) ?? [];
  const loaded = loadCluster(given);
  const run = all('run');
  const [folder] = all('out');
  if (run.length === 0) throw new UsageError({ kind: 'missing-option', option: '--run' });
  if (folder === undefined) throw new UsageError({ kind: 'missing-option', option: '--out' });
  const seed = readSeed(all('seed')[0]);
  const topology = withListeners(loaded.topology, all('listen'));
  const result = simulate(topology, { before: all('before'), run }, seeded(seed));
  if (!result.ok) throw new UsageError({ kind: 'command', error: result.error });
  const trace = result.value;
  writeInto(folder, [
    ...predictedCaptures(trace).map(({ name, bytes }) => ({ name, data: bytes })),
    { name: 'trace.json', data: traceJson(trace, seed) },
  ]);
  for (const line of screenOf(trace, text)) output.line(line);
  const unread = (loaded.report?.pieces ?? []).reduce((sum, piece) => sum + piece.unread.length, 0);
  if (unread > 0) output.note(text.unreadLines(unread));
  if (!trace.complete) output.note(text.incomplete(trace.steps.length));
  return 0;
}

/** Paths may follow one `--cluster`, as a shell's `*` gives them. */
function loadCluster({ values, words }: GivenOptions): LoadedCluster {
  const stray = words.find(({ after }) => after !== 'cluster');
  if (stray !== undefined) throw new UsageError({ kind: 'unexpected', word: stray.word });
  const paths = [...(values.get('cluster') ?? []), ...words.map(({ word }) => word)];
  const [sample] = values.get('sample') ?? [];
  if ((sample === undefined) === (paths.length === 0)) throw new UsageError({ kind: 'cluster-or-sample' });
  return sample === undefined ? clusterFrom(paths) : sampleNamed(sample);
}

function readSeed(text = '1'): number {
  if (!/^\d{1,9}$/.test(text)) throw new UsageError({ kind: 'bad-number', option: '--seed', value: text });
  return Number(text);
}

/** What a terminal would show: each command at its prompt, its own output, its exit status. */
function screenOf(trace: Trace, text: CliTexts): readonly string[] {
  return trace.steps.flatMap(({ event }) => {
    if (event.kind === 'command-started') return [`[${event.host}]# ${event.command}`];
    if (event.kind === 'printed') return [event.text];
    return event.kind === 'command-ended' ? [text.exitStatus(event.status)] : [];
  });
}
