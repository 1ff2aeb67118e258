import { useEffect, useId, useRef } from 'react';
import type { GlossaryEntry } from '../../i18n/en/glossary';
import { Rich } from '../shared/Rich';
import styles from './Glossary.module.css';
import { partsOf } from './glossed-parts';
import { useTexts } from './texts';

/** Long enough to move the pointer from a word onto its meaning, which then stays (WCAG 2.2, 1.4.13). */
const LEAVE_MS = 250;

/** A text whose words of the field explain themselves: on hover, on focus, and by a tap. */
export function Glossed({ text }: { readonly text: string }) {
  const { lecture } = useTexts();
  return partsOf(text, lecture.glossary).map(({ at, text: part, entry }) =>
    entry === null ? <Rich key={at} text={part} /> : <Term key={at} word={part} entry={entry} />,
  );
}

function Term({ word, entry }: { readonly word: string; readonly entry: GlossaryEntry }) {
  const id = useId();
  const button = useRef<HTMLButtonElement>(null);
  const meaning = useRef<HTMLSpanElement>(null);
  const leaving = useRef<ReturnType<typeof setTimeout>>(undefined);
  const shown = useRef<AbortController>(null);
  const hide = () => {
    clearTimeout(leaving.current);
    shown.current?.abort();
    if (meaning.current?.matches(':popover-open')) meaning.current.hidePopover();
  };
  const leave = () => {
    leaving.current = setTimeout(hide, LEAVE_MS);
  };
  useEffect(
    () => () => {
      clearTimeout(leaving.current);
      shown.current?.abort();
    },
    [],
  );
  /** Escape closes the meaning, however it was opened, and nothing else. */
  const onEscape = (event: KeyboardEvent) => {
    if (event.key !== 'Escape') return;
    event.stopPropagation();
    hide();
  };
  const show = () => {
    clearTimeout(leaving.current);
    const [panel, at] = [meaning.current, button.current?.getBoundingClientRect()];
    if (panel === null || at === undefined || panel.matches(':popover-open')) return;
    panel.showPopover();
    shown.current = new AbortController();
    window.addEventListener('keydown', onEscape, { capture: true, signal: shown.current.signal });
    panel.style.left = `${Math.max(8, Math.min(at.left, innerWidth - panel.offsetWidth - 8))}px`;
    const below = at.bottom + 4;
    panel.style.top = `${below + panel.offsetHeight > innerHeight ? at.top - panel.offsetHeight - 4 : below}px`;
  };
  return (
    <>
      <button
        type="button"
        ref={button}
        className={styles.term}
        aria-describedby={id}
        onPointerEnter={show}
        onPointerLeave={leave}
        onFocus={show}
        onBlur={hide}
        onClick={show}
      >
        {word}
      </button>
      <span
        id={id}
        ref={meaning}
        popover="manual"
        role="tooltip"
        className={styles.meaning}
        onPointerEnter={show}
        onPointerLeave={leave}
      >
        <strong>{entry.term}</strong>: {entry.meaning}
      </span>
    </>
  );
}
