// Makes a fresh machine ready, so that `npm start` and `npm test` are the only commands to know.
//   node scripts/ensure.mjs deps      Node is new enough, the packages are installed
//   node scripts/ensure.mjs browser   the same, a Chromium for the browser tests, and tools for the tests against the kernel
//   node scripts/ensure.mjs engines   the same, with Firefox and WebKit where they can be installed
// Runs before anything is installed: Node built-in modules only.
import { spawnSync } from 'node:child_process';
import { existsSync, statSync } from 'node:fs';
import { findBrowser } from './browser.mjs';

const LEAST_NODE = [20, 19];
const BROWSER_PACKAGES = ['chromium', 'fonts-wqy-microhei'];
/** Debian's package of each tool that the round trip against the real kernel uses (src/engine/testing/real-lab.ts). */
const LAB_TOOLS = {
  ip: 'iproute2',
  tcpdump: 'tcpdump',
  ping: 'iputils-ping',
  traceroute: 'traceroute',
  curl: 'curl',
  nc: 'netcat-openbsd',
  iptables: 'iptables',
  ethtool: 'ethtool',
  sysctl: 'procps',
  python3: 'python3-minimal',
};

/** Debian's package of each file that e2e/engines looks for. */
const ENGINE_PACKAGES = {
  '/usr/bin/firefox-esr': 'firefox-esr',
  '/usr/bin/WebKitWebDriver': 'webkit2gtk-driver',
  '/usr/bin/Xvfb': 'xvfb',
};

/** @param {string} sentence */
const say = (sentence) => console.log(`hopscope: ${sentence}`);

/** @param {string} sentence @returns {never} */
function giveUp(sentence) {
  console.error(`hopscope: ${sentence}`);
  process.exit(1);
}

/** @param {string} command @param {string[]} args */
function succeeds(command, args) {
  // On Windows npm and npx are .cmd files, which only a shell starts.
  const shell = process.platform === 'win32';
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  return spawnSync(command, args, { stdio: 'inherit', shell, env }).status === 0;
}

function ensureNode() {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  const [leastMajor = 0, leastMinor = 0] = LEAST_NODE;
  if (major > leastMajor || (major === leastMajor && minor >= leastMinor)) return;
  giveUp(
    `This needs Node ${LEAST_NODE.join('.')} or newer, and this is Node ${process.versions.node}. See nodejs.org.`,
  );
}

function ensurePackages() {
  // npm writes the inner file at the end of an install: older than the lock means the lock has changed since.
  const installed = 'node_modules/.package-lock.json';
  if (existsSync(installed) && statSync(installed).mtimeMs >= statSync('package-lock.json').mtimeMs) return;
  say('Installing the npm packages named in package-lock.json (npm ci).');
  if (!succeeds('npm', ['ci'])) giveUp('npm ci failed; its own message stands above.');
}

const canUseApt = () => process.platform === 'linux' && process.getuid?.() === 0 && existsSync('/usr/bin/apt-get');

/** @param {string[]} packages */
const aptInstall = (packages) =>
  succeeds('apt-get', ['update', '-qq']) &&
  succeeds('apt-get', ['install', '-y', '-qq', '--no-install-recommends', ...packages]);

function ensureBrowser() {
  if (findBrowser() === null && canUseApt()) {
    say(`No Chromium found; installing Debian's (apt-get install ${BROWSER_PACKAGES.join(' ')}).`);
    aptInstall(BROWSER_PACKAGES);
  }
  if (findBrowser() === null) {
    say('No Chromium found; asking Playwright to download one (npx playwright install --with-deps chromium).');
    succeeds('npx', ['playwright', 'install', '--with-deps', 'chromium']);
  }
  const found = findBrowser();
  if (found === null) {
    giveUp('No browser for the tests. Install Chromium or Chrome, or set HOPSCOPE_CHROMIUM to the path of one.');
  }
  say(`Browser tests will run in ${found}.`);
}

/** Without a Chinese font the texts are measured and pictured as empty boxes. Worth a try, not worth stopping for. */
function ensureChineseFont() {
  if (process.platform !== 'linux') return;
  const fonts = spawnSync('fc-list', [':lang=zh', 'family'], { encoding: 'utf8' });
  if (fonts.status !== 0 || fonts.stdout.trim() !== '') return;
  if (canUseApt()) {
    say('No Chinese font found; installing one (apt-get install fonts-wqy-microhei).');
    if (aptInstall(['fonts-wqy-microhei'])) return;
  }
  say('No Chinese font: Chinese text will show as boxes in screenshots. fonts-wqy-microhei is a small one.');
}

/** Without them the round trip is skipped, and says so; nothing else needs them. */
function ensureLabTools() {
  if (!canUseApt()) return;
  const isThere = (/** @type {string} */ tool) => spawnSync('sh', ['-c', `command -v ${tool}`]).status === 0;
  const missing = Object.entries(LAB_TOOLS).flatMap(([tool, name]) => (isThere(tool) ? [] : [name]));
  if (missing.length === 0) return;
  say(`Installing tools for the tests against the real kernel (apt-get install ${missing.join(' ')}).`);
  if (!aptInstall(missing)) say('They could not be installed; those tests will be skipped.');
}

/** The journey in three engines skips one that is missing, and says so. */
function ensureEngines() {
  if (!canUseApt()) return;
  const missing = Object.entries(ENGINE_PACKAGES).flatMap(([file, name]) => (existsSync(file) ? [] : [name]));
  if (missing.length === 0) return;
  say(`Installing other browser engines (apt-get install ${missing.join(' ')}).`);
  if (!aptInstall(missing)) say('They could not be installed; the tests will run without them.');
}

const goal = process.argv[2] ?? '';
if (!['deps', 'browser', 'engines'].includes(goal)) {
  giveUp('Say what to make ready: node scripts/ensure.mjs deps | browser | engines');
}
// Whatever directory it is called from, paths are the project's.
process.chdir(new URL('..', import.meta.url).pathname.replace(/^\/([A-Za-z]:)/, '$1'));
ensureNode();
ensurePackages();
if (goal !== 'deps') {
  try {
    ensureBrowser();
  } catch (error) {
    giveUp(error instanceof Error ? error.message : String(error));
  }
  ensureChineseFont();
  ensureLabTools();
}
if (goal === 'engines') ensureEngines();
