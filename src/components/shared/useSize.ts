import { type RefObject, useLayoutEffect, useState } from 'react';

export interface Size {
  readonly width: number; // px
  readonly height: number;
}

/** The content size of an element, kept up to date; null until it is on the page. */
export function useSize(ref: RefObject<Element | null>): Size | null {
  const [size, setSize] = useState<Size | null>(null);
  useLayoutEffect(() => {
    const element = ref.current;
    if (element === null) return;
    const take = () => {
      const { width, height } = element.getBoundingClientRect();
      setSize((was) => (was?.width === width && was.height === height ? was : { width, height }));
    };
    take();
    const observer = new ResizeObserver(take);
    observer.observe(element);
    return () => observer.disconnect();
  }, [ref]);
  return size;
}
