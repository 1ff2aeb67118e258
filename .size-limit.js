import { readFileSync } from 'node:fs';

// What index.html itself loads or preloads, read from the build: chunks loaded later do not count.
const html = readFileSync(new URL('./dist/index.html', import.meta.url), 'utf8');
const all = [...html.matchAll(/(?:src|href)="\.\/(assets\/[^"]+\.js)"/g)].map(([, file]) => `dist/${file}`);
// Preloaded beside the page, in files of their own: scripts/vite-plugin-preload.ts.
const beside = all.filter((file) => /\/(?:engine|en|FrameSection)-[^/]+$/.test(file));
if (all.length === 0 || beside.length !== 3) throw new Error('dist/index.html is not as expected: nothing is measured');

export default [
  { name: 'the page', path: all.filter((file) => !beside.includes(file)), brotli: true, limit: '120 kB' },
  { name: 'the page, the model and the texts of one language', path: all, brotli: true, limit: '215 kB' },
];
