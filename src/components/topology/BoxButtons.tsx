import { memo, useRef } from 'react';
import type { Topology } from '../../engine/topology/topology';
import { selectText } from '../../store/selectors';
import { useApp } from '../../store/store';
import type { GraphWords } from './content';
import { type Facts, factsOf, nameOf } from './facts';
import { radiusOf } from './StaticScene';
import { type Box, isMovable, MORE_ID, type Rect, type Scene } from './scene';
import styles from './TopologyGraph.module.css';
import { MOVE_KEYS, type Mover } from './useMoving';

interface Props {
  readonly scene: Scene;
  readonly topology: Topology;
  readonly words: GraphWords;
  readonly mover: Mover;
  readonly onOpen: (facts: Facts, element: Element) => void;
}

/** What can be pressed: an invisible shape over each box that has details; hosts are dragged by their names. */
export const BoxButtons = memo(function BoxButtons({ scene, topology, words, mover, onOpen }: Props) {
  return scene.boxes.map((box) => {
    return box.id === MORE_ID ? null : (
      <BoxButton
        key={box.id}
        box={box}
        name={nameOf(topology, words, box)}
        grip={isMovable(box) ? gripOf(scene, box) : null}
        mover={mover}
        onOpen={(element) => {
          const facts = factsOf(topology, words, box);
          if (facts !== null) onOpen(facts, element);
        }}
      />
    );
  });
});

interface BoxButtonProps {
  readonly box: Box;
  readonly name: string;
  readonly grip: Rect | null; // where it can be dragged; all of it: the button itself
  readonly mover: Mover;
  readonly onOpen: (element: Element) => void;
}

function BoxButton({ box, name, grip, mover, onOpen }: BoxButtonProps) {
  const { placing } = useApp(selectText);
  const button = useRef<SVGRectElement>(null);
  const { x, y, width, height } = box;
  const host = grip === null ? null : box.host;
  const isWhole = grip?.height === height;
  const open = () => !mover.wasDragged() && button.current !== null && onOpen(button.current);
  const gripping = host === null ? {} : { ...mover.grip(host), onClick: open, 'data-grip': host };
  return (
    <>
      {/* biome-ignore lint/a11y/useSemanticElements: inside a drawing there is no <button> */}
      <rect
        ref={button}
        className={isWhole ? `${styles.button} ${styles.grip}` : styles.button}
        role="button"
        tabIndex={0}
        aria-label={name}
        aria-haspopup="dialog"
        aria-keyshortcuts={host === null ? undefined : MOVE_KEYS}
        x={x}
        y={y}
        width={width}
        height={height}
        rx={radiusOf(box)}
        onClick={open}
        onKeyDown={(event) => {
          const moved = host !== null && mover.byKey(host, event);
          if (!moved && event.key !== 'Enter' && event.key !== ' ') return;
          event.preventDefault();
          if (!moved) onOpen(event.currentTarget);
        }}
        {...(isWhole ? gripping : {})}
      />
      {grip !== null && !isWhole && (
        // The button below it has the same click for the keyboard.
        <rect className={styles.grip} {...grip} {...gripping}>
          <title>{placing.hint}</title>
        </rect>
      )}
    </>
  );
}

/** A box's name, above all that is inside it. */
function gripOf(scene: Scene, box: Box): Rect {
  const { x, y, width, height } = box;
  const inside = (other: Box): boolean =>
    other !== box && other.x >= x && other.y >= y && other.x < x + width && other.y < y + height;
  const tops = scene.boxes.filter(inside).map((other) => other.y - y - 2);
  return { x, y, width, height: Math.max(0, Math.min(height, ...tops)) };
}
