/**
 * A lesson as a file: JSON with a name and a version, so that one made today still opens tomorrow. A step says how the
 * cluster stands, at which event of its run the lesson stops, what the lecturer notes there, and what is asked.
 */
import * as v from 'valibot';
import { err, ok, type Result } from '../engine/base/result';
import { QUESTION_KINDS } from '../engine/questions/question';
import type { Trace } from '../engine/sim/trace';

const FORMAT = 'hopscope-lesson';
export const VERSION = 1;
const STEPS_MAX = 500;
const TEXT_MAX = 4000; // characters of a note

const text = v.pipe(v.string(), v.maxLength(TEXT_MAX));
/** In one language or in both; a reader of the other one sees what there is. */
const words = v.strictObject({ en: v.optional(text), zh: v.optional(text) });

const setup = v.strictObject({
  mode: v.optional(v.picklist(['host-gw', 'vxlan', 'ipip', 'same-node']), 'host-gw'),
  changes: v.optional(v.pipe(v.array(text), v.maxLength(100)), []), // as in a link: 'route-missing|node1: ip route del …'
  command: v.optional(v.nullable(text), null), // null: the scenario's own
});

/** The n-th event of this kind on this host: it stays true where a run gets a step more or less. */
const anchor = v.strictObject({
  host: text,
  event: text,
  nth: v.pipe(v.number(), v.integer(), v.minValue(1)),
});

const step = v.strictObject({
  setup: v.optional(v.nullable(setup), null), // null: as at the step before
  at: anchor,
  view: v.optional(v.picklist(['decision', 'matrix']), 'decision'),
  note: words,
  ask: v.optional(v.nullable(v.picklist(QUESTION_KINDS)), null), // asked before the step is shown
});

const lesson = v.strictObject({
  format: v.literal(FORMAT),
  version: v.literal(VERSION),
  title: words,
  about: v.optional(words, {}),
  scenario: v.optional(text, 'article'),
  steps: v.pipe(v.array(step), v.maxLength(STEPS_MAX)),
});

export type Lesson = v.InferOutput<typeof lesson>;
export type LessonStep = Lesson['steps'][number];
export type Setup = NonNullable<LessonStep['setup']>;
export type Anchor = LessonStep['at'];
export type Words = Lesson['title'];

export const EMPTY_LESSON: Lesson = {
  format: FORMAT,
  version: VERSION,
  title: {},
  about: {},
  scenario: 'article',
  steps: [],
};
export const PLAIN_SETUP: Setup = { mode: 'host-gw', changes: [], command: null };

export type LessonError =
  | { readonly kind: 'not-json' }
  | { readonly kind: 'not-a-lesson' }
  | { readonly kind: 'version'; readonly version: string }
  | { readonly kind: 'shape'; readonly path: string };

/** Never throws, whatever the text holds. */
export function readLesson(source: string): Result<Lesson, LessonError> {
  let value: unknown;
  try {
    value = JSON.parse(source);
  } catch {
    return err({ kind: 'not-json' });
  }
  const head = v.safeParse(v.object({ format: v.literal(FORMAT), version: v.unknown() }), value);
  if (!head.success) return err({ kind: 'not-a-lesson' });
  if (head.output.version !== VERSION) return err({ kind: 'version', version: String(head.output.version) });
  const read = v.safeParse(lesson, value);
  return read.success ? ok(read.output) : err({ kind: 'shape', path: v.getDotPath(read.issues[0]) ?? '' });
}

/** What is as it would be anyway is not written. */
export function writeLesson(made: Lesson): string {
  const steps = made.steps.map(({ setup: how, at, view, note, ask }) => ({
    ...(how === null ? {} : { setup: how }),
    at,
    ...(view === 'decision' ? {} : { view }),
    ...(ask === null ? {} : { ask }),
    note,
  }));
  return `${JSON.stringify({ ...made, steps }, null, 2)}\n`;
}

/** How the cluster stands at a step: as the last setup up to there says. */
export const setupAt = (made: Lesson, index: number): Setup =>
  made.steps.slice(0, index + 1).findLast(({ setup: how }) => how !== null)?.setup ?? PLAIN_SETUP;

export const anchorOf = (trace: Trace, index: number): Anchor | null => {
  const event = trace.steps[index]?.event;
  if (event === undefined) return null;
  const alike = trace.steps.filter((one) => one.event.host === event.host && one.event.kind === event.kind);
  return { host: event.host, event: event.kind, nth: alike.findIndex((one) => one.index === index) + 1 };
};

/** Null where the run has no such event: the lesson was made for another cluster. */
export function findAnchor(trace: Trace, { host, event, nth }: Anchor): number | null {
  const alike = trace.steps.filter((one) => one.event.host === host && one.event.kind === event);
  return alike[nth - 1]?.index ?? null;
}

/** In the reader's language, else in the one there is. */
export const inLang = ({ en, zh }: Words, lang: 'en' | 'zh'): string | null =>
  (lang === 'zh' ? zh || en : en || zh) || null;
