/** `hopscope compare`: packets of several capture points matched over the hops, and what they say of the network. */
import { type Diagnosis, diagnose } from '../engine/diagnosis/diagnose';
import { type ModelView, modelOf, sharpened } from '../engine/diagnosis/diagnose-model';
import { ownersIn } from '../engine/diagnosis/diagnose-session';
import { lookAt, type Seen } from '../engine/diagnosis/seen';
import { FILES_MAX } from '../engine/matching/group';
import type { Topology } from '../engine/topology/topology';
import type { CliTexts } from '../i18n/cli';
import { clusterFrom } from './cluster';
import { diagnosisJson } from './compare-json';
import {
  type GivenFile,
  givenFile,
  isCapture,
  namedPoints,
  type OpenedFile,
  openGiven,
  placesOf,
} from './compare-points';
import { reportLines } from './compare-report';
import { comparedOf } from './compared-files';
import { readOptions } from './options';
import type { Output } from './output';
import { UsageError } from './usage-error';

const OPTIONS = { points: 'values', cluster: 'values', json: 'flag' } as const;

export interface Compared {
  readonly seen: Seen;
  readonly diagnosis: Diagnosis;
  readonly model: ModelView | null;
}

export function runCompare(args: readonly string[], text: CliTexts, output: Output): number {
  const { flags, values, words } = readOptions(args, OPTIONS);
  const behind = (name: string): readonly string[] =>
    words.filter(({ after }) => after === name || (after !== 'cluster' && name === 'points')).map(({ word }) => word);
  const given = [...(values.get('points') ?? []), ...behind('points')].map(givenFile);
  const paths = [...(values.get('cluster') ?? []), ...behind('cluster')];
  checkPoints(given);
  const cluster = paths.length === 0 ? null : clusterFrom(paths).topology;
  const files = given.flatMap(openGiven);
  const captures = files.filter(isCapture);
  checkPoints(captures.length === 0 ? given : captures);
  const compared = compareFiles(captures.length === 0 ? files : captures, cluster);
  const problems = files.flatMap(({ path, problem }) => (problem === null ? [] : [{ file: path, problem }]));
  for (const { file, problem } of problems) output.note(text.inFile(file, problem));
  if (flags.has('json')) output.line(JSON.stringify(diagnosisJson(compared, problems, text)));
  else for (const line of reportLines(compared, text)) output.line(line);
  return problems.some(({ problem }) => problem.severity === 'error') ? 1 : 0;
}

function checkPoints(given: readonly GivenFile[]): void {
  if (given.length === 0) throw new UsageError({ kind: 'no-file' });
  if (given.length > FILES_MAX) throw new UsageError({ kind: 'too-many-points', most: FILES_MAX });
  const names = given.flatMap(({ name }) => name ?? []);
  const twice = names.find((name, i) => names.indexOf(name) !== i);
  if (twice !== undefined) throw new UsageError({ kind: 'point-twice', name: twice });
}

function compareFiles(files: readonly OpenedFile[], cluster: Topology | null): Compared {
  const captures = comparedOf(files);
  const model = cluster === null ? null : modelOf(cluster, captures);
  const isToBePlaced = files.some(({ name }) => name === null);
  const session = model?.session ?? (isToBePlaced ? placesOf(files, null) : null);
  const isGivenCluster = model !== null && model.session.inferred === null;
  const seen = lookAt(
    namedPoints(files, session),
    isGivenCluster ? ownersIn(model.session.topology, captures) : undefined,
  );
  const found = diagnose(seen);
  return { seen, diagnosis: model === null ? found : sharpened(found, model), model };
}
