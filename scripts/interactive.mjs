/**
 * When a page is interactive: the first moment from which a key is answered. All that the key acts on stands painted, and no
 * later task keeps the main thread for more than 50 ms, the browser's own limit for a long one: else it is the end of the last.
 * And the proof: a real key, pressed as soon as the picture stands, and the time from the press to the painted step.
 */

/** The first screen of Hopscope: the graph with the place of the step, the step in words, and the stepper's slider. */
export const FIRST_SCREEN = ['[data-testid="current-place"]', 'section h2', 'nav input[type="range"]'];
const POSITION = 'nav output'; // '1 / 164'

/**
 * @typedef {object} Interactive
 * @property {number} painted ms from the navigation to the first screen painted
 * @property {number} interactive ms from the navigation
 * @property {number} longest ms, the longest task after `painted`; 0: none was long
 */

/**
 * A page opened for the first time, in a context of its own.
 * @template T
 * @param {import('@playwright/test').Browser} browser
 * @param {string} url
 * @param {(page: import('@playwright/test').Page) => Promise<T>} act
 * @returns {Promise<T>}
 */
async function fresh(browser, url, act) {
  const context = await browser.newContext();
  try {
    const page = await context.newPage();
    await page.goto(url);
    return await act(page);
  } finally {
    await context.close();
  }
}

/**
 * @param {import('@playwright/test').Page} page
 * @param {readonly string[]} selectors
 * @returns {Promise<number>} ms from the navigation to the first frame that shows all of them
 */
const paintedMs = (page, selectors) =>
  page.evaluate(
    (wanted) =>
      new Promise((done) => {
        const look = () => {
          if (wanted.some((selector) => document.querySelector(selector) === null)) requestAnimationFrame(look);
          else requestAnimationFrame(() => setTimeout(() => done(performance.now())));
        };
        look();
      }),
    selectors,
  );

/**
 * @param {import('@playwright/test').Browser} browser
 * @param {string} url
 * @param {readonly string[]} selectors
 * @param {string} rested a selector: nothing more is to come
 * @returns {Promise<Interactive>}
 */
export const interactiveMs = (browser, url, selectors, rested) =>
  fresh(browser, url, async (page) => {
    const painted = await paintedMs(page, selectors);
    await page.locator(rested).waitFor({ state: 'attached' });
    const later = await page.evaluate(
      (since) =>
        new Promise((done) => {
          /** @type {{ end: number, duration: number }[]} */
          const found = [];
          new PerformanceObserver((list) => {
            for (const { startTime, duration } of list.getEntries()) {
              if (startTime + duration > since) found.push({ end: startTime + duration, duration });
            }
          }).observe({ type: 'longtask', buffered: true });
          setTimeout(() => done(found), 100);
        }),
      painted,
    );
    return {
      painted,
      interactive: Math.max(painted, .../** @type {{ end: number }[]} */ (later).map(({ end }) => end)),
      longest: Math.max(0, .../** @type {{ duration: number }[]} */ (later).map(({ duration }) => duration)),
    };
  });

/**
 * @param {import('@playwright/test').Browser} browser
 * @param {string} url
 * @returns {Promise<number>} ms from the press of the first key to the frame that shows its step
 */
export const firstKeyMs = (browser, url) =>
  fresh(browser, url, async (page) => {
    await page.evaluate(() => {
      addEventListener('keydown', ({ timeStamp }) => Object.assign(window, { pressed: timeStamp }), { once: true });
    });
    await paintedMs(page, FIRST_SCREEN);
    const was = await page.locator(POSITION).textContent();
    await page.keyboard.press('ArrowRight');
    return page.evaluate(
      ({ position, was }) =>
        new Promise((done) => {
          const look = () => {
            if (document.querySelector(position)?.textContent === was) requestAnimationFrame(look);
            else {
              requestAnimationFrame(() =>
                setTimeout(() => done(performance.now() - /** @type {any} */ (window).pressed)),
              );
            }
          };
          look();
        }),
      { position: POSITION, was },
    );
  });
