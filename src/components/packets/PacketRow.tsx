/** One packet as a row: what the file says of it at once, what its headers say as soon as its bytes are here. */
import { memo, useMemo } from 'react';
import { packetLineOf } from '../../engine/analysis/packet-line';
import { decodeFrame } from '../../engine/wire/decode';
import { type Frame, useFrame } from './frames';
import { JourneyChip } from './JourneyChip';
import type { Mark } from './marks';
import styles from './Packets.module.css';
import { nanosecondsSince, type Source } from './sources';
import { useTexts } from './texts';
import { unreadableText } from './unreadable';
import { clockText, lengthText, namedText, secondsText } from './words';

interface Props {
  readonly id: string;
  readonly row: number;
  readonly source: Source;
  readonly i: number;
  readonly point: string | null;
  readonly mark: Mark | null;
  readonly isChosen: boolean;
  readonly startPx: number;
  readonly onChoose: () => void;
}

export const PacketRow = memo(Row, (was, is) =>
  (Object.keys(is) as (keyof Props)[]).every((key) => key === 'onChoose' || was[key] === is[key]),
);

function Row({ id, row, source, i, point, mark, isChosen, startPx, onChoose }: Props) {
  const { t } = useTexts();
  const facts = source.facts(i);
  const frame = useFrame(source, i);
  const line = useMemo(() => lineOf(frame), [frame]);
  const info =
    line === null
      ? frame === 'gone'
        ? t.goneShort
        : t.reading
      : line.unreadable === null
        ? line.info
        : [line.info, `[${unreadableText(line.unreadable, t)}]`].filter((part) => part !== '').join(' ');
  const addresses =
    line === null || line.source === ''
      ? ''
      : `${namedText(line.source, source.names)} → ${namedText(line.destination, source.names)}`;
  return (
    // biome-ignore lint/a11y/useSemanticElements: a table has all its rows
    // biome-ignore lint/a11y/useKeyWithClickEvents: the grid takes the keys
    // biome-ignore lint/a11y/useFocusableInteractive: the grid has the focus
    <div
      id={id}
      className={`${styles.row} ${isChosen ? styles.chosen : ''}`}
      role="row"
      aria-rowindex={row + 2}
      aria-selected={isChosen}
      style={{ translate: `0 ${startPx}px` }}
      onClick={onChoose}
    >
      <Cell name="number">{t.count(i + 1)}</Cell>
      <Cell name="time" title={clockText(facts.seconds, facts.nanoseconds)}>
        {secondsText(nanosecondsSince(source.start, facts))}
      </Cell>
      <Cell name="at" title={source.name}>
        {point ?? source.name}
      </Cell>
      <Cell name="mark">{mark !== null && <JourneyChip mark={mark} />}</Cell>
      <Cell name="from" title={addresses}>
        {addresses}
      </Cell>
      <Cell name="protocol">{line?.protocol ?? ''}</Cell>
      <Cell name="info" title={info}>
        {info}
      </Cell>
      <Cell name="length">{lengthText(facts.capturedLength, facts.originalLength)}</Cell>
    </div>
  );
}

const lineOf = (frame: Frame) => {
  if (frame === 'reading' || frame === 'gone') return null;
  const { bytes, linkType, originalLength } = frame;
  return packetLineOf(decodeFrame(bytes, { linkType, originalLength }));
};

interface CellProps {
  readonly name: 'number' | 'time' | 'at' | 'mark' | 'from' | 'protocol' | 'info' | 'length';
  readonly title?: string;
  readonly children: React.ReactNode;
}

const Cell = ({ name, title, children }: CellProps) => (
  // biome-ignore lint/a11y/useSemanticElements: a table has all its rows
  // biome-ignore lint/a11y/useFocusableInteractive: the grid has the focus
  <span className={styles[name]} role="gridcell" title={title}>
    {children}
  </span>
);
