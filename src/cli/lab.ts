/** `hopscope lab`: the cluster as a shell script that builds it here. `hopscope collect`: one that asks the real cluster. */
import { collectScript } from '../engine/export/collect-script';
import { labScript } from '../engine/export/lab-script';
import type { CliTexts } from '../i18n/cli';
import { clusterFrom, type LoadedCluster, sampleNamed } from './cluster';
import { writeText } from './files';
import { withListeners } from './listeners';
import { type GivenOptions, readOptions } from './options';
import type { Output } from './output';
import { UsageError } from './usage-error';

const COMMON = { sample: 'value', out: 'value' } as const;
const LAB = { ...COMMON, run: 'values', before: 'values', listen: 'values', all: 'flag' } as const;

export function runLab(args: readonly string[], text: CliTexts, output: Output): number {
  const given = readOptions(args, LAB);
  const all = (name: string): readonly string[] => given.values.get(name) ?? [];
  const loaded = loadCluster(given);
  if (all('run').length === 0) throw new UsageError({ kind: 'missing-option', option: '--run' });
  const topology = withListeners(loaded.topology, all('listen'));
  const script = labScript(topology, all('run'), {
    before: all('before'),
    capture: given.flags.has('all') ? 'all' : 'points',
  });
  if (!script.ok) {
    const { error } = script;
    throw new UsageError(error.kind === 'bad-device-name' ? error : { kind: 'command', error });
  }
  return deliver(given, loaded, script.value, text, output);
}

export function runCollect(args: readonly string[], text: CliTexts, output: Output): number {
  const given = readOptions(args, COMMON);
  const loaded = loadCluster(given);
  return deliver(given, loaded, collectScript(loaded.topology), text, output);
}

/** Paths stand by themselves; nothing else does. */
function loadCluster({ values, words }: GivenOptions): LoadedCluster {
  const paths = words.map(({ word }) => word);
  const [sample] = values.get('sample') ?? [];
  if ((sample === undefined) === (paths.length === 0)) throw new UsageError({ kind: 'paths-or-sample' });
  return sample === undefined ? clusterFrom(paths) : sampleNamed(sample);
}

/** To a file, or to where it can be piped into a shell. */
function deliver(given: GivenOptions, { report }: LoadedCluster, script: string, text: CliTexts, output: Output) {
  const [path] = given.values.get('out') ?? [];
  if (path === undefined) output.line(script.trimEnd());
  else writeText(path, script);
  const unread = (report?.pieces ?? []).reduce((sum, piece) => sum + piece.unread.length, 0);
  if (unread > 0) output.note(text.unreadLines(unread));
  return 0;
}
