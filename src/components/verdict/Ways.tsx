import type { Passage } from '../../engine/verdict/exchange';
import type { Hop } from '../../engine/verdict/path';
import type { Verdict } from '../../engine/verdict/verdict';
import { goToStep } from '../../store/actions';
import { selectText } from '../../store/selectors';
import { useApp } from '../../store/store';
import { Rich } from '../shared/Rich';
import tones from '../shared/tones.module.css';
import { useSaid } from './useSaid';
import styles from './Verdict.module.css';

/** The way there and the way back, hop by hop, with the TTL at each. */
export function Ways({ verdict }: { readonly verdict: Verdict }) {
  const { verdictPanel: t } = useApp(selectText);
  const said = useSaid(verdict);
  const { request, answer, ways } = verdict;
  if (request === null) return null;
  const detours = (on: 'request' | 'answer') =>
    new Set(ways.detours.flatMap((detour) => (detour.on === on ? [detour.host] : [])));
  const isOdd = ways.asymmetric || ways.detours.length > 0 || ways.loops.length > 0;
  return (
    <section className={styles.part}>
      <h3>{t.path}</h3>
      <Way name={t.wayThere} passage={request} detours={detours('request')} />
      {answer === null ? (
        verdict.outcome === 'delivered' || request.fate.kind !== 'delivered' ? null : (
          <p className={tones.quiet}>{t.noAnswer}</p>
        )
      ) : (
        <Way name={t.wayBack} passage={answer} detours={detours('answer')} />
      )}
      {said.ways.map((sentence) => (
        <p key={sentence} className={isOdd ? styles.flag : tones.quiet}>
          {isOdd && '⚠ '}
          <Rich text={sentence} />
        </p>
      ))}
    </section>
  );
}

interface WayProps {
  readonly name: string;
  readonly passage: Passage;
  readonly detours: ReadonlySet<string>;
}

const HEAD = 5; // hops shown before and after those that a loop repeats
const TAIL = 3;

function Way({ name, passage, detours }: WayProps) {
  const { verdictPanel: t } = useApp(selectText);
  const { hops, fate } = passage;
  const loss = fate.kind === 'lost' ? fate.loss : null;
  const last = hops.at(-1);
  const outside = loss !== null && loss.host !== last?.host; // in a switch, or at a device that never took it in
  const shown = hops.length > HEAD + TAIL + 1 ? [...hops.slice(0, HEAD), ...hops.slice(-TAIL)] : hops;
  const seen = new Set<string>();
  return (
    <ol className={styles.way} aria-label={name}>
      <li className={styles.wayName} aria-hidden="true">
        {name}
      </li>
      {shown.map((hop, i) => {
        const again = seen.has(hop.host);
        seen.add(hop.host);
        return (
          <HopItem
            key={hop.from}
            hop={hop}
            lost={loss !== null && !outside && hop === last}
            step={loss !== null && !outside && hop === last ? loss.step : hop.from}
            notes={[
              ...(detours.has(hop.host) ? [t.detour] : []),
              ...(again ? [t.again] : []),
              ...(hop.tunnel === null ? [] : [t.tunnel(hop.tunnel)]),
            ]}
            before={i === HEAD && shown.length < hops.length ? t.moreHops(hops.length - shown.length) : null}
          />
        );
      })}
      {loss !== null && outside && (
        <li>
          <button type="button" className={`${styles.hop} ${styles.lost}`} onClick={() => goToStep(loss.step)}>
            <b>✗ {loss.host}</b>
            <span className="visually-hidden">, {t.lostHere}</span>
          </button>
        </li>
      )}
    </ol>
  );
}

interface HopProps {
  readonly hop: Hop;
  readonly lost: boolean;
  readonly step: number;
  readonly notes: readonly string[];
  readonly before: string | null;
}

function HopItem({ hop, lost, step, notes, before }: HopProps) {
  const { verdictPanel: t } = useApp(selectText);
  const { host, inDev, outDev, ttlIn, ttlOut } = hop;
  const left = lost ? null : ttlOut;
  const ttl = [ttlIn, left].filter((one) => one !== null);
  return (
    <>
      {before !== null && <li className={tones.quiet}>{before}</li>}
      <li>
        <button
          type="button"
          className={lost ? `${styles.hop} ${styles.lost}` : styles.hop}
          title={t.hop({ host, in: inDev, out: lost ? null : outDev })}
          onClick={() => goToStep(step)}
        >
          <b>
            {lost && '✗ '}
            {host}
          </b>
          {lost && <span className="visually-hidden">, {t.lostHere}</span>}
          {ttl.length > 0 && <span className={styles.ttl}>TTL {[...new Set(ttl)].join('→')}</span>}
          {notes.map((note) => (
            <span key={note} className={styles.noted}>
              {note}
            </span>
          ))}
        </button>
      </li>
    </>
  );
}
