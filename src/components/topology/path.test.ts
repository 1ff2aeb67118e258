import { describe, expect, test } from 'vitest';
import { article } from '../../engine/topology/scenarios/article';
import { en } from '../../i18n/en';
import { layout } from './layout';
import { lengthOf, pointAlong, pointsOf, wayBetween } from './path';
import { deviceId, hostId, segmentId, stackId } from './scene';

const { scene } = layout(article, en.graph, { width: 940, height: 470 });

describe('wayBetween', () => {
  test('goes from one node’s card to the other’s by the segment', () => {
    const way = wayBetween(scene, deviceId('node1', 'ens33'), deviceId('node2', 'ens33')) ?? [];
    expect(way.map(({ wire }) => [wire.a, wire.b])).toEqual([
      [deviceId('node1', 'ens33'), segmentId('lan')],
      [deviceId('node2', 'ens33'), segmentId('lan')],
    ]);
    expect(way.map(({ backwards }) => backwards)).toEqual([false, true]);
  });

  test('its wires follow each other without a jump inside a node', () => {
    const way = wayBetween(scene, deviceId('pod1', 'eth0'), deviceId('node1', 'veth5c905d55')) ?? [];
    const points = way.flatMap(pointsOf);
    expect(points[0]?.y).toBeLessThan(points.at(-1)?.y ?? 0);
  });

  test('from a box to itself it is empty, to a box without a wire there is none', () => {
    expect(wayBetween(scene, stackId('node1'), stackId('node1'))).toEqual([]);
    expect(wayBetween(scene, hostId('pod1'), deviceId('node1', 'docker0'))).toBeNull();
  });
});

describe('pointAlong', () => {
  const bent = [
    { x: 0, y: 0 },
    { x: 0, y: 30 },
    { x: 10, y: 30 },
  ];
  test('walks the length evenly, round corners, and stays within the ends', () => {
    expect(lengthOf(bent)).toBe(40);
    expect(pointAlong(bent, 0.5)).toEqual({ x: 0, y: 20 });
    expect(pointAlong(bent, 0.875)).toEqual({ x: 5, y: 30 });
    expect(pointAlong(bent, -1)).toEqual({ x: 0, y: 0 });
    expect(pointAlong(bent, 2)).toEqual({ x: 10, y: 30 });
  });
  test('a way of one point stays there', () => {
    expect(pointAlong([{ x: 3, y: 4 }], 0.5)).toEqual({ x: 3, y: 4 });
  });
});
