/** How the built page opens captures in Chromium, beside tshark and tcpdump with one of the files in the same run. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from '@playwright/test';
import { POINTS, writeCaptures } from './bench-files.mjs';
import { CHROMIUM_ARGS, findBrowser } from './browser.mjs';

export const PORT = 4177; // where the built page is served
const TIMEOUT_MS = 600_000;
const NOT_EACH_FRAME = { polling: 250 }; // ms: a page that is asked at every frame draws each of them
/** @param {string} tool @param {readonly string[]} args */
function timed(tool, args) {
  const start = performance.now();
  const { status } = spawnSync(tool, args, { stdio: 'ignore' });
  return status === 0 ? performance.now() - start : Number.NaN;
}

const TSHARK_FIELDS = ['eth.src', 'eth.dst', 'ip.src', 'ip.dst', 'ip.ttl', 'ip.id', 'ip.checksum'];
/** @param {string} path */
const tsharkMs = (path) => timed('tshark', ['-r', path, '-T', 'fields', ...TSHARK_FIELDS.flatMap((f) => ['-e', f])]);
/** @param {string} path */
const tcpdumpMs = (path) => timed('tcpdump', ['-nner', path]);

/** The most memory that a renderer has had so far, in bytes; Linux alone says so. @param {import('@playwright/test').Browser} browser */
async function peakBytes(browser) {
  const session = await browser.newBrowserCDPSession();
  const { processInfo } = await session.send('SystemInfo.getProcessInfo');
  await session.detach();
  const peaks = processInfo
    .filter(({ type }) => type === 'renderer')
    .map(({ id }) => {
      const status = readFileSync(`/proc/${id}/status`, 'utf8');
      return 1024 * Number(/VmHWM:\s+(\d+) kB/.exec(status)?.[1]);
    });
  return Math.max(...peaks);
}

/** @typedef {{ chosen: number, rows: number, decoded: number, matched: number, longest: number }} Seen */

/**
 * In the page: notes the moments by its own clock, asks for the verdict as soon as all is read, and notes the tasks that kept
 * its thread for long.
 * @param {number} files
 */
function watch(files) {
  /** @type {Seen} */
  const seen = { chosen: 0, rows: 0, decoded: 0, matched: 0, longest: 0 };
  Object.assign(globalThis, { seen });
  const LOOK_MS = 16; // to look more often would take the work of a core's twentieth part
  new PerformanceObserver((list) => {
    for (const { duration } of list.getEntries()) seen.longest = Math.max(seen.longest, duration);
  }).observe({ type: 'longtask' });
  const before = document.querySelector('[role=grid]')?.getAttribute('aria-rowcount');
  const look = () => {
    const now = performance.now();
    const isReading = document.querySelector('[role=dialog] progress, dialog progress') !== null;
    const rows = document.querySelector('[role=grid]')?.getAttribute('aria-rowcount');
    if (seen.rows === 0 && rows !== before && Number(rows) > 1) seen.rows = now;
    if (seen.rows > 0 && !isReading && document.querySelectorAll('dialog li').length >= files) {
      seen.decoded = now;
      [...document.querySelectorAll('button')].find(({ textContent }) => textContent === 'Verdict')?.click();
      lookForVerdict();
    } else setTimeout(look, LOOK_MS);
  };
  const lookForVerdict = () => {
    const said = [...document.querySelectorAll('p')].some(({ textContent }) =>
      textContent.startsWith('All packets of'),
    );
    if (said) seen.matched = performance.now();
    else setTimeout(lookForVerdict, LOOK_MS);
  };
  document.addEventListener(
    'change',
    () => {
      seen.chosen = performance.now();
      setTimeout(look, 50); // the first bar is there by then
    },
    { capture: true, once: true },
  );
}

/**
 * Chooses the files in the dialog, waits until all are read and the verdict is shown.
 * @param {readonly string[]} paths
 */
