/**
 * Deflate, RFC 1951, as a stream: bytes come in as they are read, and what they unpack to goes out at once, up to the very
 * byte where a damaged stream stops making sense. It tells where the stream ends, which no header around it does.
 *
 * A stream is blocks: 1 bit "last", 2 bits kind (0 stored, 1 fixed codes, 2 codes of its own), then the block. Bits are taken
 * from each byte lowest first.
 */
import { concat, NO_BYTES } from '../base/bytes';
import { type CodeTable, codeTable, FIXED } from './huffman';

export interface Inflater {
  /** How many of these bytes belong to the stream; null where it is damaged within them. */
  push(bytes: Uint8Array): number | null;
  readonly ended: boolean;
}

/** As many bytes at once unpack to 66 MB at most, so that a limit on unpacked bytes is noticed in time. */
export const SLICE_LENGTH = 64 * 1024;

const HISTORY = 32 * 1024; // bytes that a stream may refer back to
const OUT_LENGTH = 64 * 1024; // bytes given out at once
const COPY_MAX = 258;
const END_OF_BLOCK = 256;
const LENGTH_SYMBOL_MAX = 285;

/** Section 3.2.5: lengths of copies and their distances, as smallest value and number of extra bits. */
const LENGTH_BITS = Uint16Array.from([
  0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5, 0,
]);
const LENGTH_BASE = basesOf(LENGTH_BITS, 3);
LENGTH_BASE[LENGTH_BASE.length - 1] = COPY_MAX;
const DISTANCE_BITS = Uint16Array.from({ length: 30 }, (_, symbol) => Math.max(0, (symbol >> 1) - 1));
const DISTANCE_BASE = basesOf(DISTANCE_BITS, 1);
/** Section 3.2.7: the order of the code lengths that the other code lengths are packed with. */
const LENGTHS_ORDER = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15];
const LITERALS_MAX = 286;
const DISTANCES_MAX = 30;

function basesOf(bits: Uint16Array, first: number): Uint16Array {
  let base = first;
  return bits.map((count) => {
    const own = base;
    base += 1 << count;
    return own;
  });
}

/** 16 bits from a bit position on, or what is left of them and zeros. */
function bits16(bytes: Uint8Array, at: number): number {
  const byte = at >>> 3;
  return (((bytes[byte] ?? 0) | ((bytes[byte + 1] ?? 0) << 8) | ((bytes[byte + 2] ?? 0) << 16)) >>> (at & 7)) & 0xffff;
}

/** What a step came to: on with the next, wait for more bytes, or the stream is damaged. */
type Outcome = 'done' | 'wait' | 'damaged';

