/** The lab's recordings, where they lie beside the project. Tests that need them are skipped, visibly, elsewhere. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { openCapture } from '../capture/open';
import type { CaptureFile } from '../capture/types';

const PROJECT = join(dirname(fileURLToPath(import.meta.url)), '..', '..', '..');
const ROOT = join(PROJECT, '..', 'shared', 'captures');

export interface LabCapture {
  /** e.g. `seed-ping/extra/node1-cni0` */
  readonly name: string;
  readonly scenario: string;
  readonly path: string;
}

export const labCaptures: readonly LabCapture[] = existsSync(ROOT)
  ? readdirSync(ROOT)
      .sort()
      .flatMap((scenario) => [...capturesIn(scenario, ''), ...capturesIn(scenario, 'extra/')])
  : [];

function capturesIn(scenario: string, folder: string): readonly LabCapture[] {
  const dir = `${ROOT}/${scenario}/${folder}`;
  if (!existsSync(dir)) return [];
  const names = readdirSync(dir).filter((name) => name.endsWith('.cap'));
  return names.sort().map((name) => ({
    name: `${scenario}/${folder}${name.slice(0, -'.cap'.length)}`,
    scenario,
    path: `${dir}${name}`,
  }));
}

export const bytesOf = (capture: LabCapture): Uint8Array => new Uint8Array(readFileSync(capture.path));

export function openLab(capture: LabCapture): CaptureFile {
  const opened = openCapture(bytesOf(capture));
  if (!opened.ok) throw new Error(`${capture.name}: ${opened.error.kind}`);
  return opened.value;
}

/** The table of an outside reader for the same file: one record per frame, by column name. */
export function tableOf(capture: LabCapture): readonly Readonly<Record<string, string>>[] | null {
  const file = capture.name.split('/').at(-1);
  const path = `${ROOT}/${capture.scenario}/tshark/${file}.tsv`;
  if (!existsSync(path)) return null;
  const [head = '', ...rows] = readFileSync(path, 'utf8').split('\n');
  const columns = head.split('\t');
  return rows
    .filter((row) => row !== '')
    .map((row) => Object.fromEntries(row.split('\t').map((text, i) => [columns[i] ?? '', text])));
}
