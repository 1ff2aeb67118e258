/**
 * When a page is interactive: the first moment from which a key is answered. All that the key acts on stands painted, and no
 * later task keeps the main thread for more than 50 ms, the browser's own limit for a long one: else it is the end of the last.
 * The page notes it itself, in a browser that nobody drives: a driver listens to every request and asks for every font and
 * stack again, and takes as much of the processor as the page. And the proof: a real key, pressed as soon as the picture
 * stands, and the time from the press to the painted step.
 */
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { CHROMIUM_ARGS, findBrowser } from './browser.mjs';

/** The first screen of Hopscope: the graph with the place of the step, the step in words, and the stepper's slider. */
export const FIRST_SCREEN = ['[data-testid="current-place"]', 'section h2', 'nav input[type="range"]'];
const POSITION = 'nav output'; // '1 / 164'

/**
 * @typedef {object} Interactive
 * @property {number} painted ms from the navigation to the first screen painted
 * @property {number} interactive ms from the navigation
 * @property {number} longest ms, the longest task after `painted`; 0: none was long
 */

/** What a page writes into its title before the figures. */
const MARK = 'measured ';

/**
 * In the page, before all else in it: writes the figures into its title once it rests.
 * @param {readonly string[]} selectors of the first screen
 * @param {string} rested nothing more is to come
 * @param {string} mark
 */
function watch(selectors, rested, mark) {
  /** @type {{ end: number, duration: number }[]} */
  const tasks = [];
  new PerformanceObserver((list) => {
    for (const { startTime, duration } of list.getEntries()) tasks.push({ end: startTime + duration, duration });
  }).observe({ type: 'longtask', buffered: true });
  let painted = 0;
  const whenAll = () => {
    if (selectors.some((selector) => document.querySelector(selector) === null)) requestAnimationFrame(whenAll);
    else
      requestAnimationFrame(() =>
        setTimeout(() => {
          painted = performance.now();
          whenRested();
        }),
      );
  };
  const whenRested = () => {
    if (document.querySelector(rested) === null) setTimeout(whenRested, 50);
    else setTimeout(say, 300);
  };
  const say = () => {
    const later = tasks.filter(({ end }) => end > painted);
    const interactive = Math.max(painted, ...later.map(({ end }) => end));
    const longest = Math.max(0, ...later.map(({ duration }) => duration));
    document.title = `${mark}${painted} ${interactive} ${longest}`;
  };
  whenAll();
}

/** The script that makes a page note when it was interactive. @param {readonly string[]} selectors @param {string} rested */
export const watching = (selectors, rested) =>
  `<script>(${watch})(${JSON.stringify(selectors)}, ${JSON.stringify(rested)}, ${JSON.stringify(MARK)})</script>`;

/** A browser of its own that nobody drives: pages are opened in it, and their titles read. */
export async function openAlone() {
  const profile = mkdtempSync(join(tmpdir(), 'hopscope-browser-'));
  const browser = spawn(
    findBrowser() ?? 'chromium',
    ['--headless=new', ...CHROMIUM_ARGS, '--remote-debugging-port=0', `--user-data-dir=${profile}`, 'about:blank'],
    { stdio: 'ignore' },
  );
  const portFile = join(profile, 'DevToolsActivePort');
  const port = await untilFound(() => readFileSync(portFile, 'utf8').split('\n')[0]);
  await wait(3000); // what it does at its start is over by then
  /** @param {string} path @param {string} [method] */
  const ask = (path, method = 'GET') => fetch(`http://127.0.0.1:${port}/json/${path}`, { method });
  return {
    /**
     * A page that is `watching`, opened in a tab of its own.
     * @param {string} url
     * @returns {Promise<Interactive>}
     */
    async interactiveMs(url) {
      const { id } = await (await ask(`new?${url}`, 'PUT')).json();
      const title = await untilFound(async () => {
        const tabs = /** @type {{ id: string, title: string }[]} */ (await (await ask('list')).json());
        return tabs.find((tab) => tab.id === id && tab.title.startsWith(MARK))?.title;
      });
      await ask(`close/${id}`);
      const [painted = 0, interactive = 0, longest = 0] = title.slice(MARK.length).split(' ').map(Number);
      return { painted, interactive, longest };
    },
    async close() {
      const ended = new Promise((resolve) => browser.once('exit', resolve));
      browser.kill();
      await ended;
      await rm(profile, { recursive: true, force: true, maxRetries: 20, retryDelay: 200 }); // its helpers end a little later
    },
  };
}

/**
 * Asks again until there is an answer.
 * @template T
 * @param {() => T | undefined | Promise<T | undefined>} find
 * @returns {Promise<T>}
 */
async function untilFound(find) {
  for (let tries = 0; tries < 150; tries += 1) {
    const found = await Promise.resolve()
      .then(find)
      .catch(() => undefined);
    if (found !== undefined) return found;
    await wait(400); // seldom: who asks takes from what is measured
  }
  throw new Error('The browser did not answer for a minute.');
}

/**
 * @param {import('@playwright/test').Browser} browser
 * @param {string} url
 * @returns {Promise<number>} ms from the press of the first key to the frame that shows its step
 */
export async function firstKeyMs(browser, url) {
  const context = await browser.newContext();
  try {
    const page = await context.newPage();
    await page.goto(url);
    await page.evaluate(() => {
      addEventListener('keydown', ({ timeStamp }) => Object.assign(window, { pressed: timeStamp }), { once: true });
    });
    for (const selector of FIRST_SCREEN) await page.locator(selector).first().waitFor({ state: 'attached' });
    const was = await page.locator(POSITION).textContent();
    await page.keyboard.press('ArrowRight');
    return await page.evaluate(
      ({ position, was }) =>
        new Promise((done) => {
          const look = () => {
            if (document.querySelector(position)?.textContent === was) requestAnimationFrame(look);
            else
              requestAnimationFrame(() =>
                setTimeout(() => done(performance.now() - /** @type {any} */ (window).pressed)),
              );
          };
          look();
        }),
      { position: POSITION, was },
    );
  } finally {
    await context.close();
  }
}
