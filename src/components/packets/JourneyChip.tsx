import tones from '../shared/tones.module.css';
import { type Mark, tintOf } from './marks';
import styles from './Packets.module.css';
import { useTexts } from './texts';

const VERDICT_MARK = { agrees: '✓', differs: '✗', 'not-predicted': '?', unrelated: '·' };
const VERDICT_CLASS = {
  agrees: tones.good,
  differs: tones.bad,
  'not-predicted': styles.odd,
  unrelated: tones.quiet,
} as const;

/** Which packet of the run a frame is: the same number, in the same colour, wherever it was captured. */
export function JourneyChip({ mark: { journey, verdict } }: { readonly mark: Mark }) {
  const { t } = useTexts();
  return (
    <>
      {journey !== null && (
        <span className={`${styles.chip} ${styles[`tint${tintOf(journey)}`]}`} title={t.journey(journey + 1)}>
          <span className="visually-hidden">{t.journey(journey + 1)}</span>
          <span aria-hidden="true">{journey + 1}</span>
        </span>
      )}
      <span className={VERDICT_CLASS[verdict]} title={t.verdict[verdict]}>
        <span aria-hidden="true">{VERDICT_MARK[verdict]}</span>
        <span className="visually-hidden">, {t.verdict[verdict]}</span>
      </span>
    </>
  );
}
