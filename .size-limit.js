import { readFileSync } from 'node:fs';

// What index.html itself loads or preloads, read from the build: chunks loaded later do not count.
const html = readFileSync(new URL('./dist/index.html', import.meta.url), 'utf8');
const scripts = [...html.matchAll(/<(?:script|link)[^>]+(?:src|href)="\.\/(assets\/[^"]+\.js)"[^>]*>/g)];
const all = scripts.map(([, file]) => `dist/${file}`);
// Preloaded beside the page, in files of their own: scripts/vite-plugin-preload.ts.
const page = scripts.filter(([tag]) => !tag.includes('data-beside')).map(([, file]) => `dist/${file}`);
if (page.length === 0 || page.length === all.length)
  throw new Error('dist/index.html is not as expected: nothing is measured');

export default [
  { name: 'the page', path: page, brotli: true, limit: '120 kB' },
  { name: 'the page, the model and the texts of one language', path: all, brotli: true, limit: '210 kB' },
];
