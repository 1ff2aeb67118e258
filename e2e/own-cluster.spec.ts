/** One's own cluster from what terminals printed. */
import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from '@playwright/test';
import { HopscopePage } from './page';

const CLUSTER = new URL('../src/engine/testing/recordings/cluster/', import.meta.url);

/** Transcripts of a real cluster's hosts, joined as one would paste them. */
const transcripts = (): string =>
  readdirSync(CLUSTER)
    .map((file) => readFileSync(new URL(file, CLUSTER), 'utf8'))
    .join('\n');

async function paste(app: HopscopePage, text: string): Promise<void> {
  await app.page.getByRole('button', { name: 'Your cluster…' }).click();
  await app.dialog.getByRole('textbox', { name: 'Terminal output' }).fill(text);
  await app.dialog.getByRole('button', { name: 'Read it' }).click();
  await app.idle();
}

test('pasted transcripts become the shown cluster, which survives a reload', async ({ page }) => {
  const app = new HopscopePage(page);
  await app.open();
  await paste(app, transcripts());
  await expect(app.dialog.getByRole('status')).toContainText('3 nodes, 3 pods');
  await app.press('Escape');
  await app.typeAt('pod1: ping -c 1 10.244.2.2');
  await page.getByRole('button', { name: 'Verdict' }).click();
  await expect(app.verdict.getByRole('log')).toContainText('1 packets transmitted, 1 received');
  await page.reload();
  await app.idle();
  await expect(page.getByRole('combobox', { name: 'Scenario' })).toContainText('Your cluster · 3 nodes, 3 pods');
});

test('a wrong next hop in a transcript is what the model then runs', async ({ page }) => {
  const app = new HopscopePage(page);
  await app.open();
  await paste(app, transcripts().replaceAll('10.244.2.0/24 via 192.168.0.82', '10.244.2.0/24 via 192.168.0.199'));
  await app.press('Escape');
  await app.typeAt('pod1: ping -c 1 -W 5 10.244.2.2');
  await page.getByRole('button', { name: 'Verdict' }).click();
  await expect(app.verdict).toContainText('From 10.244.1.1 icmp_seq=1 Destination Host Unreachable');
});

test('text that tells of no host says so, and the cluster shown stays', async ({ page }) => {
  const app = new HopscopePage(page);
  await app.open();
  await paste(app, 'hello world\nnothing to see here\n');
  await expect(app.dialog).toContainText('Nothing in it tells of a host');
  await app.press('Escape');
  await expect(app.captureStatus).toContainText('25 frames agree');
});

test('the cluster goes out as a file and comes back, changes included', async ({ page }) => {
  const app = new HopscopePage(page);
  await app.open();
  await app.breakBy('Return route missing');
  await page.getByRole('button', { name: 'Your cluster…' }).click();
  const [saved] = await Promise.all([
    page.waitForEvent('download'),
    app.dialog.getByRole('button', { name: 'Save cluster file' }).click(),
  ]);
  const path = await saved.path();
  await page.reload();
  await page.getByRole('button', { name: 'Your cluster…' }).click();
  await app.dialog.locator('input[type=file]').setInputFiles(path);
  await app.press('Escape');
  await page.getByRole('button', { name: 'Verdict' }).click();
  await expect(app.verdict).toContainText('ip route add 10.244.1.0/24 via 192.168.0.81');
});

test('scripts to build it here and to collect from the real one', async ({ page }) => {
  const app = new HopscopePage(page);
  await app.open();
  await page.getByRole('button', { name: 'Your cluster…' }).click();
  for (const [button, name] of [
    ['Build it here', 'build-here.sh'],
    ['Collect', 'collect.sh'],
  ] as const) {
    const [saved] = await Promise.all([
      page.waitForEvent('download'),
      app.dialog.getByRole('button', { name: new RegExp(button) }).click(),
    ]);
    expect(saved.suggestedFilename()).toBe(name);
    expect(readFileSync(await saved.path(), 'utf8')).toMatch(/^#!\/bin\/sh/);
  }
});

test('the cluster is changed on the graph: a node and a pod more, a route less, all taken back again', async ({
  page,
}) => {
  const app = new HopscopePage(page);
  await app.open();
  const at = async (place: RegExp, change: RegExp) => {
    await page.getByRole('region', { name: 'Topology' }).getByRole('button', { name: place }).first().click();
    await page.getByRole('dialog').getByRole('button', { name: change }).click();
    await app.idle();
  };
  await at(/layer 2 segment lan/, /new node/);
  await at(/route lookup of node1/, /ip route del 10\.244\.2\.0\/24/);
  await expect(app.verdict).toContainText('Request lost');
  await app.press('Control+z');
  await app.press('Control+z');
  await expect(app.captureStatus).toContainText('25 frames agree');
});

test('all nodes of a larger cluster are found by an address, and a ping to one of their pods is shown', async ({
  page,
}) => {
  const app = new HopscopePage(page);
  const grown = Array.from({ length: 40 }, () => 'change=%7Cadd-node+lan').join('&');
  await app.open(`#${grown}&change=%7Cadd-pod+node17`);
  await page.getByRole('button', { name: 'All 43 nodes…' }).click();
  await app.dialog.getByRole('searchbox', { name: 'Find' }).fill('10.244.17.99');
  await expect(app.dialog).toContainText('1 of 43');
  await app.dialog.getByRole('button', { name: /^node17/ }).click();
  await app.dialog.getByRole('button', { name: /^pod3/ }).click();
  await expect(app.verdict.getByRole('log')).toContainText('64 bytes from 10.244.17.2: icmp_seq=1 ttl=62');
  await expect(
    page.getByRole('region', { name: 'Topology' }).getByRole('button', { name: 'node17 ens33' }),
  ).toBeVisible();
});
