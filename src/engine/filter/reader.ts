/** The tokens of a filter, read one after the other, and how a wrong one is reported. */

import { type Token, tokensOf } from './tokens';
import type { Expected, FilterError, Level } from './types';

/** Left by the deepest rule that finds the filter wrong, caught by `parseFilter`: it leaves this folder as a value. */
export class WrongFilter extends Error {
  constructor(readonly error: FilterError) {
    super(error.kind);
  }
}

/** Enough for any filter that somebody types; keeps a text of nothing but parentheses from nesting without end. */
const DEPTH_MAX = 100;

export class Reader {
  private readonly tokens: readonly Token[];
  private index = 0;
  private depth = 0;
  /** Where the next primitive looks. */
  level: Level = { tunnels: 0, tags: 0 };

  constructor(private readonly text: string) {
    this.tokens = tokensOf(text);
  }

  /** The next word or sign, in lower case; null at the end. */
  peek(ahead = 0): string | null {
    return this.tokens[this.index + ahead]?.text.toLowerCase() ?? null;
  }

  take(): Token {
    const token = this.tokens[this.index];
    if (token === undefined) return { text: '', at: this.text.length };
    this.index += 1;
    return token;
  }

  /** Takes the next one if it is among these. */
  takeIf(...texts: readonly string[]): string | null {
    const next = this.peek();
    if (next === null || !texts.includes(next)) return null;
    this.index += 1;
    return next;
  }

  /** What `read` gives, one level deeper. */
  nest<T>(read: () => T): T {
    if (this.depth >= DEPTH_MAX) this.fail('primitive', 'out-of-range');
    this.depth += 1;
    try {
      return read();
    } finally {
      this.depth -= 1;
    }
  }

  /** What `read` gives, or null and everything as before if it finds a mistake. */
  attempt<T>(read: () => T | null): T | null {
    const before = { index: this.index, level: this.level };
    try {
      const value = read();
      if (value !== null) return value;
    } catch (error) {
      if (!(error instanceof WrongFilter)) throw error;
    }
    this.index = before.index;
    this.level = before.level;
    return null;
  }

  /** The next token is wrong; or, given one that was taken, that one. */
  fail(expected: Expected, kind: FilterError['kind'] = 'unexpected', token = this.tokens[this.index]): never {
    if (token === undefined || token.text === '') {
      throw new WrongFilter({ at: this.text.length, length: 0, kind: 'end', expected });
    }
    throw new WrongFilter({ at: token.at, length: token.text.length, kind, expected });
  }
}
