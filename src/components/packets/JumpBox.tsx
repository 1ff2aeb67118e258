import { type FormEvent, useState } from 'react';
import { nextNumbered } from './jump';
import styles from './Packets.module.css';
import type { Source } from './sources';
import { useTexts } from './texts';
import { readNumber } from './words';

interface Props {
  readonly sources: readonly Source[];
  readonly numbers: Uint32Array;
  readonly from: number | null;
  readonly onFound: (number: number) => void;
}

/** Goes to the packet of a number; where several files have one, Enter goes from each to the next. */
export function JumpBox({ sources, numbers, from, onFound }: Props) {
  const { t } = useTexts();
  const [typed, setTyped] = useState('');
  const [missing, setMissing] = useState<number | null>(null);
  const go = (event: FormEvent): void => {
    event.preventDefault();
    const wanted = readNumber(typed);
    if (wanted === null) return;
    const found = nextNumbered(sources, numbers, wanted, from);
    setMissing(found === null ? wanted : null);
    if (found !== null) onFound(found);
  };
  return (
    <form className={styles.jump} onSubmit={go}>
      <input
        className={styles.jumpText}
        inputMode="numeric"
        aria-label={t.jump}
        title={t.jump}
        placeholder={t.jumpHint}
        value={typed}
        onChange={(event) => {
          setTyped(event.target.value);
          setMissing(null);
        }}
      />
      <button type="submit" disabled={readNumber(typed) === null}>
        {t.jumpGo}
      </button>
      <span className={styles.error} role="status">
        {missing !== null && t.noNumber(missing)}
      </span>
    </form>
  );
}
