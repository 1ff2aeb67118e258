/** Moves hosts of the picture: by their names with pointer or finger, or with Alt and the arrows. */
import { type PointerEvent, useCallback, useMemo, useRef, useState } from 'react';
import type { Placing } from '../../engine/topology/placing';
import type { Topology } from '../../engine/topology/topology';
import { changePicture } from '../../store/actions';
import type { Layout, Room } from './layout';
import { beingMoved, reached, withMoved } from './moved';
import type { Point } from './scene';

const THRESHOLD = 4; // px on the screen: less is a click
const KEY_STEP = 10; // px of the picture

const ARROWS: Readonly<Record<string, Point>> = {
  ArrowLeft: { x: -KEY_STEP, y: 0 },
  ArrowRight: { x: KEY_STEP, y: 0 },
  ArrowUp: { x: 0, y: -KEY_STEP },
  ArrowDown: { x: 0, y: KEY_STEP },
};

export const MOVE_KEYS = Object.keys(ARROWS)
  .map((key) => `Alt+${key}`)
  .join(' ');

export interface Mover {
  /** To be spread over what a host is dragged by. */
  readonly grip: (host: string) => {
    readonly onPointerDown: (event: PointerEvent<SVGElement>) => void;
    readonly onPointerMove: (event: PointerEvent<SVGElement>) => void;
    readonly onPointerUp: (event: PointerEvent<SVGElement>) => void;
    readonly onPointerCancel: () => void;
  };
  /** True where the key moved the host. */
  readonly byKey: (host: string, event: { readonly key: string; readonly altKey: boolean }) => boolean;
  /** The click that ends a drag is none. */
  readonly wasDragged: () => boolean;
}

interface Moving {
  readonly made: Layout; // as laid out by itself
  readonly topology: Topology;
  readonly placings: readonly Placing[];
  readonly room: Room;
}

interface Drag {
  readonly host: string;
  readonly from: Point; // on the screen
  readonly scale: number; // screen px for one of the picture's
}

const placingOf = (placings: readonly Placing[], host: string): Placing =>
  placings.find((one) => one.host === host) ?? { host, dx: 0, dy: 0 };

/** The picture with its hosts where they were moved, and what moves them. */
export function useMoving({ made, topology, placings, room }: Moving) {
  const shown = useMemo(() => withMoved(made, topology, placings, room), [made, topology, placings, room]);
  const [pulled, setPulled] = useState<Placing | null>(null);
  const drag = useRef<Drag | null>(null);
  const dragged = useRef(false);

  const pulledTo = useCallback(
    ({ host, from, scale }: Drag, { clientX, clientY }: PointerEvent): Placing | null => {
      const [x, y] = [clientX - from.x, clientY - from.y];
      if (!dragged.current && Math.hypot(x, y) < THRESHOLD) return null;
      const { dx, dy } = placingOf(placings, host);
      return { host, dx: dx + x / scale, dy: dy + y / scale };
    },
    [placings],
  );
  const place = useCallback(
    (to: Placing) => changePicture({ kind: 'place', ...reached(made, topology, placings, room, to) }),
    [made, topology, placings, room],
  );
  const mover = useMemo((): Mover => {
    const stop = () => {
      drag.current = null;
      setPulled(null);
    };
    return {
      grip: (host) => ({
        onPointerDown(event) {
          if (event.button !== 0 || !event.isPrimary) return;
          const { currentTarget, clientX: x, clientY: y, pointerId } = event;
          const scale = (currentTarget as SVGGraphicsElement).getScreenCTM()?.a ?? 1;
          currentTarget.setPointerCapture(pointerId);
          drag.current = { host, from: { x, y }, scale };
          dragged.current = false;
        },
        onPointerMove(event) {
          const to = drag.current === null ? null : pulledTo(drag.current, event);
          if (to === null) return;
          dragged.current = true;
          setPulled(to);
        },
        onPointerUp(event) {
          const to = drag.current === null || !dragged.current ? null : pulledTo(drag.current, event);
          stop();
          if (to !== null) place(to);
        },
        onPointerCancel: stop,
      }),
      byKey(host, { key, altKey }) {
        const by = ARROWS[key];
        if (!altKey || by === undefined) return false;
        const { dx, dy } = placingOf(placings, host);
        place({ host, dx: dx + by.x, dy: dy + by.y });
        return true;
      },
      wasDragged() {
        const was = dragged.current;
        dragged.current = false;
        return was;
      },
    };
  }, [placings, pulledTo, place]);

  const scene = useMemo(() => {
    if (pulled === null) return shown.scene;
    const others = placings.filter(({ host }) => host !== pulled.host);
    return beingMoved(made, shown, topology, [...others, pulled], room);
  }, [made, shown, topology, placings, room, pulled]);
  return { shown, scene, mover };
}
