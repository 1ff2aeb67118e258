/**
 * The bytes of a frame, 16 to a row, in runs of one field each. A run is a button: pointing at it points at its field,
 * here and everywhere else on the page. One tab stop; Up and Down go from run to run.
 */
import { type KeyboardEvent, useRef, useState } from 'react';
import { hex } from '../../engine/base/bytes';
import type { Field } from '../../engine/wire/types';
import { pointAtField } from '../../store/actions';
import { selectText } from '../../store/selectors';
import { useApp } from '../../store/store';
import { type ByteRun, placesOf, rowsOf } from './byte-runs';
import styles from './HexView.module.css';
import { byFocus, byMouse } from './pointing';

/** Rows shown before anybody asks for all: enough for a ping with its Ethernet header. */
const ROWS_SHORT = 8;

interface Props {
  readonly title: string;
  readonly bytes: Uint8Array;
  readonly fields: readonly Field[];
  readonly changed: readonly Field[];
}

export function HexView({ title, bytes, fields, changed }: Props) {
  const text = useApp(selectText);
  const { frame: t } = text.panel;
  const pointed = useApp((s) => s.fieldUnderPointer);
  const [all, setAll] = useState(false);
  const [stop, setStop] = useState(0); // the run that Tab goes to
  const box = useRef<HTMLDivElement>(null);
  const rows = rowsOf(bytes, fields);
  const shown = all ? rows : rows.slice(0, ROWS_SHORT);
  const spot = fields.find((field) => field.name === pointed) ?? null;
  const lastRun = shown.at(-1)?.halves.flat().at(-1)?.order ?? 0;

  const move = (event: KeyboardEvent): void => {
    const by = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
    if (by === 0) return;
    event.preventDefault();
    const next = Math.min(Math.max(0, Math.min(stop, lastRun) + by), lastRun);
    setStop(next);
    box.current?.querySelectorAll('button')[next]?.focus();
  };

  const button = (run: ByteRun) => {
    const { order, at, length, field } = run;
    const name = field?.name ?? null;
    return (
      <button
        key={order}
        type="button"
        className={styles.run}
        tabIndex={order === Math.min(stop, lastRun) ? 0 : -1}
        aria-label={`${field === null ? '' : text.fields.name(field.name)} ${hex(bytes.subarray(at, at + length))}`}
        {...byMouse(name)}
        {...byFocus(name)}
        onFocus={() => {
          setStop(order);
          pointAtField(name);
        }}
        onKeyDown={move}
      >
        {placesOf(run).map((place) => (
          <span key={place} className={byteClass(place, changed, spot)}>
            {hex(bytes.subarray(place, place + 1))}
          </span>
        ))}
      </button>
    );
  };

  return (
    <div className={styles.bytes}>
      <h3 className={styles.caption}>{title}</h3>
      {/* biome-ignore lint/a11y/useSemanticElements: a fieldset belongs to a form */}
      <div className={styles.hex} ref={box} role="group" aria-label={`${title}. ${t.bytesHelp}`}>
        {shown.map(({ at, halves }) => (
          <div key={at} className={styles.hexRow}>
            <span className={styles.offset} aria-hidden="true">
              {at.toString(16).padStart(4, '0')}
            </span>
            <span className={styles.halves}>
              {halves.map((half) => (
                <span key={half[0]?.at} className={styles.half}>
                  {half.map(button)}
                </span>
              ))}
            </span>
          </div>
        ))}
      </div>
      <p className={styles.spot}>
        {spot === null
          ? t.spotHint
          : t.spot({
              field: text.fields.name(spot.name),
              at: String(spot.at),
              length: String(spot.length),
              text: spot.text,
            })}
      </p>
      {rows.length > ROWS_SHORT && (
        <p className={styles.more}>
          <button type="button" onClick={() => setAll(!all)}>
            {all ? t.fewerBytes : t.moreBytes(String(bytes.length))}
          </button>
        </p>
      )}
    </div>
  );
}

const within = (at: number, { at: from, length }: Field): boolean => at >= from && at < from + length;

function byteClass(at: number, changed: readonly Field[], spot: Field | null): string {
  const marks = [
    changed.some((field) => within(at, field)) ? styles.byteChanged : '',
    spot !== null && within(at, spot) ? styles.bytePointed : '',
  ];
  return marks.join(' ');
}
