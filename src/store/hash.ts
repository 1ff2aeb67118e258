/**
 * The address keeps what is shown: `#step=21&lang=zh&panel=ladder`. Only what differs from a fresh page is written. A
 * value that makes no sense is passed over, as if it were not there; of changes that is said. Nothing in a hash reaches a
 * server. What stands in the address when this would be too long: store/address.
 */
import { EXAMPLE_IDS } from '../engine/control-plane/example-ids';
import { LANGS } from '../i18n';
import { changeText, readChangeText } from './change-text';
import { isFault } from './offers';
import { OWN, SCENARIOS } from './scenarios';
import { type AppState, MODES } from './store';

export type Kept = Pick<
  AppState,
  | 'scenario'
  | 'command'
  | 'typed'
  | 'mode'
  | 'timeline'
  | 'changes'
  | 'stepIndex'
  | 'stepSize'
  | 'lang'
  | 'panel'
  | 'presenting'
  | 'lecture'
>;

const PANELS = ['matrix', 'ladder', 'verdict', 'packets'] as const satisfies readonly AppState['panel'][];
/** Each change is carried out anew on a whole cluster; a hand makes tens of them. No link with more is made or shown. */
export const CHANGES_MAX = 1000;
const SIZES = ['decision', 'hop', 'packet'] as const satisfies readonly AppState['stepSize'][];

const oneOf = <T extends string>(all: readonly T[], text: string | null): T | undefined =>
  all.find((one) => one === text);

const given = (hash: string): URLSearchParams => new URLSearchParams(hash.replace(/^#/, ''));

/** The language a hash asks for, which is wanted before anything else is there. */
export const langIn = (hash: string): Kept['lang'] | undefined => oneOf(LANGS, given(hash).get('lang'));

/** `embed=1`, or the origin of the page that may lead this one: read by store/embed. */
const embedIn = (embed: string | null): string | undefined =>
  embed === null ? undefined : embed === '1' ? 'embed' : `embed:${embed}`;

/** Whether a hash asks for a time line, whose engine is wanted before anything is shown. */
export const isTimelineIn = (hash: string): boolean => given(hash).has('event');

/** Whether a hash shows the user's own cluster, which is in no link. */
export const isOwnIn = (hash: string): boolean => given(hash).get('scenario') === OWN;

/** How many changes a hash asks for, whether or not this page knows how to make them. */
export const changesIn = (hash: string): number => given(hash).getAll('change').length;

/** What a hash asks for; absent where it says nothing or nothing sensible. */
export function readHash(hash: string): Partial<Kept> {
  const asked = given(hash);
  const step = asked.get('step') ?? '';
  const example = oneOf(EXAMPLE_IDS, asked.get('event'));
  const moment = asked.get('moment') ?? '';
  const command = asked.get('command') || undefined;
  const changes = asked.getAll('change').flatMap((text) => readChangeText(text, isFault) ?? []);
  const found = {
    stepIndex: /^[1-9]\d{0,8}$/.test(step) ? Number(step) - 1 : undefined,
    lang: langIn(hash),
    panel: oneOf(PANELS, asked.get('panel')),
    stepSize: oneOf(SIZES, asked.get('size')),
    scenario: oneOf([OWN, ...SCENARIOS.map(({ id }) => id)], asked.get('scenario')),
    command,
    typed: command === undefined ? undefined : true,
    mode: oneOf(MODES, asked.get('mode')),
    timeline: example && { example, step: /^[1-9]\d{0,5}$/.test(moment) ? Number(moment) : 0 },
    changes: changes.length === 0 ? undefined : changes,
    presenting: asked.get('present') === '1' ? true : undefined,
    lecture: asked.get('lecture') || embedIn(asked.get('embed')),
  };
  return Object.fromEntries(Object.entries(found).filter(([, value]) => value !== undefined));
}

/** The hash for a state, '' for a fresh page's. */
export function writeHash(state: Kept, fresh: Kept): string {
  const kept = new URLSearchParams();
  if (state.scenario !== fresh.scenario) kept.set('scenario', state.scenario);
  if (state.mode !== fresh.mode) kept.set('mode', state.mode);
  if (state.timeline !== null) {
    kept.set('event', state.timeline.example);
    if (state.timeline.step > 0) kept.set('moment', String(state.timeline.step));
  }
  for (const change of state.changes) kept.append('change', changeText(change));
  if (state.command !== fresh.command) kept.set('command', state.command);
  if (state.stepIndex !== fresh.stepIndex) kept.set('step', String(state.stepIndex + 1));
  if (state.stepSize !== fresh.stepSize) kept.set('size', state.stepSize);
  if (state.lang !== fresh.lang) kept.set('lang', state.lang);
  if (state.panel !== fresh.panel) kept.set('panel', state.panel);
  if (state.presenting !== fresh.presenting) kept.set('present', '1');
  if (state.lecture !== null) kept.set('lecture', state.lecture);
  const text = kept.toString();
  return text === '' ? '' : `#${text}`;
}
