/** Every capture that comes with the project, for tests. */
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = join(dirname(fileURLToPath(import.meta.url)), '..', '..', '..', 'public', 'samples');

export interface SampleFile {
  readonly name: string; // 'article-ping/extra/node1-cni0.cap'
  readonly bytes: Uint8Array;
}

export const sampleFiles = (): readonly SampleFile[] =>
  readdirSync(ROOT, { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.(?:p?cap|pcapng)(?:\.gz)?$/.test(name))
    .sort()
    .map((name) => ({ name, bytes: new Uint8Array(readFileSync(join(ROOT, name))) }));
