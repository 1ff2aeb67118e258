/**
 * The user's own cluster: made of pasted texts and files, kept in this tab over a reload, saved as a file, and brought
 * back to reality as a script. Nothing of it is in a link.
 */
import { err, ok, type Result } from '../engine/base/result';
import type { LabError } from '../engine/export/lab-script';
import type { Judged } from '../engine/findings/judge';
import type { Imported } from '../engine/import/import';
import type { AsksShown } from '../engine/import/report-shown';
import type { ClusterFileError } from '../engine/topology/file';
import type { Topology } from '../engine/topology/topology';
import { openDialog } from './actions';
import { chosen } from './beforehand';
import { whileBusy } from './environment';
import { OWN } from './scenarios';
import { selectCluster, selectPlacings } from './selectors';
import { type Change, type GivenText, type OwnCluster, useApp } from './store';
import { headOf, sizeOf, type TextHead, wholeOf } from './text-files';

const KEPT = 'hopscope.own-cluster';
const KEPT_MAX = 2_000_000; // characters; browsers keep about five million for one page
const HOST_KEPT_MIN = 400; // characters that a host takes in a cluster file, at least

type ClusterEngine = typeof import('./cluster-engine');
const engine = (): Promise<ClusterEngine> => whileBusy(import('./cluster-engine'));

