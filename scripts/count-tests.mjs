// Prints the last line of a CI run, `N passed, N failed`, from the reports that vitest, Playwright and e2e/engines left.
//   node scripts/count-tests.mjs EXIT_CODE      EXIT_CODE is 0 if every command succeeded
import { existsSync, readFileSync } from 'node:fs';

/** @param {string} file @returns {any} */
const report = (file) => (existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : null);

const unit = report('reports/vitest.json');
const browser = report('reports/playwright.json')?.stats;
const engines = report('reports/engines.json');

const passed = (unit?.numPassedTests ?? 0) + (browser?.expected ?? 0) + (engines?.passed ?? 0);
const skipped =
  (unit?.numPendingTests ?? 0) + (unit?.numTodoTests ?? 0) + (browser?.skipped ?? 0) + (engines?.skipped ?? 0);
// Playwright counts a test that passed on a retry as flaky; we count it as failed.
const failedTests =
  (unit?.numFailedTests ?? 0) + (browser?.unexpected ?? 0) + (browser?.flaky ?? 0) + (engines?.failed ?? 0);
// A run can fail without a failed test: types, lint, coverage, size, a file that does not load.
const failed = failedTests === 0 && process.argv[2] !== '0' ? 1 : failedTests;

console.log(`${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`);
process.exitCode = failed > 0 || passed === 0 ? 1 : 0;
