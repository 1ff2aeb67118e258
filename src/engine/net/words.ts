/** The words of a command line, as a shell splits it: quotes join, a backslash takes the next character as it is. */
export function splitWords(line: string): readonly string[] {
  const words: string[] = [];
  for (const match of line.matchAll(WORD)) words.push(unquoted(match[0]));
  return words;
}

/** Pieces without a blank: plain characters, escaped ones, quoted text. A quote that never closes runs to the end. */
const WORD = /(?:[^\s"'\\]|\\.|\\$|"(?:[^"\\]|\\.)*(?:"|\\?$)|'[^']*(?:'|$))+/gs;
const PIECE = /\\(.)|"((?:[^"\\]|\\.)*)"?|'([^']*)'?|[^\\"']+/gs;

const unquoted = (word: string): string =>
  word.replace(PIECE, (piece, escaped?: string, double?: string, single?: string) => {
    if (escaped !== undefined) return escaped;
    if (double !== undefined) return double.replace(/\\(["\\$`])/g, '$1');
    return single ?? piece;
  });
