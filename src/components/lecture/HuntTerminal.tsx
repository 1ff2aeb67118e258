import { useState } from 'react';
import type { Hunt } from '../../engine/questions/hunt';
import { takeBackRepairs, tryEdit, typeInHunt, useHunt } from '../../store/hunt';
import tones from '../shared/tones.module.css';
import styles from './Hunt.module.css';
import { useTexts } from './texts';

/** What an operator would type: programs run in the model, configuration changes it and the ping is tried again. */
export function HuntTerminal({ hunt }: { readonly hunt: Hunt }) {
  const { text, lecture } = useTexts();
  const { terminal, repairs } = useHunt();
  const { hosts, segments } = hunt.topology;
  const [host, setHost] = useState(hosts.find(({ role }) => role === 'node')?.name ?? hosts[0]?.name ?? '');
  const [line, setLine] = useState('');
  const t = lecture.hunt;
  return (
    <section className={styles.card} aria-label={t.terminal}>
      <h2>{t.terminal}</h2>
      <p className={styles.quiet}>{t.terminalHint}</p>
      {terminal.length > 0 && (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, so the keyboard must reach it
        <div className={styles.output} role="log" aria-label={t.terminal} tabIndex={0}>
          {terminal.map(({ line: typed, printed, error }, i) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: lines are only ever added
            <div key={i}>
              <strong>{typed.replace(':', '#')}</strong>
              {error !== null ? (
                <p className={tones.bad}>✗ {text.commands.error(error, null)}</p>
              ) : (
                <pre>{printed.length === 0 ? t.done : printed.join('\n').trimEnd() || t.silent}</pre>
              )}
            </div>
          ))}
        </div>
      )}
      <form
        className={styles.prompt}
        onSubmit={(event) => {
          event.preventDefault();
          if (line.trim() === '') return;
          typeInHunt(hunt, `${host}: ${line.trim()}`);
          setLine('');
        }}
      >
        <select aria-label={t.host} value={host} onChange={(event) => setHost(event.target.value)}>
          {hosts.map(({ name }) => (
            <option key={name}>{name}</option>
          ))}
        </select>
        <input
          aria-label={t.line}
          value={line}
          spellCheck={false}
          autoComplete="off"
          autoCapitalize="none"
          placeholder={text.commands.placeholder}
          onChange={(event) => setLine(event.target.value)}
        />
        <button type="submit">{t.run}</button>
      </form>
      <p className={styles.row}>
        {segments.map(({ name }) => (
          <button
            key={name}
            type="button"
            onClick={() =>
              tryEdit(hunt, `${name}: source check off`, { kind: 'source-guard', segment: name, on: false })
            }
          >
            {t.guardOff}
          </button>
        ))}
        {repairs.length > 0 && (
          <button type="button" onClick={takeBackRepairs}>
            {t.reset}
          </button>
        )}
      </p>
    </section>
  );
}
