/** A lecture: presenter mode by clicker, questions, a hidden fault, lessons. */
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { expect, type Page, test } from '@playwright/test';

const PROJECTOR = { width: 1024, height: 768 };

async function open(page: Page, hash: string): Promise<void> {
  await page.goto(`/${hash}`);
  await expect(page.locator('html')).toHaveAttribute('data-idle', 'true');
  await expect(page.getByRole('main')).toBeVisible();
}

/** What does not fit: elements beyond the window, text cut by its box, type below 24 px. */
const misfits = (page: Page): Promise<readonly string[]> =>
  page.evaluate(() => {
    const found: string[] = [];
    const bottom = (document.querySelector('nav')?.getBoundingClientRect().top ?? innerHeight) + 1;
    for (const element of document.querySelectorAll('main *, nav *')) {
      const box = element.getBoundingClientRect();
      if (box.width === 0 || element.closest('.visually-hidden') !== null) continue;
      const name = `${element.tagName} “${(element.textContent ?? '').slice(0, 40)}”`;
      const inMain = element.closest('main') !== null;
      if (box.right > innerWidth + 1 || box.bottom > (inMain ? bottom : innerHeight + 1))
        found.push(`outside: ${name}`);
      const { display, fontSize } = getComputedStyle(element);
      if (display !== 'inline' && element.scrollWidth > element.clientWidth + 1) found.push(`cut: ${name}`);
      const hasText = [...element.childNodes].some((node) => node.nodeType === 3 && node.textContent?.trim());
      if (hasText && Number.parseFloat(fontSize) < 24) found.push(`${fontSize}: ${name}`);
    }
    const { scrollWidth, scrollHeight } = document.documentElement;
    if (scrollWidth > innerWidth || scrollHeight > innerHeight) found.push(`scrolls: ${scrollWidth}×${scrollHeight}`);
    return found;
  });

for (const lang of ['en', 'zh'] as const) {
  test(`twenty steps by clicker at 1024×768, decision and matrix, with nothing scrolled or cut (${lang})`, async ({
    page,
  }) => {
    await page.setViewportSize(PROJECTOR);
    await open(page, `#present=1&step=24&lang=${lang}`);
    const position = page.getByRole('navigation').getByRole('status');
    for (let step = 24; step < 44; step += 1) {
      await expect(position).toHaveText(`${step} / 164`);
      expect(await misfits(page), `step ${step}, decision`).toEqual([]);
      await page.keyboard.press('v');
      await expect(page.getByRole('table')).toBeVisible();
      expect(await misfits(page), `step ${step}, matrix`).toEqual([]);
      await page.keyboard.press('v');
      await page.keyboard.press('PageDown');
    }
    await page.keyboard.press('PageUp');
    await expect(position).toHaveText('43 / 164');
  });

  for (const lesson of ['article', 'one-segment', 'on-the-wire', 'packets-lost', 'four-captures']) {
    test(`the lesson ${lesson} by clicker fits a projector, questions and answers too (${lang})`, async ({ page }) => {
      await page.setViewportSize(PROJECTOR);
      await open(page, `#present=1&lecture=lesson:${lesson}&lang=${lang}`);
      const position = page.getByRole('navigation').getByRole('status');
      const [, of = '0'] = (await position.innerText()).split(' / ');
      for (let presses = 0; presses < 60; presses += 1) {
        expect(await misfits(page), await position.innerText()).toEqual([]);
        const before = (await page.getByRole('main').innerText()) + (await position.innerText());
        await page.keyboard.press('PageDown');
        if (before === (await page.getByRole('main').innerText()) + (await position.innerText())) break;
      }
      await expect(position).toHaveText(`${of} / ${of}`);
    });
  }
}

