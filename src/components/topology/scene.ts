/** What the layout gives: boxes, wires and texts with coordinates, and where each place of a run lies among them. */
import type { Place } from '../../engine/analysis/place';
import { type Host, hostNamed, type Topology } from '../../engine/topology/topology';

export interface Point {
  readonly x: number;
  readonly y: number;
}

export interface Rect extends Point {
  readonly width: number;
  readonly height: number;
}

export type Tone = 'plain' | 'quiet' | 'assumed';

/** A run of text in one style. */
export interface Span {
  readonly text: string;
  readonly size: number;
  readonly bold: boolean;
  readonly mono: boolean;
  readonly tone: Tone;
}

export interface Label {
  readonly spans: readonly Span[];
  readonly full: string | null; // the whole text, where it had to be shortened
  readonly x: number;
  readonly y: number; // baseline
  readonly width: number; // estimated
  readonly anchor: 'start' | 'middle';
}

export type BoxKind = 'node' | 'pod' | 'device' | 'stack' | 'segment' | 'small' | 'more';

export interface Box extends Rect {
  readonly id: string;
  readonly kind: BoxKind;
  readonly host: string | null;
  readonly dev: string | null;
  readonly quiet: boolean;
  readonly down: boolean; // administratively down
  readonly labels: readonly Label[];
}

export interface Wire {
  readonly id: string;
  readonly a: string; // box id
  readonly b: string;
  readonly kind: 'veth' | 'port' | 'kernel' | 'cable' | 'inner'; // inner: never drawn, only travelled
  readonly points: readonly Point[]; // from a to b
}

export interface Badge extends Point {
  readonly point: string; // CapturePoint.id
  readonly number: number; // 1-based, in order of travel
  readonly host: string;
  readonly dev: string;
}

export interface Scene {
  readonly width: number;
  readonly height: number;
  readonly boxes: readonly Box[]; // outer before inner
  readonly wires: readonly Wire[];
  readonly badges: readonly Badge[];
}

export const hostId = (host: string): string => `host ${host}`;
export const stackId = (host: string): string => `stack ${host}`;
export const deviceId = (host: string, dev: string): string => `dev ${host} ${dev}`;
export const segmentId = (segment: string): string => `segment ${segment}`;
export const MORE_ID = 'more';

export const centreOf = (rect: Rect): Point => ({ x: rect.x + rect.width / 2, y: rect.y + rect.height / 2 });

/** Nodes, pods and other machines can be moved by hand; what is inside them goes with them. */
export const isMovable = ({ kind }: Box): boolean => kind === 'node' || kind === 'pod' || kind === 'small';

export const boxNamed = (scene: Scene, id: string): Box | null => scene.boxes.find((box) => box.id === id) ?? null;

/** The box that stands for a place; what is not drawn is stood for by what it lies in. */
export function boxAt(scene: Scene, topology: Topology, place: Place): Box | null {
  for (const id of idsOf(topology, place)) {
    const box = boxNamed(scene, id);
    if (box !== null) return box;
  }
  return null;
}

function idsOf(topology: Topology, place: Place): readonly string[] {
  if (place.kind === 'segment') return [segmentId(place.segment)];
  const host = hostNamed(topology, place.host);
  const around = [hostId(place.host), ...nodeOf(host), MORE_ID];
  if (place.kind === 'device') return [deviceId(place.host, place.dev), ...around];
  if (place.kind === 'stack') return [stackId(place.host), ...around];
  return around;
}

const nodeOf = (host: Host | null): readonly string[] => (host?.node == null ? [] : [hostId(host.node)]);
