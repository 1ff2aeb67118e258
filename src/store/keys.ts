/** The keyboard. Inert while a text is typed, a list is open or a dialog is up; a focused button keeps its own Space. */
import {
  changeSpeed,
  closeDialog,
  goToFirst,
  goToLast,
  openDialog,
  redoChange,
  stepBack,
  stepForward,
  togglePlaying,
  togglePresenting,
  undoChange,
} from './actions';
import { useApp } from './store';

/** What a key press is, as far as it matters here. */
export interface KeyPress {
  readonly key: string;
  readonly shift: boolean;
  readonly other: boolean; // Ctrl, Alt or Meta: the browser's own
  readonly command?: boolean; // Ctrl or Meta, and no Alt
}

/** Where the key was pressed: in a text or list, on something that Space presses, or anywhere else. */
export type KeyTarget = 'typing' | 'pressable' | 'elsewhere';

export function actionOf(
  { key, shift, other, command = false }: KeyPress,
  target: KeyTarget,
  dialogOpen: boolean,
): (() => void) | null {
  if (command && target !== 'typing' && !dialogOpen) return ofHistory(key.toLowerCase(), shift);
  if (other || target === 'typing') return null;
  if (dialogOpen) return key === 'Escape' ? closeDialog : null;
  switch (key) {
    case 'ArrowRight':
      return shift ? () => stepForward('hop') : () => stepForward();
    case 'ArrowLeft':
      return shift ? () => stepBack('hop') : () => stepBack();
    case 'PageDown':
      return () => stepForward();
    case 'PageUp':
      return () => stepBack();
    case 'Home':
      return goToFirst;
    case 'End':
      return goToLast;
    case ' ':
      return target === 'pressable' ? null : togglePlaying;
    case '[':
      return () => changeSpeed(-1);
    case ']':
      return () => changeSpeed(1);
    case 'p':
    case 'P':
      return togglePresenting;
    case '?':
      return () => openDialog('help');
    default:
      return null;
  }
}

/** Ctrl+Z and its like, which outside of a text mean the changes of the cluster. */
function ofHistory(key: string, shift: boolean): (() => void) | null {
  if (key === 'z') return shift ? redoChange : undoChange;
  return key === 'y' && !shift ? redoChange : null;
}

/** A slider takes keys as the page does, but for one that says it has its own; radio buttons and tabs move by arrows of their own. */
export function targetOf(element: Element | null): KeyTarget {
  if (element === null) return 'elsewhere';
  if (element.matches('input[type=range]:not([data-own-keys])')) return 'elsewhere';
  if (
    element.closest(
      'input, select, textarea, [contenteditable], [popover], [role=tab], [role=radio], [role=listbox], [role=grid]',
    )
  ) {
    return 'typing';
  }
  return element.closest('button, a[href], summary, [role=button]') === null ? 'elsewhere' : 'pressable';
}

export function startKeys(): () => void {
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.defaultPrevented || event.isComposing) return;
    const { key, shiftKey, ctrlKey, altKey, metaKey } = event;
    const command = (ctrlKey || metaKey) && !altKey;
    const press = { key, shift: shiftKey, other: ctrlKey || altKey || metaKey, command };
    const target = targetOf(event.target instanceof Element ? event.target : null);
    const action = actionOf(press, target, useApp.getState().dialog !== null);
    if (action === null) return;
    event.preventDefault();
    action();
  };
  window.addEventListener('keydown', onKeyDown);
  return () => window.removeEventListener('keydown', onKeyDown);
}
