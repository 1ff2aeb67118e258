/** Words of the field explain themselves where they stand: by pointer, by touch and by keyboard, in either language. */
import { expect, type Page, test } from '@playwright/test';
import { HopscopePage } from './page';

const shown = (page: Page) => page.locator('[role=tooltip]:popover-open');

test('a word of the step’s sentence tells its meaning under the pointer, which may move onto it, until Escape', async ({
  page,
}) => {
  const app = new HopscopePage(page);
  await app.open('#step=30');
  const word = app.step.getByRole('button', { name: 'next hop' });
  await word.hover();
  await expect(shown(page)).toHaveText(/^next hop: /);
  await shown(page).hover();
  await page.waitForTimeout(400); // longer than a meaning stays without the pointer
  await expect(shown(page)).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(shown(page)).toHaveCount(0);
});

test('a sentence is one stop of the Tab key and then tells all its words; a step on is still one key', async ({
  page,
}) => {
  const app = new HopscopePage(page);
  await app.open('#step=30');
  for (const sentence of [app.step.getByRole('heading').first(), app.step.getByRole('paragraph').nth(1)]) {
    const words = sentence.getByRole('button');
    const stops = await words.evaluateAll((all) =>
      all.filter((one) => one instanceof HTMLElement && one.tabIndex === 0),
    );
    expect(stops.length).toBe(Math.min(1, await words.count()));
  }
  const first = app.step.locator('button[aria-describedby]').first();
  await first.focus();
  const meanings = await shown(page).innerText();
  expect(meanings.split('\n').filter((line) => line.includes(': ')).length).toBe(
    await app.step.getByRole('heading').first().getByRole('button').count(),
  );
  await page.keyboard.press('ArrowRight');
  await expect(app.position).toHaveText(/^31 /);
});

test('what a screen reader is told of a step holds no buttons, and is there once', async ({ page }) => {
  const app = new HopscopePage(page);
  await app.open('#step=29');
  await app.press('ArrowRight');
  const live = page.locator('main [aria-live=polite]').filter({ hasText: 'next hop' });
  await expect(live).toHaveCount(1);
  await expect(live.locator('button')).toHaveCount(0);
  await expect(live).toHaveCount(0, { timeout: 6000 }); // then the sentence stands on the page alone
});

test('Chinese words are found without gaps, the longest first, and not in buttons or links', async ({ page }) => {
  const app = new HopscopePage(page);
  await app.open('#step=30&lang=zh&panel=verdict');
  await expect(app.step.locator('button[aria-describedby]').first()).toBeVisible();
  await expect(page.locator('button button, a button, [aria-live] button[aria-describedby]')).toHaveCount(0);
  const words = await page.locator('button[aria-describedby]:has(+ [role=tooltip])').allInnerTexts();
  expect(words.length).toBeGreaterThan(1);
});
