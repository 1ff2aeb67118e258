/**
 * The smoke journey in three engines: `npm run e2e:engines`, after `npm run build`. An engine that is not installed is
 * skipped, and said to be; the results stand in reports/engines.json.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { preview } from 'vite';
import * as chromium from './chromium.mjs';
import * as firefox from './firefox.mjs';
import { journey } from './journey.mjs';
import * as webkit from './webkit.mjs';

const ENGINES = { Chromium: chromium, Firefox: firefox, WebKit: webkit };
const PORT = 4186;

/** @type {string[]} */
const hits = [];
const listener = createServer((request, response) => {
  if (request.url !== '/favicon.ico') hits.push(request.url ?? '');
  response.setHeader('access-control-allow-origin', '*').end('ok');
});
await new Promise((ready) => listener.listen(0, '127.0.0.1', () => ready(null)));
const address = listener.address();
const listenerUrl = `http://127.0.0.1:${address !== null && typeof address === 'object' ? address.port : 0}`;
const server = await preview({ preview: { host: '127.0.0.1', port: PORT, strictPort: true } });

let [passed, failed, skipped] = [0, 0, 0];
for (const [engine, { find, launch }] of Object.entries(ENGINES)) {
  const path = find();
  const stages = journey(`http://127.0.0.1:${PORT}/`, { url: listenerUrl, hits });
  if (path === null) {
    skipped += stages.length;
    console.log(`skipped: ${engine} is not installed`);
    continue;
  }
  hits.length = 0;
  let browser = null;
  let stage = 'starts';
  try {
    browser = await launch(path);
    for (const [name, act] of stages) {
      stage = name;
      await act(browser);
      passed += 1;
      console.log(`passed: ${engine} ${name}`);
    }
  } catch (error) {
    failed += 1; // what comes after it stands on it
    console.log(`FAILED: ${engine} ${stage}: ${error instanceof Error ? error.message : error}`);
  } finally {
    await browser?.close();
  }
}
mkdirSync('reports', { recursive: true });
writeFileSync('reports/engines.json', JSON.stringify({ passed, failed, skipped }));
console.log(`engines: ${passed} passed, ${failed} failed, ${skipped} skipped`);
listener.closeAllConnections();
await server.close();
process.exit(failed > 0 ? 1 : 0);
