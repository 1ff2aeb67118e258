import { useEffect, useId, useRef } from 'react';
import { type GlossaryEntry, glossaryOf } from '../../i18n/glossary';
import { useApp } from '../../store/store';
import styles from './Glossed.module.css';
import { partsOf } from './glossed-parts';
import { Rich } from './Rich';

/** Long enough to move the pointer from a word onto its meaning, which then stays (WCAG 2.2, 1.4.13). */
const LEAVE_MS = 250;

interface Props {
  readonly text: string;
  readonly after?: string; // what stands before it in the same place
}

/**
 * A text whose words of the field explain themselves: on hover, by a tap, and on focus. Its first word is the text's one tab
 * stop and then tells the meanings of all of them: a stop for each word would put twenty between a reader and the tables, and
 * the arrow keys, which could lead from word to word, lead through the steps.
 */
export function Glossed({ text, after }: Props) {
  const lang = useApp((s) => s.lang);
  const parts = partsOf(text, glossaryOf(lang), after);
  const words = parts.flatMap(({ entry }) => entry ?? []);
  return parts.map(({ at, text: part, entry }) =>
    entry === null ? (
      <Rich key={at} text={part} />
    ) : (
      <Term key={at} word={part} entries={entry === words[0] ? words : [entry]} isStop={entry === words[0]} />
    ),
  );
}

interface TermProps {
  readonly word: string;
  readonly entries: readonly GlossaryEntry[]; // its own first
  readonly isStop: boolean;
}

function Term({ word, entries, isStop }: TermProps) {
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
  const show = (only: 'own' | 'all') => {
    clearTimeout(leaving.current);
    const [panel, at] = [meaning.current, button.current?.getBoundingClientRect()];
    if (panel === null || at === undefined || panel.matches(':popover-open')) return;
    panel.dataset.only = only;
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
        tabIndex={isStop ? 0 : -1}
        onPointerEnter={() => show('own')}
        onPointerLeave={leave}
        onFocus={() => show('all')}
        onBlur={hide}
        onClick={() => show('all')}
      >
        {word}
      </button>
      <span
        id={id}
        ref={meaning}
        popover="manual"
        role="tooltip"
        className={styles.meaning}
        onPointerEnter={() => clearTimeout(leaving.current)}
        onPointerLeave={leave}
      >
        {entries.map(({ id: key, term, meaning: said }) => (
          <span key={key}>
            <strong>{term}</strong>: {said}
          </span>
        ))}
      </span>
    </>
  );
}
