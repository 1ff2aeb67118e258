/** Every shipped lesson against the engine: its steps exist, its questions can be asked, and its values are the model's. */
import { describe, expect, test } from 'vitest';
import { openSession, type Session } from '../engine/comparison/session';
import { questionsOf } from '../engine/questions/questions';
import { applyEdits } from '../engine/topology/edits';
import { FAULTS, type FaultId } from '../engine/topology/faults';
import { asIpip, asVxlan } from '../engine/topology/modes';
import { article } from '../engine/topology/scenarios/article';
import { loadCatalogue } from '../i18n';
import { explainEvent } from '../i18n/sentence';
import { contextAt } from '../i18n/sentence-values';
import { readChangeText } from '../store/change-text';
import { findAnchor, type Lesson, readLesson, type Setup, setupAt, writeLesson } from './lesson';
import { SHIPPED } from './shipped';

const PING = 'pod1: ping -c 1 10.244.2.2';
const isFault = (id: string): id is FaultId => FAULTS.some((fault) => fault.id === id);
const sessions = new Map<string, Session>();

function sessionOf(setup: Setup): Session {
  const key = JSON.stringify(setup);
  const known = sessions.get(key);
  if (known !== undefined) return known;
  const carried = setup.mode === 'vxlan' ? asVxlan(article) : setup.mode === 'ipip' ? asIpip(article) : article;
  const edits = setup.changes.flatMap((text) => {
    const change = readChangeText(text, isFault);
    if (change === null) throw new Error(`no change: ${text}`);
    return change.edits;
  });
  const applied = applyEdits(carried, edits);
  if (!applied.ok) throw new Error(`cannot be made: ${JSON.stringify(applied.error)}`);
  const session = openSession({ topology: applied.value, command: setup.command ?? PING, typed: true, captures: [] });
  sessions.set(key, session);
  return session;
}

const steps = (lesson: Lesson) =>
  lesson.steps.map((step, i) => ({ step, n: i + 1, session: sessionOf(setupAt(lesson, i)) }));

describe.each(SHIPPED.map(({ id, lesson }) => [id, lesson] as const))('the lesson %s', (_, lesson) => {
  test('has ten to twenty-five steps, each with a note in both languages', () => {
    expect(lesson.steps.length).toBeGreaterThanOrEqual(10);
    expect(lesson.steps.length).toBeLessThanOrEqual(25);
    for (const { title, about } of [lesson]) expect([title.en, title.zh, about.en, about.zh].every(Boolean)).toBe(true);
    for (const { note } of lesson.steps) expect([note.en, note.zh].every(Boolean)).toBe(true);
  });
  test('stops at events that happen', () => {
    for (const { step, n, session } of steps(lesson))
      expect(findAnchor(session.trace, step.at), `step ${n}`).not.toBeNull();
  });
  test('asks what can be asked there', () => {
    for (const { step, n, session } of steps(lesson)) {
      if (step.ask === null) continue;
      const index = findAnchor(session.trace, step.at) ?? 0;
      const all = questionsOf(session.trace, session.topology, session.command);
      const asked = all.find((one) => one.kind === step.ask && (one.step >= index || one.evidence >= index));
      expect(asked, `step ${n}: ${step.ask}`).toBeDefined();
    }
  });
  test('names only addresses of its cluster', () => {
    for (const { step, n, session } of steps(lesson)) {
      const known = JSON.stringify(
        session.topology.hosts.map(({ devices, routes }) => [devices, routes]),
        (_key, value) => (value instanceof Map ? [...value] : value),
      );
      for (const mac of `${step.note.en} ${step.note.zh}`.match(/(?:[0-9a-f]{2}:){5}[0-9a-f]{2}/g) ?? [])
        expect(known, `step ${n}`).toContain(mac);
    }
  });
  test('says the same values in both languages', () => {
    const values = (text = ''): readonly string[] =>
      [
        ...new Set(
          text.match(/\d+(?:\.\d+){3}(?:\/\d+)?|(?:[0-9a-f]{2}:){5}[0-9a-f]{2}|(?:node|pod)[12](?:\.cap)?/g) ?? [],
        ),
      ].sort();
    for (const { step, n } of steps(lesson)) expect(values(step.note.zh), `step ${n}`).toEqual(values(step.note.en));
  });
  test('comes back the same from a file', () => {
    expect(readLesson(writeLesson(lesson))).toEqual({ ok: true, value: lesson });
  });
});

describe('what the article’s lesson claims in its notes', () => {
  const lesson = SHIPPED.find(({ id }) => id === 'article')?.lesson;
  test('each bold address, MAC, TTL and prefix stands in the step’s own sentence, or in one near it', async () => {
    const text = await loadCatalogue('en');
    if (lesson === undefined) throw new Error('it is shipped');
    for (const { step, n, session } of steps(lesson)) {
      const index = findAnchor(session.trace, step.at) ?? 0;
      const near = session.trace.steps.slice(Math.max(0, index - 24), index + 40).map((one) => {
        const { lead, why } = explainEvent(one.event, contextAt(session.trace, one, text));
        return `${lead} ${why}`;
      });
      const said = near.join('\n').replaceAll('**', '');
      const bold = [...(step.note.en ?? '').matchAll(/\*\*([^*]+)\*\*/g)].flatMap(
        ([, value]) => value?.match(/\d+(?:\.\d+){3}(?:\/\d+)?|(?:[0-9a-f]{2}:){5}[0-9a-f]{2}|^\d+$/g) ?? [],
      );
      for (const value of bold) expect(said, `step ${n}: ${value}`).toContain(value);
    }
  });
});

describe('a file that is no lesson', () => {
  test.each([
    ['{', 'not-json'],
    ['[]', 'not-a-lesson'],
    ['{"format":"hopscope-lesson","version":2}', 'version'],
    ['{"format":"hopscope-lesson","version":1,"title":{},"steps":[{}]}', 'shape'],
    ['{"format":"hopscope-lesson","version":1,"title":{},"steps":[],"script":"x"}', 'shape'],
  ])('%s is refused and said why', (source, kind) => {
    const read = readLesson(source);
    expect(read.ok ? 'ok' : read.error.kind).toBe(kind);
  });
});
