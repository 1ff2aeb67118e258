import type { Held } from '../../engine/verdict/held';
import type { Verdict } from '../../engine/verdict/verdict';
import { captureName, savePredicted } from '../../store/download';
import { selectSession, selectText } from '../../store/selectors';
import { useApp } from '../../store/store';
import { pointName } from '../shared/points';
import styles from './Verdict.module.css';

const MARK: Readonly<Record<Held['holds'], string>> = {
  'request-and-answer': '⇄',
  request: '→',
  answer: '←',
  error: '!',
  arp: '·',
  nothing: '–',
};

/** What a capture at each point would hold of the exchange; each file can be had. */
export function HeldFiles({ verdict }: { readonly verdict: Verdict }) {
  const { verdictPanel: t } = useApp(selectText);
  const { comparison } = useApp(selectSession);
  return (
    <section className={styles.part}>
      <h3>{t.files}</h3>
      <ul className={styles.files}>
        {verdict.held.map(({ point, holds, error }, i) => (
          <li key={point.id} className={holds === 'nothing' || holds === 'arp' ? styles.empty : undefined}>
            <button
              type="button"
              className={styles.file}
              title={t.save(captureName(point))}
              aria-label={`${t.save(captureName(point))} (${pointName(point, i)})`}
              onClick={() => savePredicted([point])}
            >
              ↓ {captureName(point)}
            </button>
            <span>
              <b aria-hidden="true">{MARK[holds]}</b> {t.holds[holds]}
              {error > 0 && holds !== 'error' && ` + ${t.alsoError}`}
            </span>
          </li>
        ))}
      </ul>
      <button type="button" className={styles.small} onClick={() => savePredicted(comparison.points)}>
        ↓ {t.saveAll}
      </button>
    </section>
  );
}