async function openInPage(paths) {
  const executablePath = findBrowser();
  const browser = await chromium.launch({
    args: CHROMIUM_ARGS,
    ...(executablePath === null ? {} : { executablePath }),
  });
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 }, reducedMotion: 'reduce' });
  page.setDefaultTimeout(TIMEOUT_MS);
  await page.goto(`http://127.0.0.1:${PORT}/#panel=packets`);
  await page.locator('html[data-idle="true"]').waitFor();
  await page.getByRole('button', { name: 'Open captures…' }).click();
  const input = page.getByRole('dialog').locator('input[type=file]');
  await input.waitFor({ state: 'attached' });
  const empty = await peakBytes(browser);
  await page.evaluate(watch, paths.length);
  await input.setInputFiles([...paths]);
  await page.waitForFunction(
    () => /** @type {{ seen: Seen }} */ (/** @type {unknown} */ (globalThis)).seen.matched > 0,
    undefined,
    NOT_EACH_FRAME,
  );
  const said = await page
    .getByText(/All packets of/)
    .first()
    .innerText();
  const seen = await page.evaluate(() => {
    const { seen } = /** @type {{ seen: Seen }} */ (/** @type {unknown} */ (globalThis));
    return seen;
  });
  const peak = await peakBytes(browser);
  await browser.close();
  return {
    rows: seen.rows - seen.chosen,
    decoded: seen.decoded - seen.chosen,
    matched: seen.matched - seen.decoded,
    all: seen.matched - seen.chosen,
    longest: seen.longest,
    empty,
    peak,
    said,
  };
}

/** The same bytes read by the browser and thrown away: what no reader can be faster than. @param {readonly string[]} paths */
async function drainMs(paths) {
  const executablePath = findBrowser();
  const browser = await chromium.launch({
    args: CHROMIUM_ARGS,
    ...(executablePath === null ? {} : { executablePath }),
  });
  const page = await browser.newPage();
  page.setDefaultTimeout(TIMEOUT_MS);
  await page.setContent('<input type=file multiple>');
  await page.locator('input').setInputFiles([...paths]);
  const time = await page.evaluate(async () => {
    const work = `onmessage = async ({ data }) => { for (const file of data) { const reader = file.stream().getReader(); while (!(await reader.read()).done); } postMessage(0); }`;
    const files = [...(document.querySelector('input')?.files ?? [])];
    const start = performance.now();
    await Promise.all(
      [0, 1].map(
        (half) =>
          new Promise((done) => {
            const worker = new Worker(URL.createObjectURL(new Blob([work])));
            worker.onmessage = done;
            worker.postMessage(files.filter((_, i) => i % 2 === half));
          }),
      ),
    );
    return performance.now() - start;
  });
  await browser.close();
  return time;
}

/** @typedef {Awaited<ReturnType<typeof openInPage>> & { tcpdump: number, tshark: number, drain: number }} Run */
/** @typedef {{ packets: number, files: readonly { packets: number, bytes: number }[], runs: readonly Run[] }} Measured */

/**
 * @param {number} packets a file
 * @param {{ rounds: number, sizes?: 'mixed' | 'small', points?: readonly string[], withTshark?: boolean }} how
 * @returns {Promise<Measured>}
 */
export async function measure(packets, { rounds, sizes = 'mixed', points = POINTS, withTshark = true }) {
  const folder = mkdtempSync(join(tmpdir(), 'hopscope-bench-'));
  try {
    const { files } = writeCaptures(folder, packets, { sizes, points });
    const paths = files.map(({ path }) => path);
    const [one = ''] = paths;
    const runs = [];
    for (let i = 0; i < rounds; i += 1) {
      const tcpdump = tcpdumpMs(one);
      const page = await openInPage(paths);
      const drain = await drainMs(paths);
      const run = { ...page, tcpdump, drain, tshark: withTshark ? tsharkMs(one) : Number.NaN };
      console.error(JSON.stringify({ packets, sizes, ...run }));
      runs.push(run);
    }
    return { packets, files, runs };
  } finally {
    rmSync(folder, { recursive: true });
  }
}
