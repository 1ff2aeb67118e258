import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ipv4FromNumber } from '../../engine/addr/ipv4';
import { type Mac, mac } from '../../engine/addr/mac';
import { prefix } from '../../engine/addr/prefix';
import type { DeviceKind } from '../../engine/net/device';
import { device, host } from '../../engine/topology/build';
import { article } from '../../engine/topology/scenarios/article';
import type { Host, Topology } from '../../engine/topology/topology';
import { en } from '../../i18n/en';
import { zh } from '../../i18n/zh';
import { layout } from './layout';
import { type Box, deviceId, hostId, type Point, type Rect, type Scene, segmentId, stackId } from './scene';

const ROOMS = {
  desktop: { width: 940, height: 470 },
  'desktop without a matrix': { width: 940, height: 660 },
  projector: { width: 680, height: 356 },
  phone: { width: 382, height: Number.POSITIVE_INFINITY },
};

// ── What must never happen ──────────────────────────────────────────────────────────────────────────────────────────

const contains = (outer: Rect, inner: Rect): boolean =>
  inner.x >= outer.x - 0.5 &&
  inner.y >= outer.y - 0.5 &&
  inner.x + inner.width <= outer.x + outer.width + 0.5 &&
  inner.y + inner.height <= outer.y + outer.height + 0.5;
const overlap = (a: Rect, b: Rect): boolean =>
  a.x < b.x + b.width - 0.5 && b.x < a.x + a.width - 0.5 && a.y < b.y + b.height - 0.5 && b.y < a.y + a.height - 0.5;
const holdsOthers = (box: Box): boolean => box.kind === 'node' || box.kind === 'pod';

/** Pairs of boxes that overlap although neither is drawn inside the other. */
function overlaps({ boxes }: Scene): string[] {
  return boxes.flatMap((a, i) =>
    boxes
      .slice(i + 1)
      .filter((b) => overlap(a, b) && !(holdsOthers(a) && contains(a, b)) && !(holdsOthers(b) && contains(b, a)))
      .map((b) => `${a.id} and ${b.id}`),
  );
}

function labelsOutside({ boxes }: Scene): string[] {
  return boxes.flatMap((box) =>
    box.labels
      .map(({ x, y, width, anchor, spans }) => ({
        rect: { x: anchor === 'start' ? x : x - width / 2, y: y - 12, width, height: 15 },
        text: spans.map((span) => span.text).join(''),
      }))
      .filter(({ rect }) => !contains(box, rect))
      .map(({ text }) => `${text} in ${box.id}`),
  );
}

/** Texts of a box with boxes inside must not run into those. */
function labelsOverBoxes({ boxes }: Scene): string[] {
  return boxes.filter(holdsOthers).flatMap((box) =>
    box.labels.flatMap(({ x, y, width }) => {
      const rect = { x, y: y - 12, width, height: 15 };
      return boxes
        .filter((other) => !holdsOthers(other) && overlap(rect, other))
        .map((other) => `${box.id}: ${other.id}`);
    }),
  );
}

const outside = ({ boxes, width, height }: Scene): string[] =>
  boxes.filter((box) => !contains({ x: 0, y: 0, width, height }, box)).map((box) => box.id);

const segmentsOf = (points: readonly Point[]): [Point, Point][] =>
  points.slice(1).map((point, i) => [points[i] as Point, point]);

/** Proper crossing of two pieces of wire; touching at an end is none. All pieces are level or upright. */
function crosses([a, b]: [Point, Point], [c, d]: [Point, Point]): boolean {
  const side = (p: Point, q: Point, r: Point) => Math.sign((q.x - p.x) * (r.y - p.y) - (q.y - p.y) * (r.x - p.x));
  return side(a, b, c) * side(a, b, d) < 0 && side(c, d, a) * side(c, d, b) < 0;
}

function crossings({ wires }: Scene): string[] {
  const drawn = wires.filter((wire) => wire.kind !== 'inner');
  return drawn.flatMap((one, i) =>
    drawn
      .slice(i + 1)
      .filter((other) => segmentsOf(one.points).some((a) => segmentsOf(other.points).some((b) => crosses(a, b))))
      .map((other) => `${one.id} × ${other.id}`),
  );
}

