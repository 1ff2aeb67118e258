/** Builds one TypeScript program of this project and runs it: `node scripts/run.mjs scripts/bench-match.ts [arguments]`. */
import { spawnSync } from 'node:child_process';
import { basename, join } from 'node:path';
import { build } from 'vite';

const [source = '', ...args] = process.argv.slice(2);
const outDir = join('node_modules/.cache/run', basename(source, '.ts'));
await build({
  configFile: false,
  logLevel: 'error',
  publicDir: false,
  ssr: { noExternal: true },
  build: { ssr: source, outDir, emptyOutDir: true, minify: false, target: 'node20' },
});
const ran = spawnSync(process.execPath, ['--expose-gc', join(outDir, `${basename(source, '.ts')}.js`), ...args], {
  stdio: 'inherit',
});
process.exitCode = ran.status ?? 1;
