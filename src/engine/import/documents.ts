/**
 * JSON and YAML within a text: where a document begins and ends, and what it says. A document is known by its content,
 * whatever command stands above it.
 */
import { parseAllDocuments } from 'yaml';

/** Some lines of a block, and the values written in them. */
export interface Document {
  readonly from: number;
  readonly to: number; // the line after the last one
  readonly values: readonly unknown[];
}

/** Openings that turn out to be no document are tried this often in one block; the rest is then read line by line. */
const FALSE_STARTS_MAX = 8;

/** Every document of a block, in order. */
export function documentsOf(lines: readonly string[]): readonly Document[] {
  const found: Document[] = [];
  let falseStarts = 0;
  for (let at = 0; at < lines.length && falseStarts < FALSE_STARTS_MAX; at += 1) {
    const line = lines[at] ?? '';
    const isJson = JSON_START.test(line);
    if (!isJson && !YAML_START.test(line)) continue;
    const document = isJson ? json(lines, at) : yaml(lines, at);
    if (document === null) falseStarts += 1;
    else {
      found.push(document);
      at = document.to - 1;
    }
  }
  return found;
}

/** Does a text whose end is not there begin as what Kubernetes or iproute2 prints as a document? */
export function opensDocument(lines: readonly string[]): boolean {
  const first = lines.find((line) => line.trim() !== '') ?? '';
  return YAML_START.test(first) || (JSON_START.test(first) && lines.some((line) => KNOWN_KEY.test(line)));
}

const KNOWN_KEY = /"(?:apiVersion|kind|ifindex|ifname|dst)"\s*:/;

/** A brace or bracket that opens a line, as JSON has it: `{"`, `[{`, or nothing after it. */
const JSON_START = /^\s*(?:\{\s*(?:"|$)|\[\s*(?:\{|\]|$))/;

function json(lines: readonly string[], from: number): Document | null {
  const to = endOfJson(lines, from);
  if (to === null) return null;
  try {
    return { from, to, values: [JSON.parse(lines.slice(from, to).join('\n'))] };
  } catch {
    return null; // braces, but no JSON
  }
}

/** The line after the one that closes what `from` opens, or null. Braces within strings do not count. */
function endOfJson(lines: readonly string[], from: number): number | null {
  let depth = 0;
  for (let at = from; at < lines.length; at += 1) {
    for (const [token] of (lines[at] ?? '').matchAll(/"(?:[^"\\]|\\.)*"?|[[\]{}]/g)) {
      if (token === '{' || token === '[') depth += 1;
      else if (token === '}' || token === ']') depth -= 1;
    }
    if (depth <= 0) return at + 1;
  }
  return null;
}

/** What kubectl prints first, and what manifests begin with. */
const YAML_START = /^(?:apiVersion: *\S|kind: *[A-Z]\w*\s*$|---\s*$)/;
/** A line that may belong to a document begun above: indented, a key, an item, a comment, a mark between documents. */
const YAML_LINE = /^(?:\s|$|#|- |-$|---\s*$|\.\.\.\s*$|[\w./"'-]+:(?:\s|$))/;

/** Errors without a quotation, keys not compared with each other: both would cost the square of a long text's length. */
const YAML_OPTIONS = { logLevel: 'silent', prettyErrors: false, uniqueKeys: false } as const;

function yaml(lines: readonly string[], from: number): Document | null {
  const to = endOfYaml(lines, from);
  try {
    const documents = parseAllDocuments(lines.slice(from, to).join('\n'), YAML_OPTIONS);
    if (!Array.isArray(documents) || documents.some(({ errors }) => errors.length > 0)) return null;
    const values = documents.flatMap((one): readonly unknown[] => {
      const value: unknown = one.toJS({ maxAliasCount: 0 }); // no tool prints aliases, and a few of them can mean gigabytes
      return isRecord(value) && typeof value.kind === 'string' ? [value] : []; // what Kubernetes calls an object
    });
    return values.length === 0 ? null : { from, to, values };
  } catch {
    return null; // an alias, or nested too deep
  }
}

/** A key that comes a second time at the margin begins another output, unless a mark stands between. */
function endOfYaml(lines: readonly string[], from: number): number {
  const keys = new Set<string>();
  for (let at = from; at < lines.length; at += 1) {
    const line = lines[at] ?? '';
    if (!YAML_LINE.test(line)) return at;
    if (line.startsWith('---')) keys.clear();
    const key = /^[\w.-]+:/.exec(line)?.[0];
    if (key === undefined) continue;
    if (keys.has(key)) return at;
    keys.add(key);
  }
  return lines.length;
}

/** Reads values whose shape nobody vouches for. */
export const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

export const fieldOf = (value: unknown, ...path: readonly string[]): unknown =>
  path.reduce<unknown>((at, key) => (isRecord(at) && Object.hasOwn(at, key) ? at[key] : undefined), value);

export const textOf = (value: unknown): string | null => (typeof value === 'string' && value !== '' ? value : null);

export const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);

export const recordsOf = (value: unknown): readonly Readonly<Record<string, unknown>>[] =>
  listOf(value).filter(isRecord);

export const countOf = (value: unknown): number | null =>
  typeof value === 'number' && Number.isInteger(value) && value >= 0 && value <= 0xffff_ffff ? value : null;

/** Where each of a document's lines stands, without blanks and commas: to find the place of a value again. */
export class LineFinder {
  private readonly at = new Map<string, number>();

  constructor(lines: readonly string[]) {
    lines.forEach((line, at) => {
      const text = line.trim().replace(/,$/, '');
      if (!this.at.has(text)) this.at.set(text, at);
    });
  }

  /** The first line that is one of these, or the first of all. */
  find(...texts: readonly string[]): number {
    for (const text of texts) {
      const at = this.at.get(text);
      if (at !== undefined) return at;
    }
    return 0;
  }
}
