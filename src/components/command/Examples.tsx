import { selectExamples } from '../../store/examples';
import { selectText } from '../../store/selectors';
import { useApp } from '../../store/store';
import styles from './CommandBox.module.css';

/** Commands that fit this cluster, each a click away. */
export function Examples({ choose }: { readonly choose: (line: string) => void }) {
  const examples = useApp(selectExamples);
  const { commands } = useApp(selectText);
  return (
    <ul className={styles.list}>
      {examples.map(({ kind, line }) => {
        const colon = line.indexOf(':');
        return (
          <li key={kind}>
            <button type="button" className={styles.example} onClick={() => choose(line)}>
              <code>
                <span className={styles.at}>{line.slice(0, colon)}#</span> {line.slice(colon + 1).trim()}
              </code>
              <span className={styles.what}>{commands.example[kind]}</span>
            </button>
          </li>
        );
      })}
    </ul>
  );
}
