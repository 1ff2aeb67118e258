/** Takes the README's pictures from the built page, so that they cannot go stale: `npm run screenshots` (build first). */
import { chromium } from '@playwright/test';
import { preview } from 'vite';
import { CHROMIUM_ARGS, findBrowser } from './browser.mjs';

const PICTURES = [
  { file: 'docs/page.png', hash: '#step=30', locale: 'en-US' },
  { file: 'docs/page-zh.png', hash: '#step=30', locale: 'zh-CN' },
];

const server = await preview({ preview: { host: '127.0.0.1', port: 4174 } });
const executablePath = findBrowser();
const browser = await chromium.launch({ args: CHROMIUM_ARGS, ...(executablePath === null ? {} : { executablePath }) });
for (const { file, hash, locale } of PICTURES) {
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 }, locale, reducedMotion: 'reduce' });
  await page.goto(`http://127.0.0.1:4174/${hash}`);
  await page.locator('html[data-idle="true"]').waitFor();
  await page.getByRole('table').first().waitFor();
  await page.screenshot({ path: file });
  console.log(file);
}
await browser.close();
await server.close();
process.exit(0); // the preview server keeps its connections open
