import { useEffect, useRef, useState } from 'react';
import { useGestures } from '../shared/useGestures';
import { useSize } from '../shared/useSize';
import styles from './Field.module.css';
import { type FieldNode, type Grid, gridOf, nodeAt } from './field';

interface Props {
  readonly nodes: readonly FieldNode[];
  readonly found: ReadonlySet<number>;
  readonly onWay: ReadonlySet<string>; // names of the nodes of the shown way
  readonly chosen: number | null;
  readonly label: string;
  readonly onChoose: (index: number) => void;
}

interface View {
  readonly k: number;
  readonly x: number;
  readonly y: number;
}

const HEIGHT = 320; // px
const ZOOM_MAX = 40;
const NAME_FROM = 64; // px of a square on the screen from which its name is written,
const ADDRESS_FROM = 116; // and from which its address fits too
const FITTED: View = { k: 1, x: 0, y: 0 };

/**
 * The field, drawn on a canvas: SVG would need an element a node. Only what is in sight is drawn, and names only where
 * they can be read. The list beside it says the same in words.
 */
export function NodeCanvas({ nodes, found, onWay, chosen, label, onChoose }: Props) {
  const frame = useRef<HTMLDivElement>(null);
  const canvas = useRef<HTMLCanvasElement>(null);
  const width = useSize(frame)?.width ?? 600;
  const [view, setView] = useState(FITTED);
  const gestures = useGestures();
  const grid = gridOf(nodes.length, width, HEIGHT);

  useEffect(() => {
    const element = canvas.current;
    if (element === null || gestures === null) return;
    const zoom = gestures
      .zoom<HTMLCanvasElement, unknown>()
      .scaleExtent([1, ZOOM_MAX])
      .translateExtent([
        [0, 0],
        [width, HEIGHT],
      ])
      .on('zoom', ({ transform: { k, x, y } }: { transform: View }) => {
        cancelAnimationFrame(asked); // a mouse tells of more moves than there are frames
        asked = requestAnimationFrame(() => setView({ k, x, y }));
      });
    let asked = 0;
    const selection = gestures.select(element).call(zoom);
    return () => {
      cancelAnimationFrame(asked);
      selection.on('.zoom', null);
    };
  }, [gestures, width]);

  useEffect(() => {
    const element = canvas.current;
    const context = element?.getContext('2d');
    if (element === null || context === null || context === undefined) return;
    const ratio = devicePixelRatio;
    const [across, down] = [Math.round(width * ratio), Math.round(HEIGHT * ratio)];
    if (element.width !== across) element.width = across; // a new size makes the browser allocate anew
    if (element.height !== down) element.height = down;
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    draw(context, getComputedStyle(element), { nodes, found, onWay, chosen, grid, view, width });
  });

  return (
    <div ref={frame} className={styles.frame}>
      <canvas
        ref={canvas}
        className={styles.canvas}
        style={{ height: HEIGHT }}
        role="img"
        aria-label={label}
        onClick={(event) => {
          const { left, top } = event.currentTarget.getBoundingClientRect();
          const x = (event.clientX - left - view.x) / view.k;
          const y = (event.clientY - top - view.y) / view.k;
          const index = nodeAt(grid, nodes.length, x, y);
          if (index >= 0) onChoose(index);
        }}
      />
    </div>
  );
}

interface Drawing extends Pick<Props, 'nodes' | 'found' | 'onWay' | 'chosen'> {
  readonly grid: Grid;
  readonly view: View;
  readonly width: number;
}

function draw(context: CanvasRenderingContext2D, style: CSSStyleDeclaration, drawing: Drawing): void {
  const { nodes, found, onWay, chosen, grid, view, width } = drawing;
  const colour = (name: string): string => style.getPropertyValue(name);
  const [line, now, wash, box, ink, quiet] = [
    '--line-strong',
    '--now',
    '--now-wash',
    '--box',
    '--ink',
    '--box-inner',
  ].map(colour);
  const size = grid.cell * view.k;
  const gap = Math.min(6, size * 0.15);
  context.clearRect(0, 0, width, HEIGHT);
  context.font = `13px ${colour('--sans')}`;
  context.textBaseline = 'top';
  const firstRow = Math.max(0, Math.floor(-view.y / size));
  const lastRow = Math.ceil((HEIGHT - view.y) / size);
  const firstColumn = Math.max(0, Math.floor(-view.x / size));
  const lastColumn = Math.min(grid.columns - 1, Math.ceil((width - view.x) / size));
  for (let row = firstRow; row <= lastRow; row += 1) {
    for (let column = firstColumn; column <= lastColumn; column += 1) {
      const index = row * grid.columns + column;
      const node = nodes[index];
      if (node === undefined) continue;
      const [x, y] = [view.x + column * size + gap / 2, view.y + row * size + gap / 2];
      const isOnWay = onWay.has(node.host.name);
      context.fillStyle = (isOnWay ? now : found.has(index) ? (found.size === nodes.length ? box : wash) : quiet) ?? '';
      context.fillRect(x, y, size - gap, size - gap);
      context.strokeStyle = (index === chosen ? ink : found.has(index) && found.size < nodes.length ? now : line) ?? '';
      context.lineWidth = index === chosen ? 3 : 1;
      if (size > 6 || index === chosen) context.strokeRect(x, y, size - gap, size - gap);
      if (size < NAME_FROM) continue;
      context.fillStyle = (isOnWay ? colour('--now-ink') : ink) ?? '';
      context.fillText(node.host.name, x + 6, y + 6, size - gap - 12);
      if (size >= ADDRESS_FROM) context.fillText(node.ip, x + 6, y + 24, size - gap - 12);
    }
  }
}
