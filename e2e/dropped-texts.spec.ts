/** An operator drops whatever there is: captures, what terminals printed, a cluster file, a folder of all of it. */
import { readdirSync, readFileSync } from 'node:fs';
import { expect, type Locator, test } from '@playwright/test';
import { zipSync } from 'fflate';
import { HopscopePage, sample, upload } from './page';

const CLUSTER = new URL('../src/engine/testing/recordings/cluster/', import.meta.url);

/** A folder as the collecting script writes it: captures, a transcript for each host, what ping said, tcpdump's notes. */
const collected = () => [
  ...['pod1', 'node1', 'node2', 'pod2'].map((name) => upload(`got/${name}-dev.cap`, sample(`${name}.cap`))),
  ...readdirSync(CLUSTER).map((file) => upload(`got/state/${file}`, readFileSync(new URL(file, CLUSTER)))),
  upload(
    'got/commands.txt',
    Buffer.from(
      `[root@pod1 ~]# ping -c 1 10.244.2.2
PING 10.244.2.2 (10.244.2.2) 56(84) bytes of data.
64 bytes from 10.244.2.2: icmp_seq=1 ttl=62 time=0.345 ms

--- 10.244.2.2 ping statistics ---
1 packets transmitted, 1 received, 0% packet loss, time 0ms
rtt min/avg/max/mdev = 0.345/0.345/0.345/0.000 ms
`,
    ),
  ),
  upload(
    'got/log/pod1-eth0.txt',
    Buffer.from(
      'tcpdump: listening on eth0, link-type EN10MB (Ethernet), snapshot length 262144 bytes\n8 packets captured\n8 packets received by filter\n0 packets dropped by kernel\n',
    ),
  ),
];

const card = (app: HopscopePage, name: string): Locator =>
  app.dialog.getByRole('listitem').filter({ has: app.page.getByText(name, { exact: true }) });

const scenario = (app: HopscopePage): Locator => app.page.getByRole('combobox', { name: 'Scenario' });

test('a folder of the collecting script gives the cluster and the captures of it', async ({ page }) => {
  const app = new HopscopePage(page);
  await app.open();
  await app.drop(collected());
  await expect(app.dialog.getByRole('heading', { name: 'Open captures' })).toBeVisible();
  await app.idle();
  await expect(app.dialog).toContainText('made from 8 texts');
  await expect(card(app, 'got/log/pod1-eth0.txt')).toContainText('What tcpdump said');
  await expect(card(app, 'got/state/node1.txt')).toHaveCount(0);
  await app.dialog.getByRole('button', { name: 'Your cluster…' }).click();
  await expect(app.dialog.getByRole('status')).toContainText('3 nodes, 3 pods');
  await expect(app.dialog).toContainText('got/state/node1.txt');
  await expect(app.dialog).toContainText('4 capture files');
  await app.press('Escape');
  await expect(scenario(app)).toContainText('Your cluster · 3 nodes, 3 pods');
  await expect(app.captureStatus).toContainText('25 frames agree');
  await expect(app.captureStatus).not.toContainText('could not be read');
});

test('the same folder packed into one file gives the same', async ({ page }) => {
  const app = new HopscopePage(page);
  await app.open();
  const packed = zipSync(Object.fromEntries(collected().map(({ name, buffer }) => [name, new Uint8Array(buffer)])));
  await app.drop([upload('got.zip', Buffer.from(packed))]);
  await expect(app.dialog).toContainText('made from 8 texts');
  await expect(app.dialog).not.toContainText('Not a capture file');
  await app.press('Escape');
  await expect(app.captureStatus).toContainText('25 frames agree');
});

test('texts alone open the cluster they tell of, under whatever name and encoding', async ({ page }) => {
  const app = new HopscopePage(page);
  await app.open();
  const node1 = readFileSync(new URL('node1.txt', CLUSTER), 'utf8');
  const windows = Buffer.from(`\ufeff${readFileSync(new URL('pod1.txt', CLUSTER), 'utf8')}`, 'utf16le');
  await app.drop([upload('node1.cap', Buffer.from(node1)), upload('pod1', windows)]);
  await expect(app.dialog.getByRole('heading', { name: 'Your cluster' })).toBeVisible();
  await expect(app.dialog.getByRole('status')).toContainText('1 pod');
  await expect(app.dialog).toContainText('node1.cap');
});

test('a text that tells of no cluster is named as no capture beside what was understood', async ({ page }) => {
  const app = new HopscopePage(page);
  await app.open();
  await app.drop([
    upload('notes.txt', Buffer.from('12:00:01 IP 10.244.1.4 > 10.244.2.2: ICMP echo request\n')),
    upload('package.json', Buffer.from('{ "name": "x", "version": "1.0.0" }\n')),
    upload('node1.txt', readFileSync(new URL('node1.txt', CLUSTER))),
  ]);
  await expect(card(app, 'notes.txt')).toContainText(/a text file.*tells nothing of a cluster/s);
  await expect(card(app, 'package.json')).toContainText('a text file');
  await expect(card(app, 'node1.txt')).toHaveCount(0);
  await expect(app.dialog).toContainText('made from 1 text');
});

test('a dropped cluster file is opened as one; what came with it is named, a damaged one says where', async ({
  page,
}) => {
  const app = new HopscopePage(page);
  await app.open();
  await page.getByRole('button', { name: 'Your cluster…' }).click();
  const [saved] = await Promise.all([
    page.waitForEvent('download'),
    app.dialog.getByRole('button', { name: 'Save cluster file' }).click(),
  ]);
  const file = readFileSync(await saved.path(), 'utf8');
  await app.press('Escape');
  await app.drop([
    upload('a.txt', Buffer.from(file)),
    upload('node1.txt', readFileSync(new URL('node1.txt', CLUSTER))),
  ]);
  await expect(app.dialog.getByRole('status')).toContainText('3 nodes');
  await expect(app.dialog).toContainText('Given with it and not read: node1.txt');
  await app.press('Escape');
  await app.drop([upload('b.txt', Buffer.from(file.replace('"mtuBytes": 1500', '"mtuBytes": "large"')))]);
  await expect(app.dialog.getByRole('alert')).toContainText(/b\.txt: .*cannot be opened: at hosts\.\d+\.devices/);
  await expect(scenario(app)).toContainText('Your cluster');
});
