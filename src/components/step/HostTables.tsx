/** Every table of the step's host as it stands now, closed until asked for; what is shown as evidence is left out. */
import type { ReactNode } from 'react';
import type { Step } from '../../engine/sim/trace';
import { fdbIn, hostIn, segmentFdb, type World } from '../../engine/sim/world';
import { hostNamed } from '../../engine/topology/topology';
import { placeName } from '../../i18n/sentence-values';
import { selectText } from '../../store/selectors';
import { useApp } from '../../store/store';
import { evidenceOf } from './Evidence';
import { FdbTable } from './FdbTable';
import { NeighbourTable } from './NeighbourTable';
import { RouteTable } from './RouteTable';
import styles from './StepPanel.module.css';

interface Props {
  readonly step: Step;
  readonly before: World;
  readonly open: ReadonlySet<string>;
  readonly toggle: (name: string, isOpen: boolean) => void;
}

interface Section {
  readonly id: string;
  readonly title: string;
  readonly rows: number;
  readonly changed: boolean;
  readonly table: ReactNode;
}

export function HostTables({ step, before, open, toggle }: Props) {
  const text = useApp(selectText);
  const { panel } = text;
  const { host } = step.event;
  const sections = useSections(step, before).filter((section) => section.id !== evidenceOf(step.event));
  if (sections.length === 0) return null;
  return (
    <div className={styles.box}>
      <h3 className={styles.caption}>{panel.tables(placeName(text, step.after.topology, host))}</h3>
      {sections.map(({ id, title, rows, changed, table }) => (
        <details key={id} open={open.has(id)} onToggle={(event) => toggle(id, event.currentTarget.open)}>
          <summary className={styles.summary}>
            {title} <span className={styles.tag}>{panel.rows(String(rows))}</span>
            {changed && <span className={styles.mark}>≠ {panel.neighbours.changed}</span>}
          </summary>
          {open.has(id) && table}
        </details>
      ))}
    </div>
  );
}

function useSections({ event, after }: Step, before: World): readonly Section[] {
  const text = useApp(selectText);
  const { fib, neighbours, fdb } = text.panel;
  const { host } = event;
  if (hostNamed(after.topology, host) === null) {
    const table = segmentFdb(after, host);
    const title = fdb.short(placeName(text, after.topology, host));
    const shown = <FdbTable world={after} host={host} bridge={null} event={null} quiet />;
    return [{ id: 'fdb ', title, rows: table.size, changed: table !== segmentFdb(before, host), table: shown }];
  }
  const now = hostIn(after, host);
  const was = hostIn(before, host);
  const bridges = now.host.devices.filter(
    ({ name, link }) => link.kind === 'bridge' && now.host.devices.some((port) => port.master === name),
  );
  return [
    {
      id: 'fib',
      title: fib.short,
      rows: now.host.routes.length,
      changed: now.host.routes !== was.host.routes,
      table: <RouteTable world={after} host={host} asked={null} local={null} quiet />,
    },
    {
      id: 'neighbours',
      title: neighbours.short,
      rows: now.neighbours.size,
      changed: [...now.neighbours].some(([key, slot]) => was.neighbours.get(key)?.entry !== slot.entry),
      table: <NeighbourTable world={after} before={before} host={host} read={null} quiet />,
    },
    ...bridges.map(({ name }) => ({
      id: `fdb ${name}`,
      title: fdb.short(name),
      rows: fdbIn(now, name).size,
      changed: fdbIn(now, name) !== fdbIn(was, name),
      table: <FdbTable world={after} host={host} bridge={name} event={null} quiet />,
    })),
  ];
}
