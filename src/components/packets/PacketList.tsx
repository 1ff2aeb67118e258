/**
 * The list. One stop of the Tab key; the chosen row moves by keys, and only the rows in sight are on the page, so that
 * there may be millions.
 */
import { useVirtualizer } from '@tanstack/react-virtual';
import { type CSSProperties, type KeyboardEvent, useEffect, useEffectEvent, useId, useRef, useState } from 'react';
import { goToStep } from '../../store/actions';
import type { Marks } from './marks';
import { PacketRow } from './PacketRow';
import styles from './Packets.module.css';
import { placeOf, type Source } from './sources';
import { useTexts } from './texts';
import { type Anchor, anchorFor, placesOf, rowAtTop } from './window';

interface Props {
  readonly sources: readonly Source[];
  readonly marks: Marks;
  readonly points: ReadonlyMap<string, string>;
  readonly numbers: Uint32Array;
  readonly chosen: number | null;
  readonly onChoose: (number: number) => void;
  readonly empty: string;
  readonly rowPx: number;
}

const COLUMNS = ['number', 'time', 'at', 'mark', 'from', 'protocol', 'info', 'length'] as const;

export function PacketList({ sources, marks, points, numbers, chosen, onChoose, empty, rowPx }: Props) {
  const { t } = useTexts();
  const id = useId();
  const scroller = useRef<HTMLDivElement>(null);
  const rows = numbers.length;
  const [anchor, setAnchor] = useState<Anchor | null>(null);
  const places = placesOf({ rows, inSight: 1 });
  const virtual = useVirtualizer({
    count: places,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowPx,
    overscan: 4,
  });
  const inSight = Math.max(1, Math.ceil((virtual.scrollRect?.height ?? 0) / rowPx));
  const extent = { rows, inSight };
  const top = virtual.range?.startIndex ?? 0;
  const first = anchor?.place === top && rows > places ? Math.min(anchor.row, rows - 1) : rowAtTop(extent, top);
  const digits = t.count(Math.max(1, ...sources.map(({ count }) => count))).length;
  const at = chosen === null ? -1 : numbers.indexOf(chosen);

  const show = useEffectEvent((row: number): void => {
    if (row < 0) return;
    if (rows <= places) {
      virtual.scrollToIndex(row, { align: 'auto' });
      return;
    }
    const to = anchorFor(extent, first, row);
    if (to === null) return;
    setAnchor(to);
    const isLast = to.row === rows - inSight;
    virtual.scrollToIndex(isLast ? places - 1 : to.place, { align: isLast ? 'end' : 'start' });
  });
  useEffect(() => show(at), [at]);

  const move = (event: KeyboardEvent): void => {
    const step = event.key === 'Enter' && chosen !== null ? (marks.get(chosen)?.step ?? null) : null;
    if (step !== null) goToStep(step);
    const to = rowAfter(event.key, at, { rows, page: Math.max(1, inSight - 2) });
    if (to === null || event.altKey || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    const number = numbers[to];
    if (number !== undefined) onChoose(number);
  };

  return (
    <div className={styles.list} style={{ '--digits': digits } as CSSProperties}>
      <div className={styles.head} aria-hidden="true">
        {COLUMNS.map((column) => (
          <span key={column} className={styles[column]} title={t.columnHelp[column]}>
            {t.columns[column]}
          </span>
        ))}
      </div>
      {/* biome-ignore lint/a11y/useSemanticElements: a table has all its rows */}
      <div
        className={styles.grid}
        ref={scroller}
        role="grid"
        aria-label={t.label}
        aria-rowcount={rows + 1}
        aria-activedescendant={at >= 0 ? `${id}-${chosen}` : undefined}
        tabIndex={0}
        onKeyDown={move}
      >
        <HeadRow />
        {rows === 0 && <p className={styles.empty}>{empty}</p>}
        <div className={styles.space} style={{ height: virtual.getTotalSize() }}>
          {virtual.getVirtualItems().map(({ index, start }) => {
            const row = first + index - top;
            const number = numbers[row];
            const place = number === undefined ? null : placeOf(sources, number);
            if (number === undefined || place === null) return null;
            return (
              <PacketRow
                key={number}
                id={`${id}-${number}`}
                row={row}
                {...place}
                point={points.get(place.source.id) ?? null}
                mark={marks.get(number) ?? null}
                isChosen={number === chosen}
                startPx={start}
                onChoose={() => {
                  onChoose(number);
                  const step = marks.get(number)?.step ?? null;
                  if (step !== null) goToStep(step);
                }}
              />
            );
          })}
        </div>
      </div>
    </div>
  );
}

/** The heads of the columns, which do not scroll, once more for those who hear the page. */
function HeadRow() {
  const { t } = useTexts();
  return (
    // biome-ignore lint/a11y/useSemanticElements: a table has all its rows
    // biome-ignore lint/a11y/useFocusableInteractive: the grid has the focus
    <div className="visually-hidden" role="row" aria-rowindex={1}>
      {COLUMNS.map((column) => (
        // biome-ignore lint/a11y/useSemanticElements: the same
        // biome-ignore lint/a11y/useFocusableInteractive: the same
        <span key={column} role="columnheader">
          {t.columns[column]}
        </span>
      ))}
    </div>
  );
}

/** The row a key leads to; null for any other key. */
function rowAfter(
  key: string,
  at: number,
  { rows, page }: { readonly rows: number; readonly page: number },
): number | null {
  const to = { ArrowDown: at + 1, ArrowUp: at - 1, PageDown: at + page, PageUp: at - page, Home: 0, End: rows - 1 }[
    key
  ];
  return to === undefined ? null : Math.max(0, Math.min(rows - 1, to));
}
