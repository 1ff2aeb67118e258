import { unreachable } from '../../engine/base/result';
import type { Journey } from '../../engine/comparison/comparison';
import { selectSession, selectText } from '../../store/selectors';
import { useApp } from '../../store/store';
import { pointMark } from '../shared/points';
import tones from '../shared/tones.module.css';
import styles from './HopMatrix.module.css';
import { type Finding, findingsOf } from './verdict-findings';

/** The last row: what the columns above come to, in sentences. */
export function Verdict({ journey, showDraws }: { readonly journey: Journey; readonly showDraws: boolean }) {
  const { comparison, topology, roles } = useApp(selectSession);
  const { matrix, fields } = useApp(selectText);
  const drawn = new Set(
    journey.cells
      .flat()
      .flatMap((frame) => frame.fields.filter((field) => field.verdict === 'drawn').map((field) => field.name)),
  );
  const fileAt = (column: number): string =>
    roles.find((role) => role.point === comparison.points[column]?.id)?.name ?? pointMark(column);

  const sentence = (finding: Finding): string => {
    switch (finding.kind) {
      case 'all-agree':
        return matrix.allAgree(finding.points);
      case 'some-agree':
        return matrix.someAgree(finding.columns.map(pointMark));
      case 'differs':
        return matrix.differs(
          finding.columns.map(pointMark),
          fields.name(finding.field.name),
          short(finding.field.predicted, matrix.none),
          short(finding.field.captured, matrix.none),
        );
      case 'more-differ':
        return matrix.moreDiffer(finding.fields);
      case 'absent':
        return matrix.absent(finding.columns.map(pointMark), finding.columns.map(fileAt));
      case 'unexpected':
        return matrix.unexpected(finding.columns.map(pointMark));
      case 'unloaded':
        return matrix.unloaded(finding.columns.map(pointMark));
      case 'same-frame':
        return matrix.sameFrame(finding.columns.map(pointMark), finding.segment);
      case 'artefact':
        return matrix.artefacts[finding.artefact](pointMark(finding.column));
      default:
        return unreachable(finding);
    }
  };

  return (
    <div className={styles.sentences}>
      {findingsOf(comparison, journey, topology).map((finding) => {
        const said = sentence(finding);
        return (
          <span key={said} className={tones[TONE[finding.kind]]}>
            {said}{' '}
          </span>
        );
      })}
      {drawn.size > 0 && <span className={tones.quiet}>{matrix.drawn([...drawn].map(fields.name))} </span>}
      {showDraws && <span className={tones.quiet}>{matrix.draws}</span>}
    </div>
  );
}

/** The cells above show a long value in full. */
const short = (value: string | null, none: string): string =>
  value === null ? none : value.length > 24 ? `${value.slice(0, 23)}…` : value;

const TONE = {
  'all-agree': 'good',
  'some-agree': 'good',
  differs: 'bad',
  'more-differ': 'bad',
  absent: 'bad',
  unexpected: 'bad',
  unloaded: 'quiet',
  'same-frame': 'plain',
  artefact: 'plain',
} as const;
