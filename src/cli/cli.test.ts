/** The command line as a user meets it: its words, its files, its exit status. */
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, test } from 'vitest';
import { openCapture } from '../engine/capture/open';
import { gz, zip } from '../engine/testing/wrap';
import { toFile } from '../engine/topology/file';
import { article } from '../engine/topology/scenarios/article';
import { main } from './main';

const DIR = mkdtempSync(join(tmpdir(), 'hopscope-'));
afterAll(() => rmSync(DIR, { recursive: true, force: true }));

function run(...args: readonly string[]) {
  const lines: string[] = [];
  const notes: string[] = [];
  const status = main(args, { LANG: 'C' }, { line: (text) => lines.push(text), note: (text) => notes.push(text) });
  return { status, lines, notes };
}

const PING = ['--run', 'pod1: ping -c 1 10.244.2.2'];
const out = (name: string): string => join(DIR, name);

describe('simulate', () => {
  test('prints the session and writes a capture for each interface that saw a frame', () => {
    const { status, lines, notes } = run('simulate', '--sample', 'article', ...PING, '--out', out('a'));
    expect([status, notes]).toEqual([0, []]);
    expect(lines[0]).toBe('[pod1]# ping -c 1 10.244.2.2');
    expect(lines).toContain('1 packets transmitted, 1 received, 0% packet loss, time 0ms');
    expect(lines.at(-1)).toBe('(exit status 0)');
    const files = readdirSync(out('a'));
    expect(files).toEqual(
      expect.arrayContaining([
        'pod1-eth0.cap',
        'node1-cni0.cap',
        'node1-ens33.cap',
        'node2-ens33.cap',
        'pod2-eth0.cap',
        'trace.json',
      ]),
    );
    const capture = openCapture(new Uint8Array(readFileSync(join(out('a'), 'node1-ens33.cap'))));
    expect(capture).toMatchObject({ ok: true, value: { linkType: 1, problem: null, resolution: 'us' } });
  });

  test('trace.json has addresses as text and no number in their place', () => {
    run('simulate', '--sample', 'article', ...PING, '--out', out('b'));
    const trace = JSON.parse(readFileSync(join(out('b'), 'trace.json'), 'utf8'));
    expect(trace).toMatchObject({ format: 'hopscope-trace', version: 1, seed: 1, complete: true, cluster: 'article' });
    const kinds: string[] = trace.steps.map((step: { kind: string }) => step.kind);
    const [help] = [run('simulate', '--help').lines.join('\n')];
    for (const kind of new Set(kinds)) expect(help).toContain(kind);
    expect(trace.steps.find((step: { kind: string }) => step.kind === 'route-looked-up')).toMatchObject({
      dst: '10.244.2.2',
      route: { dst: '10.244.0.0/16', via: '10.244.1.1' },
    });
  });

  test('a saved cluster, a listener, another seed', () => {
    writeFileSync(out('cluster.json'), toFile(article));
    const args = [
      'simulate',
      '--cluster',
      out('cluster.json'),
      '--listen',
      'pod2: tcp 8080',
      '--seed',
      '7',
      '--out',
      out('c'),
    ];
    expect(run(...args, '--run', 'pod1: ping -c 1 10.244.2.2').status).toBe(0);
    const first = (folder: string) => readFileSync(join(out(folder), 'pod1-eth0.cap'));
    expect(first('c').equals(first('a'))).toBe(false);
  });

  test.each([
    [['simulate'], 'give either --cluster PATH… or --sample NAME'],
    [['simulate', '--sample', 'article', '--out', 'x'], '--run is missing'],
    [['simulate', '--sample', 'article', ...PING], '--out is missing'],
    [['simulate', '--sample', 'moon', ...PING, '--out', 'x'], 'no sample moon; there are article'],
    [['simulate', '--sample', 'article', '--fast', ...PING], 'unknown option --fast'],
    [['simulate', '--sample', 'article', ...PING, 'stray', '--out', 'x'], '“stray” belongs to no option'],
    [['simulate', '--sample', 'article', ...PING, '--out', 'x', '--seed', 'many'], '--seed takes a whole number'],
    [
      ['simulate', '--sample', 'article', '--out', 'x', '--run', 'pod1: ping -c 1 -Z 10.244.2.2'],
      'ping: -Z is not supported',
    ],
    [['simulate', '--sample', 'article', '--out', 'x', '--run', 'pod9: ping -c 1 10.244.2.2'], 'no host named pod9'],
    [
      ['simulate', '--sample', 'article', ...PING, '--out', 'x', '--listen', 'pod2: ftp'],
      '“pod2: ftp” is not of the form',
    ],
    [['simulate', '--cluster', '/nowhere/at/all', ...PING, '--out', 'x'], 'cannot read /nowhere/at/all: no such file'],
    [['simulate', '--cluster', fileURLToPath(import.meta.url), ...PING, '--out', 'x'], 'tells of a host'],
    [['read'], 'name at least one capture file'],
    [['import'], 'name at least one file'],
    [['import', '/nowhere/at/all'], 'cannot read /nowhere/at/all: no such file'],
    [['dance'], 'no command dance'],
    [['--lang', 'fr', 'read'], 'no language “fr”'],
  ])('bad use ends with status 2 and one line: %s', (args, words) => {
    const { status, lines, notes } = run(...args);
    expect([status, lines, notes.length]).toEqual([2, [], 1]);
    expect(notes[0]).toContain(words);
    expect(notes[0]).not.toContain('\n');
  });
});

