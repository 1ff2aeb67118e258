import { type CSSProperties, Fragment, type KeyboardEvent, useEffect, useMemo, useRef, useState } from 'react';
import { packetOf } from '../../engine/sim/event';
import { goToStep, pointAtField } from '../../store/actions';
import { selectSession, selectStep, selectText } from '../../store/selectors';
import { useApp } from '../../store/store';
import { pointMark } from '../shared/points';
import styles from './Ladder.module.css';
import { LadderLine } from './LadderLine';
import { ladderRows, rowAt } from './rows';

const GAP_US = 1_000_000; // a pause this long gets a line of its own

/** Every frame of the run in order of time; capture points are columns. */
export function Ladder() {
  const { comparison } = useApp(selectSession);
  const step = useApp(selectStep);
  const { ladder } = useApp(selectText);
  const rows = useMemo(() => ladderRows(comparison), [comparison]);
  const packet = step === null ? null : packetOf(step.event);
  const current = rowAt(rows, comparison, packet, step?.index ?? 0);
  const [focused, setFocused] = useState(-1);
  const list = useRef<HTMLOListElement>(null);
  useEffect(() => keepRowInView(list.current, current), [current]);

  if (rows.length === 0) return <p className={styles.empty}>{ladder.empty}</p>;
  // One row takes Tab: the one the arrow keys reached, else the current one.
  const tabStop = focused >= 0 && focused < rows.length ? focused : Math.max(0, current);
  const move = (event: KeyboardEvent): void => {
    const by = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (by === undefined) return;
    event.preventDefault();
    const next = Math.min(rows.length - 1, Math.max(0, tabStop + by));
    setFocused(next);
    list.current?.querySelectorAll('button')[next]?.focus();
  };

  return (
    <section
      className={styles.ladder}
      aria-label={ladder.title}
      style={{ '--columns': comparison.points.length } as CSSProperties}
    >
      <div className={`${styles.grid} ${styles.head}`} aria-hidden="true">
        <span className={styles.time}>{ladder.time}</span>
        <span className={styles.what}>
          {ladder.frame} <span className={styles.hint}>{ladder.hint}</span>
        </span>
        <span className={styles.points}>
          {comparison.points.map((point, i) => (
            <span key={point.id} className={styles.point}>
              <span className={styles.mark}>{pointMark(i)}</span> <span className={styles.host}>{point.host}</span>{' '}
              {point.dev}
            </span>
          ))}
        </span>
      </div>
      <ol
        className={styles.rows}
        ref={list}
        aria-label={ladder.label}
        onKeyDown={move}
        onBlur={() => pointAtField(null)}
      >
        {rows.map((row, i) => {
          const journey = comparison.journeys[row.journey];
          const before = rows[i - 1];
          const pause = before === undefined ? 0 : row.atUs - before.atUs;
          if (journey === undefined) return null;
          return (
            <Fragment key={row.key}>
              {pause >= GAP_US && (
                <li className={styles.gap}>
                  <span className={styles.gapText}>{ladder.gap((pause / 1e6).toFixed(1))}</span>
                </li>
              )}
              <li className={i === current ? styles.current : undefined}>
                <LadderLine
                  row={row}
                  journey={journey}
                  points={comparison.points}
                  current={i === current}
                  tabIndex={i === tabStop ? 0 : -1}
                  onFocus={() => setFocused(i)}
                  onChoose={() => {
                    if (row.steps !== null) goToStep(row.steps[0]);
                  }}
                />
              </li>
            </Fragment>
          );
        })}
      </ol>
    </section>
  );
}

/** Scrolls the ladder alone, never the page. */
function keepRowInView(list: HTMLElement | null, current: number): void {
  const scroller = list?.parentElement;
  const row = list?.querySelectorAll<HTMLElement>('button')[current]?.parentElement;
  const head = scroller?.firstElementChild;
  if (!scroller || !row || !(head instanceof HTMLElement)) return;
  const top = row.offsetTop - head.offsetHeight;
  const bottom = row.offsetTop + row.offsetHeight - scroller.clientHeight;
  if (scroller.scrollTop > top) scroller.scrollTop = top;
  else if (scroller.scrollTop < bottom) scroller.scrollTop = bottom;
}
