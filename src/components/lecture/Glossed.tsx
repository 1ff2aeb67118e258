import { useId, useRef } from 'react';
import type { GlossaryEntry } from '../../i18n/en/glossary';
import { Rich } from '../shared/Rich';
import styles from './Glossary.module.css';
import { partsOf } from './glossed-parts';
import { useTexts } from './texts';

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
  const show = () => {
    const [panel, at] = [meaning.current, button.current?.getBoundingClientRect()];
    if (panel === null || at === undefined || panel.matches(':popover-open')) return;
    panel.showPopover();
    panel.style.left = `${Math.max(8, Math.min(at.left, innerWidth - panel.offsetWidth - 8))}px`;
    const below = at.bottom + 4;
    panel.style.top = `${below + panel.offsetHeight > innerHeight ? at.top - panel.offsetHeight - 4 : below}px`;
  };
  const hide = () => meaning.current?.hidePopover();
  return (
    <>
      <button
        type="button"
        ref={button}
        className={styles.term}
        aria-describedby={id}
        onPointerEnter={show}
        onPointerLeave={hide}
        onFocus={show}
        onBlur={hide}
        onClick={show}
        onKeyDown={(event) => event.key === 'Escape' && hide()}
      >
        {word}
      </button>
      <span id={id} ref={meaning} popover="manual" role="tooltip" className={styles.meaning}>
        <strong>{entry.term}</strong>: {entry.meaning}
      </span>
    </>
  );
}
