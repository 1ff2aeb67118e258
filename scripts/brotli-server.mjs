/** Serves a built folder as a static host does: every file compressed beforehand, so that what is measured is the page. */
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { extname, join } from 'node:path';
import { brotliCompressSync } from 'node:zlib';

/** @type {Readonly<Record<string, string>>} */
const TYPES = { '.html': 'text/html', '.js': 'text/javascript', '.css': 'text/css', '.svg': 'image/svg+xml' };

/**
 * @param {string} folder
 * @param {number} port
 * @param {string} [head] comes first in the head of each page, before its policy
 */
export function serveCompressed(folder, port, head = '') {
  /** @type {Map<string, Buffer>} */
  const files = new Map();
  const read = (/** @type {string} */ path) =>
    path.endsWith('.html') ? readFileSync(path, 'utf8').replace('<head>', `<head>${head}`) : readFileSync(path);
  const packed = (/** @type {string} */ path) => {
    const bytes = files.get(path) ?? brotliCompressSync(read(path));
    files.set(path, bytes);
    return bytes;
  };
  return createServer((request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://localhost');
    const path = join(folder, pathname === '/' ? 'index.html' : pathname);
    try {
      const body = packed(path);
      response.setHeader('content-type', TYPES[extname(path)] ?? 'application/octet-stream');
      response.setHeader('content-encoding', 'br').setHeader('cache-control', 'no-store').end(body);
    } catch {
      response.writeHead(404).end();
    }
  }).listen(port, '127.0.0.1');
}
