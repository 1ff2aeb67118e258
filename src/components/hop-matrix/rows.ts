/** The rows of a hop matrix: some show one header field, one shows two that belong together. */
import type { ComparedField, FieldVerdict, Journey } from '../../engine/comparison/comparison';
import { shownFrame } from './journey';

export interface MatrixCell {
  readonly predicted: string | null;
  readonly captured: string | null;
  readonly verdict: FieldVerdict;
  readonly sinceLastPoint: ComparedField['sinceLastPoint'];
}

export interface MatrixRow {
  readonly fields: readonly string[]; // one, or the two ends of 'src → dst'
  readonly cells: readonly (MatrixCell | null)[]; // per capture point; null: the frame there has no such field, or there is none
}

/** The colour behind a cell, by the name of its class. */
export const toneOf = (cell: MatrixCell | null): 'wrong' | 'changed' | 'calm' =>
  cell?.verdict === 'differs' ? 'wrong' : cell?.sinceLastPoint === 'changed' ? 'changed' : 'calm';

/** What a viewer must see without asking, in this order, as far as the packet has it. */
const MAIN: readonly (readonly string[])[] = [
  ['eth.dst'],
  ['eth.src'],
  ['ip.ttl'],
  ['ip.checksum'],
  ['ip.src', 'ip.dst'],
  ['arp.opcode'],
  ['arp.src.proto_ipv4'],
  ['arp.src.hw_mac'],
  ['arp.dst.proto_ipv4'],
  ['arp.dst.hw_mac'],
];

const WORST_FIRST: readonly FieldVerdict[] = ['differs', 'one-sided', 'drawn', 'agrees'];

export function rowsOf(journey: Journey): { readonly main: readonly MatrixRow[]; readonly rest: readonly MatrixRow[] } {
  const present = new Set(
    journey.cells.flatMap((frames) => shownFrame(frames)?.fields.map((field) => field.name) ?? []),
  );
  const main = MAIN.filter((fields) => fields.some((name) => present.has(name)));
  const covered = new Set(main.flat());
  const rest = [...present].filter((name) => !covered.has(name)).map((name) => [name]);
  return { main: main.map((fields) => rowOf(journey, fields)), rest: rest.map((fields) => rowOf(journey, fields)) };
}

const rowOf = (journey: Journey, fields: readonly string[]): MatrixRow => ({
  fields,
  cells: journey.cells.map((frames) => {
    const frame = shownFrame(frames);
    const found = fields.flatMap((name) => frame?.fields.find((field) => field.name === name) ?? []);
    return found.length === 0 ? null : joined(found);
  }),
});

function joined(fields: readonly ComparedField[]): MatrixCell {
  const side = (which: 'predicted' | 'captured'): string | null => {
    const values = fields.flatMap((field) => field[which] ?? []);
    return values.length === 0 ? null : values.join(' → ');
  };
  const since = fields.map((field) => field.sinceLastPoint);
  return {
    predicted: side('predicted'),
    captured: side('captured'),
    verdict: WORST_FIRST.find((verdict) => fields.some((field) => field.verdict === verdict)) ?? 'agrees',
    sinceLastPoint: since.includes('changed') ? 'changed' : since.includes('same') ? 'same' : null,
  };
}
