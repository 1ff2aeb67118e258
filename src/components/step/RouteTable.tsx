/** A route table, and for a lookup why each row won or lost. Shows the answer of engine/net/fib; walks no table itself. */
import { formatIpv4, type Ipv4 } from '../../engine/addr/ipv4';
import { formatMask, formatPrefix } from '../../engine/addr/prefix';
import { type ConsideredRow, explain } from '../../engine/net/fib';
import type { Route } from '../../engine/net/route';
import { hostIn, type World } from '../../engine/sim/world';
import { selectText } from '../../store/selectors';
import { useApp } from '../../store/store';
import styles from './StepPanel.module.css';

/** More rows than a person reads; those that match are always shown. */
const ROWS_MAX = 60;

interface Props {
  readonly world: World;
  readonly host: string;
  readonly asked: Ipv4 | null; // null: no lookup, the table alone
  readonly local: Route | null; // the answer of table local, which is read before this one
  readonly quiet?: boolean; // the heading stands elsewhere
}

export function RouteTable({ world, host, asked, local, quiet = false }: Props) {
  const { fib } = useApp(selectText).panel;
  const { routes } = hostIn(world, host).host;
  const dst = asked === null ? null : formatIpv4(asked);
  const rows: readonly Partial<ConsideredRow>[] =
    asked === null ? routes.map((route) => ({ route })) : explain(routes, asked);
  const shown = rows.filter((row, i) => i < ROWS_MAX || (row.verdict !== undefined && row.verdict !== 'no-match'));
  return (
    <div className={styles.box}>
      <table className={`${styles.table} ${styles.fib} ${dst === null ? '' : styles.asked}`}>
        <caption className={quiet ? 'visually-hidden' : styles.caption}>{fib.caption(host)}</caption>
        <thead>
          <tr>
            <th scope="col">{fib.destination}</th>
            <th scope="col">{fib.via}</th>
            <th scope="col">{fib.dev}</th>
            <th scope="col">{fib.metric}</th>
            {dst !== null && <th scope="col">{fib.masked}</th>}
            {dst !== null && <th scope="col">{fib.verdict}</th>}
          </tr>
        </thead>
        <tbody>
          {local !== null && (
            <tr className={styles.won}>
              <RouteCells route={local} />
              <td>{formatIpv4(local.dst.base)}</td>
              <td>{fib.verdicts.chosen}</td>
            </tr>
          )}
          {shown.map(({ route, masked, verdict }) =>
            route === undefined ? null : (
              <tr key={rowKey(route)} className={local === null ? styles[classOf(verdict)] : styles.lost}>
                <RouteCells route={route} />
                {masked !== undefined && <td>{formatIpv4(masked)}</td>}
                {verdict !== undefined && <td>{local === null ? fib.verdicts[verdict] : '–'}</td>}
              </tr>
            ),
          )}
        </tbody>
      </table>
      {routes.length === 0 && <p className={styles.note}>{fib.empty}</p>}
      {shown.length < rows.length && <p className={styles.note}>{fib.more(String(rows.length - shown.length))}</p>}
      {local !== null && <p className={styles.note}>{fib.local}</p>}
      {dst !== null && local === null && <p className={styles.note}>{fib.localFirst(dst)}</p>}
    </div>
  );
}

const rowKey = ({ dst, via, dev, metric }: Route): string => `${dst.base}/${dst.len} ${via} ${dev} ${metric}`;

function classOf(verdict: ConsideredRow['verdict'] | undefined): 'won' | 'beaten' | 'lost' | 'plain' {
  if (verdict === undefined) return 'plain';
  if (verdict === 'chosen') return 'won';
  return verdict === 'no-match' ? 'lost' : 'beaten';
}

function RouteCells({ route }: { readonly route: Route }) {
  const { fib } = useApp(selectText).panel;
  return (
    <>
      <th scope="row" title={formatMask(route.dst.len)}>
        {formatPrefix(route.dst)}
        {route.metric !== 0 && (
          <span className={styles.below} aria-hidden="true">
            {fib.metric} {route.metric}
          </span>
        )}
      </th>
      <td>{route.type !== 'unicast' ? route.type : route.via === null ? fib.onLink : formatIpv4(route.via)}</td>
      <td>{route.dev ?? '–'}</td>
      <td className={route.metric === 0 ? styles.metricZero : styles.metric}>
        <span className={styles.unit}>{fib.metric} </span>
        {route.metric}
      </td>
    </>
  );
}
