import { useState } from 'react';
import { CAUSES, type CauseId, type Grade, type Hunt, SPOTS, type Spot } from '../../engine/questions/hunt';
import { judge, pointsOf, useHunt } from '../../store/hunt';
import { useApp } from '../../store/store';
import tones from '../shared/tones.module.css';
import styles from './Hunt.module.css';
import { useTexts } from './texts';

const PARTS = ['host', 'spot', 'cause'] as const satisfies readonly (keyof Grade)[];

/** Where, in which table, and what: judged part by part, by what the model's own verdict comes to. */
export function HuntVerdict({ hunt, isRepaired }: { readonly hunt: Hunt; readonly isRepaired: boolean }) {
  const { lecture } = useTexts();
  const scenario = useApp((s) => s.scenario);
  const state = useHunt();
  const [host, setHost] = useState('');
  const [spot, setSpot] = useState<Spot | ''>('');
  const [cause, setCause] = useState<CauseId | ''>('');
  const t = lecture.hunt;
  const { hosts, segments } = hunt.topology;
  const isComplete = host !== '' && spot !== '' && cause !== '';
  return (
    <section className={styles.card} aria-label={t.verdict}>
      <h2>{t.verdict}</h2>
      <form
        className={styles.form}
        onSubmit={(event) => {
          event.preventDefault();
          if (spot !== '' && cause !== '' && host !== '') judge(scenario, hunt, { host, spot, cause });
        }}
      >
        <label>
          {t.where}
          <select value={host} onChange={(event) => setHost(event.target.value)}>
            <option value="">{t.choose}</option>
            {hosts.map(({ name }) => (
              <option key={name}>{name}</option>
            ))}
            {segments.map(({ name }) => (
              <option key={name} value={name}>
                {t.segment(name)}
              </option>
            ))}
          </select>
        </label>
        <label>
          {t.what}
          <select value={spot} onChange={(event) => setSpot(SPOTS.find((one) => one === event.target.value) ?? '')}>
            <option value="">{t.choose}</option>
            {SPOTS.map((one) => (
              <option key={one} value={one}>
                {t.spot[one]}
              </option>
            ))}
          </select>
        </label>
        <label>
          {t.why}
          <select value={cause} onChange={(event) => setCause(CAUSES.find((one) => one === event.target.value) ?? '')}>
            <option value="">{t.choose}</option>
            {CAUSES.map((one) => (
              <option key={one} value={one}>
                {t.cause[one]}
              </option>
            ))}
          </select>
        </label>
        <button type="submit" className="primary" disabled={!isComplete || state.found}>
          {t.submit}
        </button>
      </form>
      <div role="status">
        {state.grade !== null && (
          <ul className={styles.grade}>
            {PARTS.map((part) => (
              <li key={part} className={state.grade?.[part] ? tones.good : tones.bad}>
                {state.grade?.[part] ? '✓' : '✗'} {t.parts[part]}: {state.grade?.[part] ? t.right : t.wrong}
              </li>
            ))}
          </ul>
        )}
        {state.grade !== null && !state.found && <p>{t.notYet}</p>}
        {state.found && !isRepaired && <p className={tones.good}>{t.found}</p>}
        {!state.found && isRepaired && <p>{t.mendedFirst}</p>}
        {state.found && isRepaired && <p className={styles.done}>✓ {t.mended(pointsOf(state))}</p>}
        {!isRepaired && state.repairs.length > 0 && <p className={tones.bad}>{t.still}</p>}
      </div>
    </section>
  );
}
