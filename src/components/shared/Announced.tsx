import { useEffect, useRef } from 'react';

/** Long enough for a screen reader to have taken it up; whoever reads the page later finds the text once, where it stands. */
const TAKEN_UP_MS = 3000;

/** Says a text when it changes. The text itself stands beside it, with words that can be pressed: those are no part of what is said. */
export function Announced({ text }: { readonly text: string }) {
  const region = useRef<HTMLSpanElement>(null);
  const said = useRef(text);
  useEffect(() => {
    const { current } = region;
    if (current === null || said.current === text) return;
    said.current = text;
    current.textContent = text.replaceAll('**', '');
    const timer = setTimeout(() => {
      current.textContent = '';
    }, TAKEN_UP_MS);
    return () => clearTimeout(timer);
  }, [text]);
  return <span ref={region} className="visually-hidden" aria-live="polite" aria-atomic="true" />;
}
