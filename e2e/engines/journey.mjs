/**
 * The smoke journey, the same in every engine: load, step by key, drop four files, Chinese, and nothing leaves the page.
 * The functions given to `run` are sent to the page as text: they may use nothing of this file.
 */
import { readFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';

/**
 * What a driver offers of its browser. `any`: each library has a type of its own for what is sent to the page, and they do not agree.
 * @typedef {{
 *   open(url: string): Promise<void>,
 *   press(key: 'ArrowRight' | 'Escape'): Promise<void>,
 *   run<T>(inPage: (given: any) => T | Promise<T>, given?: unknown): Promise<T>,
 *   close(): Promise<void>,
 * }} Driver
 */

const SAMPLES = new URL('../../public/samples/article-ping/', import.meta.url);
const WAIT_MS = 30_000;

/** @param {Driver} browser @param {string} what @param {(given: any) => boolean} isSo @param {unknown} [given] */
async function until(browser, what, isSo, given) {
  for (const end = Date.now() + WAIT_MS; Date.now() < end; await pause(100)) {
    if (await browser.run(isSo, given)) return;
  }
  const seen = await browser.run(() => document.body.innerText.slice(0, 600));
  throw new Error(`Waited in vain: ${what}. The page says: ${seen}`);
}

/** @param {Driver} browser */
const idle = (browser) => until(browser, 'the page is idle', () => document.documentElement.dataset.idle === 'true');

/** @param {Driver} browser @param {string} text */
const says = (browser, text) =>
  until(browser, `“${text}” on the page`, (one) => document.body.innerText.includes(one), text);

/**
 * @param {string} url of the page
 * @param {{ url: string, hits: string[] }} listener a server that counts what reaches it
 * @returns {readonly (readonly [string, (browser: Driver) => Promise<void>])[]}
 */
export const journey = (url, listener) => [
  [
    'loads and draws the article’s cluster',
    async (browser) => {
      await browser.open(url);
      await idle(browser);
      await until(browser, 'the name', () => document.querySelector('h1')?.textContent === 'Hopscope');
      await until(browser, 'the graph', () => document.querySelectorAll('svg text').length > 20);
    },
  ],
  [
    'steps by key',
    async (browser) => {
      for (let i = 0; i < 5; i += 1) await browser.press('ArrowRight');
      await until(browser, 'step 6', () => /(^|\D)6 \/ \d+/.test(document.querySelector('nav')?.textContent ?? ''));
    },
  ],
  [
    'compares four dropped files',
    async (browser) => {
      const files = ['pod1', 'node1', 'node2', 'pod2'].map((name, i) => ({
        name: `${i}.cap`, // whose it is, the packets tell
        base64: readFileSync(new URL(`${name}.cap`, SAMPLES)).toString('base64'),
      }));
      await browser.run((/** @type {{ name: string, base64: string }[]} */ list) => {
        const dataTransfer = new DataTransfer();
        for (const { name, base64 } of list) {
          const bytes = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
          dataTransfer.items.add(new File([bytes], name));
        }
        for (const type of ['dragenter', 'dragover', 'drop']) {
          document.body.dispatchEvent(new DragEvent(type, { bubbles: true, cancelable: true, dataTransfer }));
        }
      }, files);
      await says(browser, '3.cap');
      await browser.press('Escape');
      await says(browser, '25 frames agree');
    },
  ],
  [
    'speaks Chinese',
    async (browser) => {
      await browser.run(() => {
        const button = [...document.querySelectorAll('button')].find(
          (one) => (one.getAttribute('aria-label') ?? one.textContent) === 'Switch to Chinese',
        );
        button?.click();
      });
      await until(browser, 'the language', () => document.documentElement.lang.startsWith('zh'));
      await says(browser, '文件只留在此标签页');
    },
  ],
  [
    'lets nothing out',
    async (browser) => {
      await browser.run(async (target) => {
        /** @type {(() => unknown)[]} */
        const attempts = [
          () => fetch(`${target}/fetch`, { mode: 'no-cors' }),
          () => navigator.sendBeacon(`${target}/beacon`, 'x'),
          () => Object.assign(new Image(), { src: `${target}/image` }),
          () => new WebSocket(target.replace('http', 'ws')),
        ];
        for (const attempt of attempts)
          await Promise.resolve()
            .then(attempt)
            .catch(() => {});
        await new Promise((done) => setTimeout(done, 500));
      }, listener.url);
      if (listener.hits.length > 0) throw new Error(`Reached the listener: ${listener.hits.join(', ')}`);
      await browser.open(`${listener.url}/counted`); // it does listen
      if (!listener.hits.includes('/counted')) throw new Error('The listener counts nothing.');
    },
  ],
];
