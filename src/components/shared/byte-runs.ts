/** The bytes of a frame cut into rows of 16, two halves a row, and each half into runs of one field. */
import type { Field } from '../../engine/wire/types';

export interface ByteRun {
  readonly order: number; // counted through all rows
  readonly at: number;
  readonly length: number;
  readonly field: Field | null; // null: bytes that no header claims
}

/** The places of a run's bytes in the frame. */
export const placesOf = ({ at, length }: ByteRun): readonly number[] => Array.from({ length }, (_, i) => at + i);

export interface ByteRow {
  readonly at: number;
  readonly halves: readonly (readonly ByteRun[])[];
}

const ROW_BYTES = 16;
const HALF_BYTES = 8;

export function rowsOf(bytes: Uint8Array, fields: readonly Field[]): readonly ByteRow[] {
  const owners = ownersOf(bytes.length, fields);
  const rows: ByteRow[] = [];
  let order = 0;
  for (let at = 0; at < bytes.length; at += ROW_BYTES) {
    const halves: ByteRun[][] = [];
    for (let from = at; from < Math.min(at + ROW_BYTES, bytes.length); from += HALF_BYTES) {
      const runs: ByteRun[] = [];
      for (let i = from; i < Math.min(from + HALF_BYTES, bytes.length); i += 1) {
        const last = runs.at(-1);
        const field = owners[i] ?? null;
        if (last !== undefined && last.field === field) runs[runs.length - 1] = { ...last, length: last.length + 1 };
        else {
          runs.push({ order, at: i, length: 1, field });
          order += 1;
        }
      }
      halves.push(runs);
    }
    rows.push({ at, halves });
  }
  return rows;
}

/** The field a byte stands for: where several share it, the shortest, and of equally short ones the first with a meaning. */
function ownersOf(length: number, fields: readonly Field[]): readonly (Field | null)[] {
  const owners: (Field | null)[] = new Array(length).fill(null);
  for (const field of fields) {
    for (let i = field.at; i < Math.min(field.at + field.length, length); i += 1) {
      const owner = owners[i] ?? null;
      if (owner === null || field.length < owner.length || owner.name.endsWith('ip.flags.rb')) owners[i] = field;
    }
  }
  return owners;
}
