import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';
import { firstScreen } from './scripts/first-screen.ts';
import { bytes } from './scripts/vite-plugin-bytes.ts';
import { contentSecurityPolicy } from './scripts/vite-plugin-csp.ts';
import { offlineCopy } from './scripts/vite-plugin-offline-copy.ts';
import { preloadFirstScreen } from './scripts/vite-plugin-preload.ts';

export default defineConfig({
  // Relative URLs: the built folder works under any path.
  base: './',
  plugins: [react(), bytes(), contentSecurityPolicy(), preloadFirstScreen(), offlineCopy()],
  // The preload polyfill calls fetch, which the policy forbids; every supported browser preloads natively.
  // One style sheet: in several, whichever came first would set the order of the style layers.
  build: {
    modulePreload: { polyfill: false },
    cssCodeSplit: false,
    rolldownOptions: { output: { codeSplitting: { groups: firstScreen() } } },
  },
  worker: { format: 'es', plugins: () => [bytes()] },
});
