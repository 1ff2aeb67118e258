/**
 * How wide a text will be, without a page to ask: the sum of each character's share of the font size. The shares are
 * those of DejaVu, the widest of the faces in theme.css, so an estimate is too wide rather than too narrow.
 */
interface TextStyle {
  readonly size: number; // px
  readonly bold?: boolean;
  readonly mono?: boolean;
}

const MONO_EM = 0.602;
const BOLD = 1.1;
const WIDE = /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe4f\uff00-\uff60\uffe0-\uffe6]/;

function shareOf(char: string): number {
  if (WIDE.test(char)) return 1;
  if (/[ijl.,:;'|!]/.test(char)) return 0.34;
  if (/[ftrI()[\] -]/.test(char)) return 0.4;
  if (/[mwMW…→←↔]/.test(char)) return 0.98;
  if (/[A-Z]/.test(char)) return 0.7;
  return 0.63;
}

/** Estimated width in px. */
export function textWidth(text: string, { size, bold = false, mono = false }: TextStyle): number {
  let em = 0;
  for (const char of text) em += mono ? (WIDE.test(char) ? 1 : MONO_EM) : shareOf(char) * (bold ? BOLD : 1);
  return em * size;
}

/** The text, or as much of it as fits with an ellipsis. */
export function shortened(text: string, widthMax: number, style: TextStyle): string {
  if (textWidth(text, style) <= widthMax) return text;
  let kept = text;
  while (kept.length > 1 && textWidth(`${kept}…`, style) > widthMax) kept = kept.slice(0, -1);
  return `${kept}…`;
}
