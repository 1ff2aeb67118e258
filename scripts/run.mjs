/** Builds one TypeScript program of this project and runs it: `node scripts/run.mjs scripts/bench-match.ts [arguments]`. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { build } from 'vite';

const [source = '', ...args] = process.argv.slice(2);
const outDir = mkdtempSync(join(tmpdir(), 'hopscope-run-')); // of this run alone: copies of the project may share node_modules
await build({
  configFile: false,
  logLevel: 'error',
  publicDir: false,
  ssr: { noExternal: true },
  build: { ssr: source, outDir, minify: false, target: 'node20' },
});
const ran = spawnSync(process.execPath, ['--expose-gc', join(outDir, `${basename(source, '.ts')}.js`), ...args], {
  stdio: 'inherit',
});
process.exitCode = ran.status ?? 1;
rmSync(outDir, { recursive: true });
