/**
 * One click breaks the cluster, and the verdict then shows what ping printed on the real kernel: the recordings that the
 * engine is held to are what is expected here too.
 */
import { readFileSync } from 'node:fs';
import { expect, test } from '@playwright/test';
import { HopscopePage } from './page';

const RECORDINGS = new URL('../src/engine/testing/recordings/', import.meta.url);

/** What was typed and what was printed then, times left out. */
function recorded(name: string): { readonly run: string; readonly printed: readonly string[] } {
  const lines = readFileSync(new URL(`${name}.txt`, RECORDINGS), 'utf8').split('\n');
  const said = (word: string): readonly string[] =>
    lines.flatMap((line) => (line.startsWith(`${word} `) ? [line.slice(word.length + 1)] : []));
  return { run: said('run')[0] ?? '', printed: said('printed') };
}

const withoutTimes = (line: string): string =>
  line
    .replace(/time=[\d.]+ ms/, 'time=T')
    .replace(/time \d+ms/, 'time T')
    .replace(/= [\d./]+ ms/, '= T');

/** The menu's words for a fault, and the recording of it. */
const FAULTS = [
  ['Route to the other node missing', 'route-missing-node1'],
  ['Neither that route nor a default', 'route-missing-node1-no-default'],
  ['Detour over the gateway', 'route-missing-node1-gw-knows'],
  ['Return route missing', 'return-route-missing-node2'],
  ['Wrong next hop', 'wrong-nexthop-master'],
  ['Other node’s network card down', 'nexthop-down'],
  ['No such pod', 'pod-absent'],
  ['ip_forward = 0, sender’s node', 'ip-forward-0-node1'],
  ['ip_forward = 0, other node', 'ip-forward-0-node2'],
  ['FORWARD policy DROP, other node', 'forward-drop-node2'],
  ['Source address rewritten', 'masq-node1'],
  ['MTU too small between the nodes', 'mtu-df'],
  ['TTL too small', 'ttl1'],
] as const;

for (const [title, recording] of FAULTS) {
  test(`${title}: ping prints what it printed on the real kernel`, async ({ page }) => {
    const { run, printed } = recorded(recording);
    expect(printed.length).toBeGreaterThan(2);
    const app = new HopscopePage(page);
    await app.open();
    await app.breakBy(title);
    await app.typeAt(run);
    const terminal = await app.verdict.getByRole('log', { name: /^What pod1 sees/ }).innerText();
    const shown = terminal.split('\n').map((line) => withoutTimes(line.trim()));
    expect(shown.filter((line) => printed.includes(line))).toEqual(printed);
  });
}

test('a fault is seen, taken back, made again, and combined with another', async ({ page }) => {
  const app = new HopscopePage(page);
  await app.open();
  await app.breakBy('Route to the other node missing');
  const changes = page.getByRole('region', { name: 'Changes to the cluster' });
  await expect(changes).toContainText('ip route del 10.244.2.0/24');
  await expect(app.verdict).toContainText('Request lost');
  await changes.getByRole('button', { name: 'Undo' }).click();
  await expect(app.captureStatus).toContainText('25 frames agree');
  await app.press('Control+Shift+z');
  await expect(changes).toContainText('ip route del 10.244.2.0/24');
  await app.breakBy('ip_forward = 0, other node');
  await expect(changes.getByRole('listitem')).toHaveCount(2);
});

test('the verdict names place, counter, files and repair, and the repair brings the answer back', async ({ page }) => {
  const app = new HopscopePage(page);
  await app.open();
  await app.breakBy('ip_forward = 0, other node');
  await expect(app.verdict).toContainText(/node2.*forwarding/s);
  await expect(app.verdict).toContainText('IpInAddrErrors');
  await expect(app.verdict).toContainText('sysctl -w net.ipv4.ip_forward=1');
  const [pod2] = await Promise.all([
    page.waitForEvent('download'),
    app.verdict.getByRole('button', { name: 'Save the predicted node2.cap' }).click(),
  ]);
  expect(pod2.suggestedFilename()).toBe('node2.cap');
  await app.verdict.getByRole('button', { name: 'Try the repair' }).click();
  await expect(app.verdict).toContainText('It works: pod1 has its answer');
});

test('vxlan beside host-gw: 50 bytes more on the wire, shown side by side', async ({ page }) => {
  const app = new HopscopePage(page);
  await app.open('#mode=vxlan&panel=verdict');
  await expect(app.verdict).toContainText('On the wire: 148 bytes (host-gw: 98)');
  await app.verdict.getByRole('button', { name: 'Compare on the wire…' }).click();
  await expect(app.dialog).toContainText('VXLAN');
});
