import { useMemo } from 'react';
import { placeOf } from '../../engine/analysis/place';
import { packetOf } from '../../engine/sim/event';
import type { Trace } from '../../engine/sim/trace';
import type { Topology } from '../../engine/topology/topology';
import styles from './Chain.module.css';
import { chainOf, type Here, hereOf, KERNEL, type Link } from './chain';
import { pillAt } from './pill';
import { useTexts } from './texts';

interface Props {
  readonly trace: Trace;
  readonly topology: Topology;
  readonly index: number;
}

/** Where the packet is, in letters that the back row reads. */
export function Chain({ trace, topology, index }: Props) {
  const { text, lecture } = useTexts();
  const { row, nets } = useMemo(() => chainOf(topology), [topology]);
  const event = trace.steps[index]?.event;
  const here: Here =
    event === undefined ? { host: null, part: null, net: null } : hereOf(topology, placeOf(event, topology));
  const packet = event === undefined ? null : packetOf(event);
  const been = useMemo(() => hostsUpTo(trace, index, packet), [trace, index, packet]);
  const pill = pillAt(trace, index, text);
  const at = row.findIndex(({ name }) => name === here.host);
  const dropped = event?.kind === 'dropped';
  const percent = at < 0 ? 50 : ((at + 0.5) / row.length) * 100;
  const pillOf = (
    <p
      className={dropped ? `${styles.pill} ${styles.lost}` : styles.pill}
      style={{ left: `${percent}%`, transform: `translateX(-${percent}%)` }}
    >
      {dropped && '✗ '}
      {pill}
    </p>
  );
  return (
    <figure className={styles.chain} aria-label={lecture.stage.chain}>
      <div className={styles.top}>{pill !== null && pillOf}</div>
      <div className={styles.row} data-count={row.length}>
        {row.map((link) => (
          <HostBox key={link.name} link={link} here={here} been={been.has(link.name)} />
        ))}
      </div>
      <div className={styles.nets}>
        {nets.map(({ name, others }) => (
          <div key={name} className={here.net === name ? `${styles.net} ${styles.now}` : styles.net}>
            <span className={styles.netName}>{name}</span>
            {others.map((link) => (
              <span
                key={link.name}
                className={[styles.other, here.host === link.name && styles.now, been.has(link.name) && styles.been]
                  .filter(Boolean)
                  .join(' ')}
              >
                {link.name} <small>{link.ip}</small>
              </span>
            ))}
          </div>
        ))}
      </div>
    </figure>
  );
}

function HostBox({ link, here, been }: { readonly link: Link; readonly here: Here; readonly been: boolean }) {
  const { lecture } = useTexts();
  const isHere = link.name === here.host;
  const partHere = link.parts.find((part) => part === here.part) ?? null;
  return (
    <div
      className={[styles.host, been && styles.been, isHere && styles.here].filter(Boolean).join(' ')}
      data-role={link.role}
      aria-current={isHere ? 'step' : undefined}
    >
      <p className={isHere && partHere === null ? `${styles.name} ${styles.nameNow}` : styles.name}>
        <strong>{link.name}</strong> <span className={styles.ip}>{link.ip}</span>
      </p>
      <p className={styles.parts}>
        {link.parts.map((part) => (
          <span key={part} className={isHere && part === partHere ? `${styles.part} ${styles.now}` : styles.part}>
            {part === KERNEL ? lecture.stage.kernel : part}
          </span>
        ))}
      </p>
    </div>
  );
}

function hostsUpTo(trace: Trace, index: number, packet: number | null): ReadonlySet<string> {
  if (packet === null) return new Set();
  return new Set(
    trace.steps.slice(0, index + 1).flatMap(({ event }) => (packetOf(event) === packet ? [event.host] : [])),
  );
}
