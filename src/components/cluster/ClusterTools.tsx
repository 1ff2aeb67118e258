import { useState } from 'react';
import { save } from '../../store/download';
import { clusterFile, collectScriptText, labScriptText } from '../../store/own-cluster';
import { selectText } from '../../store/selectors';
import { useApp } from '../../store/store';
import styles from './Cluster.module.css';

const SHELL = 'text/x-shellscript';

/** The shown cluster as a file, as a script that builds it, and as a script that asks the real one. */
export function ClusterTools() {
  const { cluster: t } = useApp(selectText);
  const [refused, setRefused] = useState(false);
  const [hideNames, setHideNames] = useState(false);
  const tools = [
    {
      name: t.saveFile,
      what: t.saveFileWhat,
      act: async () => save('cluster.json', await clusterFile(hideNames), 'application/json'),
    },
    {
      name: t.saveLab,
      what: t.saveLabWhat,
      act: async () => {
        const script = await labScriptText();
        setRefused(!script.ok);
        if (script.ok) save('build-here.sh', script.value, SHELL);
      },
    },
    {
      name: t.saveCollect,
      what: t.saveCollectWhat,
      act: async () => save('collect.sh', await collectScriptText(), SHELL),
    },
  ];
  return (
    <section className={styles.tools}>
      <h3>{t.tools}</h3>
      <ul>
        {tools.map(({ name, what, act }) => (
          <li key={name}>
            <button type="button" onClick={() => void act()}>
              ↓ {name}
            </button>
            <span className={styles.quiet}>{what}</span>
          </li>
        ))}
      </ul>
      <label className={styles.hide}>
        <input type="checkbox" checked={hideNames} onChange={(event) => setHideNames(event.target.checked)} />
        {t.hideNames}
      </label>
      {refused && (
        <p className={styles.problem} role="alert">
          ✗ {t.noLab}
        </p>
      )}
    </section>
  );
}
