/** The packet list: all packets of the open files, a filter in tcpdump's language, fields and bytes of one packet. */
import { closeSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import AxeBuilder from '@axe-core/playwright';
import { expect, type Locator, type Page, test } from '@playwright/test';
import { watchLongTasks } from './long-tasks';
import { HopscopePage, sample, upload } from './page';

class PacketsPage extends HopscopePage {
  readonly panel: Locator;
  readonly filter: Locator;
  readonly grid: Locator;
  readonly details: Locator;
  constructor(page: Page) {
    super(page);
    this.panel = page.getByRole('region', { name: 'Packets', exact: true });
    this.filter = this.panel.getByRole('combobox', { name: 'Filter' });
    this.grid = this.panel.getByRole('grid');
    this.details = this.panel.getByRole('region', { name: 'Chosen packet' });
  }

  /** Row 1 is the first packet. */
  row(n: number): Locator {
    return this.grid.locator(`[aria-rowindex="${n + 1}"]`);
  }

  async filterBy(text: string): Promise<void> {
    await this.filter.fill(text);
    await this.idle();
  }
}

async function openList(page: Page): Promise<PacketsPage> {
  const app = new PacketsPage(page);
  await app.open('#panel=packets');
  await expect(app.panel.getByText('25 packets')).toBeVisible();
  return app;
}

test('the samples hold 25 packets, 8 of them ICMP, in order of time or from hop to hop', async ({ page }) => {
  const app = await openList(page);
  await expect(app.row(1)).toContainText('Request who-has 10.244.1.1 tell 10.244.1.4');
  await app.filterBy('icmp');
  await expect(app.panel.getByText('8 of 25')).toBeVisible();
  await expect(app.grid.getByRole('row')).toHaveCount(1 + 8);
  await app.panel.getByRole('button', { name: 'by hop' }).click();
  const where = app.grid.getByRole('gridcell').filter({ hasText: /^(pod|node)[12]$/ });
  await expect(where).toHaveText(['pod1', 'node1', 'node2', 'pod2', 'pod2', 'node2', 'node1', 'pod1']);
  await app.filterBy('icmp and point node1');
  await expect(app.panel.getByText('2 of 25')).toBeVisible();
  await app.filterBy('udp');
  await expect(app.grid).toContainText('No packet matches this filter.');
});

test('a wrong filter says where it is wrong, and leaves the list as it was', async ({ page }) => {
  const app = await openList(page);
  await app.filterBy('icmp');
  await app.filterBy('icmp an ip');
  await expect(app.panel).toContainText('“an” stands where and, or, or the end is expected.');
  await expect(app.panel.locator('mark')).toHaveText('an');
  await expect(app.filter).toHaveAttribute('aria-invalid', 'true');
  await expect(app.panel.getByText('8 of 25')).toBeVisible();
});

test('a click shows fields and bytes that point at each other, and goes to the step', async ({ page }) => {
  const app = await openList(page);
  await app.grid
    .getByRole('row', { name: /echo request/ })
    .first()
    .click();
  await expect(app.details).toContainText('pod1.cap #4');
  await expect(app.details).toContainText('agrees with the prediction');
  expect((await app.where()).at).toBeGreaterThan(1);
  await expect(app.step).toContainText('Out of pod1 eth0');
  await app.details.getByRole('row', { name: /^TTL/ }).hover();
  await expect(app.details).toContainText('TTL: byte 22, 64');
  await app.details
    .getByRole('button', { name: /^src MAC 7a0b/ })
    .first()
    .focus();
  await expect(app.details).toContainText('src MAC: byte 6, 6 bytes, 7a:0b:d4:4c:c5:68');
});

test('keys move in the list and not in the steps; a number leads to its packet', async ({ page }) => {
  const app = await openList(page);
  await app.grid.focus();
  await app.press('ArrowDown', 3);
  await expect(app.row(3)).toHaveAttribute('aria-selected', 'true');
  await app.press('End');
  await expect(app.row(25)).toHaveAttribute('aria-selected', 'true');
  await expect(app.row(25)).toBeInViewport();
  await app.press('Home');
  await expect(app.row(1)).toBeInViewport();
  expect((await app.where()).at).toBe(1);
  const jump = app.panel.getByRole('textbox', { name: 'Go to number' });
  await jump.fill('#6');
  await jump.press('Enter');
  await expect(app.details).toContainText(/\.cap #6/);
  const first = await app.details.locator('b').first().innerText();
  await jump.press('Enter');
  await expect(app.details.locator('b').first()).not.toHaveText(first);
  await jump.fill('99');
  await jump.press('Enter');
  await expect(app.panel).toContainText('No packet here has the number 99.');
});

test('packets of a link type that is not decoded are listed with their bytes', async ({ page }) => {
  const app = await openList(page);
  const other = Buffer.from(sample('pod1.cap'));
  other.writeUInt32LE(147, 20);
  await app.drop([upload('user.cap', other)]);
  await app.press('Escape');
  await app.row(1).click();
  await expect(app.row(1)).toContainText('link type 147 (USER0): headers not decoded');
  await expect(app.details).toContainText('Bytes: 42');
});

for (const [theme, width, height] of [
  ['light', 1440, 900],
  ['dark', 1024, 768],
  ['dark', 390, 844],
] as const) {
  test(`axe finds nothing, and nothing runs out of the window: ${theme}, ${width} px wide`, async ({ page }) => {
    await page.emulateMedia({ colorScheme: theme, reducedMotion: 'reduce' });
    await page.setViewportSize({ width, height });
    const app = await openList(page);
    await app.row(4).click();
    await app.filterBy('icmp an ip');
    const { violations } = await new AxeBuilder({ page }).analyze();
    expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`)).toEqual([]);
    await app.expectNoSidewaysScroll();
  });
}

test.describe('large files', () => {
  const FOLDER = mkdtempSync(join(tmpdir(), 'hopscope-'));
  const MILLION = join(FOLDER, 'million.cap');
  const LARGE = join(FOLDER, 'large.cap');
  const PACKETS = 1 << 20;
  test.beforeAll(() => {
    writeCapture(MILLION, PACKETS);
    writeCapture(LARGE, 1 << 17);
  });
  test.afterAll(() => rmSync(FOLDER, { recursive: true, force: true }));

  async function openLarge(page: Page, path: string): Promise<PacketsPage> {
    const app = await openList(page);
    await app.drop([upload('small.cap', sample('pod2.cap'))]);
    await app.dialog.locator('input[type=file]').setInputFiles(path);
    await expect(app.dialog).toContainText('packets are compared', { timeout: 20_000 });
    await app.dialog.getByRole('button', { name: 'Remove small.cap' }).click();
    await app.press('Escape');
    return app;
  }

  test('a million packets are listed, and reached by number and by key', async ({ page }) => {
    const app = await openLarge(page, MILLION);
    await expect(app.panel.getByText('1,048,576 packets')).toBeVisible();
    await expect(app.row(1)).toContainText('1024 > 4790');
    await app.grid.focus();
    await app.press('End');
    await expect(app.row(PACKETS)).toBeInViewport({ ratio: 1 });
    await expect(app.row(PACKETS)).toContainText('17407 > 4790');
    await app.press('ArrowUp', 3);
    await expect(app.row(PACKETS - 3)).toHaveAttribute('aria-selected', 'true');
    const jump = app.panel.getByRole('textbox', { name: 'Go to number' });
    await jump.fill('500000');
    await jump.press('Enter');
    await expect(app.row(500_000)).toBeInViewport({ ratio: 1 });
    await expect(app.details).toContainText('million.cap #500,000');
    const longTasks = await watchLongTasks(page);
    // Typing again stops the search.
    await app.filter.fill('src port 1030');
    await expect(app.panel).toContainText(/% searched/);
    await app.filter.fill('');
    await expect(app.panel.getByText('1,048,576 packets')).toBeVisible();
    expect(await longTasks()).toEqual([]);
  });

  test('a large file is searched in slices, and the page answers meanwhile', async ({ page }) => {
    test.setTimeout(60_000);
    const app = await openLarge(page, LARGE);
    await expect(app.panel.getByText('131,072 packets')).toBeVisible();
    const longTasks = await watchLongTasks(page);
    await app.filter.fill('src port 1030');
    await expect(app.panel.getByText('8 of 131,072')).toBeVisible({ timeout: 30_000 });
    await expect(app.row(8)).toContainText('1030 > 4790');
    expect(await longTasks()).toEqual([]);
  });
});

/** Nobody's traffic of this cluster: UDP from many ports. */
function writeCapture(path: string, packets: number): void {
  const block = Array.from({ length: 16_384 }, (_, i) => udp(i));
  const file = openSync(path, 'w');
  writeSync(file, sample('pod1.cap').subarray(0, 24));
  for (let i = 0; i < packets; i += block.length) {
    for (const [nth, packet] of block.entries()) packet.writeUInt32LE(1_700_000_000 + ((i + nth) >> 8), 0);
    writeSync(file, Buffer.concat(block));
  }
  closeSync(file);
}

/** Record header 16 bytes, its seconds left open, Ethernet 14, IPv4 20, UDP 8, payload. */
function udp(i: number): Buffer {
  const payload = 8 + (i % 16);
  const out = Buffer.alloc(16 + 42 + payload);
  out.writeUInt32LE((i & 0xff) * 1000, 4);
  out.writeUInt32LE(42 + payload, 8);
  out.writeUInt32LE(42 + payload, 12);
  out.write('0242c0a801010242c0a801020800', 16, 'hex');
  out.write('4500000000004000401100000a0a00010a0a0002', 30, 'hex');
  out.writeUInt16BE(28 + payload, 32);
  out.writeUInt16BE(1024 + i, 50);
  out.writeUInt16BE(4790, 52);
  out.writeUInt16BE(8 + payload, 54);
  return out;
}
