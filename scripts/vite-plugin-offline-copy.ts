import { existsSync, readFileSync } from 'node:fs';
import type { Plugin } from 'vite';

const FILE = 'dist-offline/hopscope.html';

/** Puts the one-file page beside this one, where `npm run build` made it before, and tells the page that it is there. */
export function offlineCopy(): Plugin {
  const there = existsSync(FILE);
  return {
    name: 'hopscope:offline-copy',
    apply: 'build',
    config: () => ({ define: { __OFFLINE_COPY__: JSON.stringify(there) } }),
    generateBundle() {
      if (there) this.emitFile({ type: 'asset', fileName: 'hopscope.html', source: readFileSync(FILE) });
    },
  };
}
