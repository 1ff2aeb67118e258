import { defineConfig } from 'vitest/config';
import { bytes } from './scripts/vite-plugin-bytes.ts';

export default defineConfig({
  plugins: [bytes()],
  test: {
    environment: 'node',
    include: ['src/**/*.test.{ts,tsx}'],
    // For what hangs; no test is there to measure time, and a busy machine may be ten times slower.
    testTimeout: 120_000,
    // The JSON report is what .ci/run counts.
    reporters: ['default', ['json', { outputFile: 'reports/vitest.json' }]],
    coverage: {
      provider: 'v8',
      include: ['src/engine/**/*.ts', 'src/store/**/*.ts'],
      exclude: ['**/*.test.ts', '**/*.d.ts', 'src/engine/testing/**'],
      reporter: ['text-summary', 'json-summary'],
      thresholds: { 'src/engine/**/*.ts': { lines: 85 } },
    },
  },
});
