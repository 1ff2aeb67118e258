import type { Hook } from '../../engine/sim/drop';
import type { RuleSeen } from '../../engine/sim/event';
import { selectText } from '../../store/selectors';
import { useApp } from '../../store/store';
import { keyed } from './keyed';
import styles from './StepPanel.module.css';

interface Props {
  readonly hook: Hook;
  readonly seen: readonly RuleSeen[];
}

/** The rules a packet met at a hook, in order, as iptables-save prints them. */
export function RulesTable({ hook, seen }: Props) {
  const { rules: t } = useApp(selectText).panel;
  if (seen.length === 0) return null;
  return (
    <div className={styles.box}>
      <table className={`${styles.table} ${styles.rules}`}>
        <caption className={styles.caption}>{t.caption(hook)}</caption>
        <thead>
          <tr>
            <th scope="col">{t.chain}</th>
            <th scope="col">{t.rule}</th>
            <th scope="col">{t.matched}</th>
          </tr>
        </thead>
        <tbody>
          {keyed(seen, (rule) => `${rule.chain} ${rule.text}`).map(({ key, item: rule }) => (
            <tr key={key} className={rule.matched ? styles.won : styles.lost}>
              <td>
                {rule.table} {rule.chain}
              </td>
              <th scope="row">{rule.text}</th>
              <td>{rule.matched ? t.yes : t.no}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
