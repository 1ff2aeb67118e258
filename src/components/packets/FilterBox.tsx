import { useId } from 'react';
import type { FilterError } from '../../engine/filter/types';
import styles from './Packets.module.css';
import { useTexts } from './texts';

interface Props {
  readonly typed: string;
  readonly onType: (text: string) => void;
  readonly error: FilterError | null;
}

/** A filter in tcpdump's language. Where it is wrong, it says so below, with the place marked. */
export function FilterBox({ typed, onType, error }: Props) {
  const { t } = useTexts();
  const id = useId();
  return (
    <div className={styles.filter}>
      <label htmlFor={`${id}-text`}>{t.filter}</label>
      <input
        id={`${id}-text`}
        className={styles.filterText}
        type="search"
        value={typed}
        placeholder={t.filterHint}
        list={`${id}-examples`}
        autoComplete="off"
        autoCapitalize="none"
        spellCheck={false}
        aria-invalid={error !== null}
        aria-describedby={`${id}-error`}
        onChange={(event) => onType(event.target.value)}
      />
      <datalist id={`${id}-examples`}>
        {t.examples.map((example) => (
          <option key={example} value={example} />
        ))}
      </datalist>
      <div id={`${id}-error`} className={styles.error} role="status">
        {error !== null && (
          <>
            <code className={styles.wrongText}>
              {typed.slice(0, error.at)}
              <mark className={styles.wrongPlace}>{typed.slice(error.at, error.at + error.length) || '\u00a0'}</mark>
              {typed.slice(error.at + error.length)}
            </code>{' '}
            {t.wrong(t.filterError(error, typed))}
          </>
        )}
      </div>
    </div>
  );
}
