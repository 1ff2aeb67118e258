#!/usr/bin/env node
/**
 * The command line of Hopscope. Builds src/cli into one file when that is missing or older than the sources, then runs
 * it. Two of these may run at once: each builds under a name of its own and moves the result into place.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, statSync, utimesSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const ROOT = join(dirname(fileURLToPath(import.meta.url)), '..');
const CACHE = join(ROOT, 'node_modules', '.cache', 'hopscope');
const BUILT = join(CACHE, 'main.mjs');

/** What the built file depends on; the page's own folders are not among them. */
const SOURCES = ['src/cli', 'src/engine', 'src/i18n', 'scripts/hopscope.mjs', 'package.json'];

/** @param {string} path @returns {number} the latest change under it, in milliseconds; a removed file changes its folder */
function changedAt(path) {
  const { mtimeMs } = statSync(path);
  if (!statSync(path).isDirectory()) return mtimeMs;
  let latest = mtimeMs;
  for (const entry of readdirSync(path, { withFileTypes: true })) {
    if (!entry.isDirectory() && entry.name.endsWith('.test.ts')) continue;
    latest = Math.max(latest, changedAt(join(path, entry.name)));
  }
  return latest;
}

const sourcesChangedAt = () => Math.max(...SOURCES.map((source) => changedAt(join(ROOT, source))));

async function build() {
  const startedAt = new Date();
  if (!existsSync(join(ROOT, 'node_modules', 'vite'))) {
    const made = spawnSync(process.execPath, [join(ROOT, 'scripts', 'ensure.mjs'), 'deps'], {
      stdio: ['ignore', 2, 2],
    });
    if (made.status !== 0) process.exit(1);
  }
  const { build: viteBuild } = await import('vite');
  const outDir = join(CACHE, `build-${process.pid}`);
  mkdirSync(outDir, { recursive: true });
  try {
    await viteBuild({
      root: ROOT,
      configFile: false,
      logLevel: 'error',
      publicDir: false,
      ssr: { noExternal: true },
      build: {
        ssr: 'src/cli/main.ts',
        outDir,
        emptyOutDir: false,
        minify: false,
        target: 'node20',
        rollupOptions: { output: { entryFileNames: 'main.mjs', codeSplitting: false } },
      },
    });
    // Dated back to the start: a source that changed meanwhile makes the next run build again.
    utimesSync(join(outDir, 'main.mjs'), startedAt, startedAt);
    renameSync(join(outDir, 'main.mjs'), BUILT);
  } finally {
    rmSync(outDir, { recursive: true, force: true });
  }
}

if (!existsSync(BUILT) || statSync(BUILT).mtimeMs < sourcesChangedAt()) await build();
const { main } = await import(pathToFileURL(BUILT).href);
process.stdout.on('error', (error) => {
  if ('code' in error && error.code === 'EPIPE') process.exit(0); // the reader, such as `head`, has had enough
  throw error;
});
process.exitCode = main(process.argv.slice(2), process.env, {
  line: (/** @type {string} */ text) => process.stdout.write(`${text}\n`),
  note: (/** @type {string} */ text) => process.stderr.write(`${text}\n`),
});