test('P begins and ends presenting, B blanks, any key brings it back, and the link keeps the mode', async ({
  page,
}) => {
  await open(page, '#step=30');
  await page.keyboard.press('p');
  await expect(page.getByText('10.244.2.0/24').first()).toBeVisible();
  await expect.poll(() => page.url()).toContain('present=1');
  await page.keyboard.press('b');
  await expect(page.getByRole('button', { name: /screen is blank/ })).toBeVisible();
  await page.keyboard.press('PageDown');
  await expect(page.getByRole('button', { name: /screen is blank/ })).toBeHidden();
  await expect(page.getByRole('navigation').getByRole('status')).toHaveText('30 / 164');
  await page.reload();
  await expect(page.getByRole('navigation').getByRole('status')).toHaveText('30 / 164');
  await page.keyboard.press('p');
  await expect(page.getByRole('region', { name: 'This step' })).toBeVisible();
});

test('the speaker’s window follows and leads', async ({ page }) => {
  await open(page, '#present=1&lecture=lesson:article');
  const opening = page.waitForEvent('popup');
  await page.keyboard.press('s');
  const speaker = await opening;
  await expect(speaker.getByRole('region', { name: 'Note' })).toContainText('host-gw is nothing but routing');
  await page.keyboard.press('PageDown');
  await expect(speaker.getByRole('region', { name: 'Note' })).toContainText('network namespace');
  await expect(speaker.getByRole('region', { name: 'Next' })).toContainText('Even a pod has a route table');
  await speaker.getByRole('button', { name: /forward/i }).click();
  await expect(page.getByRole('navigation').getByRole('status')).toHaveText('3 / 23');
  await expect(speaker.getByRole('region', { name: 'Question' })).toContainText('10.244.0.0/16');
});

/** A site of its own that shows the page inside: a real server, since a made-up answer may not embed a local one. */
async function course(html: (origin: string) => string): Promise<{ readonly origin: string; close(): void }> {
  let origin = '';
  const server = createServer((_, response) => {
    response.setHeader('content-type', 'text/html');
    response.end(html(origin));
  });
  await new Promise<void>((listening) => server.listen(0, 'localhost', listening));
  const address = server.address();
  origin = `http://localhost:${typeof address === 'object' ? address?.port : ''}`;
  return { origin, close: () => server.close() };
}

test('an embedded page is led by the origin its link names, and by no other', async ({ page, baseURL }) => {
  for (const isLeader of [true, false]) {
    const site = await course((origin) => {
      const leader = encodeURIComponent(isLeader ? origin : 'https://course.example');
      return `<!doctype html><title>course</title>
        <iframe src="${baseURL}/#embed=${leader}&step=5&lang=en" width="800" height="500"></iframe>`;
    });
    await page.goto(site.origin);
    const inside = page.frameLocator('iframe');
    const position = inside.getByRole('navigation').getByRole('status');
    await expect(position).toHaveText('5 / 164');
    await page.evaluate(() => frames[0]?.postMessage({ hopscope: 'step', step: 30 }, '*'));
    await page.evaluate(() => frames[0]?.postMessage({ hopscope: 'forward' }, '*'));
    if (!isLeader) await inside.getByRole('button', { name: /forward/i }).click();
    await expect(position).toHaveText(isLeader ? '31 / 164' : '6 / 164');
    site.close();
  }
});

test('the printed sheet has one block a stop and nothing else, and its blanks hold no answer', async ({ page }) => {
  await open(page, '#lecture=sheet');
  await page.emulateMedia({ media: 'print' });
  await expect(page.getByRole('banner')).toBeHidden();
  const blocks = page.getByRole('main').locator('ol > li');
  expect(await blocks.count()).toBeGreaterThan(20);
  expect(await blocks.first().evaluate((block) => getComputedStyle(block).breakInside)).toBe('avoid');
  await expect(page.getByRole('main')).toContainText('wins');
  expect((await page.pdf()).length).toBeGreaterThan(20_000);
  await page.emulateMedia({ media: 'screen' });
  await page.getByLabel('Leave the answers blank').check();
  await expect(page.getByRole('main')).toContainText('Which row of its route table wins?');
  await expect(page.getByRole('main')).not.toContainText('is the longest');
  await page.getByLabel('Leave the answers blank').uncheck();
  await page.getByLabel('Hide the addresses').check();
  await expect(page.getByRole('main').locator('ol')).not.toContainText('10.244.');
});

