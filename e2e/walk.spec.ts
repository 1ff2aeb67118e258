/**
 * A walk through every screen, in either language, at three sizes: no text is cut, none runs out of its box or of the window,
 * and the Chinese page holds no English sentence. Each face keeps its page and its screens are opened one after the other.
 */
import { expect, test } from '@playwright/test';
import { openScreen, SCREENS } from './screens';
import { cutTexts, englishIn } from './texts-shown';

const WINDOWS = [
  ['desktop', { width: 1440, height: 900 }],
  ['phone', { width: 390, height: 844 }],
  ['presenter', { width: 1024, height: 768 }],
] as const;

for (const lang of ['en', 'zh'] as const) {
  test(`no text is cut, on any screen at any size (${lang})`, async ({ page }) => {
    test.setTimeout(120_000);
    await page.emulateMedia({ reducedMotion: 'reduce' });
    const found: unknown[] = [];
    for (const screen of SCREENS) {
      const app = await openScreen(page, screen, lang);
      for (const [name, size] of WINDOWS) {
        await page.setViewportSize(size);
        await app.idle();
        for (const cut of await page.evaluate(cutTexts)) found.push([screen.name, name, cut]);
      }
      if (lang === 'zh') found.push(...(await page.evaluate(englishIn)).map((text) => [screen.name, text]));
    }
    expect(found).toEqual([]);
  });
}
