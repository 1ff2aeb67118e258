/** WebKitGTK's MiniBrowser by plain WebDriver (W3C WebDriver, sections 8, 10.1, 13.2, 15.7), on a screen that nobody sees. */
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';

const DRIVER = '/usr/bin/WebKitWebDriver';
const SCREEN = '/usr/bin/Xvfb';
const DISPLAY = ':79';
const PORT = 4187;
const KEYS = { ArrowRight: '\uE014', Escape: '\uE00C' }; // section 15.4.2

/** Null where there is none. */
export const find = () => (existsSync(DRIVER) && existsSync(SCREEN) ? DRIVER : null);

/** @param {string} executablePath @returns {Promise<import('./journey.mjs').Driver>} */
export async function launch(executablePath) {
  const screen = spawn(SCREEN, [DISPLAY, '-screen', '0', '1600x1000x24'], { stdio: 'ignore' });
  const env = {
    ...process.env,
    DISPLAY,
    LANG: 'en_US.UTF-8',
    LANGUAGE: 'en',
  };
  const driver = spawn(executablePath, [`--port=${PORT}`], { stdio: 'ignore', env });
  const stop = () => {
    driver.kill();
    screen.kill();
  };
  try {
    await listening();
    const { sessionId } = await ask('POST', '/session', {
      capabilities: { alwaysMatch: { timeouts: { script: 60_000 } } },
    });
    const at = `/session/${sessionId}`;
    await ask('POST', `${at}/window/rect`, { width: 1440, height: 900 });
    return {
      open: (url) => ask('POST', `${at}/url`, { url }),
      async press(key) {
        const value = KEYS[key];
        const actions = ['keyDown', 'keyUp'].map((type) => ({ type, value }));
        await ask('POST', `${at}/actions`, { actions: [{ type: 'key', id: 'keyboard', actions }] });
      },
      run: (inPage, given) =>
        ask('POST', `${at}/execute/async`, {
          script: `const [given, done] = arguments; Promise.resolve((${inPage})(given)).then(done);`,
          args: [given ?? null],
        }),
      async close() {
        await ask('DELETE', at).finally(stop);
      },
    };
  } catch (error) {
    stop();
    throw error;
  }
}

async function listening() {
  for (let i = 0; i < 100; i += 1) {
    const there = await fetch(`http://127.0.0.1:${PORT}/status`).then(
      ({ ok }) => ok,
      () => false,
    );
    if (there) return;
    await pause(100);
  }
  throw new Error(`${DRIVER} does not answer on port ${PORT}.`);
}

/** @param {string} method @param {string} path @param {unknown} [body] @returns {Promise<any>} */
async function ask(method, path, body) {
  const response = await fetch(`http://127.0.0.1:${PORT}${path}`, {
    method,
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const { value } = await response.json();
  if (!response.ok) throw new Error(`WebDriver ${method} ${path}: ${value?.error}: ${value?.message}`);
  return value;
}
