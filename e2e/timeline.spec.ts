/** What flanneld does, moment by moment: each moment's cluster is drawn, asked and judged. */
import { expect, test } from '@playwright/test';
import { HopscopePage } from './page';

test('a route deleted by hand: lost, ten seconds later answered again, kept over a reload, and closed', async ({
  page,
}) => {
  const app = new HopscopePage(page);
  await app.open();
  await page.getByRole('button', { name: 'Control plane' }).click();
  await page.getByRole('button', { name: /^A route is deleted by hand/ }).click();
  await app.idle();
  const strip = page.getByRole('region', { name: 'Time line of flannel’s control plane' });
  await expect(strip).toContainText('Nothing has happened yet');
  await expect(app.captureStatus).toContainText('25 frames agree');

  await strip.getByRole('button', { name: 'Next moment' }).click();
  await expect(strip).toContainText('3 s');
  await expect(strip).toContainText('ip route del 10.244.2.0/24');
  await expect(strip.getByRole('listitem')).toHaveText(
    /removed:.*node1: 10\.244\.2\.0\/24 via 192\.168\.0\.82 dev ens33/,
  );
  await expect(app.verdict).toContainText('Request lost');

  await strip.getByRole('slider', { name: 'Moment' }).press('ArrowRight');
  await expect(strip).toContainText('10 s');
  await expect(strip).toContainText('route_network.go] Route recovered 10.244.2.0/24 : 192.168.0.82');
  await expect(strip.getByRole('listitem')).toHaveText(/added:.*node1: 10\.244\.2\.0\/24/);
  await expect(app.verdict).toContainText('Answered');

  await expect(page).toHaveURL(/#event=route-deleted&moment=2/);
  await page.reload();
  await app.idle();
  await expect(strip).toContainText('Route recovered');
  await strip.getByRole('button', { name: 'Previous moment' }).click();
  await expect(app.verdict).toContainText('Request lost');

  await strip.getByRole('button', { name: 'Close the time line' }).click();
  await expect(strip).toBeHidden();
  await expect(app.verdict).toContainText('Answered');
  await expect(app.captureStatus).toContainText('25 frames agree');
});

test('every event is played to its end, and none leaves the page without a run', async ({ page }) => {
  test.slow(); // ten clusters, each run at both ends of its time line
  const app = new HopscopePage(page);
  await app.open('#event=join');
  const strip = page.getByRole('region', { name: 'Time line of flannel’s control plane' });
  const which = strip.getByRole('combobox', { name: 'What happens' });
  const slider = strip.getByRole('slider', { name: 'Moment' });
  const titles = await which.locator('option').allInnerTexts();
  expect(titles).toHaveLength(10);
  const last = new Set<string>();
  for (const title of titles) {
    await which.selectOption(title);
    await expect(strip).toContainText('Nothing has happened yet');
    await slider.press('End');
    const of = await slider.getAttribute('max');
    expect(Number(of), title).toBeGreaterThan(0);
    await expect(strip).toContainText(`${of} / ${of}`);
    last.add(await strip.getByRole('paragraph').first().innerText());
    expect((await app.where()).of, title).toBeGreaterThan(30);
  }
  expect(last.size).toBeGreaterThan(7); // two events may end alike, with a flanneld that is ready
});

test('on a phone nothing is wider than the window', async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  const app = new HopscopePage(page);
  await app.open('#event=stale&moment=9');
  await app.expectNoSidewaysScroll();
  await expect(page.getByRole('region', { name: 'Time line of flannel’s control plane' })).toBeVisible();
});
