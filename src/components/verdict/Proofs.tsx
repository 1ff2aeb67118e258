import type { Verdict } from '../../engine/verdict/verdict';
import { selectText } from '../../store/selectors';
import { useApp } from '../../store/store';
import tones from '../shared/tones.module.css';
import styles from './Verdict.module.css';

/** Commands that only look, and what their output tells. */
export function Proofs({ verdict }: { readonly verdict: Verdict }) {
  const { verdictPanel: t, verdict: words } = useApp(selectText);
  return (
    <section className={styles.part}>
      <h3>{t.prove}</h3>
      {verdict.proveWith.length === 0 ? (
        <p className={tones.quiet}>{t.noProof}</p>
      ) : (
        <ul className={styles.commands}>
          {verdict.proveWith.map(({ host, line, prints, shows }) => (
            <li key={`${host} ${line}`}>
              <code className={styles.command}>
                <span className={styles.prompt}>{host ?? t.anywhere}# </span>
                {line}
              </code>
              {prints !== null && (
                <code className={styles.prints}>
                  <span className="visually-hidden">{t.prints}: </span>
                  {prints}
                </code>
              )}
              <span className={tones.quiet}>{words.shows[shows]}</span>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
