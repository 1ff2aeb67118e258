import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { openCapture } from '../../engine/capture/open';
import { openSession, type SessionCapture } from '../../engine/comparison/session';
import { packetOf } from '../../engine/sim/event';
import { article } from '../../engine/topology/scenarios/article';
import { catalogue, LANGS, loadCatalogue } from '../../i18n';
import { isInbound, type LadderRow, ladderRows, rowAt } from './rows';

await Promise.all(LANGS.map(loadCatalogue));

const SAMPLES = new URL('../../../public/samples/article-ping/', import.meta.url);
const captures = ['pod1', 'node1', 'node2', 'pod2'].map((role): SessionCapture => {
  const opened = openCapture(new Uint8Array(readFileSync(new URL(`${role}.cap`, SAMPLES))));
  if (!opened.ok) throw new Error(JSON.stringify(opened.error));
  return { id: role, name: `${role}.cap`, capture: opened.value, role };
});
const { comparison, trace } = openSession({ topology: article, command: 'pod1: ping -c 1 10.244.2.2', captures });
const rows = ladderRows(comparison);

/** `1>2` from point 1 to point 2; `1>` leaves point 1 to the right, `>4` comes to it from the left. */
function text({ journey, from, to, stub }: LadderRow): string {
  const what = comparison.journeys[journey]?.what ?? null;
  const name = what === null ? '?' : catalogue('en').ladder.packet(what);
  const at = from.column + 1;
  const last = to.at(-1)?.column;
  if (last !== undefined) return `${last > from.column ? `${at}>${last + 1}` : `${last + 1}<${at}`} ${name}`;
  if (stub === 'right') return `${isInbound(from) ? `${at}<` : `${at}>`} ${name}`;
  return `${isInbound(from) ? `>${at}` : `<${at}`} ${name}`;
}

describe('the ladder of the article’s ping', () => {
  test('has every frame in order of time', () => {
    expect(rows.slice(0, 13).map(text)).toEqual([
      '1> ARP who-has 10.244.1.1',
      '1< ARP who-has 10.244.1.1', // hairpin
      '1< ARP 10.244.1.1 is-at',
      '1>2 echo request seq 1',
      '2>3 ARP who-has 192.168.0.82',
      '2<3 ARP 192.168.0.82 is-at',
      '2>3 echo request seq 1',
      '3>4 echo request seq 1',
      '>4 ARP who-has 10.244.2.2',
      '<4 ARP 10.244.2.2 is-at',
      '3<4 echo reply seq 1',
      '2<3 echo reply seq 1',
      '1<2 echo reply seq 1',
    ]);
  });
  test('the late ARP comes about 5 s after the reply', () => {
    expect((rows[13]?.atUs ?? 0) - (rows[12]?.atUs ?? 0)).toBeGreaterThan(4_000_000);
  });
  test('only the hairpin echo is called one', () => {
    expect(rows.filter(({ echo }) => echo)).toHaveLength(1);
  });
  test('every frame of the captures stands in it once', () => {
    const seen = rows
      .flatMap(({ from, to }) => [from, ...to])
      .map(({ column, frame }) => `${column} ${frame.captured?.index}`);
    expect(new Set(seen).size).toBe(25);
  });
  test('the row of a step is its packet’s row that began last', () => {
    const lookup = trace.steps.find(
      ({ event }) => event.kind === 'route-looked-up' && event.host === 'node2' && event.inDev !== null,
    );
    if (lookup === undefined) throw new Error('node2 looks up no route');
    const row = rows[rowAt(rows, comparison, packetOf(lookup.event), lookup.index)];
    expect(row === undefined ? null : text(row)).toBe('3>4 echo request seq 1');
  });
});
