import { invariant } from './result';

/*
 * Chance without state: a value is a pure function of the seed and of what it is for, so asking in
 * another order, or for something more, changes no other answer. Mixing steps and constants are those of
 * MurmurHash3_x86_32 (public domain). Not for secrets.
 */

const NUMBER_TAG = 0x6e; // keeps the number 1 apart from the text '1'
const STRING_TAG = 0x73;

/** uint32 for a seed and the parts that name a purpose, e.g. `hash32(seed, 'ip-id', 'pod1', 3)`. */
export function hash32(seed: number, ...parts: readonly (number | string)[]): number {
  let state = stirNumber(0, seed);
  for (const part of parts) {
    if (typeof part === 'number') {
      state = stirNumber(stir(state, NUMBER_TAG), part);
    } else {
      state = stir(stir(state, STRING_TAG), part.length);
      for (let i = 0; i < part.length; i += 1) state = stir(state, part.charCodeAt(i));
    }
  }
  return finish(state ^ parts.length);
}

function stirNumber(state: number, value: number): number {
  invariant(Number.isSafeInteger(value), `hash32 takes whole numbers, not ${value}`);
  return stir(stir(state, value >>> 0), Math.floor(value / 0x1_0000_0000));
}

function stir(state: number, word: number): number {
  const scrambled = Math.imul(rotateLeft(Math.imul(word, 0xcc9e2d51), 15), 0x1b873593);
  return (Math.imul(rotateLeft(state ^ scrambled, 13), 5) + 0xe6546b64) | 0;
}

function finish(state: number): number {
  let out = state;
  out = Math.imul(out ^ (out >>> 16), 0x85ebca6b);
  out = Math.imul(out ^ (out >>> 13), 0xc2b2ae35);
  return (out ^ (out >>> 16)) >>> 0;
}

const rotateLeft = (word: number, bits: number): number => (word << bits) | (word >>> (32 - bits));
