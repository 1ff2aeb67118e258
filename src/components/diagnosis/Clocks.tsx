/** How far the files' clocks differ, measured or set by hand, and what packets take between neighbouring points by them. */
import { useId } from 'react';
import { type ClockOffset, delaysWith, type Taken } from '../../engine/matching/clock';
import { clockTime } from '../../i18n/clock-time';
import type { DiagnosisTexts } from '../../i18n/diagnosis';
import type { MatchingTexts } from '../../i18n/matching';
import { clockOf, setClock } from '../../store/clocks';
import { useApp } from '../../store/store';
import tones from '../shared/tones.module.css';
import styles from './Diagnosis.module.css';

interface Props {
  readonly clocks: readonly ClockOffset[];
  readonly points: readonly string[]; // by file
  readonly ids: readonly string[];
  readonly texts: DiagnosisTexts;
  readonly words: MatchingTexts;
}

export function Clocks({ clocks, points, ids, texts, words: { clocks: t } }: Props) {
  const isAnySet = useApp((s) => s.clocks.length > 0);
  if (clocks.length === 0) return null;
  const measured = clocks.filter(({ offsetNs }) => offsetNs !== null);
  const pairOf = ({ from, to }: ClockOffset) => ({ from: ids[from] ?? '', to: ids[to] ?? '' });
  const useMeasured = () => {
    for (const clock of measured) setClock(pairOf(clock), clock.offsetNs);
  };
  const forget = () => {
    for (const clock of clocks) setClock(pairOf(clock), null);
  };
  return (
    <details>
      <summary>{texts.heading.clocks}</summary>
      <p className={tones.quiet}>{t.byHandHelp}</p>
      <ul className={styles.list}>
        {clocks.map((clock) => (
          <Pair
            key={`${clock.from} ${clock.to}`}
            clock={clock}
            pair={pairOf(clock)}
            ends={{ from: points[clock.from] ?? '', to: points[clock.to] ?? '' }}
            texts={texts}
            words={t}
          />
        ))}
      </ul>
      <p className={styles.buttons}>
        {measured.length > 0 && (
          <button type="button" onClick={useMeasured}>
            {t.use}
          </button>
        )}
        {isAnySet && (
          <button type="button" onClick={forget}>
            {t.forget}
          </button>
        )}
      </p>
    </details>
  );
}

interface Ends {
  readonly from: string;
  readonly to: string;
}

interface PairProps {
  readonly clock: ClockOffset;
  readonly pair: Ends; // ids of the files
  readonly ends: Ends; // names of the points
  readonly texts: DiagnosisTexts;
  readonly words: MatchingTexts['clocks'];
}

function Pair({ clock, pair, ends, texts, words }: PairProps) {
  const id = useId();
  const byHand = useApp((s) => clockOf(s.clocks, pair));
  const { offsetNs, uncertaintyNs, roundTripNs } = clock;
  const isMeasured = offsetNs !== null && uncertaintyNs !== null && roundTripNs !== null;
  const ahead = byHand ?? offsetNs;
  const delays = ahead === null ? null : delaysWith(clock, ahead);
  const give = byHand === null && uncertaintyNs !== null ? clockTime(uncertaintyNs) : null;
  const isRefuted = delays !== null && [delays.there, delays.back].some((taken) => taken !== null && taken.least < 0);
  return (
    <li>
      {isMeasured
        ? `${texts.clock({ ...ends, offset: clockTime(offsetNs), uncertainty: clockTime(uncertaintyNs) })}; ${texts.roundTrip({ ...ends, time: clockTime(roundTripNs) })}`
        : texts.noClock(ends)}
      <div className={styles.byHand}>
        <label htmlFor={id}>{words.byHand(ends)}</label>
        <input
          id={id}
          type="number"
          step="any"
          value={byHand === null ? '' : byHand / NS_PER_MS}
          placeholder={offsetNs === null ? '' : (offsetNs / NS_PER_MS).toFixed(3)}
          onChange={({ target }) => setClock(pair, target.value === '' ? null : target.valueAsNumber * NS_PER_MS)}
        />
      </div>
      {delays?.there != null && <div>{words.takes({ ...ends, ...inWords(delays.there), give })}</div>}
      {delays?.back != null && (
        <div>{words.takes({ from: ends.to, to: ends.from, ...inWords(delays.back), give })}</div>
      )}
      {isRefuted && (
        <div role="status" className={styles.refuted}>
          ⚠ {words.refuted}
        </div>
      )}
    </li>
  );
}

const NS_PER_MS = 1_000_000;

const inWords = ({ least, median }: Taken) => ({ least: clockTime(least), median: clockTime(median) });
