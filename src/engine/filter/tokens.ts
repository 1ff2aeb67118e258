/** Cuts a filter into words and signs, each with its place. Never fails: what is no word of the language is one all the same. */

export interface Token {
  readonly text: string;
  readonly at: number;
}

const SPACE = /\s*/y;
/** Colons belong to MAC and IPv6 addresses, but within brackets they stand before a size: there `colons` is not tried. */
const COLONS = /[\da-f]*:[\da-f:]*(?::[\da-f.]*)+/iy;
const NUMBER = /0x[\da-f]+|\d[\w.]*/iy;
const WORD = /\\?[a-z_][\w.-]*/iy;
const SIGN = /&&|\|\||[<>=!]=|<<|>>|[^\s]/y;
/** The name of a capture point may hold nearly anything. */
const NAME = /[^\s()]+/y;

export function tokensOf(text: string): readonly Token[] {
  const tokens: Token[] = [];
  let brackets = 0;
  for (let at = skip(text, 0); at < text.length; at = skip(text, at)) {
    const forms = tokens.at(-1)?.text === 'point' ? [NAME] : [];
    if (brackets === 0) forms.push(COLONS);
    forms.push(NUMBER, WORD, SIGN);
    const found = firstOf(forms, text, at);
    if (found === '[') brackets += 1;
    if (found === ']') brackets -= 1;
    tokens.push({ text: found, at });
    at += found.length;
  }
  return tokens;
}

function skip(text: string, at: number): number {
  SPACE.lastIndex = at;
  return at + (SPACE.exec(text)?.[0].length ?? 0);
}

function firstOf(forms: readonly RegExp[], text: string, at: number): string {
  for (const form of forms) {
    form.lastIndex = at;
    const found = form.exec(text)?.[0];
    if (found !== undefined) return found;
  }
  return text.charAt(at);
}
