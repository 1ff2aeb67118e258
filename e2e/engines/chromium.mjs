/** Chromium, by Playwright, as in all the other browser tests. */
import { chromium } from '@playwright/test';
import { CHROMIUM_ARGS, findBrowser } from '../../scripts/browser.mjs';

/** Null where there is none. */
export const find = findBrowser;

/** @param {string} executablePath @returns {Promise<import('./journey.mjs').Driver>} */
export async function launch(executablePath) {
  const browser = await chromium.launch({ executablePath, args: CHROMIUM_ARGS });
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
  return {
    open: async (url) => void (await page.goto(url)),
    press: (key) => page.keyboard.press(key),
    run: (inPage, given) => page.evaluate(inPage, given),
    close: () => browser.close(),
  };
}