/** Wires that run through a box which is neither an end of theirs nor around one. */
function wiresThroughBoxes({ wires, boxes }: Scene): string[] {
  return wires
    .filter((wire) => wire.kind !== 'inner')
    .flatMap((wire) =>
      boxes
        .filter((box) => !holdsOthers(box) && box.id !== wire.a && box.id !== wire.b)
        .filter((box) =>
          segmentsOf(wire.points).some(([a, b]) =>
            overlap(box, {
              x: Math.min(a.x, b.x) - 0.6,
              y: Math.min(a.y, b.y) - 0.6,
              width: Math.abs(a.x - b.x) + 1.2,
              height: Math.abs(a.y - b.y) + 1.2,
            }),
          ),
        )
        .map((box) => `${wire.id} through ${box.id}`),
    );
}

function expectTidy(scene: Scene): void {
  expect(overlaps(scene)).toEqual([]);
  expect(outside(scene)).toEqual([]);
  expect(labelsOutside(scene)).toEqual([]);
  expect(labelsOverBoxes(scene)).toEqual([]);
}

// ── Clusters ────────────────────────────────────────────────────────────────────────────────────────────────────────

interface Shape {
  readonly nodes: number;
  readonly pods: number; // on each node
  readonly more: number; // other nodes
  readonly cards: number; // of each node, each on a segment of its own
}

function cluster({ nodes, pods, more, cards }: Shape): Topology {
  let made = 0;
  const nextMac = (): Mac => {
    made += 1;
    return mac(
      `02:00:00:00:${Math.floor(made / 256)
        .toString(16)
        .padStart(2, '0')}:${(made % 256).toString(16).padStart(2, '0')}`,
    );
  };
  const dev = (name: string, link: DeviceKind, ip: number | null, master: string | null = null) =>
    device(name, 2, nextMac(), link, {
      addresses: ip === null ? [] : [{ ip: ipv4FromNumber(ip), prefixLen: 24 }],
      master,
    });
  const cardsOf = (n: number) =>
    Array.from({ length: cards }, (_, c) =>
      dev(`ens${33 + c}`, { kind: 'nic', segment: `lan${c}` }, 0xc0a8_0050 + (c << 8) + n),
    );
  const hosts: Host[] = [];
  for (let n = 1; n <= nodes; n += 1) {
    const veths = Array.from({ length: pods }, (_, p) =>
      dev(`veth${n}${p}abcdef`, { kind: 'veth', peer: { host: `pod${n}-${p}`, dev: 'eth0' } }, null, 'cni0'),
    );
    const cni0 = dev('cni0', { kind: 'bridge' }, 0x0af4_0001 + (n << 8));
    hosts.push(
      host(`node${n}`, 'node', { podCidr: prefix(`10.244.${n}.0/24`), devices: [...cardsOf(n), cni0, ...veths] }),
    );
    for (let p = 0; p < pods; p += 1) {
      const eth0 = dev(
        'eth0',
        { kind: 'veth', peer: { host: `node${n}`, dev: `veth${n}${p}abcdef` } },
        0x0af4_0002 + (n << 8) + p,
      );
      hosts.push(host(`pod${n}-${p}`, 'pod', { node: `node${n}`, devices: [eth0] }));
    }
  }
  for (let n = 1; n <= more; n += 1) hosts.push(host(`other${n}`, 'node', { devices: cardsOf(100 + n) }));
  const nodesOnly = hosts.filter((one) => one.role === 'node');
  return {
    name: 'made',
    network: prefix('10.244.0.0/16'),
    hosts,
    segments: Array.from({ length: cards }, (_, c) => ({
      name: `lan${c}`,
      ports: nodesOnly.map((one) => ({ host: one.name, dev: `ens${33 + c}` })),
      sourceGuard: false,
    })),
    capturePoints: Array.from({ length: nodes }, (_, n) => ({ id: `p${n}`, host: `node${n + 1}`, dev: 'ens33' })),
    assumed: [],
  };
}

describe.each(Object.entries(ROOMS))("the article's cluster in a room for a %s", (_, room) => {
  test.each([
    ['English', en],
    ['Chinese', zh],
  ])('is tidy in %s: nothing overlaps, sticks out or is cut, no wire crosses another or a box', (__, text) => {
    const { scene } = layout(article, text.graph, room);
    expectTidy(scene);
    expect(crossings(scene)).toEqual([]);
    expect(wiresThroughBoxes(scene)).toEqual([]);
    expect(scene.boxes.flatMap((box) => box.labels).filter((label) => label.full !== null)).toEqual([]);
  });

  test('keeps its texts at 13 px', () => {
    expect(layout(article, en.graph, room).scale).toBeGreaterThanOrEqual(1);
    expect(layout(article, zh.graph, room).scale).toBeGreaterThanOrEqual(1);
  });
});