test('a question answered right, the next one wrong, and each answer is explained', async ({ page }) => {
  await open(page, '#lecture=questions:route,ttl');
  const ask = page.getByRole('region', { name: 'Question' });
  await expect(ask).toContainText('pod1 looks up 10.244.2.2');
  await ask.getByRole('button', { name: '10.244.0.0/16 via 10.244.1.1' }).click();
  await expect(ask.getByRole('status')).toHaveText('✓ Right.');
  await expect(page.getByRole('main')).toContainText('10.244.0.0/16 is the longest');
  await expect(page.getByRole('navigation')).toContainText('1 of 1 right');
  await page.keyboard.press('PageDown');
  await expect(ask).toContainText('node1 looks up 10.244.2.2');
  await ask.getByRole('button', { name: '0.0.0.0/0 via 192.168.0.1' }).click();
  await expect(ask.getByRole('status')).toHaveText('✗ Not this one.');
  await expect(page.getByRole('main')).toContainText('10.244.2.0/24 is the longest');
  await expect(page.getByRole('navigation')).toContainText('1 of 2 right');
  // The first answer counts.
  await ask.getByRole('button', { name: '10.244.2.0/24' }).click({ force: true });
  await expect(page.getByRole('navigation')).toContainText('1 of 2 right');
});

test('a question by keyboard alone: a digit answers', async ({ page }) => {
  await open(page, '#lecture=questions:ttl');
  await expect(page.getByRole('region', { name: 'Question' })).toContainText('with TTL 64');
  await page.keyboard.press('3');
  await expect(page.getByRole('region', { name: 'Question' }).getByRole('status')).toHaveText('✓ Right.');
});

test('a hidden fault is found with a hint, repaired, and the ping comes back', async ({ page }) => {
  await open(page, '#lecture=fault');
  await page.getByRole('button', { name: 'Route to the other node missing' }).click();
  await expect.poll(() => page.url()).toMatch(/lecture=fault%3A/);
  expect(page.url()).not.toContain('route-missing');
  await expect(page.getByRole('region', { name: 'What the user sees' })).toContainText('100% packet loss');
  const verdict = page.getByRole('region', { name: 'Your verdict' });
  const say = async (host: string, spot: string, cause: string): Promise<void> => {
    await verdict.getByLabel('Where is it broken?').selectOption(host);
    await verdict.getByLabel('In which table or device?').selectOption({ label: spot });
    await verdict.getByLabel('What is wrong?').selectOption({ label: cause });
    await verdict.getByRole('button', { name: 'Judge it' }).click();
  };
  await say('node2', 'sysctl', 'ip_forward is 0');
  await expect(verdict).toContainText('Not yet');
  await page.getByRole('button', { name: /Hint 1/ }).click();
  await expect(page.getByRole('region', { name: 'Hints' })).toContainText('The request is in pod1.cap, node1.cap');
  await say('node1', 'route table', 'the route to the other node’s pods is missing');
  await expect(verdict).toContainText('Found.');
  const terminal = page.getByRole('region', { name: 'Terminal' });
  await terminal.getByLabel('Command').fill('ip route add 10.244.2.0/24 via 192.168.0.80');
  await terminal.getByLabel('Command').press('Enter');
  await expect(terminal).toContainText('dev');
  await terminal.getByLabel('Command').fill('ip route add 10.244.2.0/24 via 192.168.0.82 dev ens33');
  await terminal.getByLabel('Command').press('Enter');
  await expect(terminal.getByRole('log')).toContainText('64 bytes from 10.244.2.2: icmp_seq=1 ttl=62');
  await expect(verdict).toContainText('with 85 of 100 points');
});

