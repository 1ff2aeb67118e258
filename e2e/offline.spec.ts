/** The page as one file, opened from a disk: no server, the same policy, everything inside. */
import { existsSync } from 'node:fs';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { gzipSync } from 'node:zlib';
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

const POINTS = ['pod1', 'node1', 'node2', 'pod2'];
const PODS = `NAME  READY STATUS  RESTARTS AGE IP         NODE
web-0 1/1   Running 0        1m  10.244.7.4 node7
web-1 1/1   Running 0        1m  10.244.8.5 node8
`;

test('workers read, match and import from file:// too', async ({ page }) => {
  const app = new HopscopePage(page);
  await page.goto(pathToFileURL(FILE).href);
  await app.idle();
  await app.drop(POINTS.map((name) => upload(`${name}.cap.gz`, gzipSync(sample(`${name}.cap`)))));
  await app.press('Escape');
  await expect(app.captureStatus).toContainText('25 frames agree');
  await expect(app.captureStatus).not.toContainText('sample');
  await page.getByRole('button', { name: 'Verdict' }).click();
  await expect(page.getByText('All packets of 4 files were matched')).toBeVisible();
  await app.drop([upload('pods.txt', Buffer.from(PODS))]);
  await expect(app.dialog).toContainText('node7');
});

test('where the browser starts no worker, what needs one says so, and the rest goes on', async ({ page }) => {
  await page.addInitScript(() => {
    Object.assign(window, {
      Worker: class {
        constructor() {
          throw new DOMException('no worker here', 'SecurityError');
        }
      },
    });
  });
  const app = new HopscopePage(page);
  await page.goto(pathToFileURL(FILE).href);
  await app.idle();
  await app.drop([upload('packed.cap.gz', gzipSync(sample('pod1.cap'))), upload('node1.cap', sample('node1.cap'))]);
  await expect(app.dialog.getByRole('listitem').filter({ hasText: 'packed.cap.gz' })).toContainText(
    'starts no worker for this page',
  );
  await app.press('Escape');
  await expect(app.captureStatus).toContainText('frames agree');
  await page.getByRole('button', { name: 'Verdict' }).click();
  await expect(page.getByText('so the packets cannot be matched')).toBeVisible();
  await app.drop([upload('pods.txt', Buffer.from(PODS))]);
  await expect(app.dialog).toContainText('node7');
});
