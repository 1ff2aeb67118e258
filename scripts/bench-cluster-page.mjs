/**
 * Large clusters, the page's part of `npm run bench`: texts of 5,000 nodes are imported in the browser, their field is
 * drawn and panned. Long tasks are those of the main thread as the browser itself reports them.
 */

/** @param {readonly number[]} values @param {number} part */
const quantile = (values, part) =>
  [...values].sort((a, b) => a - b)[Math.min(values.length - 1, Math.floor(values.length * part))] ?? 0;

/**
 * @param {import('@playwright/test').Browser} browser
 * @param {string} url
 * @param {readonly string[]} files
 */
export async function clusterPageFigures(browser, url, files) {
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 }, reducedMotion: 'reduce' });
  await page.goto(url);
  await page.locator('html[data-idle="true"]').waitFor();
  await page.getByRole('button', { name: 'Your cluster…' }).click();
  await page.evaluate(() => {
    const seen = /** @type {number[]} */ ([]);
    Object.assign(globalThis, { longTasks: seen });
    new PerformanceObserver((list) => {
      for (const { duration } of list.getEntries()) seen.push(duration);
    }).observe({ type: 'longtask' });
  });
  const start = Date.now();
  await page
    .getByRole('dialog')
    .locator('input[type=file]')
    .setInputFiles([...files]);
  await page.getByRole('progressbar').waitFor();
  await page.locator('html[data-idle="true"]').waitFor({ timeout: 300_000 });
  const importedMs = Date.now() - start;
  await page.waitForTimeout(500); // long tasks are told a while after they ended
  /** @type {number[]} */
  const long = await page.evaluate(() => /** @type {any} */ (globalThis).longTasks);
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: /^All .* nodes…$/ }).click();
  const canvas = page.getByRole('dialog').locator('canvas');
  await canvas.waitFor();
  const frames = await canvas.evaluate(async (element) => {
    const { left, top, width, height } = element.getBoundingClientRect();
    const [x, y] = [left + width / 2, top + height / 2];
    /** @param {string} type @param {number} dx @param {EventTarget} target */
    const mouse = (type, dx, target) =>
      target.dispatchEvent(
        new MouseEvent(type, { bubbles: true, clientX: x + dx, clientY: y, button: 0, buttons: 1, view: window }),
      );
    element.dispatchEvent(new WheelEvent('wheel', { bubbles: true, clientX: x, clientY: y, deltaY: -400 }));
    /** @type {number[]} */
    const taken = [];
    mouse('mousedown', 0, element);
    let before = await new Promise((done) => requestAnimationFrame(done));
    for (let i = 1; i <= 120; i += 1) {
      mouse('mousemove', i * 2, window);
      const now = await new Promise((done) => requestAnimationFrame(done));
      taken.push(now - before);
      before = now;
    }
    mouse('mouseup', 240, window);
    return taken;
  });
  await page.close();
  return {
    importedMs,
    longestTaskMs: Math.max(0, ...long),
    longTasks: long.length,
    frameMs: quantile(frames, 0.5),
    frameP95Ms: quantile(frames, 0.95),
  };
}
