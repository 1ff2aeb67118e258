/** Nothing leaves the browser: a server listens and counts. */
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, test } from '@playwright/test';
import { HopscopePage, sample, upload } from './page';

let server: Server;
let hits: string[];
let url: string;

test.beforeEach(async () => {
  hits = [];
  server = createServer((request, response) => {
    hits.push(`${request.method} ${request.url}`);
    response.setHeader('access-control-allow-origin', '*');
    response.end('ok');
  });
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});

test.afterEach(async () => {
  server.closeAllConnections();
  await new Promise<void>((closed) => server.close(() => closed()));
});

test('the listening server counts what reaches it (so that zero means something)', async ({ page }) => {
  await page.goto(`${url}/`);
  expect(hits).toContain('GET /');
});

test('no way of sending gets through the page’s policy, with captures open', async ({ page }) => {
  const app = new HopscopePage(page);
  await app.open();
  await app.drop([upload('pod1.cap', sample('pod1.cap'))]);
  await app.press('Escape');
  const tried = await page.evaluate(async (target) => {
    const outcomes: Record<string, string> = {};
    const attempt = async (name: string, act: () => unknown): Promise<void> => {
      try {
        await act();
        outcomes[name] = 'done';
      } catch (error) {
        outcomes[name] = String(error);
      }
    };
    await attempt('fetch', () => fetch(`${target}/fetch`, { mode: 'no-cors' }));
    await attempt('beacon', () => navigator.sendBeacon(`${target}/beacon`, 'x'));
    await attempt('xhr', () => {
      const request = new XMLHttpRequest();
      request.open('GET', `${target}/xhr`);
      request.send();
    });
    await attempt('image', () => {
      new Image().src = `${target}/image`;
    });
    await attempt('socket', () => new WebSocket(target.replace('http', 'ws')));
    await attempt('events', () => new EventSource(`${target}/events`));
    await attempt('form', () => {
      const form = document.createElement('form');
      form.action = `${target}/form`;
      form.target = '_blank';
      document.body.append(form);
      form.submit();
    });
    await new Promise((done) => setTimeout(done, 500));
    return outcomes;
  }, url);
  expect(tried.fetch).toMatch(/Failed to fetch|TypeError/);
  expect(hits).toEqual([]);
});

test('after the page has loaded it asks its own server for nothing more', async ({ page }) => {
  const app = new HopscopePage(page);
  await app.open();
  const asked: string[] = [];
  page.on('request', (request) => {
    if (!request.url().startsWith('blob:') && !request.url().startsWith('data:')) asked.push(request.url());
  });
  await app.press('ArrowRight', 5);
  await page.getByRole('button', { name: 'Switch to Chinese' }).click();
  await app.drop([upload('pod1.cap', sample('pod1.cap'))]);
  expect(asked.filter((one) => !one.includes('/assets/'))).toEqual([]);
});
