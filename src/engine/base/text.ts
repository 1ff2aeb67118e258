/** What stands for bytes that are no UTF-8, as browsers show them. */
const REPLACEMENT = '\ufffd';

/** Text of UTF-8 bytes, RFC 3629 section 3; never fails. The engine has no TextDecoder: it is no part of the language. */
export function utf8(bytes: Uint8Array): string {
  let text = '';
  for (let i = 0; i < bytes.length; ) {
    const [point, length] = pointAt(bytes, i);
    text += point === null ? REPLACEMENT : String.fromCodePoint(point);
    i += length;
  }
  return text;
}

/** The code point at `at` and how many bytes it takes; null and 1 where there is none. */
function pointAt(bytes: Uint8Array, at: number): readonly [number | null, number] {
  const first = bytes[at] ?? 0;
  if (first < 0x80) return [first, 1];
  const more = first >= 0xf0 ? 3 : first >= 0xe0 ? 2 : 1;
  if (first < 0xc2 || first > 0xf4 || at + more >= bytes.length) return [null, 1];
  let point = first & (0x3f >>> more);
  for (let i = 1; i <= more; i += 1) {
    const byte = bytes[at + i] ?? 0;
    if (byte >>> 6 !== 2) return [null, 1];
    point = (point << 6) | (byte & 0x3f);
  }
  const isLonger = (more === 2 && point < 0x800) || (more === 3 && point < 0x1_0000); // than it need be
  const isOutside = point > 0x10_ffff || (point >= 0xd800 && point <= 0xdfff);
  return isLonger || isOutside ? [null, 1] : [point, more + 1];
}
