/** What the step changes in the picture: the way so far, the link just crossed, the current box, the route chosen. */
import { formatIpv4 } from '../../engine/addr/ipv4';
import { formatPrefix } from '../../engine/addr/prefix';
import type { World } from '../../engine/sim/world';
import { hostIn } from '../../engine/sim/world';
import type { Topology } from '../../engine/topology/topology';
import { type GraphWords, LINE } from './content';
import { isDefault, type Moment, type Move } from './moment';
import { type Hop, lengthOf, pointsOf, wayBetween } from './path';
import { pathOf, radiusOf } from './StaticScene';
import { type Box, boxAt, type Point, type Scene } from './scene';
import styles from './TopologyGraph.module.css';

interface SceneProps {
  readonly scene: Scene;
  readonly topology: Topology;
  readonly moment: Moment;
}

export function wayOf(scene: Scene, topology: Topology, move: Move): readonly Hop[] {
  const [from, to] = [boxAt(scene, topology, move.from), boxAt(scene, topology, move.to)];
  return from === null || to === null ? [] : (wayBetween(scene, from.id, to.id) ?? []);
}

/** Under the boxes' texts. */
export function Highlights({ scene, topology, moment }: SceneProps) {
  const current = boxAt(scene, topology, moment.place);
  const drawn = (hop: Hop) => hop.wire.kind !== 'inner';
  const travelled = new Map(
    moment.travelled.flatMap((move) =>
      wayOf(scene, topology, move)
        .filter(drawn)
        .map((hop) => [hop.wire.id, hop]),
    ),
  );
  const last = moment.lastMove === null ? [] : wayOf(scene, topology, moment.lastMove).filter(drawn);
  return (
    <g className={styles.highlights}>
      {segmentsOn(scene, [...travelled.values()]).map((box) => (
        <rect
          key={box.id}
          className={styles.passed}
          x={box.x}
          y={box.y}
          width={box.width}
          height={box.height}
          rx={radiusOf(box)}
        />
      ))}
      {[...travelled.values()].map((hop) => (
        <path key={hop.wire.id} className={styles.travelled} d={pathOf(pointsOf(hop))} />
      ))}
      {last.map((hop) => (
        <CrossedLink key={hop.wire.id} hop={hop} />
      ))}
      {current !== null && <CurrentBox box={current} lost={moment.dropped} />}
    </g>
  );
}

/** The segments a packet passed through. */
const segmentsOn = (scene: Scene, hops: readonly Hop[]): readonly Box[] =>
  scene.boxes.filter(
    (box) => box.kind === 'segment' && hops.some(({ wire }) => wire.a === box.id || wire.b === box.id),
  );

const HEAD = 9; // px, length of the arrow's head

function CrossedLink({ hop }: { readonly hop: Hop }) {
  const points = pointsOf(hop);
  const [before, end] = [points.at(-2), points.at(-1)];
  if (before === undefined || end === undefined || lengthOf(points) < 1) return null;
  const angle = (Math.atan2(end.y - before.y, end.x - before.x) * 180) / Math.PI;
  return (
    <>
      <path className={styles.crossed} d={pathOf(shortenedEnd(points))} />
      <path
        className={styles.head}
        d={`M0 0L${-HEAD} ${-HEAD * 0.62}L${-HEAD} ${HEAD * 0.62}Z`}
        transform={`translate(${end.x} ${end.y}) rotate(${angle})`}
      />
    </>
  );
}

/** Ends where the arrow's head begins. */
function shortenedEnd(points: readonly Point[]): readonly Point[] {
  const [before, end] = [points.at(-2), points.at(-1)];
  if (before === undefined || end === undefined) return points;
  const length = Math.hypot(end.x - before.x, end.y - before.y);
  const share = length === 0 ? 0 : Math.max(0, length - HEAD + 1) / length;
  return [
    ...points.slice(0, -1),
    { x: before.x + (end.x - before.x) * share, y: before.y + (end.y - before.y) * share },
  ];
}

function CurrentBox({ box, lost }: { readonly box: Box; readonly lost: boolean }) {
  const holdsOthers = box.kind === 'node' || box.kind === 'pod';
  const { x, y, width, height } = box;
  return (
    <rect
      className={[styles.current, holdsOthers && styles.hollow, lost && styles.lost].filter(Boolean).join(' ')}
      data-testid="current-place"
      data-place={box.id}
      x={x}
      y={y}
      width={width}
      height={height}
      rx={radiusOf(box)}
    />
  );
}

interface StackProps {
  readonly scene: Scene;
  readonly world: World;
  readonly lookup: Moment['lookup'];
  readonly words: GraphWords;
}

/** In each node's route lookup: ip_forward as it stands now, and the route that was chosen for this packet. */
export function StackValues({ scene, world, lookup: last, words }: StackProps) {
  const stacks = scene.boxes.filter(
    (box) => box.kind === 'stack' && scene.boxes.some((node) => node.kind === 'node' && node.host === box.host),
  );
  return stacks.map((box) => {
    const { host } = hostIn(world, box.host ?? '');
    const lookup = last?.host === box.host ? last : null;
    const lines = lookup === null ? [words.routes(host.routes.length)] : chosen(lookup, words);
    const x = box.x + box.width / 2;
    const top = (box.labels[0]?.y ?? box.y) + LINE;
    const { ipForward } = host.sysctls;
    return (
      <g key={box.id} className={styles.stackValues}>
        <text className={ipForward ? styles.quiet : styles.off} x={x} y={top} textAnchor="middle">
          {`ip_forward = ${ipForward ? 1 : 0}`}
        </text>
        {lines.map((text, i) => (
          <text
            key={text}
            className={lookup === null ? styles.quiet : lookup.route === null ? styles.off : styles.chosen}
            x={x}
            y={top + (i + 1) * LINE}
            textAnchor="middle"
          >
            {text}
          </text>
        ))}
      </g>
    );
  });
}

function chosen({ route, table }: NonNullable<Moment['lookup']>, words: GraphWords): readonly string[] {
  if (route === null) return [words.noRoute];
  if (table === 'local') return [words.localRoute, formatPrefix(route.dst)];
  const name = isDefault(route) ? words.defaultRoute : formatPrefix(route.dst);
  if (route.via !== null) return [name, `via ${formatIpv4(route.via)}`];
  return [name, route.dev === null ? route.type : `dev ${route.dev}`];
}
