import { useMemo } from 'react';
import type { MatrixFacts } from './BigMatrix';
import styles from './MatrixDrawing.module.css';
import { along, LINE, type MatrixSheet, matrixSheet, PAD, type Part, SIZE } from './matrix-sheet';
import { useTexts } from './texts';

/** The hop matrix as a picture, to be saved as it is seen. */
export function MatrixDrawing({
  facts,
  hide,
}: {
  readonly facts: MatrixFacts;
  readonly hide: (text: string) => string;
}) {
  const { text } = useTexts();
  const sheet = useMemo(() => matrixSheet(facts, text, hide), [facts, text, hide]);
  return <Drawn sheet={sheet} label={hide(text.matrix.caption(facts.name))} />;
}

function Drawn({
  sheet: { width, height, cells, captions },
  label,
}: {
  readonly sheet: MatrixSheet;
  readonly label: string;
}) {
  return (
    <svg className={styles.sheet} width={width} height={height} role="img" aria-label={label} fontSize={SIZE}>
      {cells.map((cell) => (
        <g key={`${cell.x} ${cell.y}`}>
          <rect
            className={`${styles.cell} ${styles[`fill-${cell.fill}`] ?? ''}`}
            x={cell.x}
            y={cell.y}
            width={cell.width}
            height={cell.height}
          />
          {cell.lines.map((parts, i) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: the lines of a cell never change places
            <Line key={i} x={cell.x + PAD.x} y={cell.y + PAD.y + i * LINE + SIZE} parts={parts} />
          ))}
        </g>
      ))}
      {captions.map((line) => (
        <Line key={line.y} {...line} />
      ))}
    </svg>
  );
}

function Line({ x, y, parts }: { readonly x: number; readonly y: number; readonly parts: readonly Part[] }) {
  const { starts } = along(parts);
  return parts.map(({ text, tone, mono, bold }, i) => (
    <text
      // biome-ignore lint/suspicious/noArrayIndexKey: the parts of a line never change places
      key={i}
      className={[styles[tone], mono && styles.mono, bold && styles.bold].filter(Boolean).join(' ')}
      x={x + (starts[i] ?? 0)}
      y={y}
    >
      {text}
    </text>
  ));
}
