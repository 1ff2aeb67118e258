/** A second opinion in the browser itself: npm `pcap-parser` finds the packets that the readers of this project find. */
import { fileURLToPath } from 'node:url';
import { expect, type Page, test } from '@playwright/test';
import { build } from 'vite';
import { bytesOfFile, corpus, isCleanClassic } from '../src/engine/testing/corpus';
import { sampleFiles } from '../src/engine/testing/samples';

/** In the page, once `script` has run there. */
declare const readers: typeof import('./pcap-parser/page');

const ADDRESS = '/readers'; // answered by the test; of the app's origin, since only a secure page has SHA-256
const part = (name: string): string => fileURLToPath(new URL(`pcap-parser/${name}.ts`, import.meta.url));

let script = '';

/** Built in memory, of this folder alone: nothing of it is ever in the app. */
test.beforeAll(async () => {
  const [built] = [
    await build({
      configFile: false,
      logLevel: 'error',
      publicDir: false,
      resolve: { alias: { events: part('node-parts'), util: part('node-parts'), fs: part('node-parts') } },
      build: { write: false, minify: false, lib: { entry: part('page'), formats: ['iife'], name: 'readers' } },
    }),
  ].flat();
  if (built === undefined || !('output' in built)) throw new Error('nothing was built');
  script = built.output[0].code;
});

test.beforeEach(async ({ page }) => {
  await page.route(ADDRESS, (route) => route.fulfill({ contentType: 'text/html', body: '<!doctype html>' }));
  await page.goto(ADDRESS);
  await page.addScriptTag({ content: script });
});

const readInPage = (page: Page, bytes: Uint8Array) =>
  page.evaluate((base64) => readers.read(base64), Buffer.from(bytes).toString('base64'));

test('both find the same packets in every sample of the project', async ({ page }) => {
  for (const { name, bytes } of sampleFiles()) {
    const { outside, whole, streamed } = await readInPage(page, bytes);
    expect(outside.packets, name).toBeGreaterThan(0);
    expect({ whole, streamed }, name).toEqual({ whole: outside, streamed: outside });
  }
});

test('both find the same packets in every clean classic file that others published', async ({ page }) => {
  test.skip(corpus.length === 0, 'the published captures are not beside the project');
  test.setTimeout(180_000);
  const clean = corpus.filter((file) => isCleanClassic(bytesOfFile(file)));
  expect(clean.length).toBeGreaterThan(800);
  for (const file of clean) {
    const { outside, whole, streamed } = await readInPage(page, bytesOfFile(file));
    expect({ whole, streamed }, file.name).toEqual({ whole: outside, streamed: outside });
  }
});
