/** An operator opens files. */
import { expect, test } from '@playwright/test';
import { HopscopePage, sample, upload } from './page';

const MATRIX_TTL = /^TTL/;

/** pcap file header 24 bytes; each record: header 16, then the frame. Gives the frame's offset. */
function offsetOfPacket(file: Buffer, index: number): number {
  let at = 24;
  for (let i = 0; i < index; i += 1) at += 16 + file.readUInt32LE(at + 8);
  return at + 16;
}

test('four files in shuffled order under wrong names are put where they belong', async ({ page }) => {
  const app = new HopscopePage(page);
  await app.open();
  await app.drop([
    upload('node2.cap', sample('pod2.cap')),
    upload('a.cap', sample('node1.cap')),
    upload('pod2.cap', sample('pod1.cap')),
    upload('pod1.cap', sample('node2.cap')),
  ]);
  const roleOf = (name: string) => app.dialog.getByRole('combobox', { name: `Where ${name} was taken` });
  const shown = async (name: string): Promise<string> =>
    roleOf(name).evaluate((select: HTMLSelectElement) => select.selectedOptions[0]?.text ?? '');
  expect(await shown('node2.cap')).toContain('pod2 eth0');
  expect(await shown('a.cap')).toContain('node1 ens33');
  expect(await shown('pod2.cap')).toContain('pod1 eth0');
  expect(await shown('pod1.cap')).toContain('node2 ens33');
  await app.press('Escape');
  await expect(app.captureStatus).toContainText('25 frames agree');
  await expect(app.captureStatus).toContainText('0 differ');
});

test('one changed TTL byte shows up at exactly that capture point', async ({ page }) => {
  const app = new HopscopePage(page);
  await app.open();
  const node2 = sample('node2.cap');
  node2.writeUInt8(61, offsetOfPacket(node2, 2) + 22); // packet 3 is the echo request; TTL is byte 22 of the frame
  await app.drop([
    upload('1.cap', sample('pod1.cap')),
    upload('2.cap', sample('node1.cap')),
    upload('3.cap', node2),
    upload('4.cap', sample('pod2.cap')),
  ]);
  await app.press('Escape');
  await expect(app.captureStatus).toContainText('24 frames agree');
  await expect(app.captureStatus).toContainText('1 differs');
  await app.showPacket(/echo request/);
  const cells = app.matrix.getByRole('row', { name: MATRIX_TTL }).getByRole('cell');
  await expect(cells.nth(2)).toContainText('61');
  await expect(cells.nth(2)).toContainText('✗');
  for (const other of [0, 1, 3]) await expect(cells.nth(other)).toContainText('✓');
});

test('a user can overrule where a file was taken, and remove files again', async ({ page }) => {
  const app = new HopscopePage(page);
  await app.open();
  await app.drop([upload('x.cap', sample('pod1.cap'))]);
  await app.dialog.getByRole('combobox', { name: 'Where x.cap was taken' }).selectOption({ label: 'leave out' });
  await expect(app.dialog).toContainText('Left out of the comparison');
  await app.dialog.getByRole('button', { name: /Remove all/ }).click();
  await app.press('Escape');
  await expect(app.captureStatus).toContainText('25 frames agree');
});

test('a wrong file is never silent, and good files beside it still open', async ({ page }) => {
  const app = new HopscopePage(page);
  await app.open();
  const pod1 = sample('pod1.cap');
  const linkType = Buffer.from(sample('pod2.cap'));
  linkType.writeUInt32LE(147, 20);
  await app.drop([
    upload('good.cap', pod1),
    upload('empty.cap', Buffer.alloc(0)),
    upload('notes.txt', Buffer.from('12:00:01 IP 10.244.1.4 > 10.244.2.2: ICMP echo request\n')),
    upload('short.cap', pod1.subarray(0, 10)),
    upload('cut-header.cap', pod1.subarray(0, offsetOfPacket(pod1, 1) - 7)),
    upload('cut-packet.cap', pod1.subarray(0, offsetOfPacket(pod1, 3) + 20)),
    upload('none.cap', pod1.subarray(0, 24)),
    upload('ng.pcapng', Buffer.from('0a0d0d0a1c0000004d3c2b1a01000000ffffffffffffffff1c000000', 'hex')),
    upload('odd.cap', linkType),
  ]);
  const said = (name: string) =>
    app.dialog
      .getByRole('listitem')
      .filter({ has: page.getByText(name, { exact: true }) })
      .first();
  await expect(said('good.cap')).toContainText('pod1 eth0');
  await expect(said('empty.cap')).toContainText('0 bytes');
  await expect(said('notes.txt')).toContainText('a text file');
  await expect(said('short.cap')).toContainText('ends after 10 bytes');
  await expect(said('cut-header.cap')).toContainText(/Packet 2 is cut at byte \d+.*Packet 1 was kept/s);
  await expect(said('cut-packet.cap')).toContainText(/Packet 4 is cut.*Packets 1 to 3 were kept/s);
  await expect(said('none.cap')).toContainText('no packet follows');
  await expect(said('ng.pcapng')).toContainText(/pcapng.*no packet follows/s);
  await expect(said('odd.cap')).toContainText('link type 147');
  await app.press('Escape');
  await expect(page.getByRole('status').filter({ hasText: 'could not be read' })).toBeVisible();
});

test('extra captures of cni0 and the veth ends are taken too', async ({ page }) => {
  const app = new HopscopePage(page);
  await app.open();
  const names = ['node1-cni0', 'node1-veth5c905d55', 'node2-cni0', 'node2-vethb2d98351'];
  await app.drop([
    ...['pod1', 'node1', 'node2', 'pod2'].map((name, i) => upload(`${i}.cap`, sample(`${name}.cap`))),
    ...names.map((name, i) => upload(`x${i}.cap`, sample(`extra/${name}.cap`))),
  ]);
  await app.press('Escape');
  await expect(app.captureStatus).toContainText('50 frames agree');
  await expect(app.captureStatus).toContainText('0 differ');
});
