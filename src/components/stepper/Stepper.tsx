import { useEffect } from 'react';
import type { StepSize } from '../../engine/analysis/stops';
import { goToFirst, goToLast, setSpeed, setStepSize, stepBack, stepForward, togglePlaying } from '../../store/actions';
import { beginBusy } from '../../store/environment';
import { selectSession, selectStepCount, selectStepIndex, selectText } from '../../store/selectors';
import { SPEEDS, useApp } from '../../store/store';
import { Icon, type IconName } from './Icon';
import { PanelChoice } from './PanelChoice';
import styles from './Stepper.module.css';
import { StepWords } from './StepWords';
import { Timeline } from './Timeline';

/** How long a stop is shown at 1×: a sentence takes a while to read. */
const STAY_MS: Readonly<Record<StepSize, number>> = { decision: 1600, hop: 2400, packet: 3200 };
const SIZES: readonly StepSize[] = ['decision', 'hop', 'packet'];

export function Stepper() {
  const text = useApp(selectText).stepper;
  const { trace } = useApp(selectSession);
  const count = useApp(selectStepCount);
  const index = useApp(selectStepIndex);
  const playing = useApp((s) => s.playing);
  const speed = useApp((s) => s.speed);
  const size = useApp((s) => s.stepSize);
  usePlaying(index);
  const atEnd = index >= count - 1;
  return (
    <nav className={styles.stepper} aria-label={text.label}>
      <StepWords />
      <div className={styles.buttons}>
        <Control icon="first" label={text.first} onClick={goToFirst} disabled={index === 0} atEdge />
        <Control icon="back" label={text.back} onClick={() => stepBack()} disabled={index === 0} />
        <Control
          icon={playing ? 'pause' : 'play'}
          label={playing ? text.pause : text.play}
          onClick={togglePlaying}
          primary
        />
        <Control icon="forward" label={text.forward} onClick={() => stepForward()} disabled={atEnd} />
        <Control icon="last" label={text.last} onClick={goToLast} disabled={atEnd} atEdge />
      </div>
      <select
        className={styles.select}
        aria-label={text.speed}
        value={speed}
        onChange={(event) => setSpeed(SPEEDS.find((one) => String(one) === event.target.value) ?? 1)}
      >
        {SPEEDS.map((one) => (
          <option key={one} value={one}>
            {one}×
          </option>
        ))}
      </select>
      <span className={styles.sizeShort} aria-hidden="true">
        {text.sizeShort}
      </span>
      <select
        className={styles.select}
        aria-label={text.size}
        value={size}
        onChange={(event) => setStepSize(SIZES.find((one) => one === event.target.value) ?? 'decision')}
      >
        {SIZES.map((one) => (
          <option key={one} value={one}>
            {text.sizes[one]}
          </option>
        ))}
      </select>
      <div className={styles.timeline}>
        <Timeline trace={trace} index={index} text={text} />
      </div>
      <output className={styles.position}>{text.position(Math.min(index + 1, count), count)}</output>
      <div className={styles.choice}>
        <PanelChoice />
      </div>
    </nav>
  );
}

interface ControlProps {
  readonly icon: IconName;
  readonly label: string;
  readonly onClick: () => void;
  readonly disabled?: boolean;
  readonly primary?: boolean;
  readonly atEdge?: boolean; // left out on a phone, where the slider's ends are near
}

/** Stays focusable at the end of the run, so that the keyboard does not lose its place. */
function Control({ icon, label, onClick, disabled = false, primary = false, atEdge = false }: ControlProps) {
  return (
    <button
      type="button"
      className={[styles.control, primary && 'primary', atEdge && styles.atEdge].filter(Boolean).join(' ')}
      aria-label={label}
      title={label}
      aria-disabled={disabled}
      onClick={disabled ? undefined : onClick}
    >
      <Icon name={icon} />
    </button>
  );
}

/** While playing, the next stop follows after a while; each step starts the wait anew. */
function usePlaying(index: number): void {
  const playing = useApp((s) => s.playing);
  const speed = useApp((s) => s.speed);
  const size = useApp((s) => s.stepSize);
  // biome-ignore lint/correctness/useExhaustiveDependencies: every new step waits again
  useEffect(() => {
    if (!playing) return;
    const rested = beginBusy();
    const timer = setTimeout(() => stepForward(), STAY_MS[size] / speed);
    return () => {
      clearTimeout(timer);
      rested();
    };
  }, [playing, speed, size, index]);
}
