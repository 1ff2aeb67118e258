/**
 * Measures and writes docs/benchmarks.md: `npm run bench`. Figures of one machine mean little; the ratios of one run do.
 * The engine in Node, then the built page in a real browser beside a vanilla page.
 */
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { cpus } from 'node:os';
import { brotliCompressSync } from 'node:zlib';
import { chromium } from '@playwright/test';
import { build } from 'vite';
import { clusterPageFigures } from './bench-cluster-page.mjs';
import { replaceHead, replaceSection } from './benchmarks-file.mjs';
import { serveCompressed } from './brotli-server.mjs';
import { CHROMIUM_ARGS, findBrowser } from './browser.mjs';
import { FIRST_SCREEN, firstKeyMs, openAlone, watching } from './interactive.mjs';

const PORT = 4175;
const RUNS = 9; // of each page, in turn
const RESTED = 'html[data-idle="true"]';
const CACHE = 'node_modules/.cache/bench';
/** @param {readonly number[]} values */
const median = (values) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
/** @param {number} value */
const ms = (value) => `${value.toFixed(value < 10 ? 2 : 0)} ms`;

/**
 * What one of the engine's programs prints.
 * @param {'bench-engine' | 'bench-cluster'} program
 * @param {readonly string[]} args
 */
async function figuresOf(program, args = []) {
  await build({
    configFile: 'vite.config.ts',
    logLevel: 'error',
    build: { ssr: `scripts/${program}.ts`, outDir: `${CACHE}/${program}`, emptyOutDir: true },
  });
  const built = `${CACHE}/${program}/${program}.js`;
  return JSON.parse(execFileSync('node', ['--expose-gc', built, ...args], { encoding: 'utf8', maxBuffer: 1e7 }));
}

const VANILLA = `<!doctype html><head>${watching(['#root'], '#root')}<title>v</title></head><p id="root">…</p><script type="module">document.getElementById("root").textContent="ready"</script>`;

async function pageFigures() {
  await build({ logLevel: 'error' });
  const server = serveCompressed('dist', PORT);
  const watched = serveCompressed('dist', PORT + 2, watching(FIRST_SCREEN, RESTED));
  const vanilla = createServer((_, response) => response.setHeader('content-type', 'text/html').end(VANILLA)).listen(
    PORT + 1,
  );
  const url = `http://127.0.0.1:${PORT}/`;
  /** @type {import('./interactive.mjs').Interactive[]} */
  const own = [];
  /** @type {number[]} */
  const bare = [];
  const alone = await openAlone();
  for (let i = 0; i < RUNS; i += 1) {
    bare.push((await alone.interactiveMs(`http://127.0.0.1:${PORT + 1}/`)).interactive);
    own.push(await alone.interactiveMs(`http://127.0.0.1:${PORT + 2}/`));
  }
  await alone.close();
  const executablePath = findBrowser();
  const browser = await chromium.launch({
    args: CHROMIUM_ARGS,
    ...(executablePath === null ? {} : { executablePath }),
  });
  /** @type {number[]} */
  const keys = [];
  for (let i = 0; i < RUNS; i += 1) keys.push(await firstKeyMs(browser, url));
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 }, reducedMotion: 'reduce' });
  await page.goto(url);
  await page.locator(RESTED).waitFor();
  const steps = await page.evaluate(async () => {
    /** @type {[number, number][]} */
    const taken = [];
    for (let i = 0; i < 120; i += 1) {
      const start = performance.now();
      document.body.dispatchEvent(new KeyboardEvent('keydown', { key: 'ArrowRight', bubbles: true }));
      for (let turn = 0; turn < 10; turn += 1) await Promise.resolve(); // React works in a microtask
      document.documentElement.getBoundingClientRect(); // and the browser lays out
      const worked = performance.now();
      await new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
      taken.push([worked - start, performance.now() - start]);
    }
    return taken;
  });
  const files = ['pod1', 'node1', 'node2', 'pod2'].map((name) => `public/samples/article-ping/${name}.cap`);
  const opened = [];
  for (let i = 0; i < 5; i += 1) {
    await page.goto(`${url}?${i}`);
    await page.locator(RESTED).waitFor();
    await page.getByRole('button', { name: 'Open captures…' }).click();
    const input = page.locator('input[type=file]').first();
    const start = Date.now();
    await input.setInputFiles(files);
    await page.getByText('All 4 capture points have a file').waitFor();
    opened.push(Date.now() - start);
  }
  const large = await clusterPageFigures(
    browser,
    url,
    ['nodes.json', 'pods.txt'].map((name) => `${CACHE}/${name}`),
  );
  await browser.close();
  vanilla.close();
  watched.close();
  server.close();
  const html = readFileSync('dist/index.html', 'utf8');
  const scripts = [...html.matchAll(/<(?:script|link)[^>]+(?:src|href)="\.\/(assets\/[^"]+\.js)"[^>]*>/g)];
  const firstLoad = scripts.map(([tag, file = '']) => ({
    beside: tag.includes('data-beside'), // preloaded in files of their own
    kb: brotliCompressSync(readFileSync(`dist/${file}`)).length / 1000,
  }));
  /** @param {(file: { beside: boolean }) => boolean} which */
  const sum = (which) => firstLoad.filter(which).reduce((total, { kb }) => total + kb, 0);
  return {
    firstScreen: median(own.map(({ painted }) => painted)),
    interactive: median(own.map(({ interactive }) => interactive)),
    longest: median(own.map(({ longest }) => longest)),
    vanilla: median(bare),
    ratio: median(own.map(({ interactive }, i) => interactive / (bare[i] ?? 1))),
    firstKey: median(keys),
    firstKeyMax: Math.max(...keys),
    work: median(steps.map(([work]) => work)),
    painted: median(steps.map(([, painted]) => painted)),
    paintedP95: steps.map(([, painted]) => painted).sort((a, b) => a - b)[Math.floor(steps.length * 0.95)] ?? 0,
    opened: median(opened),
    large,
    brotli: sum(({ beside }) => !beside),
    brotliAll: sum(() => true),
  };
}

