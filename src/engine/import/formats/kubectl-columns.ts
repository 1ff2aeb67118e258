/** Tables of kubectl: columns begin where their heading begins, whatever blanks the cells hold. */

/** Headings of two words, so that they count as one column. */
const TWO_WORDS = /NOMINATED NODE|READINESS GATES|\S+/g;

export class Columns {
  private readonly starts = new Map<string, { readonly from: number; readonly to: number }>();

  constructor(heading: string) {
    const found = [...heading.matchAll(TWO_WORDS)];
    found.forEach(({ 0: name, index }, at) => {
      this.starts.set(name, { from: at === 0 ? 0 : index, to: found[at + 1]?.index ?? Number.POSITIVE_INFINITY });
    });
  }

  /** The cell below a heading, or null where the row has none there, or where a word runs across the column's edge. */
  cell(line: string, name: string): string | null {
    const span = this.starts.get(name);
    if (span === undefined) return null;
    if (span.from > 0 && /\S/.test(line[span.from - 1] ?? ' ')) return null;
    const text = line.slice(span.from, span.to).trim();
    return text === '' ? null : text;
  }
}
