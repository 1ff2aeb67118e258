/**
 * Text to filter, after libpcap's grammar.y: `and` and `or` bind equally and to the left, `not` binds tighter, and an address
 * or port without its words takes those of the primitive before it: `host a or b`, `port 80 or 443`.
 */
import type { Result } from '../base/result';
import { err, ok } from '../base/result';
import { readComparison } from './expression';
import { isBareValue, type Qualifiers, readStart, readValue } from './primitive';
import { Reader, WrongFilter } from './reader';
import type { Filter, FilterError, Level } from './types';

export function parseFilter(text: string): Result<Filter, FilterError> {
  const reader = new Reader(text);
  if (reader.peek() === null) return ok({ kind: 'all' });
  try {
    const filter = readExpression(reader, { last: null });
    if (reader.peek() !== null) reader.fail('and-or');
    return ok(filter);
  } catch (error) {
    if (error instanceof WrongFilter) return err(error.error);
    throw error;
  }
}

interface Context {
  /** The words of the last primitive, for a value without any. */
  last: Qualifiers | null;
}

function readExpression(reader: Reader, context: Context): Filter {
  let left = readTerm(reader, context);
  for (;;) {
    const kind = joinOf(reader.takeIf('and', '&&', 'or', '||'));
    if (kind === null) return left;
    left = { kind, left, right: readTerm(reader, context) };
  }
}

const joinOf = (word: string | null): 'and' | 'or' | null =>
  word === null ? null : word === 'and' || word === '&&' ? 'and' : 'or';

function readTerm(reader: Reader, context: Context): Filter {
  if (reader.takeIf('not', '!') !== null) return { kind: 'not', of: reader.nest(() => readTerm(reader, context)) };
  const level = reader.level;
  if (startsComparison(reader)) return { ...(readComparison(reader) ?? reader.fail('comparison')), level };
  const comparison = reader.attempt(() => readComparison(reader));
  if (comparison !== null) return { ...comparison, level };
  if (reader.takeIf('(') !== null) {
    const inner = reader.nest(() => readExpression(reader, context));
    if (reader.takeIf(')') === null) reader.fail('closing-parenthesis');
    return inner;
  }
  if (context.last !== null && isBareValue(reader)) return { ...readValue(reader, context.last), level };
  const start = readStart(reader);
  if (start.kind === 'whole') return { ...start.primitive, level };
  context.last = start.qualifiers;
  return readValues(reader, start.qualifiers, level);
}

/** One value, or several in parentheses: `host (a or b)`. */
function readValues(reader: Reader, qualifiers: Qualifiers, level: Level): Filter {
  if (reader.takeIf('(') === null) return { ...readValue(reader, qualifiers), level };
  let left: Filter = { ...readValue(reader, qualifiers), level };
  while (reader.takeIf(')') === null) {
    const kind = joinOf(reader.takeIf('and', '&&', 'or', '||'));
    if (kind === null) reader.fail('closing-parenthesis');
    left = { kind, left, right: { ...readValue(reader, qualifiers), level } };
  }
  return left;
}

/** What can begin nothing else. */
const startsComparison = (reader: Reader): boolean => reader.peek() === 'len' || reader.peek(1) === '[';
