/** A student opens the page with nothing uploaded. */
import { expect, test } from '@playwright/test';
import { HopscopePage } from './page';

test('a newcomer sees the cluster, the first step and the real captures, and can walk to the end', async ({ page }) => {
  const app = new HopscopePage(page);
  await app.open();
  await expect(app.step).toContainText('ping -c 1 10.244.2.2');
  expect((await app.where()).at).toBe(1);
  await expect(app.captureStatus).toContainText('25 frames agree');

  await page.getByRole('button', { name: 'Last step' }).click();
  const end = await app.where();
  expect(end.at).toBe(end.of);
  await page.getByRole('button', { name: 'First step' }).click();
  expect((await app.where()).at).toBe(1);
});

test('the hop matrix shows MACs changing at each routing hop and TTL 64, 63, 63, 62, all confirmed by the captures', async ({
  page,
}) => {
  const app = new HopscopePage(page);
  await app.open();
  await app.showPacket(/echo request/);
  const ttl = app.matrix.getByRole('row', { name: /^TTL/ });
  await expect(ttl).toContainText(/64.*63.*63.*62/);
  await expect(app.matrix.getByRole('row', { name: /^dst MAC/ })).toContainText(
    /5e:c1:b9:a7:b8:56.*00:0c:29:d7:0c:82.*00:0c:29:d7:0c:82.*32:00:56:84:0a:28/,
  );
  await expect(app.matrix).toContainText('All 4 captures agree with the prediction.');
  await expect(app.matrix).toContainText('are the same frame seen twice');
});

test('the ladder lists every frame and leads to its step', async ({ page }) => {
  const app = new HopscopePage(page);
  await app.open();
  await page.getByRole('button', { name: 'Ladder' }).click();
  const ladder = page.getByRole('region', { name: /Ladder/ });
  await expect(ladder).toContainText('echo reply');
  await ladder
    .getByText(/echo reply/)
    .first()
    .click();
  await expect(app.step).toContainText('Out of pod2 eth0');
  expect((await app.where()).at).toBeGreaterThan(80);
});

test('a link to a step shows the same step again, and a reload keeps it', async ({ page }) => {
  const app = new HopscopePage(page);
  await app.open();
  await app.press('ArrowRight', 29);
  await expect(app.position).toHaveText(/^30 \//);
  const sentence = await app.step.getByRole('heading').first().innerText();
  await expect(page).toHaveURL(/step=30/);
  await page.reload();
  await expect(app.position).toHaveText(/^30 \//);
  await expect(app.step.getByRole('heading').first()).toHaveText(sentence, { useInnerText: true });
});
