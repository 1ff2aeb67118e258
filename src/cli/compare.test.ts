/** `hopscope compare` as a user meets it. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { CAUSE_KINDS, FINDING_KINDS } from '../engine/diagnosis/finding';
import { gz, type NamedFiles, tar, zip } from '../engine/testing/wrap';
import { toFile } from '../engine/topology/file';
import { article } from '../engine/topology/scenarios/article';
import { cliTexts } from '../i18n/cli';
import { bytesOf } from './files';
import { main } from './main';

const DIR = mkdtempSync(join(tmpdir(), 'hopscope-compare-'));
afterAll(() => rmSync(DIR, { recursive: true, force: true }));

function run(...args: readonly string[]) {
  const lines: string[] = [];
  const notes: string[] = [];
  const status = main(args, { LANG: 'C' }, { line: (text) => lines.push(text), note: (text) => notes.push(text) });
  return { status, lines, notes };
}

function written(name: string, bytes: Uint8Array): string {
  const path = join(DIR, name);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, bytes);
  return path;
}

const SAMPLE = 'public/samples/article-ping';
const NAMES = ['pod1', 'node1', 'node2', 'pod2'];
const POINTS = NAMES.map((name) => `${name}=${SAMPLE}/${name}.cap`);

interface Json {
  readonly points: readonly { readonly name: string; readonly packets: number }[];
  readonly findings: readonly {
    readonly kind: string;
    readonly causes: readonly {
      readonly kind: string;
      readonly host: string;
      readonly from: string;
      readonly repair: readonly { readonly commands: readonly object[] }[];
    }[];
    readonly evidence: readonly { readonly point: string; readonly packet: number }[];
  }[];
  readonly flows: readonly object[];
  readonly clocks: readonly { readonly from: string; readonly to: string; readonly offsetNs: number }[];
  readonly model: { readonly command: string; readonly agrees: boolean } | null;
}

const json = (...args: readonly string[]): Json => {
  const { lines, status } = run('compare', ...args, '--json');
  expect([status, lines.length]).toEqual([0, 1]);
  return JSON.parse(lines[0] ?? '') as Json;
};

/** A capture whose packets come after 5 MB of UDP between strangers. */
function behindOthers(capture: Uint8Array): Uint8Array {
  const size = 16 + 42 + 958;
  const out = new Uint8Array(capture.length + 5000 * size);
  const view = new DataView(out.buffer);
  const started = new DataView(capture.buffer, capture.byteOffset).getUint32(24, true);
  out.set(capture.subarray(0, 24));
  for (let i = 0; i < 5000; i += 1) {
    const at = 24 + i * size;
    view.setUint32(at, started - 60, true);
    view.setUint32(at + 4, i, true);
    view.setUint32(at + 8, size - 16, true);
    view.setUint32(at + 12, size - 16, true);
    out.set([0x02, 0x42, 0xc0, 0xa8, 1, 1, 0x02, 0x42, 0xc0, 0xa8, 1, 2, 8, 0], at + 16);
    out.set([0x45, 0, 3, 0xda, 0, 0, 0x40, 0, 64, 17, 0, 0, 10, 10, 0, 1, 10, 10, 0, 2], at + 30);
    view.setUint16(at + 50, 1024 + i);
    view.setUint16(at + 52, 9999);
    view.setUint16(at + 54, 966);
  }
  out.set(capture.subarray(24), 24 + 5000 * size);
  return out;
}

