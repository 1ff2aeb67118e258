/** The neighbour table of a host with the states `ip neigh` prints; the row of this step is marked. */
import { formatIpv4, type Ipv4 } from '../../engine/addr/ipv4';
import { macOf, type Neighbour } from '../../engine/net/neighbour';
import { hostIn, type NeighbourSlot, neighbourKey, type World } from '../../engine/sim/world';
import { selectText } from '../../store/selectors';
import { useApp } from '../../store/store';
import styles from './StepPanel.module.css';

interface Props {
  readonly world: World;
  readonly before: World;
  readonly host: string;
  readonly read: { readonly dev: string; readonly ip: Ipv4 } | null;
  readonly quiet?: boolean;
}

export function NeighbourTable({ world, before, host, read, quiet = false }: Props) {
  const { neighbours: t } = useApp(selectText).panel;
  const now = hostIn(world, host).neighbours;
  const was = hostIn(before, host).neighbours;
  const readKey = read === null ? null : neighbourKey(read.dev, read.ip);
  if (now.size === 0 && read === null) return <p className={styles.note}>{t.empty}</p>;
  return (
    <div className={styles.box}>
      <table className={`${styles.table} ${styles.neighbours}`}>
        <caption className={quiet ? 'visually-hidden' : styles.caption}>{t.caption(host)}</caption>
        <thead>
          <tr>
            <th scope="col">{t.address}</th>
            <th scope="col">{t.dev}</th>
            <th scope="col">{t.mac}</th>
            <th scope="col">{t.state}</th>
          </tr>
        </thead>
        <tbody>
          {[...now].map(([key, slot]) => (
            <Row key={key} slot={slot} was={was.get(key)?.entry ?? null} read={key === readKey} />
          ))}
          {read !== null && readKey !== null && !now.has(readKey) && (
            <tr className={styles.read}>
              <th scope="row">{formatIpv4(read.ip)}</th>
              <td>{read.dev}</td>
              <td>–</td>
              <td>{t.absent}</td>
            </tr>
          )}
        </tbody>
      </table>
    </div>
  );
}

interface RowProps {
  readonly slot: NeighbourSlot;
  readonly was: Neighbour | null;
  readonly read: boolean;
}

function Row({ slot, was, read }: RowProps) {
  const { neighbours: t } = useApp(selectText).panel;
  const { entry } = slot;
  const changed = was?.state !== entry.state || macOf(was) !== macOf(entry);
  const state = nameOf(entry);
  return (
    <tr className={changed ? styles.changed : read ? styles.read : undefined}>
      <th scope="row">{formatIpv4(slot.ip)}</th>
      <td>{slot.dev}</td>
      <td>{macOf(entry) ?? '–'}</td>
      <td className={styles.state}>
        {changed && <span title={t.changed}>≠ </span>}
        {changed ? `${was === null ? t.added : nameOf(was)} → ${state}` : state}
        {!changed && read && <span className={styles.tag}> {t.read}</span>}
        {slot.queue.length > 0 && <span className={styles.tag}> {t.waiting(String(slot.queue.length))}</span>}
      </td>
    </tr>
  );
}

const nameOf = (entry: Neighbour): string => entry.state.toUpperCase();
