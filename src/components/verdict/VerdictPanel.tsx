/** The verdict: what became of the command, what its user sees, the way of its packets, how to prove and repair it. */
import type { Verdict } from '../../engine/verdict/verdict';
import { selectText, selectVerdict } from '../../store/selectors';
import { useApp } from '../../store/store';
import { Agreement } from './Agreement';
import { Headline, Marks } from './Headline';
import { HeldFiles } from './HeldFiles';
import { Proofs } from './Proofs';
import { Repairs } from './Repairs';
import { UserSees } from './UserSees';
import styles from './Verdict.module.css';
import { Ways } from './Ways';
import { WireLine } from './WireLine';

/** Where there is nothing to type, the other columns have the room. */
const hasWork = ({ proveWith, repairWith }: Verdict): boolean => proveWith.length + repairWith.length > 0;

export function VerdictPanel() {
  const verdict = useApp(selectVerdict);
  const { verdictPanel: t } = useApp(selectText);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, so the keyboard must reach it
    <section className={styles.verdict} aria-label={t.title} tabIndex={0}>
      {verdict === null ? (
        <p className={styles.none}>{t.none}</p>
      ) : (
        <>
          <div className={styles.column}>
            <Headline verdict={verdict} />
            <UserSees verdict={verdict} />
            <Marks verdict={verdict} />
          </div>
          <div className={styles.column}>
            <Ways verdict={verdict} />
            <WireLine verdict={verdict} />
            <HeldFiles verdict={verdict} />
            <Agreement />
          </div>
          <div className={hasWork(verdict) ? styles.pair : styles.idle}>
            <Proofs verdict={verdict} />
            <Repairs verdict={verdict} />
          </div>
        </>
      )}
    </section>
  );
}
