import { memo, useMemo, useRef } from 'react';
import type { Trace } from '../../engine/sim/trace';
import type { Catalogue } from '../../i18n';
import { goToStep } from '../../store/actions';
import { Afterwards } from '../shared/Afterwards';
import { textWidth } from '../shared/text-width';
import { useSize } from '../shared/useSize';
import { groupsOf, hopMarks } from './groups';
import styles from './Timeline.module.css';

interface Props {
  readonly trace: Trace;
  readonly index: number;
  readonly text: Catalogue['stepper'];
}

const MARK_MIN = 5; // px between two hop marks

/** A native slider over the steps, with the packets it passes above it and a mark where a packet reaches a host. */
export function Timeline({ trace, index, text }: Props) {
  const ref = useRef<HTMLDivElement>(null);
  const size = useSize(ref);
  const count = trace.steps.length;
  const done = count < 2 ? 0 : index / (count - 1);
  return (
    <div className={styles.timeline} ref={ref}>
      {size !== null && (
        <Afterwards>
          <Marks trace={trace} names={text.groups} width={size.width} done={index} />
        </Afterwards>
      )}
      <input
        type="range"
        className={styles.slider}
        min={1}
        max={Math.max(1, count)}
        value={index + 1}
        aria-label={text.slider}
        aria-valuetext={text.sliderText(index + 1, count, trace.steps[index]?.event.host ?? '')}
        style={{ '--done': done } as React.CSSProperties}
        onChange={(event) => goToStep(event.target.valueAsNumber - 1)}
      />
    </div>
  );
}

interface MarksProps {
  readonly trace: Trace;
  readonly names: Catalogue['stepper']['groups'];
  readonly width: number;
  readonly done: number;
}

const THUMB = 18; // px; the slider's value moves between the centres of the thumb at both ends

const Marks = memo(function Marks({ trace, names, width, done }: MarksProps) {
  const last = Math.max(1, trace.steps.length - 1);
  const groups = useMemo(() => groupsOf(trace), [trace]);
  const hops = useMemo(() => hopMarks(trace, width / MARK_MIN), [trace, width]);
  const at = (step: number) => THUMB / 2 + ((width - THUMB) * Math.min(Math.max(step, 0), last)) / last;
  return (
    <div aria-hidden="true">
      {groups.map(({ name, from, to }) => {
        const [left, right] = [at(from - 0.5), at(to + 0.5)];
        const fits = textWidth(names[name], { size: 13 }) <= right - left - 6;
        const here = done >= from && done <= to;
        return (
          <span
            key={from}
            className={here ? `${styles.group} ${styles.here}` : styles.group}
            title={names[name]}
            style={{ left, width: right - left }}
          >
            {fits && names[name]}
          </span>
        );
      })}
      {hops.map((step) => (
        <i key={step} className={styles.hop} style={{ left: at(step) }} />
      ))}
    </div>
  );
});
