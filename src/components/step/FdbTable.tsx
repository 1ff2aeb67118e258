/** Which MAC a bridge, or a segment's switch, has seen behind which port. The row looked up or learned is marked. */
import { isMulticast, type Mac } from '../../engine/addr/mac';
import type { EventOf } from '../../engine/sim/event';
import { fdbIn, hostIn, segmentFdb, type World } from '../../engine/sim/world';
import { deviceNamed } from '../../engine/topology/topology';
import { macOwner, placeName } from '../../i18n/sentence-values';
import { selectText } from '../../store/selectors';
import { useApp } from '../../store/store';
import styles from './StepPanel.module.css';

interface Props {
  readonly world: World;
  readonly host: string;
  readonly bridge: string | null; // null: the switch of the segment named `host`
  readonly event: EventOf<'bridged'> | EventOf<'mac-learned'> | null;
  readonly quiet?: boolean;
}

export function FdbTable({ world, host, bridge, event, quiet = false }: Props) {
  const text = useApp(selectText);
  const { fdb: t } = text.panel;
  const table = bridge === null ? segmentFdb(world, host) : fdbIn(hostIn(world, host), bridge);
  const own = bridge === null ? null : (deviceNamed(hostIn(world, host).host, bridge)?.mac ?? null);
  const name = bridge === null ? placeName(text, world.topology, host) : bridge;
  const looked = event?.kind === 'bridged' ? event.mac : null;
  const isForAll = looked !== null && isMulticast(looked);
  const learned = event?.kind === 'mac-learned' ? event : null;
  const flooded =
    isForAll ||
    (looked !== null && looked !== own && !table.has(looked) && event?.kind === 'bridged' && !event.toStack);
  if (table.size === 0 && own === null && !flooded) return <p className={styles.note}>{t.empty}</p>;
  return (
    <div className={styles.box}>
      <table className={`${styles.table} ${styles.fdb}`}>
        <caption className={quiet ? 'visually-hidden' : styles.caption}>{t.caption(name)}</caption>
        <thead>
          <tr>
            <th scope="col">{t.mac}</th>
            <th scope="col">{t.port}</th>
            <th scope="col">{t.owner}</th>
          </tr>
        </thead>
        <tbody>
          {own !== null && bridge !== null && (
            <Row mac={own} port={bridge} owner={t.own} tag={own === looked ? t.looked : null} kind="read" />
          )}
          {[...table].map(([mac, port]) => (
            <Row
              key={mac}
              mac={mac}
              port={learned?.mac === mac && learned.before !== null ? `${learned.before} → ${port}` : port}
              owner={macOwner(world.topology, mac) ?? '–'}
              tag={learned?.mac === mac ? t.learned : mac === looked ? t.looked : null}
              kind={learned?.mac === mac ? 'changed' : 'read'}
            />
          ))}
          {flooded && looked !== null && (
            <Row
              mac={looked}
              port="–"
              owner={macOwner(world.topology, looked) ?? '–'}
              tag={isForAll ? t.everyone : t.missing}
              kind="read"
            />
          )}
        </tbody>
      </table>
    </div>
  );
}

interface RowProps {
  readonly mac: Mac;
  readonly port: string;
  readonly owner: string;
  readonly tag: string | null;
  readonly kind: 'read' | 'changed';
}

const Row = ({ mac, port, owner, tag, kind }: RowProps) => (
  <tr className={tag === null ? undefined : styles[kind]}>
    <th scope="row">{mac}</th>
    <td>{port}</td>
    <td>
      {owner}
      {tag !== null && (
        <span className={styles.tag}>
          {kind === 'changed' ? ' ≠ ' : ' ← '}
          {tag}
        </span>
      )}
    </td>
  </tr>
);
