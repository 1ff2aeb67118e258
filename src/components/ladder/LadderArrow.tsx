import type { Standing } from '../shared/standing';
import styles from './Ladder.module.css';
import { isInbound, type LadderRow, type Sight } from './rows';

const GLYPH: Readonly<Record<Standing, string>> = {
  agrees: '✓',
  differs: '✗',
  'not-captured': '–',
  'not-predicted': '✗',
  'not-loaded': '○',
  'after-end': '○',
};
const TONE: Readonly<Record<Standing, string>> = {
  agrees: 'agrees',
  differs: 'differs',
  'not-captured': 'differs',
  'not-predicted': 'differs',
  'not-loaded': 'quiet',
  'after-end': 'quiet',
};
const MIDDLE = '50%';
const HEAD = 7; // px, length of an arrow head
const DOT = 4; // px, radius of a sight on its line
const ASIDE = 13; // px, from a column to the glyph beside it

/** Percentages for x, pixels for everything else: no measuring, any width. */
export function LadderArrow({ row, columns }: { readonly row: LadderRow; readonly columns: number }) {
  const x = (column: number): string => `${((column + 0.5) / columns) * 100}%`;
  const last = row.to.at(-1);
  const rightward = last === undefined ? row.stub === 'right' : last.column > row.from.column;
  const lines = [row.from.column, ...row.to.map((sight) => sight.column)];
  const ends = [x(Math.min(...lines)), x(Math.max(...lines))];
  return (
    <svg className={styles.arrow} aria-hidden="true" focusable="false">
      {Array.from({ length: columns }, (_, i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a column has no other name
        <line key={i} className={styles.lifeline} x1={x(i)} x2={x(i)} y1="0" y2="100%" />
      ))}
      {last === undefined ? (
        <Stub row={row} x={x(row.from.column)} columns={columns} />
      ) : (
        <line className={styles.wire} x1={ends[0]} x2={ends[1]} y1={MIDDLE} y2={MIDDLE} />
      )}
      {row.to.map((sight) => (
        <Head key={sight.column} x={x(sight.column)} rightward={sight.column > row.from.column} />
      ))}
      {last !== undefined && <circle className={styles.dot} cx={x(row.from.column)} cy={MIDDLE} r={DOT} />}
      {[row.from, ...row.to].map((sight, i) => {
        // Outside the arrow: before its start, after its end.
        const left = last === undefined ? row.stub === 'right' : (i === 0) === rightward;
        return <Mark key={sight.column} sight={sight} x={x(sight.column)} left={left} />;
      })}
    </svg>
  );
}

function Head({ x, rightward }: { readonly x: string; readonly rightward: boolean }) {
  return (
    <svg x={x} y={MIDDLE} className={styles.overflowing} aria-hidden="true">
      <path className={styles.tip} d={rightward ? `M-1 0 l-${HEAD} -4 v8 z` : `M1 0 l${HEAD} -4 v8 z`} />
    </svg>
  );
}

/** Comes from, or goes to, a device that nobody captured at: half a column long, dashed at its far end. */
function Stub({ row, x, columns }: { readonly row: LadderRow; readonly x: string; readonly columns: number }) {
  const inbound = isInbound(row.from);
  const far = `${((row.from.column + (row.stub === 'right' ? 0.86 : 0.14)) / columns) * 100}%`;
  return (
    <>
      <line className={styles.stub} x1={x} x2={far} y1={MIDDLE} y2={MIDDLE} />
      <Head x={inbound ? x : far} rightward={inbound !== (row.stub === 'right')} />
      {!inbound && <circle className={styles.dot} cx={x} cy={MIDDLE} r={DOT} />}
    </>
  );
}

function Mark({ sight, x, left }: { readonly sight: Sight; readonly x: string; readonly left: boolean }) {
  return (
    <svg x={x} y={MIDDLE} className={styles.overflowing} aria-hidden="true">
      <text
        className={`${styles.glyph} ${styles[TONE[sight.standing]]}`}
        x={left ? -ASIDE : ASIDE}
        y="0.35em"
        textAnchor="middle"
      >
        {GLYPH[sight.standing]}
      </text>
    </svg>
  );
}
