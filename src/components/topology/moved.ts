/**
 * A scene with some of its hosts moved by hand, as a pure function: what is inside a node goes with it, a pod stays
 * inside its node, wires follow. How far a host may go is bounded so that the whole picture, shrunk to the room it has,
 * keeps its texts readable.
 */
import type { Placing } from '../../engine/topology/placing';
import { hostNamed, type Topology } from '../../engine/topology/topology';
import { pointsBetween } from './drawing';
import type { Layout, Room } from './layout';
import { MARGIN } from './measure';
import { type Box, boxNamed, hostId, isMovable, type Point, type Rect, type Scene } from './scene';

const SCALE_MIN = 0.85; // of texts of 13 px: 11 px; what is smaller already gets no smaller
const DOWN_MAX = 160; // px, where the page may be as high as it likes

/** Where the picture as laid out lies in the one with hosts moved. */
export interface MovedLayout extends Layout {
  readonly origin: Point;
}

/** The picture of `made` with hosts moved, in the same room. */
export function withMoved(made: Layout, topology: Topology, placings: readonly Placing[], room: Room): MovedLayout {
  if (placings.length === 0) return { ...made, origin: { x: 0, y: 0 } };
  const spare = spareOf(made, room);
  const { width, height, ...shown } = moved(made.scene, topology, placings, spare);
  const { x, y, width: wide, height: high } = boundsOf(shown.boxes, { x: 0, y: 0, width, height });
  const origin = { x: 0 - x, y: 0 - y };
  const scene = { ...shifted(shown, origin), width: wide, height: high };
  return { scene, origin, scale: Math.min(made.scale, room.width / wide, room.height / high) };
}

/** While a host is being moved: the frame stays as it is shown, so that the picture does not run from the pointer. */
export function beingMoved(
  made: Layout,
  shown: MovedLayout,
  topology: Topology,
  placings: readonly Placing[],
  room: Room,
): Scene {
  const { width, height } = shown.scene;
  return { ...shifted(moved(made.scene, topology, placings, spareOf(made, room)), shown.origin), width, height };
}

/** How far a host really went: as far as asked, or up to the limits. */
export function reached(
  made: Layout,
  topology: Topology,
  placings: readonly Placing[],
  room: Room,
  { host, dx, dy }: Placing,
): Placing {
  const spare = spareOf(made, room);
  const others = placings.filter((one) => one.host !== host);
  const at = (all: readonly Placing[]) => boxNamed(moved(made.scene, topology, all, spare), hostId(host));
  const [from, to] = [at(others), at([...others, { host, dx, dy }])];
  if (from === null || to === null) return { host, dx, dy };
  return { host, dx: Math.round(to.x - from.x), dy: Math.round(to.y - from.y) };
}

/** How far beyond the picture's edges a box may go, px. */
function spareOf({ scene, scale }: Layout, room: Room): Point {
  const least = Math.min(scale, SCALE_MIN);
  const y = room.height === Number.POSITIVE_INFINITY ? DOWN_MAX : (room.height / least - scene.height) / 2;
  return { x: Math.max(0, (room.width / least - scene.width) / 2), y: Math.max(0, y) };
}

/** The scene with hosts moved, its origin where it was; boxes may lie outside of it, by `spare` at most. */
function moved(scene: Scene, topology: Topology, placings: readonly Placing[], spare: Point): Scene {
  const nodesFirst = [...placings].sort((a, b) => Number(isInNode(topology, a)) - Number(isInNode(topology, b)));
  let boxes = scene.boxes;
  let badges = scene.badges;
  for (const placing of nodesFirst) {
    const own = boxes.find(({ id }) => id === hostId(placing.host));
    if (own === undefined || !isMovable(own)) continue;
    const by = kept(own, placing, limitsOf(own, scene, boxes, topology, spare));
    const goes = (host: string | null): boolean =>
      host === placing.host || (own.kind === 'node' && host !== null && nodeOf(topology, host) === placing.host);
    boxes = boxes.map((box) => (goes(box.host) ? shiftedBox(box, by) : box));
    badges = badges.map((badge) => (goes(badge.host) ? { ...badge, x: badge.x + by.x, y: badge.y + by.y } : badge));
  }
  return rewired({ ...scene, boxes, badges });
}

const nodeOf = (topology: Topology, host: string): string | null => hostNamed(topology, host)?.node ?? null;
const isInNode = (topology: Topology, { host }: Placing): boolean => nodeOf(topology, host) !== null;

/** A pod stays in its node; all else within the picture and what is spare around it. */
function limitsOf(own: Box, scene: Scene, boxes: readonly Box[], topology: Topology, spare: Point): Rect {
  const node = own.kind === 'pod' && own.host !== null ? nodeOf(topology, own.host) : null;
  const around = node === null ? undefined : boxes.find(({ id }) => id === hostId(node));
  if (around !== undefined)
    return { x: around.x + 2, y: around.y + 2, width: around.width - 4, height: around.height - 4 };
  return {
    x: MARGIN - spare.x,
    y: MARGIN - spare.y,
    width: scene.width - 2 * MARGIN + 2 * spare.x,
    height: scene.height - 2 * MARGIN + 2 * spare.y,
  };
}

function kept(box: Rect, { dx, dy }: Placing, limits: Rect): Point {
  const within = (at: number, size: number, by: number, from: number, room: number): number =>
    Math.max(Math.min(from, at), Math.min(at + by, Math.max(at, from + room - size))) - at;
  return {
    x: within(box.x, box.width, dx, limits.x, limits.width),
    y: within(box.y, box.height, dy, limits.y, limits.height),
  };
}

const shiftedBox = (box: Box, by: Point): Box => ({
  ...box,
  x: box.x + by.x,
  y: box.y + by.y,
  labels: box.labels.map((label) => ({ ...label, x: label.x + by.x, y: label.y + by.y })),
});

const shifted = (
  { boxes, wires, badges }: Omit<Scene, 'width' | 'height'>,
  by: Point,
): Omit<Scene, 'width' | 'height'> => ({
  boxes: boxes.map((box) => shiftedBox(box, by)),
  badges: badges.map((badge) => ({ ...badge, x: badge.x + by.x, y: badge.y + by.y })),
  wires: wires.map((wire) => ({ ...wire, points: wire.points.map(({ x, y }) => ({ x: x + by.x, y: y + by.y })) })),
});

function rewired(scene: Scene): Scene {
  const wires = scene.wires.map((wire) => {
    const [a, b] = [boxNamed(scene, wire.a), boxNamed(scene, wire.b)];
    return a === null || b === null ? wire : { ...wire, points: pointsBetween(wire.kind, a, b) };
  });
  return { ...scene, wires };
}

/** Around the picture as it was and every box. */
function boundsOf(boxes: readonly Box[], scene: Rect): Rect {
  const x = Math.min(scene.x, ...boxes.map((box) => box.x - MARGIN));
  const y = Math.min(scene.y, ...boxes.map((box) => box.y - MARGIN));
  const right = Math.max(scene.width, ...boxes.map((box) => box.x + box.width + MARGIN));
  const bottom = Math.max(scene.height, ...boxes.map((box) => box.y + box.height + MARGIN));
  return { x, y, width: right - x, height: bottom - y };
}
