import type { ClockOffset } from '../../engine/analysis/clock';
import type { DiagnosisTexts } from '../../i18n/diagnosis';
import styles from './Diagnosis.module.css';

interface Props {
  readonly clocks: readonly ClockOffset[];
  readonly nameOf: (file: number) => string;
  readonly texts: DiagnosisTexts;
}

const NS_PER_US = 1000;
const NS_PER_MS = 1_000_000;
const time = (ns: number): string =>
  Math.abs(ns) < NS_PER_MS ? `${(ns / NS_PER_US).toFixed(1)} µs` : `${(ns / NS_PER_MS).toFixed(3)} ms`;

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
                : `${texts.clock({ ...ends, offset: time(offsetNs), uncertainty: time(uncertaintyNs) })}; ${texts.roundTrip({ ...ends, time: time(roundTripNs) })}`}
            </li>
          );
        })}
      </ul>
    </details>
  );
}
