import type { RefObject } from 'react';
import { goToStep } from '../../store/actions';
import { selectSession, selectText } from '../../store/selectors';
import { useApp } from '../../store/store';
import { pointMark, pointName } from '../shared/points';
import tones from '../shared/tones.module.css';
import { FINDING_KINDS, type Findings, type FoundFrame } from './findings';
import styles from './HopMatrix.module.css';

const MARK = { differs: '✗', 'not-predicted': '✗', 'not-captured': '–' };
const SHOWN_MAX = 200; // per kind; the ladder has them all

interface Props {
  readonly findings: Findings;
  readonly anchor: RefObject<HTMLDivElement | null>;
  /** Shows a packet that belongs to no step. */
  readonly show: (journey: number) => void;
}

/** Every frame that is not simply right, each a way to it. Predictions for points without a file are only counted. */
export function FindingsList({ findings, anchor, show }: Props) {
  const { comparison } = useApp(selectSession);
  const { matrix } = useApp(selectText);
  const { byKind, count, unchecked, unrelated } = findings;
  const unloaded = comparison.points.map((_, i) => i).filter((i) => comparison.loaded[i] !== true);
  return (
    <div className={styles.findings} ref={anchor} tabIndex={-1}>
      {FINDING_KINDS.filter((kind) => byKind[kind].length > 0).map((kind) => (
        <section key={kind} aria-label={matrix.findings[kind]}>
          <h3 className={styles.kind}>
            {matrix.findings[kind]} ({byKind[kind].length})
          </h3>
          <ul className={styles.list}>
            {byKind[kind].slice(0, SHOWN_MAX).map((found) => {
              const step = found.frame.predicted?.step;
              return (
                <li key={`${found.column} ${step} ${found.frame.captured?.index}`}>
                  <button
                    type="button"
                    className={styles.finding}
                    onClick={() => (step === undefined ? show(found.index) : goToStep(step))}
                  >
                    <b className={kind === 'not-captured' ? tones.quiet : tones.bad}>{MARK[kind]}</b>
                    <FrameName found={found} />
                  </button>
                </li>
              );
            })}
          </ul>
          {byKind[kind].length > SHOWN_MAX && <p>{matrix.findings.more(byKind[kind].length - SHOWN_MAX)}</p>}
        </section>
      ))}
      {unloaded.length > 0 && unchecked > 0 && (
        <p className={tones.quiet}>{matrix.findings.unloaded(unloaded.map(pointMark), unchecked)}</p>
      )}
      {unrelated > 0 && <p className={tones.quiet}>{matrix.findings.unrelated(unrelated)}</p>}
      {count === 0 && comparison.loaded.some(Boolean) && (
        <p className={tones.quiet}>{unchecked === 0 ? matrix.findings.none : matrix.findings.noneLoaded}</p>
      )}
    </div>
  );
}

/** '② node1 ens33  node1.cap #3  echo request seq 1' */
function FrameName({ found: { frame, journey, column } }: { readonly found: FoundFrame }) {
  const { comparison, roles } = useApp(selectSession);
  const { matrix, ladder } = useApp(selectText);
  const point = comparison.points[column];
  const file = roles.find((role) => role.point === point?.id)?.name ?? '';
  return (
    <>
      <span>{point === undefined ? '' : pointName(point, column)}</span>
      <span className={styles.file}>
        {frame.captured === null ? file : matrix.packetNumber(frame.captured.file, [frame.captured.index + 1])}
      </span>
      <span>{journey.what === null ? journey.title : ladder.packet(journey.what)}</span>
    </>
  );
}
