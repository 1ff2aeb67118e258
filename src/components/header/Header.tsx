import type { ReactNode } from 'react';
import { openDialog, openScenario, setLang, setTheme } from '../../store/actions';
import { OWN, SCENARIOS } from '../../store/scenarios';
import { selectOwnSize, selectText } from '../../store/selectors';
import { type Theme, useApp } from '../../store/store';
import styles from './Header.module.css';
import { ThemeIcon } from './ThemeIcon';

const NEXT_THEME: Readonly<Record<Theme, Theme>> = { auto: 'light', light: 'dark', dark: 'auto' };

/** `children`: what changes the cluster, between the scenario and the captures. */
export function Header({ children }: { readonly children: ReactNode }) {
  const { app: text, cluster } = useApp(selectText);
  const own = useApp(selectOwnSize);
  const scenario = useApp((s) => s.scenario);
  const lang = useApp((s) => s.lang);
  const theme = useApp((s) => s.theme);
  return (
    <header className={styles.header}>
      <h1 className={styles.title}>{text.title}</h1>
      <select
        className={styles.scenario}
        aria-label={text.scenario}
        value={scenario}
        onChange={(event) => openScenario(event.target.value)}
      >
        {SCENARIOS.map(({ id }) => (
          <option key={id} value={id}>
            {text.scenarios[id] ?? id}
          </option>
        ))}
        {own !== null && <option value={OWN}>{cluster.scenario(own.nodes, own.pods)}</option>}
      </select>
      <div className={styles.changes}>{children}</div>
      <button type="button" className={styles.own} onClick={() => openDialog('cluster')}>
        {text.yourCluster}
      </button>
      <button type="button" className={`primary ${styles.open}`} onClick={() => openDialog('captures')}>
        {text.openCaptures}
      </button>
      <p className={styles.privacy}>{text.privacy}</p>
      <div className={styles.tools}>
        <button
          type="button"
          onClick={() => setLang(lang === 'en' ? 'zh' : 'en')}
          aria-label={text.languageLabel}
          lang={lang === 'en' ? 'zh-CN' : 'en'}
        >
          {text.language}
        </button>
        <button
          type="button"
          className={styles.icon}
          onClick={() => setTheme(NEXT_THEME[theme])}
          aria-label={text.theme[theme]}
          title={text.theme[theme]}
        >
          <ThemeIcon theme={theme} />
        </button>
        <button
          type="button"
          className={styles.icon}
          onClick={() => openDialog('help')}
          aria-label={text.help}
          title={text.help}
        >
          ?
        </button>
      </div>
    </header>
  );
}
