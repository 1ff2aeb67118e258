/**
 * The page inside another one: `#embed=1`, or `#embed=https://course.example` where that site may lead it. Messages of any
 * other origin are not read. In: `{ hopscope: 'forward' | 'back' }` or `{ hopscope: 'step', step: 30 }`. Out, to the same
 * origin, after each step: `{ hopscope: 'step', step, of }`.
 */
import { goToStep, stepBack, stepForward } from './actions';
import { addressOf } from './address';
import { selectStepCount, selectStepIndex } from './selectors';
import { useApp } from './store';

/** The origin that may lead; without one in the link only our own. */
export function leaderIn(lecture: string | null): string {
  const named = lecture?.startsWith('embed:') ? lecture.slice('embed:'.length) : '';
  try {
    const { origin, protocol } = new URL(named);
    return protocol === 'https:' || protocol === 'http:' ? origin : location.origin;
  } catch {
    return location.origin;
  }
}

/** What a message asks for; null where it is none of ours. */
export function askedBy(data: unknown): (() => void) | null {
  if (typeof data !== 'object' || data === null || !('hopscope' in data)) return null;
  if (data.hopscope === 'forward') return () => stepForward();
  if (data.hopscope === 'back') return () => stepBack();
  const step = data.hopscope === 'step' && 'step' in data ? data.step : null;
  return typeof step === 'number' && Number.isSafeInteger(step) && step >= 1 ? () => goToStep(step - 1) : null;
}

/** Listens until the function it returns is called. */
export function obeyParent(leader: string): () => void {
  const onMessage = ({ origin, source, data }: MessageEvent<unknown>): void => {
    if (origin === leader && source === window.parent) askedBy(data)?.();
  };
  const tell = (): void => {
    const state = useApp.getState();
    const message = { hopscope: 'step', step: selectStepIndex(state) + 1, of: selectStepCount(state) };
    if (window.parent !== window) window.parent.postMessage(message, leader);
  };
  window.addEventListener('message', onMessage);
  const stop = useApp.subscribe((now, before) => {
    if (now.stepIndex !== before.stepIndex) tell();
  });
  tell();
  return () => {
    window.removeEventListener('message', onMessage);
    stop();
  };
}

/** Where this very step is shown by the page itself. In plain: what made this page an embedded one is left out. */
export const fullAddress = (): string => addressOf({ lecture: null });

/** What a course's page holds to show this very step. */
export function embedCode(title: string): string {
  const src = addressOf({ lecture: null }, 'embed=1');
  const safe = src.replaceAll('&', '&amp;').replaceAll('"', '&quot;');
  return `<iframe src="${safe}" title="${title}" width="800" height="560"></iframe>`;
}
