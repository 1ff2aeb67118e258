import { beforeEach, describe, expect, test } from 'vitest';
import { goToStep } from './actions';
import { actionOf, type KeyTarget } from './keys';
import { selectStepCount, selectStops } from './selectors';
import { INITIAL, useApp } from './store';

function press(key: string, { shift = false, other = false, target = 'elsewhere' as KeyTarget } = {}): void {
  actionOf({ key, shift, other }, target, useApp.getState().dialog !== null)?.();
}
const step = () => useApp.getState().stepIndex;
const last = () => selectStepCount(useApp.getState()) - 1;
beforeEach(() => useApp.setState(INITIAL, true));

describe('keys', () => {
  test('→ and ← step, and a clicker’s PageDown and PageUp do the same', () => {
    press('ArrowRight');
    press('PageDown');
    expect(step()).toBe(2);
    press('ArrowLeft');
    press('PageUp');
    expect(step()).toBe(0);
  });

  test('Shift+→ goes to the next hop, whatever the step size', () => {
    const [, hop] = selectStops(useApp.getState(), 'hop');
    press('ArrowRight', { shift: true });
    expect(step()).toBe(hop);
    press('ArrowLeft', { shift: true });
    expect(step()).toBe(0);
  });

  test('Home and End go to the ends, and no key goes beyond', () => {
    press('End');
    expect(step()).toBe(last());
    press('ArrowRight');
    expect(step()).toBe(last());
    press('Home');
    press('ArrowLeft');
    expect(step()).toBe(0);
  });

  test('Space plays and pauses; on a button it is the button’s', () => {
    press(' ');
    expect(useApp.getState().playing).toBe(true);
    press(' ', { target: 'pressable' });
    expect(useApp.getState().playing).toBe(true);
    press(' ');
    expect(useApp.getState().playing).toBe(false);
  });

  test('playing stops at the last step', () => {
    goToStep(last() - 1);
    press(' ');
    press('ArrowRight');
    expect(useApp.getState().playing).toBe(false);
  });

  test('[ and ] change the speed within its limits', () => {
    press(']');
    expect(useApp.getState().speed).toBe(2);
    press(']');
    press(']');
    expect(useApp.getState().speed).toBe(4);
    press('[');
    expect(useApp.getState().speed).toBe(2);
  });

  test('? opens the help, where other keys do nothing and Esc closes', () => {
    press('?', { shift: true });
    expect(useApp.getState().dialog).toBe('help');
    press('ArrowRight');
    expect(step()).toBe(0);
    press('Escape');
    expect(useApp.getState().dialog).toBeNull();
  });

  test('P presents and ends it, large or small', () => {
    press('p');
    expect(useApp.getState().presenting).toBe(true);
    press('P', { shift: true });
    expect(useApp.getState().presenting).toBe(false);
  });

  test.each(['ArrowRight', ' ', 'End', '?', ']', 'p'])(
    '%j does nothing while a text is typed or with Ctrl, Alt or Meta',
    (key) => {
      press(key, { target: 'typing' });
      press(key, { other: true });
      expect(useApp.getState()).toEqual(INITIAL);
    },
  );

  test('a step beyond the run, as an old link may ask for, counts as the last one', () => {
    useApp.setState({ stepIndex: 99_999 });
    press('ArrowLeft');
    expect(step()).toBe(last() - 1);
  });
});
