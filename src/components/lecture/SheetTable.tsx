import { useLayoutEffect, useRef, useState } from 'react';
import tones from '../shared/tones.module.css';
import { useSize } from '../shared/useSize';
import styles from './SheetTable.module.css';
import type { Sheet, SheetRow } from './sheet';
import { useTexts } from './texts';

/** A table that shows as many rows as there is room for: those that count first, the rest by number. */
export function SheetTable({ sheet, fit }: { readonly sheet: Sheet; readonly fit: boolean }) {
  const { lecture } = useTexts();
  const box = useRef<HTMLElement>(null);
  const size = useSize(box);
  const [room, setRoom] = useState(Number.POSITIVE_INFINITY);
  const { rows, head, caption, wraps, code } = sheet;
  const narrow = useNarrow(box, sheet, fit, size?.width ?? 0);
  useLayoutEffect(() => {
    const element = box.current;
    if (element === null || size === null || !fit) {
      setRoom(Number.POSITIVE_INFINITY);
      return;
    }
    const em = Number.parseFloat(getComputedStyle(element).fontSize);
    const lines = size.height / (em * LINE) - 1 - (head.length > 0 ? 1 : 0);
    setRoom(Math.max(0, Math.floor(wraps ? lines / 2 : lines)));
  }, [size, head.length, wraps, fit]);
  const shown = fitted(rows, room, code);
  const left = rows.length - shown.length;
  const columns = narrow && head.length === ROUTE_COLUMNS ? [0, 1, 2, 4] : null;
  const cellsOf = (cells: readonly string[]): readonly string[] =>
    columns === null ? cells : columns.map((column) => cells[column] ?? '');
  return (
    <section className={fit ? `${styles.box} ${styles.fit}` : styles.box} ref={box} tabIndex={fit ? undefined : 0}>
      {room > 0 && (
        <table className={[styles.table, wraps && styles.wraps, code && styles.code].filter(Boolean).join(' ')}>
          <caption>{caption}</caption>
          {head.length > 0 && (
            <thead>
              <tr>
                {cellsOf(head).map((name) => (
                  <th key={name} scope="col">
                    {name}
                  </th>
                ))}
              </tr>
            </thead>
          )}
          <tbody>
            {shown.map(({ key, cells, tone }) => (
              <tr key={key} className={tone === 'quiet' ? tones.quiet : styles[tone]}>
                {cellsOf(cells).map((cell, i) => (
                  // biome-ignore lint/suspicious/noArrayIndexKey: columns have no other name
                  <td key={i}>{cell}</td>
                ))}
              </tr>
            ))}
            {left > 0 && room > 1 && (
              <tr className={tones.quiet}>
                <td colSpan={Math.max(1, head.length)}>{lecture.stage.moreRows(left)}</td>
              </tr>
            )}
          </tbody>
        </table>
      )}
    </section>
  );
}

const LINE = 1.5; // height of a row, in em of its own type
const ROUTE_COLUMNS = 5;

/** All, or those that count (and of a terminal the newest) and as many of the others, with one line kept for how many are left out. */
function fitted(rows: readonly SheetRow[], room: number, newest: boolean): readonly SheetRow[] {
  if (rows.length <= room) return rows;
  const most = Math.max(1, room - 1);
  const kept = rows.filter(({ keep }) => keep).slice(-most);
  const others = rows.filter(({ keep }) => !keep);
  const inOrder = newest ? others.reverse() : others;
  const chosen = new Set([...kept, ...inOrder.slice(0, most - kept.length)]);
  return rows.filter((row) => chosen.has(row));
}

/** Whether a table is too wide for its place: then it does without its least telling column. */
function useNarrow(box: React.RefObject<HTMLElement | null>, sheet: Sheet, fit: boolean, width: number): boolean {
  const [narrow, setNarrow] = useState<{ readonly sheet: Sheet; readonly width: number } | null>(null);
  useLayoutEffect(() => {
    const element = box.current;
    if (element === null || !fit) return;
    if (element.scrollWidth > element.clientWidth + 1) setNarrow({ sheet, width });
  }, [box, sheet, fit, width]);
  return narrow?.sheet === sheet && narrow.width === width;
}