export function newInflater(out: (bytes: Uint8Array) => void): Inflater {
  let step: 'block' | 'stored' | 'codes' | 'ended' = 'block';
  let isLast = false;
  let storedLeft = 0;
  let literals: CodeTable | null = null;
  let distances: CodeTable | null = null;
  let input: Uint8Array = NO_BYTES;
  let position = 0; // in `input`, in bits
  const output = new Uint8Array(HISTORY + OUT_LENGTH + COPY_MAX);
  let written = 0;
  let given = 0;

  /** 16 bits from a bit position on, or what is left of them and zeros. */
  const bitsAt = (at: number): number => {
    const byte = at >>> 3;
    return (
      (((input[byte] ?? 0) | ((input[byte + 1] ?? 0) << 8) | ((input[byte + 2] ?? 0) << 16)) >>> (at & 7)) & 0xffff
    );
  };

  function give(): void {
    if (written > given) out(output.subarray(given, written));
    given = written;
  }

  /** Makes room for one more chunk; what may be referred to stays. */
  function makeRoom(): void {
    give();
    output.copyWithin(0, written - HISTORY, written);
    [written, given] = [HISTORY, HISTORY];
  }

  function readBlockStart(): Outcome {
    const start = bitsAt(position);
    const kind = (start >>> 1) & 3;
    const bodyAt = position + 3;
    if (bodyAt > input.length * 8) return 'wait';
    const outcome =
      kind === 0 ? beginStored(bodyAt) : kind === 1 ? beginFixed(bodyAt) : kind === 2 ? beginOwn(bodyAt) : 'damaged';
    if (outcome === 'done') isLast = (start & 1) === 1;
    return outcome;
  }

  /** Length and its complement, from the next whole byte on. */
  function beginStored(at: number): Outcome {
    const byte = (at + 7) >>> 3;
    if (byte + 4 > input.length) return 'wait';
    const length = bitsAt(byte * 8);
    if ((length ^ bitsAt(byte * 8 + 16)) !== 0xffff) return 'damaged';
    storedLeft = length;
    position = (byte + 4) * 8;
    step = 'stored';
    return 'done';
  }

  function beginFixed(at: number): Outcome {
    [literals, distances, position, step] = [FIXED.literals, FIXED.distances, at, 'codes'];
    return 'done';
  }

  /** The block brings its codes, as code lengths that are packed with a code themselves. */
  function beginOwn(start: number): Outcome {
    const total = input.length * 8;
    let at = start + 14;
    if (at > total) return 'wait';
    const counts = bitsAt(start);
    const literalCount = (counts & 31) + 257;
    const distanceCount = ((counts >>> 5) & 31) + 1;
    const packedCount = ((counts >>> 10) & 15) + 4;
    if (literalCount > LITERALS_MAX || distanceCount > DISTANCES_MAX) return 'damaged';
    const packing = new Uint8Array(LENGTHS_ORDER.length);
    for (const symbol of LENGTHS_ORDER.slice(0, packedCount)) {
      packing[symbol] = bitsAt(at) & 7;
      at += 3;
    }
    if (at > total) return 'wait';
    const packed = codeTable(packing);
    if (packed === null) return 'damaged';
    const lengths = new Uint8Array(literalCount + distanceCount);
    for (let i = 0; i < lengths.length; ) {
      const entry = packed.entries[bitsAt(at) & packed.mask] ?? 0;
      const symbol = entry >>> 4;
      at += entry & 15;
      if (at > total) return 'wait';
      if (entry === 0) return total - at < packed.longest ? 'wait' : 'damaged';
      if (symbol < 16) {
        lengths[i] = symbol;
        i += 1;
        continue;
      }
      const extra = symbol === 16 ? 2 : symbol === 17 ? 3 : 7;
      const times = (bitsAt(at) & ((1 << extra) - 1)) + (symbol === 18 ? 11 : 3);
      at += extra;
      if (at > total) return 'wait';
      if (i + times > lengths.length || (symbol === 16 && i === 0)) return 'damaged';
      lengths.fill(symbol === 16 ? (lengths[i - 1] ?? 0) : 0, i, i + times);
      i += times;
    }
    literals = codeTable(lengths.subarray(0, literalCount));
    distances = codeTable(lengths.subarray(literalCount));
    if (literals === null || distances === null || lengths[END_OF_BLOCK] === 0) return 'damaged';
    [position, step] = [at, 'codes'];
    return 'done';
  }

  function copyStored(): Outcome {
    while (storedLeft > 0) {
      const from = position >>> 3;
      const length = Math.min(storedLeft, input.length - from, HISTORY + OUT_LENGTH - written);
      output.set(input.subarray(from, from + length), written);
      written += length;
      storedLeft -= length;
      position += length * 8;
      if (written >= HISTORY + OUT_LENGTH) makeRoom();
      else if (storedLeft > 0) return 'wait';
    }
    step = isLast ? 'ended' : 'block';
    return 'done';
  }

  function readCodes(literal: CodeTable, distance: CodeTable): Outcome {
    const bytes = input; // in variables of this call: the loop is most of the time a capture takes to open
    const total = bytes.length * 8;
    let at = position;
    let end = written;
    let outcome: Outcome | null = null;
    while (outcome === null) {
      position = at;
      if (end >= HISTORY + OUT_LENGTH) {
        written = end;
        makeRoom();
        end = written;
      }
      const entry = literal.entries[bits16(bytes, at) & literal.mask] ?? 0;
      const symbol = entry >>> 4;
      at += entry & 15;
      if (at > total) outcome = 'wait';
      else if (entry === 0) outcome = total - at < literal.longest ? 'wait' : 'damaged';
      else if (symbol < END_OF_BLOCK) {
        output[end] = symbol;
        end += 1;
      } else if (symbol === END_OF_BLOCK) {
        position = at;
        step = isLast ? 'ended' : 'block';
        outcome = 'done';
      } else if (symbol > LENGTH_SYMBOL_MAX) outcome = 'damaged';
      else {
        const lengthBits = LENGTH_BITS[symbol - 257] ?? 0;
        const length = (LENGTH_BASE[symbol - 257] ?? 0) + (bits16(bytes, at) & ((1 << lengthBits) - 1));
        at += lengthBits;
        const farEntry = distance.entries[bits16(bytes, at) & distance.mask] ?? 0;
        const far = farEntry >>> 4;
        const farBits = DISTANCE_BITS[far] ?? 0;
        at += farEntry & 15;
        const back = (DISTANCE_BASE[far] ?? 0) + (bits16(bytes, at) & ((1 << farBits) - 1));
        at += farBits;
        if (at > total) outcome = 'wait';
        else if (farEntry === 0) outcome = total - at < distance.longest ? 'wait' : 'damaged';
        else if (far >= DISTANCES_MAX || back > end) outcome = 'damaged';
        else for (const stop = end + length; end < stop; end += 1) output[end] = output[end - back] ?? 0;
      }
    }
    written = end;
    return outcome;
  }

  function next(): Outcome {
    if (step === 'stored') return copyStored();
    if (step === 'codes' && literals !== null && distances !== null) return readCodes(literals, distances);
    return readBlockStart();
  }

  function push(bytes: Uint8Array): number | null {
    if (step === 'ended') return 0;
    const before = input.length;
    if (before > 0) input = concat(input, bytes);
    else input = bytes;
    let outcome: Outcome = 'done';
    while (outcome === 'done' && !hasEnded()) outcome = next();
    give();
    if (outcome === 'damaged') return null;
    if (hasEnded()) return Math.max(0, ((position + 7) >>> 3) - before);
    input = input.slice(position >>> 3);
    position &= 7;
    return bytes.length;
  }

  const hasEnded = (): boolean => step === 'ended';

  return {
    push,
    get ended() {
      return hasEnded();
    },
  };
}
