/** Builds scripts/fuzz.ts and runs it: `npm run fuzz -- COUNT SEED`, ten million mutations from seed 1 by default. */
import { execFileSync } from 'node:child_process';
import { build } from 'vite';

const CACHE = 'node_modules/.cache/fuzz';
await build({
  configFile: 'vite.config.ts',
  logLevel: 'error',
  build: { ssr: 'scripts/fuzz.ts', outDir: CACHE, emptyOutDir: true },
});
try {
  execFileSync('node', [`${CACHE}/fuzz.js`, ...process.argv.slice(2)], { stdio: 'inherit' });
} catch {
  process.exitCode = 1; // it has said why
}
