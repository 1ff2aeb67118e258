import { useEffect, useMemo, useRef, useState } from 'react';
import type { Journey } from '../../engine/comparison/comparison';
import { goToStep } from '../../store/actions';
import { selectSession, selectStep, selectStepIndex, selectText } from '../../store/selectors';
import { useApp } from '../../store/store';
import { pointMark } from '../shared/points';
import tones from '../shared/tones.module.css';
import { useNarrow } from '../shared/useSize';
import { FindingsList } from './FindingsList';
import { findingsIn } from './findings';
import styles from './HopMatrix.module.css';
import { currentColumn, firstStepOf, journeyAt } from './journey';
import { MatrixCards } from './MatrixCards';
import { MatrixTable } from './MatrixTable';
import { rowsOf } from './rows';

const NARROW = 600; // px; below, four columns of MACs are too far from each other

/** One packet over all capture points, prediction against captures. */
export function HopMatrix() {
  const session = useApp(selectSession);
  const step = useApp(selectStep);
  const stepIndex = useApp(selectStepIndex);
  const text = useApp(selectText);
  const [wide, setWide] = useState(false);
  // A packet nobody predicted belongs to no step, so it stays chosen only until the step changes.
  const [pinned, setPinned] = useState({ stepIndex: -1, journey: -1 });
  const { comparison, trace } = session;
  const findings = useMemo(() => findingsIn(comparison), [comparison]);
  const scroll = useRef<HTMLElement>(null);
  const narrow = useNarrow(scroll, NARROW);
  const list = useRef<HTMLDivElement>(null);

  const index = pinned.stepIndex === stepIndex ? pinned.journey : journeyAt(comparison, trace, stepIndex);
  const journey = comparison.journeys[index];
  const column = journey === undefined ? -1 : currentColumn(comparison, journey, step);
  useEffect(() => {
    // With the frame that is drawn anyway, so that the page is not laid out twice for one step.
    const frame = requestAnimationFrame(() => keepColumnInView(scroll.current, column));
    return () => cancelAnimationFrame(frame);
  }, [column]);

  const show = (which: number): void => {
    const chosen = comparison.journeys[which];
    const first = chosen === undefined ? null : firstStepOf(chosen);
    if (first === null) setPinned({ stepIndex, journey: which });
    else goToStep(first);
  };

  if (journey === undefined) return <p className={styles.empty}>{text.matrix.empty}</p>;
  const name = journey.what === null ? journey.title : text.ladder.packet(journey.what);
  const { main, rest } = rowsOf(journey);
  const shown = {
    journey,
    rows: wide ? [...main, ...rest] : main,
    current: column,
    showDraws: wide && comparison.loaded.some(Boolean) && rest.some(({ fields }) => fields.includes('icmp.ident')),
  };
  return (
    <section className={styles.matrix} aria-label={text.matrix.title}>
      <div className={styles.bar}>
        <label className={styles.choose}>
          <span className="visually-hidden">{text.matrix.choose}</span>
          <select className={styles.select} value={index} onChange={(event) => show(Number(event.target.value))}>
            {comparison.journeys.map((one, i) => (
              <option key={`${one.packet} ${one.title}`} value={i}>
                {optionText(one, text.ladder.packet)}
              </option>
            ))}
          </select>
        </label>
        {passesSeveral(journey) && <span className={styles.direction}>{text.matrix.direction(journey.reversed)}</span>}
        {rest.length > 0 && (
          <button type="button" className={styles.toggle} aria-expanded={wide} onClick={() => setWide(!wide)}>
            {wide ? text.matrix.fewerFields : text.matrix.moreFields(rest.length)}
          </button>
        )}
        {findings.count > 0 && (
          <button type="button" className={styles.look} onClick={() => list.current?.focus()}>
            {text.matrix.look(findings.count)}
          </button>
        )}
      </div>
      <p className={styles.legend}>
        {text.matrix.legend.map(([mark, meaning]) => (
          <span key={mark}>
            <b className={LEGEND_CLASS[mark] ?? tones.quiet}>{mark}</b> {meaning}
          </span>
        ))}
      </p>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, so the keyboard must reach it */}
      <section className={styles.scroll} ref={scroll} tabIndex={0} aria-label={text.matrix.caption(name)}>
        {narrow ? <MatrixCards {...shown} /> : <MatrixTable {...shown} name={name} />}
        <FindingsList findings={findings} anchor={list} show={show} />
      </section>
    </section>
  );
}

const LEGEND_CLASS: Readonly<Record<string, string | undefined>> = {
  '≠': styles.changedMark,
  '✓': styles.agreesMark,
  '✗': tones.bad,
};

const passesSeveral = (journey: Journey): boolean => journey.cells.filter((frames) => frames.length > 0).length > 1;

/** '✓ echo request seq 1 · ①②③④' */
function optionText(journey: Journey, packetName: (what: NonNullable<Journey['what']>) => string): string {
  const frames = journey.cells.flat();
  const wrong = frames.some((frame) => frame.verdict === 'differs' || frame.verdict === 'not-predicted');
  const mark = wrong ? '✗' : frames.every((frame) => frame.verdict === 'agrees') ? '✓' : '–';
  const points = journey.cells.map((cell, i) => (cell.length > 0 ? pointMark(i) : '')).join('');
  return `${mark} ${journey.what === null ? journey.title : packetName(journey.what)} · ${points}`;
}

/** Scrolls the table sideways only, and only if the column is not wholly seen. */
function keepColumnInView(region: HTMLElement | null, column: number): void {
  if (region === null || column < 0 || region.scrollWidth <= region.clientWidth) return;
  const headers = region.querySelectorAll<HTMLElement>('thead th');
  const [first, header] = [headers[0], headers[column + 1]];
  if (first === undefined || header === undefined) return;
  const left = header.offsetLeft - first.offsetWidth;
  const right = header.offsetLeft + header.offsetWidth - region.clientWidth;
  if (region.scrollLeft > left) region.scrollLeft = left;
  else if (region.scrollLeft < right) region.scrollLeft = right;
}
