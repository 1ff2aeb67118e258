/** Firefox, by Puppeteer over WebDriver BiDi: it drives the Firefox of the system, ESR included. */
import { existsSync } from 'node:fs';
import puppeteer from 'puppeteer-core';

const PLACES = [
  '/usr/bin/firefox-esr',
  '/usr/bin/firefox',
  '/Applications/Firefox.app/Contents/MacOS/firefox',
  'C:\\Program Files\\Mozilla Firefox\\firefox.exe',
];

/** Null where there is none. */
export const find = () => PLACES.find((path) => existsSync(path)) ?? null;

/** @param {string} executablePath @returns {Promise<import('./journey.mjs').Driver>} */
export async function launch(executablePath) {
  const browser = await puppeteer.launch({
    browser: 'firefox',
    executablePath,
    headless: true,
    extraPrefsFirefox: { 'intl.accept_languages': 'en-US, en' },
  });
  const page = await browser.newPage();
  await page.setViewport({ width: 1440, height: 900 });
  return {
    open: async (url) => void (await page.goto(url)),
    press: (key) => page.keyboard.press(key),
    run: (inPage, given) => page.evaluate(inPage, given),
    close: () => browser.close(),
  };
}
