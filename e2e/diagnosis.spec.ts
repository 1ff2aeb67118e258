/** Captures of a broken cluster, recorded on the real kernel: what they show, in the order of likelihood. */
import { existsSync, readFileSync } from 'node:fs';
import { expect, test } from '@playwright/test';
import { HopscopePage, sample, upload } from './page';

const RECORDED = new URL('../../shared/captures/', import.meta.url);
const FILES = ['pod1', 'node1', 'node2', 'pod2'];

async function openRecorded(app: HopscopePage, scenario: string): Promise<void> {
  const files = FILES.map((name, i) => upload(`${i}.cap`, readFileSync(new URL(`${scenario}/${name}.cap`, RECORDED))));
  await app.drop(files);
  await app.press('Escape');
  await app.page.getByRole('button', { name: 'Verdict' }).click();
  await app.idle();
}

test('captures in which all is well say so', async ({ page }) => {
  const app = new HopscopePage(page);
  await app.open();
  await app.drop(FILES.map((name, i) => upload(`${i}.cap`, sample(`${name}.cap`))));
  await app.press('Escape');
  await page.getByRole('button', { name: 'Verdict' }).click();
  const said = page.getByRole('region', { name: 'What the captures say' });
  await expect(said).toContainText('The given cluster predicts the frames');
  await expect(said).not.toContainText('FAULT');
});

for (const [scenario, fault, cause] of [
  ['route-missing-node1', 'handed', 'has no route to'],
  ['forward-drop-node2', 'lost inside', 'FORWARD chain of'],
  ['nexthop-absent', 'host unreachable', 'goes via 192.168.0.99'],
] as const) {
  test(`${scenario}: the fault, its packets and the likeliest cause`, async ({ page }) => {
    test.skip(!existsSync(new URL(`${scenario}/pod1.cap`, RECORDED)), 'the recordings lie beside the project');
    const app = new HopscopePage(page);
    await app.open();
    await openRecorded(app, scenario);
    const said = page.getByRole('region', { name: 'What the captures say' });
    await expect(said).toContainText('FAULT');
    await expect(said).toContainText(fault);
    await expect(
      said
        .getByRole('list', { name: /likely causes/ })
        .first()
        .getByRole('listitem')
        .first(),
    ).toContainText(cause);
    await said
      .getByRole('button', { name: /pod1 #|node1 #/ })
      .first()
      .click();
    await expect(page.getByRole('button', { name: 'Ladder' })).toHaveAttribute('aria-pressed', 'true');
  });
}
