import { readFileSync } from 'node:fs';

// What index.html itself loads or preloads, read from the build: chunks loaded later do not count.
const html = readFileSync(new URL('./dist/index.html', import.meta.url), 'utf8');
const scripts = [...html.matchAll(/<(?:script|link)[^>]+(?:src|href)="\.\/(assets\/[^"]+\.js)"[^>]*>/g)];
const all = scripts.map(([, file]) => `dist/${file}`);
// Named by the page itself; the rest is preloaded beside it: scripts/vite-plugin-preload.ts.
const own = scripts.filter(([tag]) => !tag.includes('data-beside')).map(([, file]) => `dist/${file}`);
if (own.length === 0 || own.length === all.length)
  throw new Error('dist/index.html is not as expected: nothing is measured');

export default [
  { name: 'the model and the state', path: own, brotli: true, limit: '120 kB' },
  { name: 'with what draws them and the texts of one language', path: all, brotli: true, limit: '212 kB' },
];
