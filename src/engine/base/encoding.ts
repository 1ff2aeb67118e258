/** How a file of text is encoded, by its first bytes; what has bytes that no terminal prints is no text. */

export type TextEncoding = 'utf-8' | 'utf-16le' | 'utf-16be';

/** Byte order marks, RFC 3629 section 6 and RFC 2781 section 3.2. Windows' shells write UTF-16 where output goes to a file. */
const MARKS: readonly { readonly mark: readonly number[]; readonly encoding: TextEncoding }[] = [
  { mark: [0xef, 0xbb, 0xbf], encoding: 'utf-8' },
  { mark: [0xff, 0xfe], encoding: 'utf-16le' },
  { mark: [0xfe, 0xff], encoding: 'utf-16be' },
];

/** Bell, backspace, tab, line feed, form feed, carriage return, and the escape that begins a colour. */
const PRINTED_CONTROLS = new Set([0x07, 0x08, 0x09, 0x0a, 0x0c, 0x0d, 0x1b]);

/** Null for what is no text, an empty file among it. */
export function encodingOf(firstBytes: Uint8Array): TextEncoding | null {
  const marked = MARKS.find(({ mark }) => mark.every((byte, i) => firstBytes[i] === byte));
  if (marked !== undefined) return marked.encoding;
  const isText = firstBytes.every((byte) => (byte >= 0x20 ? byte !== 0x7f : PRINTED_CONTROLS.has(byte)));
  return isText && firstBytes.length > 0 ? 'utf-8' : null;
}
