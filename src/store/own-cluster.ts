/**
 * The user's own cluster: made of pasted texts and files, kept in this tab over a reload, saved as a file, and brought
 * back to reality as a script. Nothing of it is in a link.
 */
import { err, ok, type Result } from '../engine/base/result';
import type { LabError } from '../engine/export/lab-script';
import type { Judged } from '../engine/findings/judge';
import type { Ask } from '../engine/import/asks';
import type { ClusterFileError } from '../engine/topology/file';
import type { Topology } from '../engine/topology/topology';
import { whileBusy } from './environment';
import { OWN } from './scenarios';
import { selectCluster, selectPlacings } from './selectors';
import { type GivenText, type OwnCluster, useApp } from './store';

const KEPT = 'hopscope.own-cluster';
const KEPT_MAX = 2_000_000; // characters; browsers keep about five million for one page

type ClusterEngine = typeof import('./cluster-engine');
const engine = (): Promise<ClusterEngine> => whileBusy(import('./cluster-engine'));

const isClusterFile = (text: string): boolean => /^\s*\{[\s\S]{0,200}"hopscope-cluster"/.test(text);

/** Adds texts to those given before and shows the cluster they make; a cluster file stands alone. Says whether it could. */
export async function giveTexts(added: readonly GivenText[]): Promise<boolean> {
  const before = useApp.getState().own?.texts ?? [];
  const file = added.find(({ text }) => isClusterFile(text));
  if (file === undefined) {
    show(await read([...before, ...added]));
    return true;
  }
  const others = added.filter((one) => one !== file).map(({ name }) => name);
  const made = await fromFile(file.text, others);
  if (made.ok) show(made.value);
  else useApp.setState({ refused: { name: file.name, error: made.error } });
  return made.ok;
}

/** Those of the texts that tell of a cluster. */
export async function clusterTexts(texts: readonly GivenText[]): Promise<readonly GivenText[]> {
  if (texts.length === 0) return [];
  const { isUnderstood } = await engine();
  return texts.filter(({ text }) => isClusterFile(text) || isUnderstood(text));
}

/** Takes one text out again; with the last one the cluster goes too. */
export async function takeText(index: number): Promise<void> {
  const texts = (useApp.getState().own?.texts ?? []).filter((_, i) => i !== index);
  if (texts.length === 0) forget();
  else show(await read(texts));
}

async function read(texts: readonly GivenText[]): Promise<OwnCluster> {
  const { importTexts, firstQuestion } = await engine();
  const { topology, report, flannel } = importTexts(texts.map(({ text }) => text));
  return { topology, report, flannel, texts, leftOut: [], command: firstQuestion(topology) ?? '' };
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
function show(own: OwnCluster): void {
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
  useApp.setState({ own, refused: null, playing: false, ...(shown ? { scenario: OWN, ...fresh } : {}) });
  void keep(own);
}

function forget(): void {
  sessionStorage.removeItem(KEPT);
  useApp.setState({ own: null, refused: null, timeline: null });
}

/** For a reload of this tab: what the texts were, or the file. */
async function keep({ texts, topology, report }: OwnCluster): Promise<void> {
  const { toFile } = await engine();
  const kept = JSON.stringify(report === null ? [{ name: '', text: toFile(topology) }] : texts);
  try {
    if (kept.length <= KEPT_MAX) sessionStorage.setItem(KEPT, kept);
    else sessionStorage.removeItem(KEPT);
  } catch {
    // Storage is full or switched off: then a reload forgets the cluster.
  }
}

/** What a reload of this tab had kept, shown again if the address asks for it. */
export async function restoreOwn(): Promise<void> {
  const kept = sessionStorage.getItem(KEPT);
  if (kept !== null) await giveTexts(JSON.parse(kept) as readonly GivenText[]);
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
  readonly asks: readonly Ask[]; // only of a cluster made from texts
  readonly toolOf: ClusterEngine['toolOf'];
}

/** What is wrong with a cluster, and what would tell more of it. Some pings are run for it, so it is not done unasked. */
export async function judge(topology: Topology, own: OwnCluster | null): Promise<Judgement> {
  const { judged, asksFor, toolOf } = await engine();
  const { report, flannel } = own ?? {};
  const asks =
    report == null || flannel == null ? [] : asksFor({ topology: own?.topology ?? topology, flannel, report });
  return { ...judged(topology, flannel ?? null), topology, asks, toolOf };
}
