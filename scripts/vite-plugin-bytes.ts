import { readFile } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import type { Plugin } from 'vite';

const QUERY = '?bytes';
const PREFIX = '\0bytes:';

/**
 * `import bytes from './x.cap?bytes'` gives a Uint8Array. The bytes travel as base64 inside the module, because the
 * page's policy (connect-src 'none') forbids to fetch them.
 *
 * The module gets an id of its own instead of the file's path: Vite refuses or warns about source imports from
 * public/, where the samples live so that they can be downloaded as files too.
 */
export function bytes(): Plugin {
  return {
    name: 'hopscope:bytes',
    enforce: 'pre',
    resolveId(source, importer) {
      if (!source.endsWith(QUERY) || !source.startsWith('.') || importer === undefined) return null;
      return PREFIX + resolve(dirname(importer), source.slice(0, -QUERY.length));
    },
    async load(id) {
      if (!id.startsWith(PREFIX)) return null;
      const file = id.slice(PREFIX.length);
      this.addWatchFile(file);
      const base64 = (await readFile(file)).toString('base64');
      // atob and not Buffer or Uint8Array.fromBase64: the one spelling that works in Node 20 and in every browser.
      return `export default Uint8Array.from(atob('${base64}'), (c) => c.charCodeAt(0));`;
    },
  };
}
