import styles from './StepButtons.module.css';
import { useTexts } from './texts';

interface Props {
  readonly back: () => void;
  readonly forward: () => void;
  readonly atStart: boolean;
  readonly atEnd: boolean;
  readonly position: string;
  readonly forwardText?: string; // where it does more than go on
}

/** Stays focusable at both ends, so that the keyboard does not lose its place. */
export function StepButtons({ back, forward, atStart, atEnd, position, forwardText }: Props) {
  const { text } = useTexts();
  const { stepper } = text;
  return (
    <>
      <button type="button" onClick={back} aria-disabled={atStart} aria-label={stepper.back} title={stepper.back}>
        ◀
      </button>
      <button
        type="button"
        className={`primary ${styles.forward}`}
        onClick={forward}
        aria-disabled={atEnd}
        aria-label={forwardText ?? stepper.forward}
        title={forwardText ?? stepper.forward}
      >
        {forwardText === undefined ? '▶' : `${forwardText} ▶`}
      </button>
      <output className={styles.position}>{position}</output>
    </>
  );
}
