/**
 * Which captured frame is which predicted one, at one capture point. Robust against a changed byte, a frame missing, a
 * frame too many and a duplicated one: pairs are found by identity, strictest first, and within one identity in order.
 */

import type { Dissected } from '../analysis/dissect';
import { sameBytes } from '../base/bytes';
import { type Identify, identify, LEVELS, type Level } from './match';

export interface Alignable {
  readonly frame: Dissected | null;
  readonly bytes: Uint8Array;
}

/** Beyond this many comparisons in one identity, order alone decides: a flood of equal frames has no better answer. */
const COMPARISONS_MAX = 1_000_000;

export interface Partner {
  readonly captured: number; // index
  readonly level: Level; // how strict the identity is that they share
}

/** For each predicted frame its captured one, or null. */
export function align(predicted: readonly Alignable[], captured: readonly Alignable[]): readonly (Partner | null)[] {
  const partner: (Partner | null)[] = predicted.map(() => null);
  const taken: boolean[] = captured.map(() => false);
  const keyOfPredicted = identify(predicted.map((one) => one.frame));
  const keyOfCaptured = identify(captured.map((one) => one.frame));
  for (const level of LEVELS) {
    const wanted = byKey(predicted.length, (i) => partner[i] === null, keyOfPredicted, level);
    if (wanted.size === 0) break;
    const offered = byKey(captured.length, (i) => taken[i] === false, keyOfCaptured, level, wanted);
    for (const [key, ours] of wanted) {
      const theirs = offered.get(key);
      if (theirs === undefined) continue;
      for (const [p, c] of pairUp(ours, theirs, predicted, captured)) {
        partner[p] = { captured: c, level };
        taken[c] = true;
      }
    }
  }
  return partner;
}

type Group = ReadonlyMap<string, readonly number[]>;

function byKey(count: number, isFree: (i: number) => boolean, key: Identify, level: Level, only?: Group): Group {
  const groups = new Map<string, number[]>();
  for (let i = 0; i < count; i += 1) {
    if (!isFree(i)) continue;
    const name = key(i, level);
    if (name === '' || (only !== undefined && !only.has(name))) continue;
    const group = groups.get(name);
    if (group === undefined) groups.set(name, [i]);
    else group.push(i);
  }
  return groups;
}

/** Equal frames first, in order; then the rest in order. */
function pairUp(
  ours: readonly number[],
  theirs: readonly number[],
  predicted: readonly Alignable[],
  captured: readonly Alignable[],
): readonly (readonly [number, number])[] {
  const pairs: (readonly [number, number])[] = [];
  const left = new Set(theirs);
  const unpaired: number[] = [];
  const compares = ours.length * theirs.length <= COMPARISONS_MAX && ours.length !== theirs.length;
  let from = 0;
  for (const p of ours) {
    const at = compares ? theirs.findIndex((c, i) => i >= from && equal(predicted[p], captured[c])) : -1;
    const c = theirs[at];
    if (c === undefined) {
      unpaired.push(p);
      continue;
    }
    pairs.push([p, c]);
    left.delete(c);
    from = at + 1;
  }
  const rest = [...left];
  for (const [i, p] of unpaired.entries()) {
    const c = rest[i];
    if (c !== undefined) pairs.push([p, c]);
  }
  return pairs;
}

const equal = (a: Alignable | undefined, b: Alignable | undefined): boolean =>
  a !== undefined && b !== undefined && sameBytes(a.bytes, b.bytes.subarray(0, a.bytes.length));
