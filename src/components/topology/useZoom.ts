import type { ZoomBehavior } from 'd3-zoom';
import { type RefObject, useEffect, useRef, useState } from 'react';
import { type Gestures, useGestures } from '../shared/useGestures';

const SCALES: [number, number] = [0.5, 6];
const STEP = 1.3;

/** Screen = k · picture + (x, y), px. */
interface Transform {
  readonly k: number;
  readonly x: number;
  readonly y: number;
}

const FITTED: Transform = { k: 1, x: 0, y: 0 };

export interface Zoom {
  readonly transform: string; // of SVG
  readonly isFitted: boolean;
  readonly by: (factor: 'in' | 'out') => void;
  readonly fit: () => void;
}

/**
 * The only user of d3-zoom. A plain wheel scrolls the page; with Ctrl (a pinch on a touchpad sends that too) or while
 * the graph has the focus it zooms. One finger scrolls the page until the graph is zoomed, then it moves the graph.
 */
export function useZoom(
  ref: RefObject<SVGSVGElement | null>,
  size: { readonly width: number; readonly height: number },
): Zoom {
  const [transform, setTransform] = useState(FITTED);
  const behavior = useRef<ZoomBehavior<SVGSVGElement, unknown> | null>(null);
  const zoomed = useRef(false);
  const { width, height } = size;
  const gestures = useGestures();

  useEffect(() => {
    const svg = ref.current;
    if (svg === null || gestures === null) return;
    const made = gestures
      .zoom<SVGSVGElement, unknown>()
      .scaleExtent(SCALES)
      .wheelDelta(wheelDelta)
      .filter((event: Event) => isForGraph(event, svg, zoomed.current))
      .on('zoom', (event: { transform: Transform }) => {
        zoomed.current = event.transform.k > 1.01;
        setTransform(event.transform);
      });
    behavior.current = made;
    const selection = gestures.select(svg).call(made).on('dblclick.zoom', null);
    return () => void selection.on('.zoom', null);
  }, [ref, gestures]);

  // A finger on a box's name moves the box and not the page; inside a drawing browsers do not heed `touch-action`.
  useEffect(() => {
    const svg = ref.current;
    const keep = (event: TouchEvent) => isOnGrip(event) && event.preventDefault();
    svg?.addEventListener('touchmove', keep, { passive: false });
    return () => svg?.removeEventListener('touchmove', keep);
  }, [ref]);

  useEffect(() => {
    if (gestures === null) return; // made by the effect above
    behavior.current
      ?.extent([
        [0, 0],
        [width, height],
      ])
      // Half of the picture always stays in sight.
      .translateExtent([
        [-width / 2, -height / 2],
        [width * 1.5, height * 1.5],
      ]);
  }, [width, height, gestures]);

  const apply = (act: (d3: Gestures, made: ZoomBehavior<SVGSVGElement, unknown>, svg: SVGSVGElement) => void) => {
    if (gestures !== null && behavior.current !== null && ref.current !== null)
      act(gestures, behavior.current, ref.current);
  };
  return {
    transform: `translate(${transform.x} ${transform.y}) scale(${transform.k})`,
    isFitted: transform.k === 1 && transform.x === 0 && transform.y === 0,
    by: (factor) => apply((d3, made, svg) => made.scaleBy(d3.select(svg), factor === 'in' ? STEP : 1 / STEP)),
    fit: () => apply((d3, made, svg) => made.transform(d3.select(svg), d3.zoomIdentity)),
  };
}

/** A pinch comes as small steps with Ctrl and counts tenfold; a notch of a wheel with Ctrl is one step like any other. */
function wheelDelta({ deltaY, deltaMode, ctrlKey }: WheelEvent): number {
  const pinched = ctrlKey && Math.abs(deltaY) < 50;
  return -deltaY * (deltaMode === 1 ? 0.05 : deltaMode === 0 ? 0.002 : 1) * (pinched ? 10 : 1);
}

const isOnGrip = ({ target }: Event): boolean => target instanceof Element && target.closest('[data-grip]') !== null;

function isForGraph(event: Event, svg: SVGSVGElement, zoomed: boolean): boolean {
  if ((event.type === 'mousedown' || event.type === 'touchstart') && isOnGrip(event)) return false;
  if (event instanceof WheelEvent) return event.ctrlKey || svg.matches(':focus, :focus-within');
  if (event.type.startsWith('touch')) return zoomed || (event as TouchEvent).touches.length > 1;
  return !(event as MouseEvent).button && !(event as MouseEvent).ctrlKey;
}
