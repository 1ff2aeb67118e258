import type { Repair } from '../../engine/verdict/repair';
import type { Verdict } from '../../engine/verdict/verdict';
import { makeChange } from '../../store/actions';
import { selectText } from '../../store/selectors';
import { useApp } from '../../store/store';
import tones from '../shared/tones.module.css';
import styles from './Verdict.module.css';

/** Commands that mend it, each to be tried at once: the run begins anew and this very panel tells how it went. */
export function Repairs({ verdict }: { readonly verdict: Verdict }) {
  const { verdictPanel: t } = useApp(selectText);
  const tried = useApp((s) => s.changes.at(-1)?.isRepair === true);
  const { repairWith, outcome, loss } = verdict;
  return (
    <section className={styles.part}>
      <h3>{t.repair}</h3>
      {tried && (
        <p className={outcome === 'answered' ? tones.good : tones.bad} role="status">
          {outcome === 'answered' ? t.repaired(verdict.host) : t.stillBroken}
        </p>
      )}
      {repairWith.length === 0 ? (
        !tried && <p className={tones.quiet}>{loss === null ? t.noRepair : t.cannotRepair}</p>
      ) : (
        <ul className={styles.commands}>
          {repairWith.map((repair, i) => (
            <RepairItem key={`${repair.kind} ${repair.command}`} repair={repair} isFirst={i === 0} />
          ))}
        </ul>
      )}
    </section>
  );
}

function RepairItem({ repair, isFirst }: { readonly repair: Repair; readonly isFirst: boolean }) {
  const { verdictPanel: t, verdict: words, changes } = useApp(selectText);
  const { kind, edits, command } = repair;
  const lines = edits.map(changes.edit);
  return (
    <li>
      <span className={tones.quiet}>
        {!isFirst && `${t.orElse}: `}
        {words.repairs[kind]}
      </span>
      {lines.map(({ host, text }) => (
        <code key={`${host} ${text}`} className={styles.command}>
          {host !== null && <span className={styles.prompt}>{host}# </span>}
          {text}
        </code>
      ))}
      {command !== null && (
        <code className={styles.command}>
          <span className={styles.prompt}>{command.slice(0, command.indexOf(':'))}# </span>
          {command.slice(command.indexOf(':') + 1).trim()}
        </code>
      )}
      <button
        type="button"
        className={styles.try}
        onClick={() => makeChange({ fault: null, edits, isRepair: true }, command)}
      >
        {edits.length === 0 ? t.askIt : t.tryIt}
      </button>
    </li>
  );
}