test('a lesson is made, saved, and opened again', async ({ page }) => {
  await open(page, '#lecture=lesson');
  await page.getByRole('button', { name: 'Make a lesson' }).click();
  await page.getByLabel('Title').fill('Two steps');
  await page.locator('body').press('End');
  await page.locator('body').press('Home');
  await page.getByRole('button', { name: 'Add this step' }).click();
  await page.getByLabel('Note to step 1').fill('Here it begins.');
  await page.getByRole('heading', { level: 1 }).click();
  for (let i = 0; i < 3; i += 1) await page.keyboard.press('ArrowRight');
  await page.getByRole('button', { name: 'Add this step' }).click();
  await page.getByLabel('Question at step 2').selectOption({ label: 'Which route row wins' });
  await page.getByRole('button', { name: 'Move step 2 up' }).click();
  await page.getByRole('button', { name: 'Move step 1 down' }).click();
  const saving = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Save as a file' }).click();
  const bytes = readFileSync(await (await saving).path());
  expect(JSON.parse(bytes.toString()).steps).toHaveLength(2);

  await page.goto('about:blank');
  await open(page, '#lecture=lesson');
  await page
    .getByLabel('Open a lesson’s file…')
    .setInputFiles({ name: 'x.json', mimeType: 'application/json', buffer: Buffer.from('{}') });
  await expect(page.getByRole('alert')).toContainText('it is no lesson of this page');
  await page
    .getByLabel('Open a lesson’s file…')
    .setInputFiles({ name: 'lesson.json', mimeType: 'application/json', buffer: bytes });
  await expect(page.getByRole('heading', { level: 1 })).toContainText('Two steps');
  await expect(page.getByRole('main')).toContainText('Here it begins.');
  await page.keyboard.press('PageDown');
  await expect(page.getByRole('region', { name: 'Question' })).toContainText('Which row of its route table wins?');
});

test('the hop matrix goes home as a picture: all of it, in the page’s language, addresses hidden on request', async ({
  page,
}) => {
  await open(page, '#step=30&lecture=sheet');
  const save = async (name: string): Promise<Buffer> => {
    const [saved] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name }).click()]);
    expect(saved.suggestedFilename()).toMatch(/^hop-matrix\.(?:svg|png)$/);
    return readFileSync(await saved.path());
  };
  const svg = (await save('Hop matrix as SVG')).toString();
  for (const value of ['① pod1 eth0', '④ pod2 eth0', 'dst MAC', '5e:c1:b9:a7:b8:56', '32:00:56:84:0a:28', '64', '62'])
    expect(svg).toContain(value);
  expect(svg).not.toMatch(/class=|var\(|<foreignObject|href=/); // it needs nothing but itself
  const png = await save('Hop matrix as PNG');
  expect(png.subarray(1, 4).toString()).toBe('PNG');
  const drawing = page.getByRole('img', { name: /prediction against capture/ });
  const shown = await drawing.evaluate((element) => {
    const { width, height } = element.getBoundingClientRect();
    const box = (element as SVGSVGElement).getBBox();
    return { width, height, right: box.x + box.width, bottom: box.y + box.height };
  });
  expect(png.readUInt32BE(16)).toBe(Math.round(shown.width * 2));
  expect(shown.right).toBeLessThanOrEqual(shown.width); // as the browser measures the texts
  expect(shown.bottom).toBeLessThanOrEqual(shown.height);
  await page.getByRole('checkbox', { name: 'Hide the addresses' }).check();
  const hidden = (await save('Hop matrix as SVG')).toString();
  expect(hidden).not.toMatch(/10\.244\.|5e:c1:b9/);
  expect(hidden).toContain('M1');
});

test('a word’s meaning stays under the pointer and goes by Escape, which then closes nothing else', async ({
  page,
}) => {
  await open(page, '#lecture=lesson:article:1');
  const word = page.locator('button[aria-describedby]').first();
  await word.hover();
  const meaning = page.getByRole('tooltip').filter({ visible: true });
  await expect(meaning).toBeVisible();
  await meaning.hover();
  await page.waitForTimeout(400); // longer than a pointer needs to cross the gap
  await expect(meaning).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(meaning).toHaveCount(0);
  await expect(word).toBeVisible();
  expect(page.url()).toContain('lecture=lesson');
});
