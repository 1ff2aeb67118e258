/**
 * The collecting script, run with stand-ins for ssh, kubectl and the tools of the hosts: what it asks, what it writes, and
 * that it leaves nothing running.
 */
import { spawn, spawnSync } from 'node:child_process';
import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openCapture } from '../capture/open';
import { randomCluster } from '../testing/random-cluster';
import { article } from '../topology/scenarios/article';
import type { Topology } from '../topology/topology';
import { collectScript } from './collect-script';

const SLOW_MS = 60_000; // on a busy machine; alone it takes three seconds
const hasShell = spawnSync('sh', ['-c', 'true']).status === 0;

/** A cluster's first and last pod, and the cards between them. */
function withPoints(topology: Topology): Topology {
  const pods = topology.hosts.filter(({ role }) => role === 'pod');
  const capturePoints = [pods[0], pods.at(-1)].flatMap((pod) =>
    pod === undefined ? [] : [{ id: pod.name, host: pod.name, dev: 'eth0' }],
  );
  return { ...topology, capturePoints };
}

/** The last argument of ssh and kubectl is what the host's shell is given. */
const REMOTE = `#!/bin/sh
echo "$0 $*" >>"$STAND_INS/asked"
case "$0 $*" in *kubectl*"command -v tcpdump") exit 1 ;; esac
for last; do :; done
exec sh -c "$last"
`;
const TOOL = `#!/bin/sh
echo "$(basename "$0") $* said this"
`;
/** A file header and no packet: what tcpdump writes where it sees nothing. */
const TCPDUMP = `#!/bin/sh
echo $$ >>"$STAND_INS/pids"
echo "tcpdump: listening on it" >&2
printf '\\324\\303\\262\\241\\002\\000\\004\\000\\000\\000\\000\\000\\000\\000\\000\\000\\000\\000\\004\\000\\001\\000\\000\\000'
exec sleep 60
`;

describe.skipIf(!hasShell)('the collecting script', () => {
  let folder = '';
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'hopscope-collect-'));
    const tools = ['ip', 'ping', 'ethtool', 'bridge', 'sysctl', 'iptables-save'];
    const stands = [['ssh', REMOTE], ['kubectl', REMOTE], ['tcpdump', TCPDUMP], ...tools.map((tool) => [tool, TOOL])];
    for (const [name = '', text = ''] of stands) {
      writeFileSync(join(folder, name), text);
      chmodSync(join(folder, name), 0o755);
    }
    writeFileSync(join(folder, 'collect.sh'), collectScript(article));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  const read = (name: string): string => readFileSync(join(folder, name), 'utf8');
  const start = () =>
    spawn('sh', [join(folder, 'collect.sh'), join(folder, 'out')], {
      env: { ...process.env, PATH: `${folder}:${process.env.PATH}`, STAND_INS: folder, SECONDS_OF_CAPTURE: '3' },
      stdio: 'ignore',
      detached: true,
    });
  const ended = (child: ReturnType<typeof start>): Promise<number | null> =>
    new Promise((resolve) => child.on('close', (status) => resolve(status)));
  const isRunning = (pid: string): boolean => spawnSync('kill', ['-0', pid]).status === 0;

  test(
    'writes a capture for each point, a transcript for each host, and what ping said',
    async () => {
      expect(await ended(start())).toBe(0);
      expect(readdirSync(join(folder, 'out')).sort()).toEqual([
        'commands.txt',
        'log',
        'node1-ens33.cap',
        'node2-ens33.cap',
        'pod1-eth0.cap',
        'pod2-eth0.cap',
        'state',
      ]);
      expect(readdirSync(join(folder, 'out', 'state')).sort()).toEqual([
        'node1.txt',
        'node2.txt',
        'pod1.txt',
        'pod2.txt',
      ]);
      const capture = openCapture(new Uint8Array(readFileSync(join(folder, 'out', 'pod1-eth0.cap'))));
      expect(capture.ok && capture.value.packets).toEqual([]);
      expect(read('out/state/node1.txt')).toContain('[root@node1 ~]# ip route\nip route said this\n');
      expect(read('out/commands.txt')).toBe('[root@pod1 ~]# ping -c 1 10.244.2.2\nping -c 1 10.244.2.2 said this\n');
    },
    SLOW_MS,
  );

  test(
    'captures a pod that has no tcpdump at the node’s end of its cable, without promiscuous mode',
    async () => {
      await ended(start());
      const captures = read('asked')
        .split('\n')
        .filter((line) => line.includes('-w -'))
        .map((line) => /(ssh|kubectl) .*(root@\S+) .*timeout 3 tcpdump (.*) -i (\S+)/.exec(line)?.slice(1).join(' '));
      expect(captures.sort()).toEqual([
        'ssh root@192.168.0.81 -p -n -e -U ens33',
        'ssh root@192.168.0.81 -p -n -e -U veth5c905d55',
        'ssh root@192.168.0.82 -p -n -e -U ens33',
        'ssh root@192.168.0.82 -p -n -e -U vethb2d98351',
      ]);
    },
    SLOW_MS,
  );

  test(
    'interrupted, leaves no capture running',
    async () => {
      const child = start();
      const over = ended(child);
      while (!readdirSync(folder).includes('pids') || read('pids').split('\n').length < 5) {
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
      process.kill(-(child.pid ?? 0), 'SIGINT');
      expect(await over).toBe(130);
      await new Promise((resolve) => setTimeout(resolve, 200));
      expect(read('pids').trim().split('\n').filter(isRunning)).toEqual([]);
    },
    SLOW_MS,
  );

  test('is a shell’s text for any cluster, and names stay inside their words', () => {
    const odd = article.hosts.map((host) => (host.role === 'pod' ? { ...host, label: "a'b/$(reboot) `x`\n;y" } : host));
    const clusters = [
      { ...article, hosts: odd },
      ...Array.from({ length: 20 }, (_, seed) => withPoints(randomCluster(seed).topology)),
    ];
    for (const cluster of clusters) {
      const script = collectScript(cluster);
      const checked = spawnSync('sh', ['-n'], { input: script, encoding: 'utf8' });
      expect({ name: cluster.name, said: checked.stderr }).toEqual({ name: cluster.name, said: '' });
    }
    expect(collectScript({ ...article, hosts: odd })).toContain("exec -i -n 'a'\\''b' '$(reboot) `x` ;y' -- sh -c");
  });
});
