/** Languages and sizes. */
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
