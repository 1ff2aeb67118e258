import { select } from 'd3-selection';
import { type ZoomBehavior, type ZoomTransform, zoom, zoomIdentity } from 'd3-zoom';
import { type RefObject, useEffect, useRef, useState } from 'react';

const SCALES: [number, number] = [0.5, 6];
const STEP = 1.3;

export interface Zoom {
  readonly transform: ZoomTransform;
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
  const [transform, setTransform] = useState(zoomIdentity);
  const behavior = useRef<ZoomBehavior<SVGSVGElement, unknown> | null>(null);
  const zoomed = useRef(false);
  const { width, height } = size;

  useEffect(() => {
    const svg = ref.current;
    if (svg === null) return;
    const made = zoom<SVGSVGElement, unknown>()
      .scaleExtent(SCALES)
      .wheelDelta(wheelDelta)
      .filter((event: Event) => isForGraph(event, svg, zoomed.current))
      .on('zoom', (event: { transform: ZoomTransform }) => {
        zoomed.current = event.transform.k > 1.01;
        setTransform(event.transform);
      });
    behavior.current = made;
    const selection = select(svg).call(made).on('dblclick.zoom', null);
    return () => void selection.on('.zoom', null);
  }, [ref]);

  useEffect(() => {
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
  }, [width, height]);

  const apply = (act: (made: ZoomBehavior<SVGSVGElement, unknown>, svg: SVGSVGElement) => void) => {
    if (behavior.current !== null && ref.current !== null) act(behavior.current, ref.current);
  };
  return {
    transform,
    isFitted: transform.k === 1 && transform.x === 0 && transform.y === 0,
    by: (factor) => apply((made, svg) => made.scaleBy(select(svg), factor === 'in' ? STEP : 1 / STEP)),
    fit: () => apply((made, svg) => made.transform(select(svg), zoomIdentity)),
  };
}

/** A pinch comes as small steps with Ctrl and counts tenfold; a notch of a wheel with Ctrl is one step like any other. */
function wheelDelta({ deltaY, deltaMode, ctrlKey }: WheelEvent): number {
  const pinched = ctrlKey && Math.abs(deltaY) < 50;
  return -deltaY * (deltaMode === 1 ? 0.05 : deltaMode === 0 ? 0.002 : 1) * (pinched ? 10 : 1);
}

function isForGraph(event: Event, svg: SVGSVGElement, zoomed: boolean): boolean {
  if (event instanceof WheelEvent) return event.ctrlKey || svg.matches(':focus, :focus-within');
  if (event.type.startsWith('touch')) return zoomed || (event as TouchEvent).touches.length > 1;
  return !(event as MouseEvent).button && !(event as MouseEvent).ctrlKey;
}
