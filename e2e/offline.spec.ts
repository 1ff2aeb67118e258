/** The page as one file, opened from a disk: no server, the same policy, everything inside. */
import { existsSync } from 'node:fs';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { expect, test } from '@playwright/test';
import { HopscopePage, sample, upload } from './page';

const FILE = fileURLToPath(new URL('../dist-offline/hopscope.html', import.meta.url));

// `npm run build` makes it; a build of the page alone does not.
test.skip(!existsSync(FILE), 'no offline file was built');

test('a newcomer’s first minutes, own captures, Chinese and a lesson, from file://', async ({ page }) => {
  const refused: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error') refused.push(message.text());
  });
  page.on('pageerror', (error) => refused.push(error.message));
  const app = new HopscopePage(page);
  await page.goto(pathToFileURL(FILE).href);
  await app.idle();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Hopscope');
  await expect(app.position).toHaveText('1 / 164');
  await app.press('ArrowRight', 29);
  await expect(app.step).toContainText('10.244.2.0/24');
  await expect(app.matrix).toBeVisible();

  await app.drop(['pod1', 'node1', 'node2', 'pod2'].map((name) => upload(`${name}.cap`, sample(`${name}.cap`))));
  await app.press('Escape');
  await expect(app.captureStatus).toContainText('25 frames agree');

  await page.getByRole('button', { name: 'Switch to Chinese' }).click();
  await expect(page.locator('html')).toHaveAttribute('lang', /zh/);
  await page.getByRole('button', { name: /讲课/ }).click();
  await page.getByRole('button', { name: '课程' }).click();
  await page.getByRole('button', { name: /开始/ }).first().click();
  await expect(page.getByRole('main')).toContainText('沿途一共抓了四个文件');
  expect(refused).toEqual([]);
});