describe('compare', () => {
  test('the article’s ping is well, and every field is as listed', () => {
    const found = json('--points', ...POINTS);
    expect(Object.keys(found)).toEqual([
      'format',
      'version',
      'points',
      'findings',
      'flows',
      'clocks',
      'model',
      'problems',
    ]);
    expect(found.points.map(({ name, packets }) => [name, packets])).toEqual([
      ['pod1', 7],
      ['node1', 6],
      ['node2', 6],
      ['pod2', 6],
    ]);
    expect(found.findings[0]?.kind).toBe('all-well');
    expect(found.flows).toEqual([
      {
        protocol: 'icmp',
        src: '10.244.1.4',
        dst: '10.244.2.2',
        port: null,
        requests: 1,
        replies: 1,
        answered: true,
        requestsLastSeen: [{ point: 'pod2', packets: 1 }],
        repliesLastSeen: [{ point: 'pod1', packets: 1 }],
      },
    ]);
    expect(found.clocks.map(({ from, to }) => `${from} ${to}`)).toEqual(['pod1 node1', 'node1 node2', 'node2 pod2']);
    expect(found.model).toBeNull();
  });

  test('files without a name find their places', () => {
    const found = json(...[2, 0, 3, 1].map((i) => `${SAMPLE}/${NAMES[i]}.cap`));
    expect(found.points.map(({ name }) => name)).toEqual(NAMES);
  });

  test.each<readonly [string, (files: NamedFiles) => readonly string[]]>([
    ['a folder', (files) => Object.entries(files).map(([name, bytes]) => written(`folder/${name}`, bytes))],
    ['a zip', (files) => [written('all.zip', zip({ ...files, 'readme.txt': new Uint8Array(40).fill(65) }))]],
    ['a gzipped tar', (files) => [written('all.tgz', gz(tar(files)))]],
  ])('%s of captures says what its files say', (form, write) => {
    const files = Object.fromEntries(NAMES.map((name) => [`${name}.cap`, bytesOf(`${SAMPLE}/${name}.cap`)]));
    const [path = ''] = write(files);
    const { lines } = run('compare', form === 'a folder' ? dirname(path) : path, '--json');
    const found = JSON.parse(lines[0] ?? '') as Json;
    const plain = json(...NAMES.map((name) => `${SAMPLE}/${name}.cap`));
    expect(found.points.map(({ name, packets }) => [name, packets])).toEqual(
      plain.points.map(({ name, packets }) => [name, packets]),
    );
    expect([found.clocks, found.model]).toEqual([plain.clocks, plain.model]);
  });

  test('a name given to several captures stands before the names of each', () => {
    const path = written(
      'two.zip',
      zip({ 'a.cap': bytesOf(`${SAMPLE}/pod1.cap`), 'b.cap': bytesOf(`${SAMPLE}/pod2.cap`) }),
    );
    expect(json('--points', `x=${path}`).points.map(({ name }) => name)).toEqual(['x/a.cap', 'x/b.cap']);
  });

  test('with a cluster whose simulation predicts the frames, it says so', () => {
    const cluster = join(DIR, 'article.json');
    writeFileSync(cluster, toFile(article));
    expect(json('--points', ...POINTS, '--cluster', cluster).model).toMatchObject({
      command: 'pod1: ping -c 1 10.244.2.2',
      agrees: true,
    });
  });

  test('what is compared may lie behind megabytes of other traffic, in an archive too', () => {
    const cluster = written('behind.json', new TextEncoder().encode(toFile(article)));
    const files = NAMES.map((name) => [`${name}.cap`, behindOthers(bytesOf(`${SAMPLE}/${name}.cap`))] as const);
    const loose = files.map(([name, bytes]) => written(`behind/${name}`, bytes));
    const packed = written('behind.tar', tar(Object.fromEntries(files)));
    for (const given of [loose, [packed]])
      expect(json('--points', ...given, '--cluster', cluster).model).toMatchObject({
        command: 'pod1: ping -c 1 10.244.2.2',
        agrees: true,
      });
  });

  test('a cluster in another state: captures of a fault made by the model are traced to it', () => {
    const out = join(DIR, 'down');
    const simulated = run(
      'simulate',
      '--sample',
      'article',
      '--before',
      'node2: iptables -P FORWARD DROP',
      '--run',
      'pod1: ping -c 1 -W 1 10.244.2.2',
      '--out',
      out,
    );
    expect(simulated.status).toBe(0);
    const found = json(
      '--points',
      `pod1=${out}/pod1-eth0.cap`,
      `node1=${out}/node1-ens33.cap`,
      `node2=${out}/node2-ens33.cap`,
    );
    expect(found.findings[0]?.kind).toBe('lost-between');
    expect(found.findings[0]?.evidence.at(-1)?.point).toBe('node2');
    expect(found.findings[0]?.causes.map(({ kind }) => kind)).toContain('forward-drop');
  });

  test('the report names the packets and the commands', () => {
    const { status, lines } = run('compare', '--points', ...POINTS);
    expect(status).toBe(0);
    expect(lines.join('\n')).toContain('All is well with what was seen');
    const zh = run('compare', '--points', ...POINTS, '--lang', 'zh');
    expect(zh.lines.join('\n')).toContain('所见一切正常');
  });

  test.each([
    [['compare'], 'name at least one capture file'],
    [['compare', '--points', 'a=x.cap', 'a=y.cap'], 'the point a is given twice'],
    [['compare', '--points', 'a=/nowhere.cap'], 'cannot read /nowhere.cap'],
    [['compare', '--bogus'], 'unknown option --bogus'],
  ])('%j is refused in one line', (args, text) => {
    const { status, notes } = run(...args);
    expect(status).toBe(2);
    expect(notes).toHaveLength(1);
    expect(notes[0]).toContain(text);
  });

  test('every kind has its sentences in both languages, whatever values it gets', () => {
    for (const lang of ['en', 'zh'] as const) {
      const { findings, causes, tells } = cliTexts(lang).diagnosis;
      for (const kind of FINDING_KINDS) expect(findings[kind]({})).not.toBe('');
      for (const kind of CAUSE_KINDS) expect(`${causes[kind]({})}${tells[kind]}`).not.toBe('');
    }
  });
});
