/**
 * The address keeps what is shown: `#step=21&lang=zh&panel=ladder`. Only what differs from a fresh page is written. A
 * value that makes no sense is passed over, as if it were not there. Nothing in a hash reaches a server.
 */
import { EXAMPLE_IDS } from '../engine/control-plane/example-ids';
import { LANGS } from '../i18n';
import { restore } from './actions';
import { changeText, readChangeText } from './change-text';
import { isControlPlaneLoaded, loadControlPlane } from './control-plane';
import { beginBusy, whileBusy } from './environment';
import { OWN, SCENARIOS } from './scenarios';
import { isFault } from './selectors';
import { type AppState, INITIAL, MODES, useApp } from './store';

type Kept = Pick<
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
const CHANGES_MAX = 100; // a link with more was not made here
const SIZES = ['decision', 'hop', 'packet'] as const satisfies readonly AppState['stepSize'][];
const WRITE_DELAY_MS = 200; // browsers allow about 100 writes in 30 seconds; a held key makes more

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

/** What a hash asks for; absent where it says nothing or nothing sensible. */
export function readHash(hash: string): Partial<Kept> {
  const asked = given(hash);
  const step = asked.get('step') ?? '';
  const example = oneOf(EXAMPLE_IDS, asked.get('event'));
  const moment = asked.get('moment') ?? '';
  const command = asked.get('command') || undefined;
  const changes = asked
    .getAll('change')
    .slice(0, CHANGES_MAX)
    .flatMap((text) => readChangeText(text, isFault) ?? []);
  const found = {
    stepIndex: /^[1-9]\d{0,8}$/.test(step) ? Number(step) - 1 : undefined,
    lang: langIn(hash),
    panel: oneOf(PANELS, asked.get('panel')),
    stepSize: oneOf(SIZES, asked.get('size')),
    scenario: SCENARIOS.find(({ id }) => id === asked.get('scenario'))?.id,
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

/** Takes the address as it is now, then keeps address and store in step. Call after the language is known. */
export function startHash(): void {
  const fresh: Kept = { ...INITIAL, lang: useApp.getState().lang };
  const shown: Partial<AppState> = {
    command: fresh.command,
    typed: false,
    mode: fresh.mode,
    timeline: null,
    changes: [],
    undone: [],
    presenting: false,
    lecture: null,
  };
  // What was changed or asked here is no part of what another link shows.
  const take = () => {
    const asked = { ...shown, ...readHash(location.hash) };
    if (asked.timeline == null || isControlPlaneLoaded()) restore(asked);
    else void whileBusy(loadControlPlane()).then(() => restore(asked));
  };
  let timer: ReturnType<typeof setTimeout> | undefined;
  let settled = () => {};
  const write = () => {
    clearTimeout(timer);
    timer = undefined;
    const hash = writeHash(useApp.getState(), fresh);
    if (hash !== location.hash)
      history.replaceState(null, '', hash === '' ? location.pathname + location.search : hash);
    settled();
  };
  take();
  // The user's own cluster is not in a link, but this tab may still have it.
  if (given(location.hash).get('scenario') === OWN) {
    const asked = location.hash;
    const restored = import('./own-cluster').then(({ restoreOwn }) => restoreOwn());
    void whileBusy(restored).then(() => useApp.getState().own !== null && restore(readHash(asked)));
  }
  window.addEventListener('hashchange', take);
  window.addEventListener('pagehide', write);
  useApp.subscribe(() => {
    if (timer === undefined) settled = beginBusy();
    clearTimeout(timer);
    timer = setTimeout(write, WRITE_DELAY_MS);
  });
}