const isClusterFile = (head: string): boolean => /^\s*\{[\s\S]{0,200}"hopscope-cluster"/.test(head);

/** What is given, before anything has been read of it. */
export type AddedText = Pick<GivenText, 'name' | 'text'>;

/** Adds texts to those given before and shows the cluster they make; a cluster file stands alone. Says whether it could. */
export async function giveTexts(added: readonly AddedText[]): Promise<boolean> {
  const heads = await Promise.all(added.map(({ text }) => headOf(text)));
  const file = added.find((_, i) => isClusterFile(heads[i]?.text ?? ''));
  if (file === undefined) return readAll((before) => [...before, ...added]);
  const others = added.filter((one) => one !== file).map(({ name }) => name);
  const made = await fromFile(await wholeOf(file.text), others);
  if (made.ok) await show(made.value);
  else useApp.setState({ refused: { name: file.name, error: made.error } });
  return made.ok;
}

/** Those of the texts that tell of a cluster, by their heads. */
export async function clusterTexts<T extends { readonly head: TextHead }>(texts: readonly T[]): Promise<readonly T[]> {
  if (texts.length === 0) return [];
  const { isUnderstood } = await engine();
  return texts.filter(({ head }) => isClusterFile(head.text) || isUnderstood(head.text, head.isWhole));
}

/** Takes one text out again; with the last one the cluster goes too. */
export async function takeText(index: number): Promise<void> {
  const texts = (useApp.getState().own?.texts ?? []).filter((_, i) => i !== index);
  if (texts.length === 0) await forget();
  else await readAll((before) => before.filter((_, i) => i !== index));
}

let turn: Promise<unknown> = Promise.resolve();
let stop = new AbortController();

/** One import after another: each starts from the texts that the one before it left. Says whether a cluster came of it. */
function readAll(choose: (before: readonly GivenText[]) => readonly AddedText[]): Promise<boolean> {
  const { signal } = stop;
  const made = turn.then(async () => {
    if (signal.aborted) return false;
    const own = await read(choose(useApp.getState().own?.texts ?? []), signal);
    if (own !== null) await show(own);
    return own !== null;
  });
  turn = made.catch(() => undefined);
  return whileBusy(made);
}

/** Stops what is being imported; the cluster stays as it was. */
export function cancelImport(): void {
  stop.abort();
  stop = new AbortController();
}

/** Texts that take a moment: how far they have been read is shown in the cluster's own dialog. */
const LONG_BYTES = 256 * 1024;

async function read(texts: readonly AddedText[], signal: AbortSignal): Promise<OwnCluster | null> {
  const sizeBytes = texts.reduce((sum, { text }) => sum + sizeOf(text), 0);
  useApp.setState({ importing: { stage: 'reading', characters: 0, sizeBytes } });
  if (sizeBytes > LONG_BYTES && useApp.getState().dialog !== 'cluster') openDialog('cluster');
  const given = texts.map(({ text }) => text);
  try {
    const { importThere } = await import('./import-client');
    const there = await importThere(
      given,
      (progress) => useApp.setState({ importing: { ...progress, sizeBytes } }),
      signal,
    );
    if (there === 'cancelled' || signal.aborted) return null;
    const imported = typeof there === 'string' ? await importHere(given) : there;
    const { topology, report, flannel, command, lines } = imported;
    const read = texts.map(({ name, text }, i) => ({ name, text, lines: lines[i] ?? null }));
    return { topology, report, flannel, texts: read, leftOut: [], command };
  } finally {
    useApp.setState({ importing: null });
  }
}

let importedHere: Imported | null = null;

/** Without a worker: the page stands still for it. */
async function importHere(given: readonly (string | Blob)[]) {
  const { importTexts, firstQuestion, reportShown } = await engine();
  const texts = await Promise.all(given.map(wholeOf));
  importedHere = importTexts(texts);
  const { topology, report, flannel } = importedHere;
  return {
    topology,
    report: reportShown(report),
    flannel,
    command: firstQuestion(topology) ?? '',
    lines: texts.map((text) => text.split('\n').length),
  };
}

async function fromFile(text: string, leftOut: readonly string[]): Promise<Result<OwnCluster, ClusterFileError>> {
  const { fromFile: opened, firstQuestion } = await engine();
  const result = opened(text);
  if (!result.ok) return err(result.error);
  return ok({
    topology: result.value,
    report: null,
    flannel: null,
    texts: [],
    leftOut,
    command: firstQuestion(result.value) ?? '',
  });
}

/** With nobody to ask there is nothing to step through: then the cluster that was shown stays. */
async function show(own: OwnCluster): Promise<void> {
  const shown = own.command !== '';
  const fresh = {
    command: own.command,
    typed: false,
    mode: 'host-gw',
    timeline: null,
    changes: [],
    undone: [],
    stepIndex: 0,
  } as const;
  await chosen(() => ({ own, refused: null, playing: false, ...(shown ? { scenario: OWN, ...fresh } : {}) }));
  void keep(own);
}

async function forget(): Promise<void> {
  sessionStorage.removeItem(KEPT);
  useApp.setState({ own: null, refused: null, timeline: null });
  (await import('./import-client')).letGo();
}

/** For a reload of this tab: what the texts were, or the file; nothing where that would be too long. */
async function keep({ texts, topology, report }: OwnCluster): Promise<void> {
  const least =
    report === null
      ? topology.hosts.length * HOST_KEPT_MIN
      : texts.reduce((sum, { text }) => sum + sizeOf(text) / BYTES_PER_CHARACTER_MAX, 0);
  const kept = least > KEPT_MAX ? null : JSON.stringify(await keptTexts(texts, report === null ? topology : null));
  try {
    if (kept !== null && kept.length <= KEPT_MAX) sessionStorage.setItem(KEPT, kept);
    else sessionStorage.removeItem(KEPT);
  } catch {
    // Storage is full or switched off: then a reload forgets the cluster.
  }
}

const BYTES_PER_CHARACTER_MAX = 3; // of UTF-8, for one UTF-16 unit

async function keptTexts(texts: readonly GivenText[], file: Topology | null): Promise<readonly AddedText[]> {
  if (file !== null) return [{ name: '', text: (await engine()).toFile(file) }];
  return Promise.all(texts.map(async ({ name, text }) => ({ name, text: await wholeOf(text) })));
}

/** What a reload of this tab had kept, shown again if the address asks for it. */
export async function restoreOwn(): Promise<void> {
  const kept = sessionStorage.getItem(KEPT);
  if (kept !== null) await giveTexts(JSON.parse(kept) as readonly AddedText[]);
}

/** The cluster as it stands, changes included. */
const shownCluster = (): Topology => selectCluster(useApp.getState());

/** As a file; with other addresses, MACs and names where it will be shown to others. */
export async function clusterFile(hideNames: boolean): Promise<string> {
  const { toFile, anonymised } = await engine();
  const [seed = 0] = crypto.getRandomValues(new Uint32Array(1));
  const shown = { ...shownCluster(), layout: selectPlacings(useApp.getState()) };
  return toFile(hideNames ? anonymised(shown, seed) : shown);
}

export const collectScriptText = async (): Promise<string> => (await engine()).collectScript(shownCluster());

/** The cluster from network namespaces, with the command at hand. */
export const labScriptText = async (): Promise<Result<string, LabError>> =>
  (await engine()).labScript(shownCluster(), [useApp.getState().command]);

export interface Judgement extends Judged {
  readonly topology: Topology; // that was judged
  readonly asks: AsksShown; // only of a cluster made from texts
  readonly toolOf: ClusterEngine['toolOf'];
}

/**
 * What is wrong with a cluster, and what would tell more of it. Some pings are run for it, so it is not done unasked; by
 * the worker that imported the cluster, where it holds it and knows what was changed since. `changes`: null: not known.
 */
export async function judge(
  topology: Topology,
  own: OwnCluster | null,
  changes: readonly Change[] | null,
): Promise<Judgement> {
  const { toolOf, judged, asksFor, asksShown, NO_ASKS } = await engine();
  const { judgeThere } = await import('./import-client');
  const edits = changes?.flatMap((change) => change.edits);
  const there = own === null || edits === undefined ? null : await judgeThere(own.topology, edits);
  if (there !== null) return { ...there.judged, asks: there.asks, topology, toolOf };
  const here = importedHere?.topology === own?.topology ? importedHere : null;
  const asks = here === null ? NO_ASKS : asksShown(asksFor(here));
  return { ...judged(topology, own?.flannel ?? null), topology, asks, toolOf };
}
