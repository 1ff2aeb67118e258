import { openDialog } from '../../store/actions';
import { takeText } from '../../store/own-cluster';
import { selectOwnSize, selectText } from '../../store/selectors';
import { type OwnCluster, useApp } from '../../store/store';
import styles from './Cluster.module.css';

/** What was read so far, each text to be taken out again, and what came of them all. */
export function GivenTexts({ own }: { readonly own: OwnCluster }) {
  const { cluster: t, drop } = useApp(selectText);
  const captures = useApp((s) => s.files.filter(({ capture }) => capture !== null).length);
  const { hosts } = own.topology;
  const { nodes, pods } = useApp(selectOwnSize) ?? { nodes: 0, pods: 0 };
  return (
    <section className={styles.given}>
      <h3>{t.given}</h3>
      {own.texts.length > 0 && (
        <ul className={styles.texts}>
          {own.texts.map(({ name, lines }, i) => {
            const title = name === '' ? t.pasted(i + 1) : name;
            return (
              // biome-ignore lint/suspicious/noArrayIndexKey: the same text may be given twice
              <li key={i}>
                <span className={styles.name}>{title}</span>
                {lines !== null && <span className={styles.quiet}>{t.lines(lines)}</span>}
                <button
                  type="button"
                  aria-label={t.takeOut(title)}
                  title={t.takeOut(title)}
                  onClick={() => void takeText(i)}
                >
                  ×
                </button>
              </li>
            );
          })}
        </ul>
      )}
      <p className={hosts.length === 0 ? styles.problem : styles.made} role="status">
        {hosts.length === 0 ? t.nothing : t.made({ nodes, pods, others: hosts.length - nodes - pods })}
      </p>
      {own.leftOut.length > 0 && <p className={styles.problem}>{drop.leftOut(own.leftOut)}</p>}
      {captures > 0 && (
        <p>
          {drop.captures(captures)}{' '}
          <button type="button" onClick={() => openDialog('captures')}>
            {drop.openCaptures}
          </button>
        </p>
      )}
      {hosts.length > 0 && own.command === '' && <p className={styles.problem}>{t.noQuestion}</p>}
    </section>
  );
}
