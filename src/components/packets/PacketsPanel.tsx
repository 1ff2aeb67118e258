/** Every packet of the open files in one list, with a filter, and the fields and bytes of the chosen one beside it. */
import { useMemo, useState } from 'react';
import { ok } from '../../engine/base/result';
import { parseFilter } from '../../engine/filter/parse';
import type { Filter } from '../../engine/filter/types';
import { aheadOf } from '../../store/clocks';
import { scenarioOf } from '../../store/scenarios';
import { selectSession, selectShowsSample } from '../../store/selectors';
import { useApp } from '../../store/store';
import { useMedia } from '../shared/useMedia';
import { FilterBox } from './FilterBox';
import { JumpBox } from './JumpBox';
import { marksOf } from './marks';
import { PacketDetails } from './PacketDetails';
import { PacketList } from './PacketList';
import styles from './Packets.module.css';
import { SortChoice } from './SortChoice';
import { sourcesOf, totalOf } from './sources';
import { useTexts } from './texts';
import { type Rows, type Sort, useRows } from './useRows';

const ROW_PX = 26; // as in Packets.module.css
const ROW_NARROW_PX = 52; // two lines
const ALL: Filter = { kind: 'all' };

export function PacketsPanel() {
  const { t } = useTexts();
  const { comparison, roles } = useApp(selectSession);
  const showsSample = useApp(selectShowsSample);
  const files = useApp((s) => s.files);
  const captures = useApp((s) => scenarioOf(s).captures);
  const sources = useMemo(() => sourcesOf(showsSample ? captures : files), [showsSample, captures, files]);
  const marks = useMemo(() => marksOf(comparison, roles, sources), [comparison, roles, sources]);
  const points = useMemo(
    () => new Map(roles.flatMap(({ file, point }) => (point === null ? [] : [[file, point] as const]))),
    [roles],
  );
  const [sort, setSort] = useState<Sort>('time');
  const [typed, setTyped] = useState('');
  const parsed = useMemo(() => parseFilter(typed), [typed]);
  const [applied, setApplied] = useState(ok(ALL));
  if (parsed.ok && applied !== parsed) setApplied(parsed); // a wrong filter leaves the list as it was
  const clocks = useApp((s) => s.clocks);
  const ahead = useMemo(() => aheadOf(clocks), [clocks]);
  const rows = useRows(sources, marks, points, sort, applied.value, ahead);
  const [chosen, setChosen] = useState<number | null>(null);
  const total = totalOf(sources);
  const rowPx = useMedia('(max-width: 47.99rem)') ? ROW_NARROW_PX : ROW_PX;
  const shown = chosen !== null && chosen < total ? chosen : null;

  return (
    <section className={styles.packets} aria-label={t.title}>
      <div className={styles.bar}>
        <FilterBox typed={typed} onType={setTyped} error={parsed.ok ? null : parsed.error} />
        <p className={styles.count} role="status">
          {countText(rows, total, applied.value.kind === 'all', t)}
        </p>
        <SortChoice sort={sort} onSort={setSort} />
        <JumpBox sources={sources} numbers={rows.numbers} from={shown} onFound={setChosen} />
      </div>
      <div className={styles.body}>
        <PacketList
          key={rowPx}
          rowPx={rowPx}
          sources={sources}
          marks={marks}
          points={points}
          numbers={rows.numbers}
          chosen={shown}
          onChoose={setChosen}
          empty={emptyText(rows, total, sources.length === 0, t)}
        />
        <PacketDetails sources={sources} marks={marks} points={points} chosen={shown} />
      </div>
    </section>
  );
}

type Texts = ReturnType<typeof useTexts>['t'];

function countText({ numbers, state, searched }: Rows, total: number, isAll: boolean, t: Texts): string {
  if (state === 'failed') return t.siftFailed;
  if (state === 'sorting') return t.sorting;
  if (state === 'sifting') return t.sifting(numbers.length, Math.floor(searched * 100));
  return isAll ? t.all(total) : t.found(numbers.length, total);
}

function emptyText({ state }: Rows, total: number, hasNoFile: boolean, t: Texts): string {
  if (hasNoFile) return t.noFiles;
  if (total === 0) return t.noPackets;
  if (state === 'failed') return t.siftFailed;
  return state === 'done' ? t.noMatch : '';
}
