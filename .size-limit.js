import { readFileSync } from 'node:fs';

// What index.html itself loads or preloads, read from the build: chunks loaded later do not count.
const html = readFileSync(new URL('./dist/index.html', import.meta.url), 'utf8');
const firstLoad = [...html.matchAll(/(?:src|href)="\.\/(assets\/[^"]+\.js)"/g)].map(([, file]) => `dist/${file}`);
if (firstLoad.length === 0) throw new Error('dist/index.html loads no script: the size limit would measure nothing');

export default [{ name: 'JavaScript of the first load', path: firstLoad, brotli: true, limit: '120 kB' }];
