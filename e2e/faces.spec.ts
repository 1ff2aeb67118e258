/** Languages, themes, sizes, and axe over all of them. */
import AxeBuilder from '@axe-core/playwright';
import { expect, test } from '@playwright/test';
import { HopscopePage } from './page';

test('Chinese throughout, by the button and by the browser’s language', async ({ page, browser }) => {
  const app = new HopscopePage(page);
  await app.open();
  await page.getByRole('button', { name: 'Switch to Chinese' }).click();
  await expect(page.locator('html')).toHaveAttribute('lang', /zh/);
  await expect(app.step).toContainText('pod1');
  await expect(page.getByRole('button', { name: /打开抓包/ })).toBeVisible();
  const context = await browser.newContext({ locale: 'zh-CN' });
  const other = await context.newPage();
  await other.goto('/');
  await expect(other.locator('html')).toHaveAttribute('lang', /zh/);
  await context.close();
});

test('Chinese steps hold no English sentence', async ({ page }) => {
  const app = new HopscopePage(page);
  await app.open('#lang=zh');
  const { of } = await app.where();
  for (let at = 1; at <= of; at += 9) {
    const sentence = await app.step.getByRole('heading').first().innerText();
    expect(sentence).not.toMatch(/\b(the|is|and|so|asks|goes|sends|learns|answers)\b/);
    await app.press('ArrowRight', 9);
  }
});

for (const [name, width, height] of [
  ['phone', 390, 844],
  ['small phone', 360, 740],
  ['projector', 1024, 768],
  ['desktop', 1440, 900],
] as const) {
  for (const lang of ['en', 'zh']) {
    test(`nothing runs out of the window at ${name} size (${lang})`, async ({ page }) => {
      await page.setViewportSize({ width, height });
      const app = new HopscopePage(page);
      await app.open(`#lang=${lang}&step=30`);
      await app.expectNoSidewaysScroll();
      await expect(page.getByRole('navigation', { name: /^(Steps|步骤)$/ })).toBeInViewport();
      await app.press('ArrowRight');
      await app.expectNoSidewaysScroll();
    });
  }
}

for (const theme of ['light', 'dark'] as const) {
  for (const lang of ['en', 'zh'] as const) {
    for (const [size, width, height] of [
      ['desktop', 1440, 900],
      ['phone', 390, 844],
    ] as const) {
      test(`axe finds nothing: ${theme}, ${lang}, ${size}`, async ({ page }) => {
        test.slow(); // axe looks at every element of every screen
        await page.emulateMedia({ colorScheme: theme, reducedMotion: 'reduce' });
        await page.setViewportSize({ width, height });
        const app = new HopscopePage(page);
        await app.open(`#lang=${lang}&step=30`);
        const check = async (what: string): Promise<void> => {
          const { violations } = await new AxeBuilder({ page }).analyze();
          expect({
            what,
            found: violations.map(({ id, nodes }) => [id, nodes[0]?.target, nodes[0]?.failureSummary]),
          }).toEqual({
            what,
            found: [],
          });
        };
        await check('matrix');
        await page.goto(`/#lang=${lang}&step=60&panel=ladder`);
        await app.idle();
        await check('ladder');
        await page.getByRole('button', { name: /Open captures|打开抓包/ }).click();
        await check('captures');
        await app.press('Escape');
        await app.press('?');
        await check('help');
      });
    }
  }
}
