/** One's own cluster from what terminals printed. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { expect, test } from '@playwright/test';
import { fourNodes, MISTYPED } from './four-nodes';
import { HopscopePage } from './page';

const CLUSTER = new URL('../src/engine/testing/recordings/cluster/', import.meta.url);

const ARTICLE = new URL('../../shared/article.txt', import.meta.url);

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

test('the article pasted whole gives the cluster that its terminals printed', async ({ page }) => {
  test.skip(!existsSync(ARTICLE), 'the article’s text is not on this machine');
  const app = new HopscopePage(page);
  await app.open();
  await paste(app, readFileSync(ARTICLE, 'utf8'));
  await expect(app.dialog.getByRole('status')).toContainText('3 nodes, 2 pods');
  await app.press('Escape');
  const list = page.getByRole('region', { name: 'Topology' }).getByRole('list').first();
  const host = (name: RegExp) => list.locator('> li').filter({ hasText: name }).first();
  // Values as the article's `ifconfig`, `ip link` and `route -n` show them.
  for (const said of ['10.244.1.4/24', '7a:0b:d4:4c:c5:68', 'node1 veth5c905d55'])
    await expect(host(/^cni-test-7jxzs/)).toContainText(said);
  for (const said of ['10.244.2.2/24', '32:00:56:84:0a:28', 'node2 vethb2d98351'])
    await expect(host(/^cni-test-xb2pp/)).toContainText(said);
  for (const said of ['192.168.0.81/24', '5e:c1:b9:a7:b8:56', '9e:1e:ab:74:dc:ac', 'cni-test-7jxzs eth0'])
    await expect(host(/^node1/)).toContainText(said);
  for (const said of ['192.168.0.82/24', '9a:ef:f5:1f:3e:f6', 'fa:c9:75:b6:e8:44', 'cni-test-xb2pp eth0'])
    await expect(host(/^node2/)).toContainText(said);
  await app.typeAt('node1: ip route');
  await page.getByRole('button', { name: 'Verdict' }).click();
  await expect(page.locator('main')).toContainText('10.244.2.0/24 via 192.168.0.82 dev ens33');
  await app.typeAt('cni-test-7jxzs: ping -c 1 10.244.2.2');
  await expect(app.verdict.getByRole('log')).toContainText('64 bytes from 10.244.2.2: icmp_seq=1 ttl=62');
});

test('of four nodes’ transcripts the page says which route is wrong, what that does, and what mends it', async ({
  page,
}) => {
  const app = new HopscopePage(page);
  await app.open();
  await paste(app, fourNodes());
  await expect(app.dialog.getByRole('status')).toContainText('4 nodes');
  const findings = app.dialog.getByRole('region', { name: 'What is wrong' });
  await expect(findings.getByRole('heading', { name: 'What is wrong: 1 error' })).toBeVisible();
  const finding = findings.getByRole('listitem').first();
  // What is seen: words of the field have their meanings behind them.
  const says = (text: string) => expect(finding).toContainText(text, { useInnerText: true });
  await says('node1: Wrong next hop');
  await says(`it has 10.244.3.0/24 via ${MISTYPED} dev ens33`);
  await says('flannel writes 10.244.3.0/24 via 192.168.0.83 dev ens33');
  await says(`${MISTYPED} never answered on ens33`);
  await says('From 192.168.0.81 icmp_seq=1 Destination Host Unreachable');
  await says('With the repair below it is answered');
  await says('node1# ip route replace 10.244.3.0/24 via 192.168.0.83 dev ens33');
  await finding.getByRole('button', { name: 'Try the repair' }).click();
  await app.idle();
  await expect(app.verdict.getByRole('log')).toContainText('64 bytes from 10.244.3.1: icmp_seq=1');
  await app.press('Control+z'); // without the repair it stays broken
  await app.typeAt('node1: ping -c 1 -W 4 10.244.3.1');
  await expect(app.verdict.getByRole('log')).toContainText('Destination Host Unreachable');
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
