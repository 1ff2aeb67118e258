import type { ClockOffset } from '../../engine/matching/clock';
import { clockTime } from '../../i18n/clock-time';
import type { DiagnosisTexts } from '../../i18n/diagnosis';
import styles from './Diagnosis.module.css';

interface Props {
  readonly clocks: readonly ClockOffset[];
  readonly nameOf: (file: number) => string;
  readonly texts: DiagnosisTexts;
}

/** How far the files' clocks differ, as far as packets both ways tell. */
export function Clocks({ clocks, nameOf, texts }: Props) {
  if (clocks.length === 0) return null;
  return (
    <details>
      <summary>{texts.heading.clocks}</summary>
      <ul className={styles.list}>
        {clocks.map(({ from, to, offsetNs, uncertaintyNs, roundTripNs }) => {
          const ends = { from: nameOf(from), to: nameOf(to) };
          const unknown = offsetNs === null || uncertaintyNs === null || roundTripNs === null;
          return (
            <li key={`${from} ${to}`}>
              {unknown
                ? texts.noClock(ends)
                : `${texts.clock({ ...ends, offset: clockTime(offsetNs), uncertainty: clockTime(uncertaintyNs) })}; ${texts.roundTrip({ ...ends, time: clockTime(roundTripNs) })}`}
            </li>
          );
        })}
      </ul>
    </details>
  );
}
