import { type RefObject, useLayoutEffect, useState } from 'react';

export interface Size {
  readonly width: number; // px
  readonly height: number;
}

/** Takes the content size of an element: before it is first painted, and whenever it changes. */
function useObserved(ref: RefObject<Element | null>, take: (size: Size) => void): void {
  // biome-ignore lint/correctness/useExhaustiveDependencies: every `take` of an element does the same
  useLayoutEffect(() => {
    const element = ref.current;
    if (element === null) return;
    const look = () => {
      const { width, height } = element.getBoundingClientRect();
      take({ width, height });
    };
    look();
    const observer = new ResizeObserver(look);
    observer.observe(element);
    return () => observer.disconnect();
  }, [ref]);
}

/** The content size of an element, kept up to date; null until it is on the page. */
export function useSize(ref: RefObject<Element | null>): Size | null {
  const [size, setSize] = useState<Size | null>(null);
  useObserved(ref, (now) => setSize((was) => (was?.width === now.width && was.height === now.height ? was : now)));
  return size;
}

/** Whether an element is narrower than so many px; false until it is on the page. */
export function useNarrow(ref: RefObject<Element | null>, px: number): boolean {
  const [narrow, setNarrow] = useState(false);
  useObserved(ref, ({ width }) => setNarrow(width < px));
  return narrow;
}
