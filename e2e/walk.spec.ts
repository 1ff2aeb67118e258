/**
 * A walk through every screen, in either language, at three sizes (each screen at one of them; FACES=all: at all): no text is cut, none runs out of its box or of the window,
 * and the Chinese page holds no English sentence. Each face keeps its page and its screens are opened one after the other.
 */
import { expect, test } from '@playwright/test';
import type { HopscopePage } from './page';
import { openScreen, SCREENS } from './screens';
import { cutTexts, englishIn, longestSteps } from './texts-shown';

const WINDOWS = [
  ['desktop', { width: 1440, height: 900 }],
  ['phone', { width: 390, height: 844 }],
  ['presenter', { width: 1024, height: 768 }],
] as const;

const NARROWEST = [WINDOWS[1]];

for (const lang of ['en', 'zh'] as const) {
  test(`no text is cut, on any screen at any size (${lang})`, async ({ page }) => {
    test.setTimeout(300_000); // a busy machine may be ten times slower
    await page.emulateMedia({ reducedMotion: 'reduce' });
    const found: unknown[] = [];
    const look = async (app: HopscopePage, where: string, windows: readonly (typeof WINDOWS)[number][]) => {
      for (const [name, size] of windows) {
        await page.setViewportSize(size);
        await app.idle();
        for (const cut of await page.evaluate(cutTexts)) found.push([where, name, cut]);
      }
      if (lang === 'zh') found.push(...(await page.evaluate(englishIn)).map((text) => [where, text]));
    };
    for (const [i, screen] of SCREENS.entries()) {
      const turn = (i + (lang === 'zh' ? 1 : 0)) % WINDOWS.length;
      const windows = process.env.FACES === 'all' ? WINDOWS : WINDOWS.slice(turn, turn + 1);
      await look(await openScreen(page, screen, lang), screen.name, windows);
    }
    const app = await openScreen(page, { name: 'the longest sentences', hash: '' }, lang);
    const longest = await page.evaluate(longestSteps);
    expect(longest.length).toBeGreaterThan(8); // stages
    for (const step of longest) {
      await page.evaluate((hash) => {
        location.hash = hash;
      }, `#step=${step}&lang=${lang}`);
      await expect(app.position).toHaveText(new RegExp(`^${step} `));
      await look(app, `step ${step}`, NARROWEST);
    }
    expect(found).toEqual([]);
  });
}

for (const lang of ['en', 'zh'] as const) {
  test(`no text of any fault's verdict is cut (${lang})`, async ({ page }) => {
    test.skip(process.env.FACES !== 'all', 'minutes: with FACES=all');
    test.setTimeout(600_000);
    await page.emulateMedia({ reducedMotion: 'reduce' });
    const app = await openScreen(page, { name: 'faults', hash: '' }, lang);
    const faults = page.locator('section > h2 ~ button:enabled'); // of the menu
    const found: unknown[] = [];
    let count = 1;
    for (let i = 0; i < count; i += 1) {
      await page.setViewportSize(WINDOWS[0][1]);
      await page.goto(`/?${i}#lang=${lang}`);
      await app.idle();
      await page.getByRole('button', { name: /^(Break something|制造故障)/ }).click();
      await app.idle();
      count = await faults.count();
      const name = await faults.nth(i).innerText();
      await faults.nth(i).click();
      for (const [window, size] of WINDOWS) {
        await page.setViewportSize(size);
        await app.idle();
        for (const cut of await page.evaluate(cutTexts)) found.push([name, window, cut]);
      }
      if (lang === 'zh') found.push(...(await page.evaluate(englishIn)).map((text) => [name, text]));
    }
    expect(count).toBeGreaterThan(15);
    expect(found).toEqual([]);
  });
}

test('what the walk looks for is found where it is', async ({ page }) => {
  await page.setContent(`
    <p style="width: 4rem; overflow: hidden; white-space: nowrap">cut at the side of its box</p>
    <p style="width: 4rem; overflow: hidden; white-space: nowrap" title="all of it">offered whole by its title</p>
    <p style="height: 3rem; line-height: 2rem; overflow: clip">whole<br>cut below its box</p>
    <div style="overflow: auto; width: 4rem"><p style="white-space: nowrap">in a box that scrolls</p></div>
    <p style="position: relative; left: 100vw">out of the window</p>
    <p>此处 the packet is sent to the router and 之后, ip route add 10.244.2.0/24 via 192.168.0.82</p>`);
  const cut = await page.evaluate(cutTexts);
  expect(cut.map((text) => text.split(' (')[0])).toEqual([
    'cut at its side: cut at the side of its box',
    'cut above or below: cut below its box',
    'out of the window: out of the window',
  ]);
  expect(await page.evaluate(englishIn)).toEqual([
    'cut at the side of its box',
    'the packet is sent to the router and',
  ]);
});