describe('layout', () => {
  const boxes = (topology: Topology) =>
    new Map(layout(topology, en.graph, ROOMS.desktop).scene.boxes.map((box) => [box.id, box]));

  test('shows the first pod left, the other right, and the packet going down from pod to segment', () => {
    const drawn = boxes(article);
    const [pod1, pod2] = [drawn.get(hostId('pod1')), drawn.get(hostId('pod2'))];
    expect(pod1?.x).toBeLessThan(pod2?.x ?? 0);
    const way = [
      hostId('pod1'),
      deviceId('node1', 'veth5c905d55'),
      deviceId('node1', 'cni0'),
      deviceId('node1', 'ens33'),
      segmentId('lan'),
    ];
    const tops = way.map((id) => drawn.get(id)?.y ?? Number.NaN);
    expect(tops).toEqual([...tops].sort((a, b) => a - b));
    expect(drawn.has(stackId('node1'))).toBe(true);
  });

  test('mirrors the right node, so that the cards of both face each other', () => {
    const drawn = boxes(article);
    const [ens1, ens2] = [drawn.get(deviceId('node1', 'ens33')), drawn.get(deviceId('node2', 'ens33'))];
    expect(ens1?.x).toBeGreaterThan(drawn.get(deviceId('node1', 'cni0'))?.x ?? 0);
    expect(ens2?.x).toBeLessThan(drawn.get(deviceId('node2', 'cni0'))?.x ?? 0);
  });

  test('numbers the capture points in the order a request travels', () => {
    const { badges } = layout(article, en.graph, ROOMS.desktop).scene;
    const inOrder = [...badges].sort((a, b) => a.number - b.number).map(({ host: name, dev }) => `${name} ${dev}`);
    expect(inOrder).toEqual(['pod1 eth0', 'node1 ens33', 'node2 ens33', 'pod2 eth0']);
  });

  test('draws two pods of one node side by side over their bridge', () => {
    const sameNode: Topology = {
      ...cluster({ nodes: 1, pods: 2, more: 1, cards: 1 }),
      capturePoints: [
        { id: 'a', host: 'pod1-0', dev: 'eth0' },
        { id: 'b', host: 'pod1-1', dev: 'eth0' },
      ],
    };
    const { scene } = layout(sameNode, en.graph, ROOMS.desktop);
    expectTidy(scene);
    expect(scene.boxes.filter((box) => box.kind === 'pod').map((box) => box.y)).toHaveLength(2);
    expect(crossings(scene)).toEqual([]);
  });

  test('counts the pods and nodes it has no room for', () => {
    const { scene } = layout(cluster({ nodes: 2, pods: 9, more: 300, cards: 1 }), en.graph, ROOMS.desktop);
    expectTidy(scene);
    const texts = scene.boxes.flatMap((box) =>
      box.labels.map((label) => label.spans.map((span) => span.text).join('')),
    );
    expect(texts.some((text) => /\+5 more pods/.test(text))).toBe(true);
    expect(texts.some((text) => /^\+\d+ nodes$/.test(text))).toBe(true);
    expect(scene.boxes.length).toBeLessThan(80);
  });

  test('stays tidy for any cluster, in any room, in both languages', () => {
    const shape = fc.record({
      nodes: fc.integer({ min: 1, max: 5 }),
      pods: fc.integer({ min: 0, max: 6 }),
      more: fc.integer({ min: 0, max: 12 }),
      cards: fc.integer({ min: 1, max: 3 }),
    });
    const room = fc.record({ width: fc.integer({ min: 300, max: 2000 }), height: fc.integer({ min: 200, max: 1200 }) });
    fc.assert(
      fc.property(shape, room, fc.boolean(), (made, size, chinese) => {
        expectTidy(layout(cluster(made), chinese ? zh.graph : en.graph, size).scene);
      }),
      { numRuns: 150 },
    );
  });

  test('an empty topology gives an empty picture', () => {
    const nothing: Topology = { name: '', network: null, hosts: [], segments: [], capturePoints: [], assumed: [] };
    expect(layout(nothing, en.graph, ROOMS.desktop).scene.boxes).toEqual([]);
  });
});
