/**
 * A frame as the fields that nothing but the network decides, for holding a prediction against a real kernel's capture.
 * Left out is what hosts draw by chance (identifiers, client ports, TCP numbers, ping's data) and what follows from it
 * (checksums: only right or wrong counts), and what services and tools say to each other.
 */
import { decodeFrame, fieldsOf } from '../wire/decode';
import type { Field } from '../wire/types';

const LEFT_OUT: ReadonlySet<string> = new Set([
  'ip.checksum',
  'icmp.ident',
  'icmp.checksum',
  'udp.srcport',
  'udp.checksum',
  'tcp.srcport',
  'tcp.dstport',
  'tcp.seq',
  'tcp.ack',
  'tcp.window_size',
  'tcp.checksum',
  'tcp.options',
  'data',
]);

/** A field that the network decides, with what is drawn by chance in its text made one. */
interface Told {
  readonly name: string; // 'quoted.' before it: of the packet that an ICMP error quotes
  readonly text: string;
}

/** What the network decided about a frame, in the order of the bytes, and which rules the frame breaks. */
export function decided(
  bytes: Uint8Array,
  linkType: number,
  originalLength: number,
): { readonly fields: readonly Told[]; readonly broken: readonly string[] } {
  const decoded = decodeFrame(bytes, { linkType, originalLength });
  const fields = fieldsOf(decoded).flatMap((field) => {
    const name = field.name.replace('quoted.', '');
    if (LEFT_OUT.has(name)) return [];
    return [{ name: field.name, text: tellable(name, field) }];
  });
  return { fields, broken: decoded.issues.map(({ rule }) => `!${rule}`) };
}

/** The frame in one line; equal lines are equal frames. */
export function told(bytes: Uint8Array, linkType: number, originalLength: number): string {
  const { fields, broken } = decided(bytes, linkType, originalLength);
  return [...fields.map(({ name, text }) => `${name.replace('quoted.', '>')}=${text}`), ...broken].join(' ');
}

const tellable = (name: string, field: Field): string =>
  name === 'ip.id' ? zeroOrNot(field) : name === 'udp.dstport' ? port(field) : field.text;

const zeroOrNot = ({ text }: Field): string => (/^0(?:x0+)?\b/.test(text) ? '0' : 'n');

/** A client's own port is drawn; traceroute's 33434 and on are not. */
function port({ text }: Field): string {
  const number = Number.parseInt(text, 10);
  return number < 32768 || (number >= 33434 && number <= 33534) ? text : 'any';
}

export interface TimedFrame {
  readonly told: string;
  readonly atUs: number;
}

export interface FrameDifference {
  readonly side: 'real' | 'predicted';
  readonly at: number; // index in that side's frames
  readonly told: string;
  readonly atUs: number; // since that side's first frame
}

/** TCP frames compared at each place: the handshake. What comes later depends on how fast both programs are. */
const TCP_HEAD = 3;

const isTcp = (frame: TimedFrame): boolean => frame.told.includes(' tcp.flags=');
const isArp = (frame: TimedFrame): boolean => frame.told.includes(' arp.opcode=');

function compared(frames: readonly TimedFrame[]): readonly TimedFrame[] {
  let tcp = 0;
  return frames.filter((frame) => {
    if (isTcp(frame)) tcp += 1;
    return !isTcp(frame) || tcp <= TCP_HEAD;
  });
}

/** Both sides in order: the longest common sequence agrees, all else differs. */
export function differences(
  allReal: readonly TimedFrame[],
  allPredicted: readonly TimedFrame[],
): { readonly frames: number; readonly agreeing: number; readonly differences: readonly FrameDifference[] } {
  const real = compared(allReal);
  const predicted = compared(allPredicted);
  const pairs = longestCommon(real, predicted);
  const pairedReal = new Set(pairs.map(([r]) => r));
  const pairedPredicted = new Set(pairs.map(([, p]) => p));
  // The capture may have ended before the last ARP probes.
  const last = pairs.at(-1)?.[1] ?? -1;
  const isCutOff = pairs.length === real.length && predicted.slice(last + 1).every(isArp);
  const counted = isCutOff ? predicted.slice(0, last + 1) : predicted;
  const start = (frames: readonly TimedFrame[]): number => frames[0]?.atUs ?? 0;
  const alone = (side: FrameDifference['side'], frames: readonly TimedFrame[], paired: ReadonlySet<number>) =>
    frames.flatMap((frame, at) =>
      paired.has(at) ? [] : [{ side, at, told: frame.told, atUs: frame.atUs - start(frames) }],
    );
  return {
    frames: Math.max(real.length, counted.length),
    agreeing: pairs.length,
    differences: [...alone('real', real, pairedReal), ...alone('predicted', counted, pairedPredicted)],
  };
}

/** Index pairs of a longest common subsequence. */
function longestCommon(a: readonly TimedFrame[], b: readonly TimedFrame[]): readonly (readonly [number, number])[] {
  const width = b.length + 1;
  const best = new Uint32Array((a.length + 1) * width);
  for (let i = a.length - 1; i >= 0; i -= 1) {
    for (let j = b.length - 1; j >= 0; j -= 1) {
      best[i * width + j] =
        a[i]?.told === b[j]?.told
          ? (best[(i + 1) * width + j + 1] ?? 0) + 1
          : Math.max(best[(i + 1) * width + j] ?? 0, best[i * width + j + 1] ?? 0);
    }
  }
  const pairs: [number, number][] = [];
  for (let i = 0, j = 0; i < a.length && j < b.length; ) {
    if (a[i]?.told === b[j]?.told) {
      pairs.push([i, j]);
      i += 1;
      j += 1;
    } else if ((best[(i + 1) * width + j] ?? 0) >= (best[i * width + j + 1] ?? 0)) i += 1;
    else j += 1;
  }
  return pairs;
}
