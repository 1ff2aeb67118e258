import { klogLine } from '../../engine/control-plane/log';
import type { ControlStep } from '../../engine/control-plane/step';
import { type Sign, sayChange } from '../../i18n/sentence-table-change';
import styles from './Timeline.module.css';
import { useTexts } from './texts';

/** More than one reads in a strip: a link that goes down takes all its rows along. */
const CHANGES_MAX = 6;

const TONE: Readonly<Record<Sign, 'added' | 'removed' | 'changed'>> = { '+': 'added', '−': 'removed', '±': 'changed' };

/** flanneld's own line, and what is other in the tables. Both always stand there, so that nothing jumps. */
export function StepFacts({ step }: { readonly step: ControlStep | null }) {
  const { t } = useTexts();
  const changes = (step?.changes ?? []).map((change) => sayChange(change, t));
  const more = changes.length - CHANGES_MAX;
  return (
    <div className={styles.facts}>
      <p className={styles.log}>
        <span className="visually-hidden">{t.log}: </span>
        {step === null || step.log === null ? (
          <span className={styles.nothing}>{t.noLog}</span>
        ) : (
          <code>{klogLine(step.log, step.atMs)}</code>
        )}
      </p>
      {changes.length === 0 ? (
        <p className={styles.nothing}>{t.noChange}</p>
      ) : (
        <ul className={styles.changes} aria-label={t.changed}>
          {changes.slice(0, CHANGES_MAX).map(({ sign, host, what }) => (
            <li key={`${sign}${host}${what}`}>
              <b className={styles[TONE[sign]]} aria-hidden="true">
                {sign}
              </b>
              <span className="visually-hidden">{t.signs[sign]}: </span> {host}: <code>{what}</code>
            </li>
          ))}
          {more > 0 && <li className={styles.nothing}>{t.more(more)}</li>}
        </ul>
      )}
    </div>
  );
}