describe('read', () => {
  const sample = out('a/node1-ens33.cap');

  test('one JSON line a packet, every key of which the help explains', () => {
    const { status, lines } = run('read', sample);
    expect(status).toBe(0);
    const help = run('read', '--help').lines.join('\n');
    const keys = new Set<string>();
    JSON.parse(`[${lines.join(',')}]`, (key, value) => {
      if (!/^\d*$/.test(key)) keys.add(key);
      return value;
    });
    for (const key of keys) expect(help).toMatch(new RegExp(`\\b${key}\\b`));
    expect(JSON.parse(lines[0] ?? '')).toMatchObject({
      file: sample,
      packet: 1,
      linkType: 1,
      layers: [{ kind: 'ethernet', at: 0, length: 14 }, { kind: 'arp' }],
    });
  });

  test('a filter lets through what it says, by the name of the file too', () => {
    const kinds = (expression: string) =>
      run('read', '--filter', expression, sample).lines.map((line) => JSON.parse(line).layers[1].kind);
    expect(new Set(kinds('icmp and ttl 63'))).toEqual(new Set(['ipv4']));
    expect(new Set(kinds('arp'))).toEqual(new Set(['arp']));
    expect(kinds('point node1-ens33').length).toBe(kinds('icmp').length + kinds('arp').length);
    expect(kinds('point pod1')).toEqual([]);
  });

  test('a wrong filter ends with status 2 and a caret under its place', () => {
    const { status, lines, notes } = run('read', '--filter', 'icmp and hots 10.244.2.2', sample);
    expect([status, lines]).toEqual([2, []]);
    expect(notes).toEqual([
      'hopscope: “hots” is no word of a filter; expected is something to look for, such as host, port, icmp or tcp',
      '  icmp and hots 10.244.2.2',
      '           ^^^^',
    ]);
    expect(run('--lang', 'zh', 'read', '--filter', 'host', sample).notes).toEqual([
      'hopscope: 过滤式到此结束，还缺IP 地址',
      '  host',
      '      ^',
    ]);
  });

  test('a damaged file gives what can be read, and status 1', () => {
    const whole = readFileSync(sample);
    writeFileSync(out('cut.cap'), whole.subarray(0, whole.length - 10));
    const { status, lines, notes } = run('read', out('cut.cap'));
    expect([status, notes.length]).toEqual([1, 1]);
    expect(JSON.parse(lines.at(-1) ?? '')).toMatchObject({ problem: { kind: 'cut-in-packet' } });
    expect(lines.length).toBeGreaterThan(1);
  });

  test('a summary is one line a file, packed or in a folder, and goes on after a path that is not there', () => {
    const whole = readFileSync(sample);
    mkdirSync(out('folder/below'), { recursive: true });
    writeFileSync(out('folder/b.cap'), whole);
    writeFileSync(out('folder/below/a.zip'), zip({ 'x.cap': whole, 'y.cap.gz': gz(whole) }));
    const { status, lines, notes } = run('read', '--summary', out('nowhere'), out('folder'));
    expect([status, notes.length]).toEqual([2, 1]);
    const said = lines.map((line) => JSON.parse(line));
    expect(said.map(({ file, packets }) => [file, packets > 0])).toEqual([
      [out('nowhere'), false],
      [out('folder/b.cap'), true],
      [out('folder/below/a.zip/x.cap'), true],
      [out('folder/below/a.zip/y.cap.gz'), true],
    ]);
    expect(said[0]).toMatchObject({ format: null, problem: { kind: 'cannot-read', code: 'ENOENT' } });
    for (const one of said.slice(1)) expect(one).toEqual({ ...said[1], file: one.file });
  });
});

test('speaks Chinese where asked, or where the environment does', () => {
  expect(run('--help', '--lang', 'zh').lines.join('')).toContain('数据包');
  const notes: string[] = [];
  main(['dance'], { LANG: 'zh_CN.UTF-8' }, { line: () => {}, note: (text) => notes.push(text) });
  expect(notes[0]).toContain('没有命令');
});

test('scripts/hopscope.mjs builds and runs it', () => {
  const script = fileURLToPath(new URL('../../scripts/hopscope.mjs', import.meta.url));
  expect(
    execFileSync(process.execPath, [script, '--help'], { encoding: 'utf8', env: { ...process.env, LC_ALL: 'C' } }),
  ).toContain('hopscope simulate');
}, 60_000);
