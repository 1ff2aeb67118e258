/**
 * Files from outside, sorted by what is in them: captures are read as such, what terminals printed and cluster files go
 * to the user's own cluster. A text that tells of no cluster is named beside the captures, as a file that is none.
 */
import { isTcpdumpNotes } from '../engine/capture/tcpdump-notes';
import { openDialog, openFiles, removeFile } from './actions';
import { whileBusy } from './environment';
import { type LoadedFile, noCapture } from './files';
import { clusterTexts, giveTexts } from './own-cluster';
import { useApp } from './store';
import { headOf, type TextHead } from './text-files';

const NOTES_BYTES_MAX = 4096; // tcpdump says a few lines

type Choose = <T extends { readonly head: TextHead }>(texts: readonly T[]) => Promise<readonly T[]>;

/** Takes what was dropped or chosen, and shows the dialog that has something to show or to name. */
export async function takeFiles(files: readonly File[], emptyFolders: readonly string[] = []): Promise<void> {
  const others = await textsOutOf(files, clusterTexts);
  if (others.length + emptyFolders.length > 0) await openRest(others, emptyFolders);
  else if (files.length > 0) openDialog('cluster');
}

/** Takes files chosen in the cluster's own dialog: every text is given to it, understood or not. */
export async function takeClusterFiles(files: readonly File[]): Promise<void> {
  const others = await textsOutOf(files, async (texts) => texts);
  if (others.length > 0) await openRest(others, []);
}

const textsOutOf = (files: readonly File[], choose: Choose): Promise<readonly File[]> =>
  whileBusy(
    giveTextsOf(
      files.map((file) => ({ is: file, name: file.name, blob: file })),
      choose,
    ),
  );

async function openRest(others: readonly File[], emptyFolders: readonly string[]): Promise<void> {
  const before = new Set(useApp.getState().files);
  await openFiles(others, emptyFolders);
  await whileBusy(sortRefused(useApp.getState().files.filter((file) => !before.has(file))));
}

/** Of what is no capture: texts of an archive go to the cluster, and tcpdump's own notes are no wrong file. */
async function sortRefused(opened: readonly LoadedFile[]): Promise<void> {
  const refused = opened.flatMap((file) => {
    const blob = noCapture(file);
    return blob === null ? [] : [{ is: file, name: file.name, blob }];
  });
  const others = new Set(await giveTextsOf(refused, clusterTexts));
  for (const { is, blob } of refused) {
    if (!others.has(is)) removeFile(is.id);
    else if (blob.size <= NOTES_BYTES_MAX && isTcpdumpNotes((await headOf(blob))?.text ?? '')) markNotes(is.id);
  }
}

const markNotes = (id: string): void =>
  useApp.setState(({ files }) => ({
    files: files.map((file) => (file.id === id ? { ...file, problem: { kind: 'tcpdump-notes' } } : file)),
  }));

interface Given<T> {
  readonly is: T;
  readonly name: string;
  readonly blob: Blob;
}

/** Gives the texts to the cluster, and back what is none or was not chosen, in its order. */
async function giveTextsOf<T>(files: readonly Given<T>[], choose: Choose): Promise<readonly T[]> {
  const read = await Promise.all(files.map(async (file) => ({ ...file, head: await headOf(file.blob) })));
  const texts = await choose(read.flatMap(({ head, ...file }) => (head === null ? [] : [{ ...file, head }])));
  if (texts.length > 0) await giveTexts(texts.map(({ name, blob }) => ({ name, text: blob })));
  const taken = new Set(texts.map(({ is }) => is));
  return read.flatMap(({ is }) => (taken.has(is) ? [] : [is]));
}