/** @type {import('./bench-engine.ts').EngineFigures} */
const engine = await figuresOf('bench-engine');
/** @type {import('./bench-cluster.ts').ClusterFigures} */
const clusters = await figuresOf('bench-cluster', [CACHE]);
const page = await pageFigures();
/** @param {number} steps @param {number} time ms */
const perSecond = (steps, time) => `${Math.round(steps / (time / 1000)).toLocaleString('en')} steps/s`;
/** @param {number} nodes */
const runPerStep = (nodes) => {
  const mesh = engine.meshes.find((one) => one.nodes === nodes);
  return mesh === undefined ? Number.NaN : mesh.runMs / mesh.steps;
};
replaceHead(`# Benchmarks

Written by \`npm run bench\` on ${new Date().toISOString().slice(0, 10)}, ${cpus().length} × ${cpus()[0]?.model ?? 'CPU'}, Node ${process.version}. Medians of one run;
machines are noisy, so compare ratios, never figures of two runs.`);
replaceSection(
  'Page (headless Chromium, built page)',
  `Interactive is the first moment from which a key steps the graph without delay: the graph, the sentence of the step and the stepper
stand painted, and no task that comes later keeps the main thread for 50 ms or more; where one does, its end counts. What the first
screen can do without (hop matrix, tables of the host, slider marks, buttons over the boxes) is drawn after it, in passes of its own,
and keys are answered between them. Pages note it themselves, in a browser that nobody drives; other figures are taken by a driver.

| what | figure | target |
| --- | --- | --- |
| JavaScript that the page names, brotli: the model and the state | ${page.brotli.toFixed(1)} kB | ≤ 120 kB |
| with all it preloads beside it: what draws it, React and the texts of one language | ${page.brotliAll.toFixed(1)} kB | |
| first screen painted: graph, sentence, stepper | ${ms(page.firstScreen)} | |
| interactive, against a vanilla page in the same run | ${ms(page.interactive)} / ${ms(page.vanilla)} = ${page.ratio.toFixed(2)} | ≤ 2.5 |
| a key pressed as soon as the first screen is painted, to its step painted: median (longest) | ${ms(page.firstKey)} (${ms(page.firstKeyMax)}) | |
| longest task after the first screen (0: none of 50 ms or more) | ${ms(page.longest)} | < 50 ms |
| one step forward: script, style and layout (median) | ${ms(page.work)} | ≤ 16 ms |
| one step forward: key to painted frame (p95) | ${ms(page.painted)} (${ms(page.paintedP95)}) | the next frame: 16.7 ms |
| four sample files chosen to comparison drawn | ${ms(page.opened)} | |`,
);
replaceSection(
  'Engine',
  `| what | figure |
| --- | --- |
| the article's ping, whole run (${engine.articleSteps} steps) | ${ms(engine.articleMs)}, ${perSecond(engine.articleSteps, engine.articleMs)} |
| next hop down, 58 echoes (${engine.downSteps} steps) | ${ms(engine.downMs)}, ${perSecond(engine.downSteps, engine.downMs)} |
${engine.meshes.map(({ nodes, buildMs, steps, runMs, answered }) => `| ${nodes} nodes, full mesh of host-gw routes: build; one ping across (${steps} steps${answered ? '' : ', NOT ANSWERED'}) | ${ms(buildMs)}; ${ms(runMs)}, ${perSecond(steps, runMs)} |`).join('\n')}
| run time per step, 1,000 nodes / 2 nodes | ${(runPerStep(1000) / runPerStep(2)).toFixed(2)} |
| run time per step, 100 nodes / 2 nodes | ${(runPerStep(100) / runPerStep(2)).toFixed(2)} |
| memory of a trace of ${engine.long.steps.toLocaleString('en')} steps, every world kept | ${engine.long.mb.toFixed(1)} MB |`,
);
replaceSection(
  'Large clusters',
  `What \`kubectl get nodes\` and \`kubectl get pods\` print, 30 pods a node.

| nodes | text | import | held of it | one node's route table derived | one ping across |
| --- | --- | --- | --- | --- | --- |
${clusters.map(({ nodes, characters, importMs, importMb, tableMs, routes, runMs, steps, answered }) => `| ${nodes.toLocaleString('en')} | ${(characters / 1e6).toFixed(1)} MB | ${ms(importMs)}, ${(importMs / nodes).toFixed(2)} ms a node | ${importMb.toFixed(0)} MB | ${routes.toLocaleString('en')} routes: ${ms(tableMs)} | ${steps} steps${answered ? '' : ', NOT ANSWERED'}: ${ms(runMs)} |`).join('\n')}

| 5,000 nodes and 150,000 pods in the page | figure | target |
| --- | --- | --- |
| files chosen to cluster drawn, in a worker | ${ms(page.large.importedMs)} | |
| longest task of the main thread meanwhile (of ${page.large.longTasks} over 50 ms) | ${ms(page.large.longestTaskMs)} | ≤ 50 ms |
| a frame while the field of nodes is panned (p95) | ${ms(page.large.frameMs)} (${ms(page.large.frameP95Ms)}) | 16.7 ms |`,
);
console.log(readFileSync('docs/benchmarks.md', 'utf8'));
process.exit(0);
