/** The lab's scenarios as an operator would hand them in: four files and, when given, the transcripts of the hosts. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { openCapture } from '../capture/open';
import { createReader } from '../capture/reader';
import type { SessionCapture } from '../comparison/session';
import { type Diagnosis, diagnose } from '../diagnosis/diagnose';
import { modelOf, sharpened } from '../diagnosis/diagnose-model';
import { lookAt, type PointFile } from '../diagnosis/seen';
import { importTexts } from '../import/import';
import { packetColumns } from '../matching/packet-columns';
import { type Done, type Expected, expectedOf, type Rank, rankOf } from './lab-expected';

/** Beside the project. */
export const LAB = join('..', 'shared', 'captures');

const POINTS = ['pod1', 'node1', 'node2', 'pod2'] as const;

export interface Diagnosed {
  readonly name: string;
  readonly done: Done;
  readonly expected: Expected;
  readonly alone: Diagnosis;
  readonly aloneRank: Rank;
  readonly withTexts: Diagnosis;
  readonly withTextsRank: Rank;
  readonly agrees: boolean; // the model predicts the frames
}

/** Every scenario of a folder; none where the folder is absent. */
export function diagnosedIn(root: string): readonly Diagnosed[] {
  if (!existsSync(root)) return [];
  return readdirSync(root)
    .sort()
    .filter((name) => existsSync(join(root, name, 'scenario.json')))
    .map((name) => diagnosed(join(root, name), name));
}

function diagnosed(folder: string, name: string): Diagnosed {
  const done = JSON.parse(readFileSync(join(folder, 'scenario.json'), 'utf8')) as Done;
  const expected = expectedOf(done);
  const alone = diagnose(lookAt(pointFiles(folder)));
  const before = join(folder, 'state', 'before');
  const texts = readdirSync(before)
    .filter((file) => file.endsWith('.txt'))
    .map((file) => readFileSync(join(before, file), 'utf8'));
  const view = modelOf(importTexts(texts).topology, sessionFiles(folder));
  const withTexts = sharpened(alone, view);
  const ranks = { aloneRank: rankOf(alone, expected, done), withTextsRank: rankOf(withTexts, expected, done) };
  return { name, done, expected, alone, withTexts, agrees: view.agrees, ...ranks };
}

const bytesAt = (folder: string, name: string): Uint8Array | null => {
  const path = join(folder, `${name}.cap`);
  return existsSync(path) ? new Uint8Array(readFileSync(path)) : null;
};

function pointFiles(folder: string): readonly PointFile[] {
  return POINTS.flatMap((name) => {
    const bytes = bytesAt(folder, name);
    if (bytes === null) return [];
    const { columns, sink } = packetColumns();
    const reader = createReader(sink);
    reader.push(bytes, true);
    reader.end();
    return [{ name, host: name, file: `${name}.cap`, columns }];
  });
}

/** The same files as packets, for the model. */
function sessionFiles(folder: string): readonly SessionCapture[] {
  return POINTS.flatMap((name) => {
    const bytes = bytesAt(folder, name);
    const opened = bytes === null ? null : openCapture(bytes);
    return opened?.ok === true ? [{ id: name, name: `${name}.cap`, capture: opened.value, role: null }] : [];
  });
}
