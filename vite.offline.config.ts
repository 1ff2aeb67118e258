import { rename } from 'node:fs/promises';
import react from '@vitejs/plugin-react';
import { defineConfig, type Plugin } from 'vite';
import { viteSingleFile } from 'vite-plugin-singlefile';
import { bytes } from './scripts/vite-plugin-bytes.ts';
import { inlineContentSecurityPolicy } from './scripts/vite-plugin-inline-csp.ts';

const OUT = 'dist-offline';

/** The whole page as one file that runs from file://: `npm run build:offline`. */
export default defineConfig({
  base: './',
  // The samples are inside; a copy beside the file would be a second one.
  publicDir: false,
  plugins: [react(), bytes(), viteSingleFile({ removeViteModuleLoader: true }), inlineContentSecurityPolicy(), named()],
  build: { outDir: OUT, modulePreload: { polyfill: false } },
  // Not modules: Chromium starts no module worker from a blob of a page on a disk.
  worker: { format: 'iife', plugins: () => [bytes()] },
});

/** A name that says what it is once it lies in a folder of downloads. */
function named(): Plugin {
  return {
    name: 'hopscope:offline-name',
    apply: 'build',
    closeBundle: () => rename(`${OUT}/index.html`, `${OUT}/hopscope.html`),
  };
}
