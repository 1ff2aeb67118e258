/** Takes the pictures of README and guide from the built page, so that they cannot go stale: `npm run screenshots` (builds first). */
import { chromium } from '@playwright/test';
import { preview } from 'vite';
import { CHROMIUM_ARGS, findBrowser } from './browser.mjs';
import { PICTURES } from './pictures.mjs';

const server = await preview({ preview: { host: '127.0.0.1', port: 4174 } });
const executablePath = findBrowser();
const browser = await chromium.launch({ args: CHROMIUM_ARGS, ...(executablePath === null ? {} : { executablePath }) });
for (const { file, hash, lang, viewport } of PICTURES) {
  const page = await browser.newPage({ viewport, reducedMotion: 'reduce' });
  await page.goto(`http://127.0.0.1:4174/#${hash}&lang=${lang}`);
  await page.locator('html[data-idle="true"]').waitFor();
  await page.screenshot({ path: file });
  await page.close();
  console.log(file);
}
await browser.close();
await server.close();
process.exit(0); // the preview server keeps its connections open
