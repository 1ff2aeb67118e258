import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { openCapture } from '../../engine/capture/open';
import { openSession, type Session, type SessionCapture } from '../../engine/comparison/session';
import { article } from '../../engine/topology/scenarios/article';
import { findingsIn } from './findings';
import { currentColumn, journeyAt } from './journey';
import { rowsOf } from './rows';
import { findingsOf } from './verdict-findings';

const SAMPLES = new URL('../../../public/samples/article-ping/', import.meta.url);
const NAMES = ['pod1.cap', 'node1.cap', 'node2.cap', 'pod2.cap'];

function fileOf(name: string, change: (bytes: Uint8Array) => void = () => {}): SessionCapture {
  const bytes = new Uint8Array(readFileSync(new URL(name, SAMPLES)));
  change(bytes);
  const opened = openCapture(bytes);
  if (!opened.ok) throw new Error(JSON.stringify(opened.error));
  return { id: name, name, capture: opened.value, role: name.slice(0, -4) };
}

const sessionOf = (captures: readonly SessionCapture[]): Session =>
  openSession({ topology: article, command: 'pod1: ping -c 1 10.244.2.2', captures });

const journeyOf = ({ comparison }: Session, kind: string) => {
  const found = comparison.journeys.find(({ what }) => what?.kind === kind);
  if (found === undefined) throw new Error(`no ${kind}`);
  return found;
};

const all = sessionOf(NAMES.map((name) => fileOf(name)));

/** A row as text: `≠63✓` is changed since the point before, and the capture agrees. */
function rowText(session: Session, kind: string, field: string): string {
  const { main, rest } = rowsOf(journeyOf(session, kind));
  const row = [...main, ...rest].find(({ fields }) => fields.includes(field));
  const cells = row?.cells.map((cell) => {
    if (cell === null) return '.';
    const since = { changed: '≠', same: '=', none: '' }[cell.sinceLastPoint ?? 'none'];
    const values =
      cell.verdict === 'differs' ? `${cell.predicted}/${cell.captured}` : (cell.captured ?? cell.predicted);
    return `${since}${values}${{ agrees: '✓', differs: '✗', drawn: '~', 'one-sided': '–' }[cell.verdict]}`;
  });
  return cells?.join(' ') ?? 'no such row';
}

describe('rows of the hop matrix', () => {
  test('the TTL of the request falls at each router and not on the wire', () => {
    expect(rowText(all, 'echo-request', 'ip.ttl')).toBe('64✓ ≠63✓ =63✓ ≠62✓');
  });
  test('the MACs of the request change at each routing hop', () => {
    expect(rowText(all, 'echo-request', 'eth.dst')).toBe(
      '5e:c1:b9:a7:b8:56✓ ≠00:0c:29:d7:0c:82✓ =00:0c:29:d7:0c:82✓ ≠32:00:56:84:0a:28✓',
    );
  });
  test('the addresses of the request stand together and never change', () => {
    const addresses = '10.244.1.4 → 10.244.2.2✓';
    expect(rowText(all, 'echo-request', 'ip.dst')).toBe([addresses, ...Array(3).fill(`=${addresses}`)].join(' '));
  });
  test('the marks of the reply follow its way from right to left', () => {
    expect(rowText(all, 'echo-reply', 'ip.ttl')).toBe('≠62✓ =63✓ ≠63✓ 64✓');
  });
  test('ARP has no TTL row, but sender and target', () => {
    expect(rowsOf(journeyOf(all, 'arp-request')).main.map(({ fields }) => fields[0])).toEqual([
      'eth.dst',
      'eth.src',
      'arp.opcode',
      'arp.src.proto_ipv4',
      'arp.src.hw_mac',
      'arp.dst.proto_ipv4',
      'arp.dst.hw_mac',
    ]);
  });
  test('without a file the prediction stands alone', () => {
    expect(rowText(sessionOf([fileOf('pod1.cap')]), 'echo-request', 'ip.ttl')).toBe('64✓ ≠63– =63– ≠62–');
  });
});

describe('the verdict row', () => {
  const verdict = (session: Session, kind: string) =>
    findingsOf(session.comparison, journeyOf(session, kind), session.topology);

  test('four captures agree, and both ends of the cable hold the same frame', () => {
    expect(verdict(all, 'echo-request')).toEqual([
      { kind: 'all-agree', points: 4 },
      { kind: 'same-frame', columns: [1, 2], segment: true },
    ]);
  });
  test('names the field that differs, with both values, and no longer calls the frames the same', () => {
    const changed = sessionOf([
      fileOf('node1.cap'),
      fileOf('node2.cap', (bytes) => bytes.set([61], 24 + 2 * (16 + 42) + 16 + 22)), // TTL of packet 3
    ]);
    expect(verdict(changed, 'echo-request')).toMatchObject([
      { kind: 'differs', columns: [2], field: { name: 'ip.ttl', predicted: '63', captured: '61' } },
      { kind: 'some-agree', columns: [1] },
      { kind: 'unloaded', columns: [0, 3] },
    ]);
    expect(findingsIn(changed.comparison).byKind.differs).toHaveLength(1);
  });
  test('explains the pod’s own broadcast coming back instead of reporting it', () => {
    expect(verdict(all, 'arp-request')).toContainEqual({ kind: 'artefact', column: 0, artefact: 'hairpin-echo' });
    expect(findingsIn(all.comparison).count).toBe(0);
  });
});

describe('what the matrix shows at a step', () => {
  const { comparison, trace } = all;
  test('a step without a packet keeps the packet before it', () => {
    const last = trace.steps.length - 1;
    const shown = comparison.journeys[journeyAt(comparison, trace, last)];
    expect(shown?.cells.flat().every(({ predicted }) => (predicted?.step ?? 0) < last)).toBe(true);
  });
  test('the route lookup on node1 marks the column of node1', () => {
    const request = journeyOf(all, 'echo-request');
    const lookup = trace.steps.find(
      ({ event }) =>
        event.kind === 'route-looked-up' &&
        event.host === 'node1' &&
        event.packet === request.packet &&
        event.inDev !== null,
    );
    expect(currentColumn(comparison, request, lookup ?? null)).toBe(1);
  });
});
