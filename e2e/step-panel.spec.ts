import { expect, type Page, test } from '@playwright/test';

const panel = (page: Page) => page.getByRole('region', { name: 'This step' });

/** Steps on until the panel's sentence holds this text. */
async function stepTo(page: Page, text: RegExp): Promise<void> {
  await page.goto('/');
  await expect(panel(page)).toContainText('step 1 of');
  for (let step = 1; step < 200 && !text.test(await panel(page).innerText()); step += 1) {
    await page.keyboard.press('ArrowRight');
    await expect(panel(page)).toContainText(`step ${step + 1} of`);
  }
  await expect(panel(page)).toContainText(text);
}

test('the route lookup of node1 shows every row, the winner and what it beat', async ({ page }) => {
  await stepTo(page, /10\.244\.2\.0\/24 is the longest/);
  const table = panel(page).getByRole('table', { name: /Route table of node1/ });
  await expect(table.getByRole('row', { name: /10\.244\.2\.0\/24/ })).toContainText('wins');
  await expect(table.getByRole('row', { name: /0\.0\.0\.0\/0/ })).toContainText('shorter');
  await expect(table.getByRole('row', { name: /10\.244\.1\.0\/24/ })).toContainText('no');
});

test('a field and its bytes point at each other', async ({ page }) => {
  await stepTo(page, /routes, so TTL/);
  await panel(page).getByRole('row', { name: /^TTL/ }).hover();
  await expect(panel(page)).toContainText('TTL: byte 22, 63');
  await panel(page).getByRole('button', { name: 'src MAC 000c' }).focus();
  await expect(panel(page)).toContainText('src MAC: byte 6, 6 bytes, 00:0c:29:a4:51:81');
  await page.keyboard.press('ArrowUp');
  await expect(panel(page)).toContainText('dst MAC: byte 0, 6 bytes');
});

test('a table that was opened stays open while stepping', async ({ page }) => {
  await stepTo(page, /10\.244\.2\.0\/24 is the longest/);
  const neighbours = panel(page).getByText('Neighbour table (ARP)');
  await neighbours.click();
  await expect(panel(page).getByRole('table', { name: /Neighbour table of node1/ })).toBeVisible();
  await page.keyboard.press('ArrowRight');
  await expect(panel(page).getByRole('table', { name: /Neighbour table of node1/ })).toBeVisible();
});

test('on a phone the step is told at the controls, until its sentence is in sight', async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await page.goto('/#step=40');
  const atControls = page.getByRole('navigation').getByRole('button', { name: /^Broadcast: the switch sends a copy/ });
  await expect(atControls).toBeInViewport({ ratio: 1 });
  await page.keyboard.press('ArrowRight');
  await expect(atControls).toBeHidden();
  await page.keyboard.press('ArrowLeft');
  await atControls.click();
  await expect(panel(page).getByRole('heading', { name: /^Broadcast/ })).toBeInViewport({ ratio: 1 });
  await expect(atControls).toBeHidden();
});

test('a broadcast asks no table, and the verdict of its capture is in sight', async ({ page }) => {
  await page.goto('/#step=40');
  await expect(panel(page).getByRole('table', { name: /FDB of the switch/ })).toContainText('for everyone: no lookup');
  await expect(page.getByText('All 2 captures agree with the prediction.')).toBeInViewport({ ratio: 1 });
});
