/** Everything by keyboard alone. */
import { expect, test } from '@playwright/test';
import { HopscopePage } from './page';

test('all steps forward and back with the arrow keys, each with a sentence of its own', async ({ page }) => {
  test.slow(); // more than 300 key presses, each looked at
  const app = new HopscopePage(page);
  await app.open();
  const { of } = await app.where();
  expect(of).toBeGreaterThan(100);
  const there: string[] = [];
  for (let at = 1; at <= of; at += 1) {
    await expect(app.position).toHaveText(`${at} / ${of}`);
    there.push(await app.step.innerText());
    await app.press('ArrowRight');
  }
  await expect(app.position).toHaveText(`${of} / ${of}`);
  for (let at = of; at >= 1; at -= 1) {
    await expect(app.position).toHaveText(`${at} / ${of}`);
    expect(await app.step.innerText()).toBe(there[at - 1]);
    await app.press('ArrowLeft');
  }
  await expect(app.position).toHaveText(`1 / ${of}`);
});

test('Home, End, Shift with arrows, Page keys and Space do what a lecturer expects', async ({ page }) => {
  const app = new HopscopePage(page);
  await app.open();
  const { of } = await app.where();
  await app.press('End');
  await expect(app.position).toHaveText(`${of} / ${of}`);
  await app.press('Home');
  await expect(app.position).toHaveText(`1 / ${of}`);
  await app.press('PageDown', 2);
  await expect(app.position).toHaveText(`3 / ${of}`);
  await app.press('PageUp');
  await expect(app.position).toHaveText(`2 / ${of}`);
  await app.press('Shift+ArrowRight');
  expect((await app.where()).at).toBeGreaterThan(3);
  await app.press('Shift+ArrowLeft');
  await app.press('Home');
  await page.locator('body').press('Space');
  await expect(page.getByRole('button', { name: 'Pause' })).toBeVisible();
  await expect.poll(async () => (await app.where()).at).toBeGreaterThan(1);
  await page.locator('body').press('Space');
  await expect(page.getByRole('button', { name: 'Play' })).toBeVisible();
});

test('? opens the help, Escape closes it, and the keys rest while a dialog is open', async ({ page }) => {
  const app = new HopscopePage(page);
  await app.open();
  await app.press('?');
  await expect(app.dialog).toBeVisible();
  await app.press('ArrowRight');
  await app.press('Escape');
  await expect(app.dialog).toBeHidden();
  expect((await app.where()).at).toBe(1);
});

test('the keys rest while a choice is being made in a list', async ({ page }) => {
  const app = new HopscopePage(page);
  await app.open();
  await page.getByRole('combobox', { name: 'Scenario' }).focus();
  await app.press('End');
  expect((await app.where()).at).toBe(1);
});
