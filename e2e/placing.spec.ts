/** A teacher arranges the picture by hand. */
import { readFileSync } from 'node:fs';
import { expect, type Locator, test } from '@playwright/test';
import { HopscopePage } from './page';

const graph = (app: HopscopePage): Locator => app.page.getByRole('region', { name: 'Topology' });

async function at(locator: Locator) {
  const found = await locator.boundingBox();
  if (found === null) throw new Error('not shown');
  return found;
}

async function drag(app: HopscopePage, grip: string, dx: number, dy: number): Promise<void> {
  const { x, y } = await at(app.page.locator(`[data-grip="${grip}"]`).first());
  await app.page.mouse.move(x + 20, y + 8);
  await app.page.mouse.down();
  await app.page.mouse.move(x + 20 + dx / 2, y + 8 + dy / 2);
  await app.page.mouse.move(x + 20 + dx, y + 8 + dy);
  await app.page.mouse.up();
  await app.idle();
}

test('a pod dragged by its name takes its card along, stays in its node, and comes back by undo', async ({ page }) => {
  const app = new HopscopePage(page);
  await page.setViewportSize({ width: 1440, height: 900 });
  await app.open('#step=30');
  const card = graph(app).getByRole('button', { name: /^pod1 eth0/ });
  const before = await at(card);
  await drag(app, 'pod1', 0, 14);
  const after = await at(card);
  expect(after.y - before.y).toBeGreaterThan(8);
  expect(after.x).toBeCloseTo(before.x, 0);
  await expect(page.getByRole('dialog')).toHaveCount(0); // a drag is no click
  expect((await app.where()).at).toBe(30); // nor does it run anything anew
  await expect(app.captureStatus).toContainText('25 frames agree');
  await expect(page).toHaveURL(/change=%7Cplace\+pod1/);
  await app.press('Control+z');
  await expect.poll(async () => (await at(card)).y).toBeCloseTo(before.y, 0);
  await app.press('Control+Shift+z');
  await expect.poll(async () => (await at(card)).y).toBeCloseTo(after.y, 0);
  expect((await app.where()).at).toBe(30);
});

test('a node moves by the keyboard, its wires follow, and laying out anew puts it back', async ({ page }) => {
  const app = new HopscopePage(page);
  await page.setViewportSize({ width: 1440, height: 900 });
  await app.open();
  const node = graph(app)
    .getByRole('button', { name: /^node1/ })
    .first();
  const nic = graph(app).getByRole('button', { name: /^node1 ens33/ });
  const [whole, card] = [await at(node), await at(nic)];
  await node.focus();
  await app.press('Alt+ArrowRight', 2);
  await app.press('Alt+ArrowDown');
  await app.idle();
  await expect.poll(async () => (await at(node)).x - whole.x).toBeGreaterThan(8);
  // The bar of changes takes a line, so the picture is a little smaller now.
  expect(Math.abs((await at(nic)).x - card.x - ((await at(node)).x - whole.x))).toBeLessThan(4);
  await app.press('Control+z'); // one change, not three
  await expect.poll(async () => (await at(node)).x).toBeCloseTo(whole.x, -1);
  await app.press('Control+Shift+z');
  await graph(app).getByRole('button', { name: 'Lay out automatically' }).click();
  await expect.poll(async () => (await at(node)).x).toBeCloseTo(whole.x, -1);
  await expect(graph(app).getByRole('button', { name: 'Lay out automatically' })).toHaveCount(0);
});

test('a finger moves it too, and the rest of the picture still pans when zoomed', async ({ browser }) => {
  const context = await browser.newContext({ viewport: { width: 1024, height: 768 }, hasTouch: true });
  const page = await context.newPage();
  const app = new HopscopePage(page);
  await app.open();
  const pod = graph(app).getByRole('button', { name: /^pod2 eth0/ });
  const before = await at(pod);
  const grip = await at(page.locator('[data-grip="node2"]').first());
  const touch = await context.newCDPSession(page);
  const point = (dx: number, dy: number) => [{ x: grip.x + 30 + dx, y: grip.y + 10 + dy }];
  await touch.send('Input.dispatchTouchEvent', { type: 'touchStart', touchPoints: point(0, 0) });
  await touch.send('Input.dispatchTouchEvent', { type: 'touchMove', touchPoints: point(0, 10) });
  await touch.send('Input.dispatchTouchEvent', { type: 'touchMove', touchPoints: point(0, 30) });
  await touch.send('Input.dispatchTouchEvent', { type: 'touchEnd', touchPoints: [] });
  await app.idle();
  await expect(page).toHaveURL(/place\+node2/);
  expect((await at(pod)).y).not.toBeCloseTo(before.y, 0);
  await graph(app).getByRole('button', { name: 'Lay out automatically' }).click();
  await graph(app).getByRole('button', { name: 'Zoom in' }).click();
  const zoomed = await at(pod);
  await page.mouse.move(zoomed.x + 5, zoomed.y + 5);
  await page.mouse.down();
  await page.mouse.move(zoomed.x + 45, zoomed.y + 5, { steps: 4 });
  await page.mouse.up();
  expect((await at(pod)).x - zoomed.x).toBeGreaterThan(20);
  await expect(graph(app).getByRole('button', { name: 'Lay out automatically' })).toHaveCount(0);
  await context.close();
});

test('places are kept in the cluster file', async ({ page }) => {
  const app = new HopscopePage(page);
  await app.open('#change=%7Cplace+pod1+0+9');
  await page.getByRole('button', { name: 'Your cluster…' }).click();
  const [saved] = await Promise.all([
    page.waitForEvent('download'),
    app.dialog.getByRole('button', { name: 'Save cluster file' }).click(),
  ]);
  const path = await saved.path();
  expect(JSON.parse(readFileSync(path, 'utf8'))).toMatchObject({
    version: 1,
    layout: [{ host: 'pod1', dx: 0, dy: 9 }],
  });
  await page.goto('about:blank');
  await app.open();
  await page.getByRole('button', { name: 'Your cluster…' }).click();
  await app.dialog.locator('input[type=file]').setInputFiles(path);
  await app.press('Escape');
  await expect(graph(app).getByRole('button', { name: 'Lay out automatically' })).toBeVisible();
});
