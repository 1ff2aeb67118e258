/** Large and packed captures: the page stays live while they are read. */
import { closeSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { expect, type Page, test } from '@playwright/test';
import { CLOCK_AHEAD_SECONDS, LOST_PACKETS, PACKETS, writePings } from './long-ping';
import { watchLongTasks } from './long-tasks';
import { HopscopePage, sample, upload } from './page';

const FOLDER = mkdtempSync(join(tmpdir(), 'hopscope-'));
const LARGE = join(FOLDER, 'large.cap');
/** Words of the field have their meanings behind them. */
const SEEN = { useInnerText: true };
const LARGE_BYTES = 300 * 1024 * 1024;

/** Other people's traffic: UDP from many ports, of many lengths, behind the file header of a sample. */
test.beforeAll(() => {
  const block = Buffer.concat(Array.from({ length: 16_384 }, (_, i) => record(i)));
  const file = openSync(LARGE, 'w');
  writeSync(file, sample('pod1.cap').subarray(0, 24));
  for (let written = 24; written < LARGE_BYTES; written += block.length) writeSync(file, block);
  closeSync(file);
  writePings(FOLDER);
});
test.afterAll(() => rmSync(FOLDER, { recursive: true, force: true }));

/** The dialog opens with a small file, so that a large one can be chosen in it. */
async function openDialog(page: Page): Promise<HopscopePage> {
  const app = new HopscopePage(page);
  await app.open();
  await app.drop([upload('small.cap', sample('pod2.cap'))]);
  await expect(app.dialog).toContainText('small.cap');
  return app;
}

test('a file of 300 MB opens with progress, and the page is never blocked', async ({ page }) => {
  const app = await openDialog(page);
  const longTasks = await watchLongTasks(page);
  await app.dialog.locator('input[type=file]').setInputFiles(LARGE);
  const progress = app.dialog.getByRole('progressbar', { name: 'Reading large.cap' });
  await expect(progress).toBeVisible();
  await expect(async () => {
    const read = await progress.evaluate((bar: HTMLProgressElement) => bar.position);
    expect(read).toBeGreaterThan(0);
  }).toPass({ intervals: [50] });
  await expect(progress).toHaveCount(0, { timeout: 30_000 });
  await expect(app.dialog).toContainText(/[\d,]+ of its [\d,]+ packets are compared: a stretch of ping/);
  expect(await longTasks()).toEqual([]);
});

test('a large file can be cancelled, and leaves nothing behind', async ({ page }) => {
  const app = await openDialog(page);
  await app.dialog.locator('input[type=file]').setInputFiles(LARGE);
  await app.dialog.getByRole('button', { name: 'Stop reading large.cap' }).click();
  await expect(app.dialog.getByRole('progressbar')).toHaveCount(0);
  await expect(app.dialog).not.toContainText('large.cap');
  await expect(app.dialog).toContainText('small.cap');
});

test('gzipped captures open, pcapng and classic, and find their places', async ({ page }) => {
  const app = new HopscopePage(page);
  await app.open();
  await app.drop([
    upload('a.pcapng.gz', gzipSync(pcapng(sample('pod1.cap')))),
    upload('b.cap.gz', gzipSync(sample('node1.cap'))),
    upload('c.cap', sample('node2.cap')),
    upload('d.cap', sample('pod2.cap')),
  ]);
  const a = app.dialog.getByRole('listitem').filter({ hasText: 'a.pcapng.gz' });
  await expect(a).toContainText('pcapng, µs, little-endian');
  await app.press('Escape');
  await expect(app.captureStatus).toContainText('25 frames agree');
  await expect(app.captureStatus).toContainText('0 differ');
});

const POINT_FILES = ['pod1.cap', 'node1.cap', 'node2.cap', 'pod2.cap'].map((name) => join(FOLDER, name));

async function openPings(page: Page): Promise<HopscopePage> {
  const app = await openDialog(page);
  await choosePings(app);
  return app;
}

/** Four files, one of which starts late and one of whose clocks is wrong. */
async function choosePings(app: HopscopePage): Promise<void> {
  await app.dialog.locator('input[type=file]').setInputFiles(POINT_FILES);
  await expect(app.dialog.getByRole('progressbar').first()).toBeVisible();
  await expect(app.dialog.getByRole('progressbar')).toHaveCount(0, { timeout: 60_000 });
  await app.dialog.getByRole('button', { name: 'Remove small.cap' }).click();
  await app.press('Escape');
}

test('all packets of four large files are matched in a worker, each loss is found, and the page is never blocked', async ({
  page,
}) => {
  const app = await openDialog(page);
  const longTasks = await watchLongTasks(page);
  await choosePings(app);
  await page.getByRole('button', { name: 'Verdict' }).click();
  const verdict = page.getByRole('region', { name: 'What the captures say' });
  await expect(verdict).toContainText(`All packets of 4 files were matched: ${PACKETS.toLocaleString('en')} packets.`, {
    timeout: 60_000,
  });
  const { onLink, inNode2 } = LOST_PACKETS;
  await expect(verdict).toContainText(`${onLink} packets of 100000 requests left at node1 for`, SEEN);
  await expect(verdict).toContainText(`${inNode2} packets of 100000 requests last seen at node2, not at pod2`, SEEN);
  await expect(verdict).toContainText('predicts the frames of “pod1: ping -c 26 -i 0.002 10.244.2.2” as captured');
  expect(await longTasks()).toEqual([]);
  await verdict.getByText('Clocks', { exact: true }).click();
  await expect(verdict).toContainText(`${CLOCK_AHEAD_SECONDS * 1000}.0`);
});

test('the same stretch of all files is compared, though one begins late and the ping ran long before', async ({
  page,
}) => {
  const app = await openDialog(page);
  const said = await statusesOf(page);
  await choosePings(app);
  await expect(app.captureStatus).toContainText('a stretch of ping 10.244.1.4 → 10.244.2.2 is compared', {
    timeout: 60_000,
  });
  await expect(app.captureStatus).toContainText('0 differ');
  await expect(app.captureStatus).toContainText('0 nobody predicted');
  await expect(app.captureStatus).toContainText('12 nobody captured'); // of two echoes lost on the way: six frames each
  const early = (await said()).filter((text) => !text.includes('a stretch'));
  expect(early.some((text) => text.includes('none is compared yet'))).toBe(true);
  expect(early.filter((text) => /[1-9]\d* (?:differ|nobody predicted)/.test(text))).toEqual([]); // nothing is said too soon
  await page.getByRole('button', { name: 'Verdict' }).click();
  const verdict = page.getByRole('region', { name: 'What the captures say' });
  // Seen, not clicked: buttons of its packets are within it, and one of them would be hit.
  await expect(verdict.getByText(/last seen at node2, not at pod2/)).toBeVisible({ timeout: 60_000 });
  await verdict
    .getByRole('button', { name: /node2.*#/ })
    .last()
    .click();
  await expect(app.captureStatus).toContainText('0 differ');
});

/** All that the line of the captures says from now on. */
async function statusesOf(page: Page): Promise<() => Promise<readonly string[]>> {
  await page.evaluate(() => {
    const said = new Set<string>();
    Object.assign(window, { said });
    const look = () => {
      for (const status of document.querySelectorAll('output')) said.add(status.innerText);
    };
    new MutationObserver(look).observe(document.body, { childList: true, subtree: true, characterData: true });
  });
  return () => page.evaluate(() => [...(window as unknown as { said: Set<string> }).said]);
}

/** A button that stands there for half a second: whoever looks for it from outside the page may come too late. */
function pressWhenThere(label: string): void {
  const observer = new MutationObserver(() => {
    const button = document.querySelector<HTMLButtonElement>(`button[aria-label="${label}"]`);
    if (button === null) return;
    observer.disconnect();
    button.click();
  });
  observer.observe(document.body, { childList: true, subtree: true });
}

test('the matching can be stopped, and asked for again', async ({ page }) => {
  await openPings(page);
  await page.evaluate(pressWhenThere, 'Stop matching');
  await page.getByRole('button', { name: 'Verdict' }).click();
  await expect(page.getByText('The matching was stopped.')).toBeVisible();
  await page.getByRole('button', { name: 'Match again' }).click();
  await expect(page.getByText('All packets of 4 files were matched')).toBeVisible({ timeout: 60_000 });
});

test('more files than can be matched at a time are said to be too many, and are compared all the same', async ({
  page,
}) => {
  const app = new HopscopePage(page);
  await app.open();
  await app.drop(Array.from({ length: 32 }, (_, i) => upload(`${i}.cap`, sample('pod1.cap'))));
  await app.press('Escape');
  await page.getByRole('button', { name: 'Verdict' }).click();
  await expect(page.getByText('At most 31 files can be matched at a time, and more are open.')).toBeVisible();
  await page.getByRole('button', { name: 'Open captures…' }).click();
  await app.dialog.getByRole('button', { name: 'Remove 31.cap' }).click();
  await app.press('Escape');
  await expect(page.getByText('All packets of 31 files were matched')).toBeVisible();
});

/** Record header 16 bytes, Ethernet 14, IPv4 20, UDP 8, payload. */
function record(i: number): Buffer {
  const payload = (i * 37) % 460;
  const out = Buffer.alloc(16 + 42 + payload, i & 0xff);
  out.writeUInt32LE(1_700_000_000 + (i >> 8), 0);
  out.writeUInt32LE((i & 0xff) * 1000, 4);
  out.writeUInt32LE(42 + payload, 8);
  out.writeUInt32LE(42 + payload, 12);
  out.write('0242c0a801010242c0a801020800', 16, 'hex');
  out.write('4500000000004000401100000a0a00010a0a0002', 30, 'hex');
  out.writeUInt16BE(28 + payload, 32);
  out.writeUInt16BE(1024 + i, 50);
  out.writeUInt16BE(4789 + 1, 52);
  out.writeUInt16BE(8 + payload, 54);
  return out;
}

/** A classic file with microseconds as pcapng: a section, an interface, a block for each packet. */
function pcapng(classic: Buffer): Buffer {
  const block = (type: number, body: Buffer): Buffer => {
    const length = 12 + body.length + (-body.length & 3);
    const out = Buffer.alloc(length);
    out.writeUInt32LE(type, 0);
    out.writeUInt32LE(length, 4);
    body.copy(out, 8);
    out.writeUInt32LE(length, length - 4);
    return out;
  };
  const packets: Buffer[] = [];
  for (let at = 24; at < classic.length; ) {
    const length = classic.readUInt32LE(at + 8);
    const ticks = BigInt(classic.readUInt32LE(at)) * 1_000_000n + BigInt(classic.readUInt32LE(at + 4));
    const head = Buffer.alloc(20);
    head.writeUInt32LE(Number(ticks >> 32n), 4);
    head.writeUInt32LE(Number(ticks & 0xffff_ffffn), 8);
    head.writeUInt32LE(length, 12);
    head.writeUInt32LE(classic.readUInt32LE(at + 12), 16);
    packets.push(block(6, Buffer.concat([head, classic.subarray(at + 16, at + 16 + length)])));
    at += 16 + length;
  }
  const section = Buffer.from('4d3c2b1a01000000ffffffffffffffff', 'hex');
  return Buffer.concat([block(0x0a0d0d0a, section), block(1, Buffer.from('0100000000000000', 'hex')), ...packets]);
}
