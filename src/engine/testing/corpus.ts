/** Captures of other projects, where they lie beside this one. Tests that need them are skipped, visibly, elsewhere. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { openCapture } from '../capture/open';
import type { CapturedPacket } from '../capture/types';

const ROOT = join(dirname(fileURLToPath(import.meta.url)), '..', '..', '..', '..', 'shared', 'corpus');

export const corpusFiles: readonly string[] = existsSync(ROOT)
  ? readdirSync(ROOT, { recursive: true, encoding: 'utf8' })
      .filter((name) => name.includes('/') && !/\.(?:tsv|md|txt)$/.test(name))
      .sort()
  : [];

/** What can be read of a file; nothing of one that is no capture. */
export function corpusPackets(file: string): readonly CapturedPacket[] {
  const opened = openCapture(new Uint8Array(readFileSync(join(ROOT, file))));
  return opened.ok ? opened.value.packets : [];
}
