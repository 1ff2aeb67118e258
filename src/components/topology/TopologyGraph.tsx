import { memo, useCallback, useMemo, useRef, useState } from 'react';
import type { Topology } from '../../engine/topology/topology';
import { changePicture, openDialog } from '../../store/actions';
import { selectPlacings, selectSession, selectStepIndex, selectText } from '../../store/selectors';
import { useApp } from '../../store/store';
import { useMedia } from '../shared/useMedia';
import { type Size, useSize } from '../shared/useSize';
import type { GraphWords } from './content';
import { Details, type Opened } from './Details';
import { type Facts, factsOf, nameOf } from './facts';
import { Highlights, StackValues } from './Highlights';
import { HostList } from './HostList';
import { layout } from './layout';
import { momentOf } from './moment';
import { PacketPill } from './PacketPill';
import { Boxes, Labels, radiusOf } from './StaticScene';
import { type Box, boxAt, isMovable, type Rect, type Scene } from './scene';
import styles from './TopologyGraph.module.css';
import { MOVE_KEYS, type Mover, useMoving } from './useMoving';
import { useZoom } from './useZoom';

/** One column of panels, as in App.module.css: the graph then takes the height it needs. */
const STACKED = '(max-width: 47.99rem), (max-height: 32rem)';
const FIRST_SIZE: Size = { width: 940, height: 560 };
const NODES_IN_SIGHT = 3; // more of them are found in a dialog
const EDGE = 10; // px around the picture; less where there is little room
const LOW = 480;

export function TopologyGraph() {
  const { graph: words, field, placing } = useApp(selectText);
  const { topology } = useApp(selectSession);
  const nodes = useMemo(() => topology.hosts.filter(({ role }) => role === 'node').length, [topology]);
  const frame = useRef<HTMLDivElement>(null);
  const svg = useRef<SVGSVGElement>(null);
  const stacked = useMedia(STACKED);
  const { width, height } = useSize(frame) ?? FIRST_SIZE;
  const placings = useApp(selectPlacings);
  const { made, room } = useMemo(() => {
    const edge = stacked || height < LOW ? EDGE / 3 : EDGE;
    const room = {
      width: Math.max(200, width - 2 * edge),
      height: stacked ? Infinity : Math.max(160, height - 2 * edge - FOOT),
    };
    return { made: layout(topology, words, room), room };
  }, [topology, words, width, height, stacked]);
  const { shown, scene, mover } = useMoving({ made, topology, placings, room });
  const { scale } = shown;
  const svgHeight = stacked ? scene.height * scale + 2 * EDGE : Math.max(160, height - FOOT);
  const { transform, isFitted, by, fit } = useZoom(svg, { width, height: svgHeight });
  const [opened, setOpened] = useState<Opened | null>(null);
  const open = useCallback(
    (facts: Facts, element: Element) => setOpened({ facts, beside: element.getBoundingClientRect() }),
    [],
  );
  const close = useCallback(() => setOpened(null), []);
  const x = (width - scene.width * scale) / 2;
  const y = (svgHeight - scene.height * scale) / 2;
  return (
    <section className={styles.graph} aria-label={words.label} ref={frame}>
      <svg
        ref={svg}
        className={isFitted ? styles.svg : styles.svgZoomed}
        width={width}
        height={svgHeight}
        aria-label={words.label}
      >
        <g transform={transform}>
          <g transform={`translate(${x} ${y}) scale(${scale})`}>
            <Boxes scene={scene} />
            <StepUnderLabels scene={scene} topology={topology} words={words} />
            <Labels scene={scene} />
            <Buttons scene={scene} topology={topology} words={words} mover={mover} onOpen={open} />
            <StepOverLabels scene={scene} topology={topology} words={words} />
          </g>
        </g>
      </svg>
      <div className={styles.foot}>
        {topology.assumed.length > 0 && <p className={styles.legend}>{words.assumed}</p>}
        {nodes > NODES_IN_SIGHT && (
          <button type="button" className={styles.allNodes} onClick={() => openDialog('nodes')}>
            {field.open(nodes)}
          </button>
        )}
        {placings.length > 0 && (
          <button type="button" className={styles.allNodes} onClick={() => changePicture({ kind: 'lay-out' })}>
            {placing.layOut}
          </button>
        )}
        <fieldset className={styles.zoom} aria-label={words.zoom.label}>
          <button type="button" aria-label={words.zoom.out} title={words.zoom.out} onClick={() => by('out')}>
            −
          </button>
          <button type="button" aria-label={words.zoom.in} title={words.zoom.in} onClick={() => by('in')}>
            +
          </button>
          <button type="button" aria-label={words.zoom.fit} title={words.zoom.fit} onClick={fit} disabled={isFitted}>
            ⤢
          </button>
        </fieldset>
      </div>
      <CurrentList scene={scene} topology={topology} words={words} />
      <Details opened={opened} words={words} onClose={close} />
    </section>
  );
}

const FOOT = 30; // px, the line with legend and zoom buttons

interface SceneProps {
  readonly scene: Scene;
  readonly topology: Topology;
  readonly words: GraphWords;
}

/** The moment of the shown step; the same object until the step or the run changes. */
function useMoment(topology: Topology) {
  const { trace } = useApp(selectSession);
  const index = useApp(selectStepIndex);
  return useMemo(
    () => ({ moment: momentOf(trace, index, topology), world: trace.steps[index]?.after ?? trace.initial }),
    [trace, index, topology],
  );
}

function StepUnderLabels({ scene, topology, words }: SceneProps) {
  const { moment, world } = useMoment(topology);
  return (
    <>
      {moment !== null && <Highlights scene={scene} topology={topology} moment={moment} />}
      <StackValues scene={scene} world={world} lookup={moment?.lookup ?? null} words={words} />
    </>
  );
}

function StepOverLabels({ scene, topology, words }: SceneProps) {
  const { moment } = useMoment(topology);
  return moment === null ? null : <PacketPill scene={scene} topology={topology} moment={moment} words={words} />;
}

function CurrentList({ scene, topology, words }: SceneProps) {
  const { moment } = useMoment(topology);
  const current = moment === null ? null : boxAt(scene, topology, moment.place);
  return <HostList scene={scene} topology={topology} words={words} current={current?.id ?? null} />;
}

interface ButtonsProps extends SceneProps {
  readonly mover: Mover;
  readonly onOpen: (facts: Facts, element: Element) => void;
}

/** What can be pressed: an invisible shape over each box that has details; hosts are dragged by their names. */
const Buttons = memo(function Buttons({ scene, topology, words, mover, onOpen }: ButtonsProps) {
  return scene.boxes.map((box) => {
    const facts = factsOf(topology, words, box);
    return facts === null ? null : (
      <BoxButton
        key={box.id}
        box={box}
        name={nameOf(topology, words, box)}
        grip={isMovable(box) ? gripOf(scene, box) : null}
        mover={mover}
        onOpen={(element) => onOpen(facts, element)}
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
