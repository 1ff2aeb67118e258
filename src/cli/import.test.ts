/** `hopscope import` as a user meets it. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { main } from './main';

const DIR = mkdtempSync(join(tmpdir(), 'hopscope-'));
afterAll(() => rmSync(DIR, { recursive: true, force: true }));
const out = (name: string): string => join(DIR, name);

function run(...args: readonly string[]) {
  const lines: string[] = [];
  const notes: string[] = [];
  const status = main(args, { LANG: 'C' }, { line: (text) => lines.push(text), note: (text) => notes.push(text) });
  return { status, lines, notes };
}

describe('import', () => {
  const TEXT = `[root@node1 ~]# ip route
default via 192.168.0.1 dev ens33
10.244.1.0/24 dev cni0 proto kernel scope link src 10.244.1.1
10.244.2.0/24 via 192.168.0.82 dev ens33
192.168.0.0/24 dev ens33 proto kernel scope link src 192.168.0.81
is this a line?
[root@node1 ~]# ping -c 1 10.244.2.2
1 packets transmitted, 0 received, 100% packet loss, time 0ms
[root@node1 ~]# route -n
Destination Gateway Genmask Flags Metric Ref Use Iface
10.244.2.0 192.168.0.99 255.255.255.0 UG 0 0 0 ens33
`;
  const pods = 'NAME READY STATUS RESTARTS AGE IP NODE\nweb-0 1/1 Running 0 1m 10.244.1.4 node1\n';
  writeFileSync(out('node1.txt'), TEXT);
  writeFileSync(out('pods.txt'), pods);

  test('reports in words, and saves a cluster that simulate takes', () => {
    const { status, lines, notes } = run('import', out('node1.txt'), out('pods.txt'), '--out', out('imported.json'));
    expect([status, notes]).toEqual([0, []]);
    const text = lines.join('\n');
    expect(lines[0]).toBe('2 nodes, 1 pod, 1 other host');
    expect(text).toContain(`${out('node1.txt')}:2  ip(8) of iproute2: ip route, of node1: 1 route table`);
    expect(text).toContain('      6: is this a line?');
    expect(text).toContain('node1: route to 10.244.2.0/24');
    expect(text).toContain(`${out('node1.txt')}:4 says 10.244.2.0/24 via 192.168.0.82 dev ens33 (taken)`);
    expect(text).toContain('kubectl exec web-0 -- ip addr');
    expect(text).toContain('on node1: sysctl net.ipv4.ip_forward');
    const args = ['--cluster', out('imported.json'), '--run', 'web-0: ping -c 1 192.168.0.82', '--out', out('d')];
    expect(run('simulate', ...args).status).toBe(0);
  });
  test('reports as JSON, every key of which the help explains', () => {
    const { status, lines } = run('import', out('node1.txt'), out('pods.txt'), '--json');
    expect(status).toBe(0);
    const report = JSON.parse(lines.join('\n'));
    expect(report).toMatchObject({
      hosts: expect.arrayContaining([{ name: 'web-0', role: 'pod', label: null, node: 'node1' }]),
      flannel: { network: null, nodes: [{ name: 'node1' }], pods: [{ name: 'web-0', ip: '10.244.1.4' }] },
      symptoms: [{ line: 8, host: 'node1', kind: 'ping', sent: 1, received: 0 }],
      contradictions: expect.arrayContaining([expect.objectContaining({ field: 'route', taken: 0 })]),
    });
    const help = run('import', '--help').lines.join('\n');
    for (const key of Object.keys(report)) expect(help).toMatch(new RegExp(`^  ${key} `, 'm'));
    for (const list of ['hosts', 'pieces', 'contradictions', 'asks'])
      for (const key of Object.keys(report[list][0])) expect(help).toMatch(new RegExp(`\\b${key}\\b`));
    for (const key of [...Object.keys(report.flannel.nodes[0]), ...Object.keys(report.flannel.pods[0])])
      expect(help).toMatch(new RegExp(`\\b${key}\\b`));
  });
  test('in Chinese', () => {
    const { lines } = run('--lang', 'zh', 'import', out('pods.txt'));
    expect(lines[0]).toBe('1 个节点，1 个 Pod');
    expect(lines).toContain('未知之处，以及能给出答案的命令');
  });
});
