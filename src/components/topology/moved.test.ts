/** Moving hosts in the picture: geometry only. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Placing } from '../../engine/topology/placing';
import { article } from '../../engine/topology/scenarios/article';
import { en } from '../../i18n/en';
import { layout } from './layout';
import { reached, withMoved } from './moved';
import { boxNamed, deviceId, hostId, type Rect, type Scene, segmentId } from './scene';

const ROOM = { width: 940, height: 470 };
const PHONE = { width: 382, height: Number.POSITIVE_INFINITY };
const made = layout(article, en.graph, ROOM);
const withPlaced = (...placings: Placing[]) => withMoved(made, article, placings, ROOM);
const boxIn = (scene: Scene, id: string) => {
  const box = boxNamed(scene, id);
  if (box === null) throw new Error(`no ${id}`);
  return box;
};
const offset = (scene: Scene, id: string) => {
  const [a, b] = [boxIn(made.scene, id), boxIn(scene, id)];
  return { x: Math.round(b.x - a.x), y: Math.round(b.y - a.y) };
};
const contains = (outer: Rect, inner: Rect): boolean =>
  inner.x >= outer.x - 0.5 &&
  inner.y >= outer.y - 0.5 &&
  inner.x + inner.width <= outer.x + outer.width + 0.5 &&
  inner.y + inner.height <= outer.y + outer.height + 0.5;

/** Every end of a wire lies on the border of its box. */
function looseEnds({ wires, boxes }: Scene): readonly string[] {
  const byId = new Map(boxes.map((box) => [box.id, box]));
  return wires
    .filter(({ kind }) => kind !== 'inner')
    .flatMap(({ id, a, b, points }) =>
      [
        { box: byId.get(a), at: points[0] },
        { box: byId.get(b), at: points.at(-1) },
      ].flatMap(({ box, at }) =>
        box !== undefined && at !== undefined && contains(box, { ...at, width: 0, height: 0 }) ? [] : [id],
      ),
    );
}

describe('withMoved', () => {
  test('leaves a picture in which nothing was moved as it is', () => {
    expect(withPlaced().scene).toBe(made.scene);
  });

  test('takes along what is inside a node: its pods, their devices, its capture point', () => {
    const { scene } = withPlaced({ host: 'node1', dx: 30, dy: 12 });
    const by = offset(scene, hostId('node1'));
    expect(by.x).toBeGreaterThan(0);
    for (const id of [hostId('pod1'), deviceId('pod1', 'eth0'), deviceId('node1', 'cni0'), deviceId('node1', 'ens33')])
      expect(offset(scene, id)).toEqual(by);
    const badge = (of: Scene) => of.badges.find(({ host, dev }) => host === 'node1' && dev === 'ens33');
    expect((badge(scene)?.x ?? 0) - (badge(made.scene)?.x ?? 0)).toBeCloseTo(by.x);
  });

  test('leaves the other node and the segment where they are, but for the picture’s own edge', () => {
    const { scene, origin } = withPlaced({ host: 'node1', dx: 30, dy: 12 });
    expect(offset(scene, hostId('node2'))).toEqual(origin);
    expect(offset(scene, segmentId('lan'))).toEqual(origin);
  });

  test('keeps a pod inside its node, and its veth where it was', () => {
    const { scene } = withPlaced({ host: 'pod1', dx: -5000, dy: 5000 });
    expect(contains(boxIn(scene, hostId('node1')), boxIn(scene, hostId('pod1')))).toBe(true);
    expect(offset(scene, deviceId('node1', 'veth5c905d55'))).toEqual({ x: 0, y: 0 });
  });

  test.each([
    ['a desktop', ROOM],
    ['a phone', PHONE],
  ])('on %s, wires follow, nothing leaves the picture, and texts stay readable', (_, room) => {
    const base = layout(article, en.graph, room);
    const placing = fc.record({
      host: fc.constantFrom('node1', 'node2', 'pod1', 'pod2', 'pod3', 'master', 'gateway', 'nobody'),
      dx: fc.integer({ min: -9000, max: 9000 }),
      dy: fc.integer({ min: -9000, max: 9000 }),
    });
    fc.assert(
      fc.property(fc.uniqueArray(placing, { maxLength: 5, selector: ({ host }) => host }), (placings) => {
        const { scene, scale } = withMoved(base, article, placings, room);
        expect(looseEnds(scene)).toEqual([]);
        const whole = { x: 0, y: 0, width: scene.width, height: scene.height };
        expect(scene.boxes.filter((box) => !contains(whole, box)).map(({ id }) => id)).toEqual([]);
        expect(scale).toBeGreaterThanOrEqual(Math.min(base.scale, 0.85) - 0.01);
        expect(scene.width * scale).toBeLessThanOrEqual(room.width + 0.5);
      }),
      { numRuns: 60 },
    );
  });
});

test('reached says how far a host really went', () => {
  const near = reached(made, article, [], ROOM, { host: 'node1', dx: 3, dy: 2 });
  expect(near).toEqual({ host: 'node1', dx: 3, dy: 2 });
  const far = reached(made, article, [], ROOM, { host: 'node1', dx: 9000, dy: 0 });
  expect(far.dx).toBeLessThan(1000);
  expect(reached(made, article, [], ROOM, far)).toEqual(far);
});
