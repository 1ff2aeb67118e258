import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';

/** Quiet and repeatable: no GPU, no background traffic, same glyph shapes on every machine. */
export const CHROMIUM_ARGS = [
  '--no-sandbox', // Chromium refuses to start as root with its sandbox, and containers run as root
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--font-render-hinting=none',
];

/**
 * The browser for the tests, or null. Used by ensure.mjs and playwright.config.ts, so that both mean the same one.
 * @returns {string | null}
 */
export function findBrowser() {
  const asked = process.env.HOPSCOPE_CHROMIUM;
  if (asked) {
    // A wish that cannot be met is an error: another browser in silence would make results hard to explain.
    if (!existsSync(asked)) throw new Error(`HOPSCOPE_CHROMIUM names ${asked}, but there is no such file.`);
    return asked;
  }
  return [playwrightsOwn(), ...usualPlaces()].find((path) => path !== null && existsSync(path)) ?? null;
}

/** @returns {string | null} where Playwright would put its own Chromium, downloaded or not */
function playwrightsOwn() {
  try {
    return createRequire(import.meta.url)('@playwright/test').chromium.executablePath();
  } catch {
    return null; // packages not installed yet, or a platform without a Chromium of Playwright's
  }
}

function usualPlaces() {
  const windows = [process.env.PROGRAMFILES, process.env['PROGRAMFILES(X86)'], process.env.LOCALAPPDATA]
    .filter((dir) => dir !== undefined)
    .map((dir) => join(dir, 'Google', 'Chrome', 'Application', 'chrome.exe'));
  return [
    '/usr/bin/chromium',
    '/usr/bin/chromium-browser',
    '/usr/bin/google-chrome',
    '/usr/bin/google-chrome-stable',
    '/opt/google/chrome/chrome',
    '/snap/bin/chromium',
    '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
    '/Applications/Chromium.app/Contents/MacOS/Chromium',
    ...windows,
  ];
}
