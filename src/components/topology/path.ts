/** The way between two boxes along the wires, and points on it. */
import type { Point, Scene, Wire } from './scene';

export interface Hop {
  readonly wire: Wire;
  readonly backwards: boolean; // travelled from b to a
}

/** The fewest wires from one box to another; null where no way is drawn. */
export function wayBetween(scene: Scene, from: string, to: string): readonly Hop[] | null {
  const reached = new Map<string, readonly Hop[]>([[from, []]]);
  const waiting = [from];
  for (const id of waiting) {
    const way = reached.get(id) ?? [];
    if (id === to) return way;
    for (const wire of scene.wires) {
      const next = wire.a === id ? wire.b : wire.b === id ? wire.a : null;
      if (next === null || reached.has(next)) continue;
      reached.set(next, [...way, { wire, backwards: wire.b === id }]);
      waiting.push(next);
    }
  }
  return null;
}

export const pointsOf = ({ wire, backwards }: Hop): readonly Point[] =>
  backwards ? [...wire.points].reverse() : wire.points;

export function lengthOf(points: readonly Point[]): number {
  let length = 0;
  for (let i = 1; i < points.length; i += 1) length += distance(points[i - 1], points[i]);
  return length;
}

/** The point at a fraction of a polyline's length. */
export function pointAlong(points: readonly Point[], fraction: number): Point {
  let left = lengthOf(points) * Math.min(Math.max(fraction, 0), 1);
  for (let i = 1; i < points.length; i += 1) {
    const [a, b] = [points[i - 1], points[i]];
    if (a === undefined || b === undefined) break;
    const length = distance(a, b);
    if (left <= length && length > 0) {
      const share = left / length;
      return { x: a.x + (b.x - a.x) * share, y: a.y + (b.y - a.y) * share };
    }
    left -= length;
  }
  return points.at(-1) ?? { x: 0, y: 0 };
}

const distance = (a: Point | undefined, b: Point | undefined): number =>
  a === undefined || b === undefined ? 0 : Math.hypot(b.x - a.x, b.y - a.y);
