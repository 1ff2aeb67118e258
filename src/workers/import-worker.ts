/**
 * Imports texts for the page, which stays live meanwhile: reads them, joins them to a cluster, hands it over in parts, and
 * says later what is wrong with it. To stop it, the page ends the worker.
 */
import { encodingOf } from '../engine/base/encoding';
import { type Judged, judged } from '../engine/findings/judge';
import { asksFor } from '../engine/import/asks';
import { type Imported, importTexts } from '../engine/import/import';
import { asksShown, reportShown } from '../engine/import/report-shown';
import { FLANNEL_PODS_MAX, type FromImporter, type ToImporter } from '../engine/import/worker-messages';
import { applyEdits } from '../engine/topology/edits';
import { firstQuestion } from '../engine/topology/first-question';
import { packed } from '../engine/topology/parcels';

const PROGRESS_MS = 100;
const FIRST_BYTES = 512; // enough to tell the encoding

let imported: Imported | null = null;

const say = (message: FromImporter<Judged>): void => self.postMessage(message);

async function textOf(source: string | Blob): Promise<string> {
  if (typeof source === 'string') return source;
  const bytes = new Uint8Array(await source.arrayBuffer());
  return new TextDecoder(encodingOf(bytes.subarray(0, FIRST_BYTES)) ?? 'utf-8').decode(bytes);
}

async function read(sources: readonly (string | Blob)[]): Promise<void> {
  const texts = await Promise.all(sources.map(textOf));
  const whole = texts.reduce((sum, { length }) => sum + length, 0);
  let saidAt = 0;
  const made = importTexts(texts, undefined, (characters) => {
    if (performance.now() - saidAt < PROGRESS_MS && characters < whole) return;
    say({ kind: 'progress', progress: { stage: characters < whole ? 'reading' : 'joining', characters } });
    saidAt = performance.now();
  });
  imported = made;
  const { topology, flannel, report } = made;
  for (const parcel of packed(topology)) say({ kind: 'parcel', parcel });
  say({
    kind: 'imported',
    rest: {
      report: reportShown(report),
      flannel: flannel.pods.length > FLANNEL_PODS_MAX ? null : flannel,
      command: firstQuestion(topology) ?? '',
      lines: texts.map(linesIn),
    },
  });
}

function linesIn(text: string): number {
  let lines = 1;
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) lines += 1;
  return lines;
}

self.onmessage = ({ data }: MessageEvent<ToImporter<Blob>>) => {
  say({ kind: 'started' });
  if (data.kind === 'import') {
    read(data.texts).catch((error: unknown) => {
      say({ kind: 'unreadable' }); // a file deleted since, or no permission
      if (!(error instanceof DOMException)) throw error;
    });
    return;
  }
  if (imported === null) return;
  const edited = applyEdits(imported.topology, data.edits);
  const topology = edited.ok ? edited.value : imported.topology;
  say({
    kind: 'judged',
    number: data.number,
    judged: judged(topology, imported.flannel),
    asks: asksShown(asksFor(imported)),
  });
};
