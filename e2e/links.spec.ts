/** Links to what is shown, short or long: whoever opens one sees the same, or is told what it could not bring. */
import { expect, type Page, test } from '@playwright/test';
import { HopscopePage } from './page';

/** As many changes as asked for, each of them seen in the picture and in the list. */
const changes = (count: number): string =>
  Array.from({ length: count }, (_, i) =>
    encodeURIComponent(
      `|${i % 2 === 0 ? 'node1' : 'node2'}: ip route add 10.${i >> 8}.${i & 255}.0/24 via 192.168.0.1 dev ens33`,
    ),
  )
    .map((change) => `change=${change}`)
    .join('&');

const chips = (page: Page) =>
  page.getByRole('region', { name: /^(Changes to the cluster|对集群的改动)$/ }).getByRole('listitem');

/** Until the address is that of a long state. */
const packedUrl = async (page: Page): Promise<string> => {
  await expect(page).toHaveURL(/#z=[\w-]+$/);
  return page.url();
};

test('a cluster with many changes is a short link: the same in a new page, after a reload, and by the back button', async ({
  page,
  context,
}) => {
  const app = new HopscopePage(page);
  await app.open(`#${changes(120)}&panel=ladder`);
  await expect(chips(page)).toHaveCount(120);
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('ArrowRight');
  await app.idle();
  const url = await packedUrl(page);
  expect(url.length).toBeLessThan(1500);
  const { at, of } = await app.where();

  const other = new HopscopePage(await context.newPage());
  await other.page.goto(url);
  await other.idle();
  await expect(chips(other.page)).toHaveCount(120);
  expect(await other.where()).toEqual({ at, of });
  expect(other.page.url()).toBe(url);

  await other.page.reload();
  await other.idle();
  await expect(chips(other.page)).toHaveCount(120);
  expect(other.page.url()).toBe(url);

  // Another link in the same page, and back.
  await other.page.evaluate(() => {
    location.hash = '#step=7&lang=zh';
  });
  await expect(other.page.locator('html')).toHaveAttribute('lang', 'zh-CN');
  await other.idle();
  await expect(chips(other.page)).toHaveCount(0);
  await other.page.goBack();
  await expect(chips(other.page)).toHaveCount(120);
  await other.idle();
  await expect(other.page.locator('html')).toHaveAttribute('lang', 'en');
  expect(await other.where()).toEqual({ at, of });
  expect(other.page.url()).toBe(url);

  // The way back to a few changes is a plain address again.
  await other.page.getByRole('button', { name: 'Reset the cluster and the command' }).click();
  await other.idle();
  await expect(other.page).toHaveURL(/\/#panel=ladder$/);
});

test('of two links one after the other the last is shown, however long the first takes', async ({ page }) => {
  const app = new HopscopePage(page);
  await app.open(`#${changes(100)}`);
  await page.keyboard.press('ArrowRight');
  const packed = new URL(await packedUrl(page)).hash;
  await app.open();
  await page.evaluate((hash) => {
    location.hash = hash;
    location.hash = '#step=9';
  }, packed);
  await expect(app.position).toHaveText(/^9 /);
  await app.idle();
  await expect(chips(page)).toHaveCount(0);
  await expect(page).toHaveURL(/#step=9$/);
});

test('a page left at once keeps its last step', async ({ page }) => {
  const app = new HopscopePage(page);
  await app.open(`#${changes(30)}`);
  await page.keyboard.press('ArrowRight');
  await page.goto('about:blank');
  await page.goBack();
  await app.idle();
  await expect(app.position).toHaveText(/^2 /);
  await expect(chips(page)).toHaveCount(30);
});

for (const [what, hash, said] of [
  ['cut', '#z=eJxLKkosSk', { en: /This link is damaged/, zh: /此链接已损坏/ }],
  ['of too many changes', `#${changes(1001)}`, { en: /at most 1,000 changes/, zh: /最多 1,000 处改动/ }],
  ['of a cluster that is not here', '#scenario=own&step=3', { en: /somebody’s own cluster/, zh: /用户自己的集群/ }],
  ['of a newer version', '#change=new-fault%7Cfly+node1', { en: /does not know/, zh: /本版本不认识/ }],
] as const) {
  test(`a link that is ${what} says so, and the article is shown`, async ({ page }) => {
    for (const lang of ['en', 'zh'] as const) {
      await page.goto('about:blank');
      await page.goto(`/${hash}`);
      const app = new HopscopePage(page);
      await app.idle();
      if (lang === 'zh') await page.getByRole('button', { name: 'Switch to Chinese' }).click();
      await expect(page.getByRole('alert')).toContainText(said[lang]);
      await expect(chips(page)).toHaveCount(0);
      expect((await app.where()).of).toBe(164);
      await page.getByRole('alert').getByRole('button').last().click();
      await expect(page.getByRole('alert')).toHaveCount(0);
    }
  });
}

test('what no link can hold is said, with the way out; when it fits again, the link is back', async ({ page }) => {
  const app = new HopscopePage(page);
  await app.open(`#${changes(1000)}`);
  await app.typeAt('node1: ip route add 10.99.0.0/24 via 192.168.0.1 dev ens33');
  await expect(page.getByRole('alert')).toContainText('too much for a link');
  await expect(page).toHaveURL(/\/#panel=verdict$/);
  await page.getByRole('alert').getByRole('button', { name: 'Save a file…' }).click();
  await expect(app.dialog.getByRole('button', { name: /Save cluster file/ })).toBeVisible();
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Undo' }).click();
  await packedUrl(page);
  await expect(page.getByRole('alert')).toHaveCount(0);
});
