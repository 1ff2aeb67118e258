import { Fragment } from 'react';

/** Shows a text of the catalogue: what stands between `**` and `**` in bold, everything else as it is. */
export function Rich({ text }: { readonly text: string }) {
  let at = 0;
  return text.split('**').map((part, i) => {
    const key = at;
    at += part.length + 2;
    return i % 2 === 1 ? <strong key={key}>{unbroken(part)}</strong> : <Fragment key={key}>{part}</Fragment>;
  });
}

/** `64 → 63` stays on one line. */
const unbroken = (value: string): string => value.replaceAll(' → ', '\u00a0→\u00a0');
