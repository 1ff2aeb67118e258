import { readFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { describe, expect, test } from 'vitest';
import { openCapture } from '../capture/open';
import type { CaptureFile } from '../capture/types';
import { type LabCapture, labCaptures, openLab } from '../testing/lab-captures';
import { article } from '../topology/scenarios/article';
import { filesByPoint, pointsOf } from './points';
import { rolesOf } from './roles';
import { commandSeen } from './seen-command';

/** What the lab typed, from the first prompt line of its transcript; waiting times (-W) are not on any wire. */
function typed(lab: LabCapture): string {
  const text = readFileSync(`${dirname(lab.path)}/what-happened.txt`, 'utf8');
  const [, host, command = ''] = /\[root@(\w+) ~\]# (ping .*|traceroute .*)/.exec(text) ?? [];
  const words = command.replace(/ -W \S+/, '').split(' ');
  return `${host}: ${[
    words[0],
    ...words
      .slice(1, -1)
      .join(' ')
      .split(/ (?=-)/)
      .sort(),
    words.at(-1),
  ]
    .join(' ')
    .replace(/ +/g, ' ')}`;
}

const sorted = (command: string): string => {
  const [head = '', ...options] = command.split(/ (?=-)/);
  const last = options.at(-1)?.split(' ') ?? [];
  const dst = last.pop();
  return [head, ...[...options.slice(0, -1), last.join(' ')].sort(), dst].join(' ');
};

const FOUR = ['pod1', 'node1', 'node2', 'pod2'];
const scenarios = [...new Set(labCaptures.map(({ scenario }) => scenario))].map((scenario) =>
  labCaptures.filter((lab) => lab.scenario === scenario && FOUR.includes(lab.name.split('/')[1] ?? '')),
);

function seen(files: readonly LabCapture[]): string | null {
  const captures = files.map((lab) => ({
    id: lab.name,
    name: `${lab.name.split('/')[1]}.cap`,
    capture: openLab(lab),
    role: null,
  }));
  const roles = rolesOf(article, captures);
  return commandSeen(article, pointsOf(article, roles), filesByPoint(captures, roles));
}

/** What no frame tells: no echo on any wire; or the second of two echoes never left pod1. */
const SILENT = ['pod-no-route', 'same-node-absent', 'mtu-df'];
const told = scenarios.filter(
  ([one]) => one !== undefined && !SILENT.includes(one.scenario) && /ping|traceroute/.test(typed(one)),
);

/** Datagrams to a port of traceroute's with one TTL, whose text no shell would have typed: of no command that is known. */
function datagrams(count: number, ttlOf = (_: number) => 64): CaptureFile {
  const sample = readFileSync(new URL('../../../public/samples/article-ping/pod1.cap', import.meta.url));
  const opened = openCapture(new Uint8Array(sample));
  const echo = opened.ok ? opened.value.packets.find(({ bytes }) => bytes[23] === 1 && bytes[34] === 8) : undefined;
  if (!opened.ok || echo === undefined) throw new Error('no echo request in the sample');
  const packets = Array.from({ length: count }, (_, index) => {
    const bytes = echo.bytes.slice().fill(0, 34);
    const view = new DataView(bytes.buffer);
    view.setUint16(18, index & 0xffff);
    view.setUint8(22, ttlOf(index));
    view.setUint8(23, 17);
    view.setUint16(34, 40_000);
    view.setUint16(36, 33_434);
    view.setUint16(38, bytes.length - 34);
    return { ...echo, index, bytes };
  });
  return { ...opened.value, packets };
}

test('datagrams to a port of traceroute’s are none of its probes while all have one TTL', () => {
  const capture = datagrams(1000);
  expect(commandSeen(article, article.capturePoints, new Map([['pod1', { name: 'pod1.cap', capture }]]))).toBeNull();
});

test('probes that nobody answers and nobody gives up end where traceroute was told to end', () => {
  const seenIn = (capture: CaptureFile) =>
    commandSeen(article, article.capturePoints, new Map([['pod1', { name: 'pod1.cap', capture }]]));
  expect(seenIn(datagrams(4, (index) => index + 1))).toBe('pod1: traceroute -n -q 1 -m 4 10.244.2.2');
  expect(seenIn(datagrams(30, (index) => index + 1))).toBe('pod1: traceroute -n -q 1 10.244.2.2');
});

describe.skipIf(told.length === 0)('commandSeen reads the command off the frames', () => {
  test.each(told.map((files) => [files[0]?.scenario ?? '', files] as const))('%s', (_name, files) => {
    const [one] = files;
    if (one !== undefined) expect(sorted(seen(files) ?? '')).toBe(typed(one));
  });

  test('without the sender’s own capture it still knows the TTL the echoes began with', () => {
    const warm = labCaptures.filter(({ name }) => /^ttl3\/(node1|node2|pod2)$/.test(name));
    for (const lab of warm) expect(seen([lab])).toBe('pod1: ping -c 1 -t 3 10.244.2.2');
  });
});
