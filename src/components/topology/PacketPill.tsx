import { useLayoutEffect, useRef } from 'react';
import type { Topology } from '../../engine/topology/topology';
import { beginBusy } from '../../store/environment';
import { useApp } from '../../store/store';
import { textWidth } from '../shared/text-width';
import { useGestures } from '../shared/useGestures';
import type { GraphWords } from './content';
import { wayOf } from './Highlights';
import type { Moment } from './moment';
import { type Hop, lengthOf, pointAlong, pointsOf } from './path';
import { type Box, boxAt, centreOf, type Point, type Scene } from './scene';
import styles from './TopologyGraph.module.css';

const HEIGHT = 22;
const TRAVEL_MS = { min: 250, max: 400, perPx: 1.6 };

interface Props {
  readonly scene: Scene;
  readonly topology: Topology;
  readonly moment: Moment;
  readonly words: GraphWords;
}

/**
 * The packet, where it is now. A step forward carries it along the wires; the picture itself is already that of the new
 * step, so nothing waits for the journey.
 */
export function PacketPill({ scene, topology, moment, words }: Props) {
  const box = boxAt(scene, topology, moment.place);
  if (box === null || moment.what === null) return null;
  const text = `${moment.dropped ? '✗ ' : ''}${words.pill(moment.what, moment.ttl)}`;
  const way = moment.lastMove === null ? [] : wayOf(scene, topology, moment.lastMove);
  const width = textWidth(text, { size: 13, bold: true }) + 18;
  const rest = within(restAt(scene, box, way.at(-1) ?? null), width, scene);
  const journey = moment.move === null ? null : [...way.flatMap(pointsOf), rest];
  return (
    <Travelling rest={rest} journey={journey} index={moment.index}>
      <g className={moment.dropped ? styles.pillLost : styles.pill} data-testid="packet">
        <rect x={-width / 2} y={-HEIGHT / 2} width={width} height={HEIGHT} rx={HEIGHT / 2} />
        <text y={4.6} textAnchor="middle">
          {text}
        </text>
      </g>
    </Travelling>
  );
}

interface TravellingProps {
  readonly rest: Point;
  readonly journey: readonly Point[] | null;
  readonly index: number;
  readonly children: React.ReactNode;
}

/** Runs along `journey` to `rest` whenever `index` has grown; any other change is at once. */
function Travelling({ rest, journey, index, children }: TravellingProps) {
  const ref = useRef<SVGGElement>(null);
  const shownIndex = useRef(index);
  const speed = useApp((s) => s.speed);
  const gestures = useGestures();
  const [endX, endY] = [rest.x, rest.y];
  // biome-ignore lint/correctness/useExhaustiveDependencies: only a new step starts a journey
  useLayoutEffect(() => {
    const forward = index > shownIndex.current;
    shownIndex.current = index;
    const element = ref.current;
    if (element === null) return;
    element.setAttribute('transform', `translate(${endX} ${endY})`);
    if (!forward || journey === null || gestures === null || prefersStillness()) return;
    const length = lengthOf(journey);
    const duration = Math.min(TRAVEL_MS.max, Math.max(TRAVEL_MS.min, length * TRAVEL_MS.perPx)) / Math.max(1, speed);
    const rested = beginBusy();
    const packet = gestures.select(element);
    packet
      .transition()
      .duration(duration)
      .ease(gestures.easeCubicInOut)
      .attrTween('transform', () => (t) => {
        const { x, y } = pointAlong(journey, t);
        return `translate(${x} ${y})`;
      })
      .on('end.busy interrupt.busy cancel.busy', rested);
    return () => {
      packet.interrupt();
      rested();
    };
  }, [index, endX, endY]);
  return (
    <g ref={ref} className={styles.travelling} transform={`translate(${endX} ${endY})`}>
      {children}
    </g>
  );
}

const prefersStillness = (): boolean => matchMedia('(prefers-reduced-motion: reduce)').matches;

/**
 * On the border of its box, on the side away from where it came, so that it hides neither texts nor the arrow. In a pod
 * that is the pod's own border: above its route lookup stands its name.
 */
function restAt(scene: Scene, box: Box, last: Hop | null): Point {
  const { x } = centreOf(box);
  const end = last === null ? undefined : pointsOf(last).at(-1);
  const fromAbove =
    box.kind !== 'segment' && end !== undefined && last?.wire.kind !== 'inner' && Math.abs(end.y - box.y) < 1;
  if (fromAbove) return { x, y: box.y + box.height + 5 };
  const pod = box.kind === 'stack' ? scene.boxes.find((one) => one.kind === 'pod' && one.host === box.host) : undefined;
  return { x, y: (pod ?? box).y - 5 };
}

/** The whole pill stays in the picture. */
const within = ({ x, y }: Point, width: number, scene: Scene): Point => ({
  x: Math.min(Math.max(x, width / 2 + 2), scene.width - width / 2 - 2),
  y: Math.min(Math.max(y, HEIGHT / 2 + 1), scene.height - HEIGHT / 2 - 1),
});
