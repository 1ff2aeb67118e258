/** The lab's script as text, and that it takes away what it has made, however it ends. */
import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { randomCluster } from '../testing/random-cluster';
import { whyNoLab } from '../testing/real-lab';
import { article } from '../topology/scenarios/article';
import type { Topology } from '../topology/topology';
import { labScript } from './lab-script';

function scriptOf(topology: Topology, commands: readonly string[]): string {
  const script = labScript(topology, commands);
  if (!script.ok) throw new Error(JSON.stringify(script.error));
  return script.value;
}

test('is a shell’s text for any cluster', () => {
  for (let seed = 1; seed <= 30; seed += 1) {
    const { topology, commands } = randomCluster(seed);
    const checked = spawnSync('sh', ['-n'], { input: scriptOf(topology, commands), encoding: 'utf8' });
    expect({ seed, said: checked.stderr }).toEqual({ seed, said: '' });
  }
});

const why = whyNoLab();
const SLOW_MS = 60_000; // on a busy machine; alone it takes two seconds

describe.skipIf(why !== null)(`takes away all it has made${why === null ? '' : ` (skipped: ${why})`}`, () => {
  const script = scriptOf(article, ['pod1: ping -c 30 10.244.2.2']);
  let folder = '';
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'hopscope-lab-'));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  /** Starts it in a process group of its own, as a terminal does; its namespaces carry its process number. */
  function start(text: string) {
    writeFileSync(join(folder, 'lab.sh'), text);
    const child = spawn('sh', [join(folder, 'lab.sh'), join(folder, 'out')], { stdio: 'pipe', detached: true });
    let printed = '';
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (data) => (printed += String(data)));
    const over = new Promise<number | null>((resolve) => child.on('close', (status) => resolve(status)));
    const prefix = `hopscope${child.pid}-`;
    const until = async (isSo: () => boolean): Promise<void> => {
      while (!isSo() && child.exitCode === null) await new Promise((resolve) => setTimeout(resolve, 20));
    };
    return { pid: child.pid ?? 0, prefix, over, until, printed: () => printed };
  }
  const namespaces = (prefix: string): readonly string[] =>
    spawnSync('ip', ['netns', 'list'], { encoding: 'utf8' })
      .stdout.split('\n')
      .filter((line) => line.startsWith(prefix));

  /** Processes of that group, but for those that have ended and only wait to be counted. */
  const running = (group: number): readonly string[] =>
    spawnSync('ps', ['-eo', 'pgid=,stat=,args='], { encoding: 'utf8' })
      .stdout.split('\n')
      .filter((line) => line.trim().startsWith(`${group} `) && !/^\s*\d+ Z/.test(line));

  test.each([
    ['while it builds', (lab: ReturnType<typeof start>) => namespaces(lab.prefix).length >= 3],
    ['while it captures', (lab: ReturnType<typeof start>) => lab.printed().includes('64 bytes from')],
  ] as const)(
    'interrupted %s',
    async (_, isThere) => {
      const lab = start(script);
      await lab.until(() => isThere(lab));
      expect(namespaces(lab.prefix).length).toBeGreaterThan(0);
      process.kill(-lab.pid, 'SIGINT');
      expect(await lab.over).toBe(130);
      expect(namespaces(lab.prefix)).toEqual([]);
      expect(running(lab.pid)).toEqual([]);
    },
    SLOW_MS,
  );

  test(
    'when the kernel refuses a line',
    async () => {
      const lab = start(script.replace('type bridge mcast_snooping 0', 'type nonsense'));
      expect(await lab.over).not.toBe(0);
      expect(lab.printed()).toContain('network namespaces called');
      expect(namespaces(lab.prefix)).toEqual([]);
    },
    SLOW_MS,
  );
});
