import { useEffect } from 'react';
import type { Hunt } from '../../engine/questions/hunt';
import {
  beginHunt,
  clusterNow,
  drawHunt,
  hideable,
  huntFor,
  isRepaired,
  pingOn,
  pointsOf,
  startHunt,
  useHunt,
} from '../../store/hunt';
import { OWN } from '../../store/scenarios';
import { useApp } from '../../store/store';
import { Rich } from '../shared/Rich';
import tones from '../shared/tones.module.css';
import { CopyLink } from './CopyLink';
import styles from './Hunt.module.css';
import { HuntCaptures } from './HuntCaptures';
import { HuntHints } from './HuntHints';
import { HuntTables } from './HuntTables';
import { HuntTerminal } from './HuntTerminal';
import { HuntVerdict } from './HuntVerdict';
import { Stage } from './Stage';
import { useTexts } from './texts';

/** Something is broken, and nobody says what: tables, captures and a terminal are there to find out. */
export function HuntScene({ code }: { readonly code: string }) {
  const { lecture } = useTexts();
  const scenario = useApp((s) => s.scenario);
  const state = useHunt();
  const hunt = code === '' ? null : huntFor(scenario, code);
  const t = lecture.hunt;
  useEffect(() => beginHunt(code), [code]);
  return (
    <Stage
      title={t.title}
      hasViews={false}
      scrolls
      tools={hunt !== null && <CopyLink />}
      steps={
        <>
          <button type="button" className={hunt === null ? 'primary' : undefined} onClick={() => drawHunt(scenario)}>
            {hunt === null ? t.random : t.another}
          </button>
          {hunt !== null && <output>{t.score(pointsOf(state))}</output>}
        </>
      }
    >
      {hunt === null ? <Choose isUnknown={code !== ''} /> : state.code === code && <Bench hunt={hunt} />}
    </Stage>
  );
}

function Choose({ isUnknown }: { readonly isUnknown: boolean }) {
  const { text, lecture } = useTexts();
  const scenario = useApp((s) => s.scenario);
  const t = lecture.hunt;
  const faults = hideable(scenario);
  return (
    <section className={styles.choose} aria-label={t.pick}>
      {isUnknown && <p className={tones.bad}>{t.unknown}</p>}
      <p>{faults.length === 0 ? t.none : t.pickHint}</p>
      {scenario === OWN && faults.length > 0 && <p>{t.ownHint}</p>}
      <p>
        <button type="button" className="primary" onClick={() => drawHunt(scenario)}>
          {t.random}
        </button>
      </p>
      <h2>{t.hide}</h2>
      <ul className={styles.faults}>
        {faults.map((id) => (
          <li key={id}>
            <button type="button" onClick={() => startHunt(id)}>
              {text.faults[id].title}
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}

function Bench({ hunt }: { readonly hunt: Hunt }) {
  const { lecture } = useTexts();
  const { repairs } = useHunt();
  const now = clusterNow(hunt, repairs);
  const { session } = pingOn(now, hunt.command);
  const first = pingOn(hunt.topology, hunt.command);
  const t = lecture.hunt;
  return (
    <>
      <p className={styles.intro}>
        <Rich text={t.intro(hunt.command)} />
      </p>
      <div className={styles.bench}>
        <div className={styles.column}>
          <section className={styles.card} aria-label={t.symptom}>
            <h2>{t.symptom}</h2>
            <pre className={styles.output}>{(first.verdict?.printed ?? []).join('\n').trimEnd()}</pre>
          </section>
          <HuntTerminal hunt={hunt} />
          <HuntTables topology={now} trace={session.trace} />
        </div>
        <div className={styles.column}>
          <HuntVerdict hunt={hunt} isRepaired={isRepaired(hunt, repairs)} />
          <HuntHints hunt={hunt} />
          <HuntCaptures topology={now} trace={session.trace} />
        </div>
      </div>
    </>
  );
}
