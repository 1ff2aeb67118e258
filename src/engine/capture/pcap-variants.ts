/**
 * Classic files whose records are longer than their magic number says. Writers of 1999 (Red Hat 6, SuSE 6.3) and some
 * Nokia firewalls changed the record header but not the magic number, so the first records are read in each form and
 * the one with the fewest oddities is taken, as Wireshark does (wiretap/libpcap.c, `libpcap_try_variants`).
 *
 *   offset  bytes  record header field, behind the usual 16 bytes
 *       16      4  modified: interface index. nokia: unknown, and nothing more
 *       20      4  modified: protocol (2), packet type (1), padding (1)
 *       24      4  modified-smp: debugging
 */
import type { PcapHeader } from './pcap-header';
import type { PcapVariant } from './types';

const RECORDS_TRIED = 3;
const ORIGINAL_LENGTH_MAX = 128 * 1024 * 1024; // bytes; more is taken for an oddity
const INTERFACE_MAX = 10_000;
const PACKET_TYPE_MAX = 4; // Linux' PACKET_OUTGOING

const HEADER_LENGTH = { usual: 16, nokia: 20, modified: 24, 'modified-smp': 28 } as const;
type Form = keyof typeof HEADER_LENGTH;

export const recordHeaderLength = (variant: PcapVariant | null): number =>
  variant === 'nokia' || variant === 'modified' || variant === 'modified-smp' ? HEADER_LENGTH[variant] : 16;

/** The form of the records from `at` on; a number: how many bytes from `at` on must be there to tell. */
export function formOf(header: PcapHeader, view: DataView, at: number, last: boolean): PcapVariant | null | number {
  const forms: readonly Form[] =
    header.variant === 'modified' ? ['modified', 'modified-smp'] : ['usual', 'modified', 'nokia'];
  let best: Form = forms[0] ?? 'usual';
  let fewest = Number.POSITIVE_INFINITY;
  for (const form of forms) {
    const tried = oddities(header, form, view, at);
    if (tried.need > 0 && !last) return tried.need;
    if (tried.odd < fewest) [best, fewest] = [form, tried.odd];
    if (tried.odd === 0) break;
  }
  return best === 'usual' ? null : best;
}

/** How much is odd about the first records in this form; `need`: bytes it would take to be sure, or 0. */
function oddities(header: PcapHeader, form: Form, view: DataView, start: number): { odd: number; need: number } {
  const { little, snapLength, lengthMax } = header;
  const length = HEADER_LENGTH[form];
  let odd = 0;
  let at = start;
  for (let i = 0; i < RECORDS_TRIED; i += 1) {
    const left = view.byteLength - at;
    if (left === 0) return { odd, need: at + length - start };
    if (left < length) return { odd: odd + 1, need: at + length - start };
    const captured = view.getUint32(at + 8, little);
    const original = view.getUint32(at + 12, little);
    if (view.getUint32(at + 4, little) >= 1_000_000) odd += 1;
    if (captured > snapLength) odd += 1;
    if (original > ORIGINAL_LENGTH_MAX) odd += 1;
    if (captured > original) odd += 1;
    odd += oddExtra(form, view, at + 16, little);
    if (captured > lengthMax) return { odd: odd + 1, need: 0 };
    at += length + captured;
    if (at > view.byteLength) return { odd: odd + 1, need: at - start };
  }
  return { odd, need: 0 };
}

function oddExtra(form: Form, view: DataView, at: number, little: boolean): number {
  if (form === 'usual') return 0;
  const first = view.getUint32(at, little);
  if (form === 'nokia') return isNokia(first) ? 0 : 1;
  const interfaceOdd = first > INTERFACE_MAX ? 1 : 0;
  const protocolOdd = isProtocol(view.getUint16(at + 4, little)) ? 0 : 1;
  return interfaceOdd + protocolOdd + (view.getUint8(at + 6) > PACKET_TYPE_MAX ? 1 : 0);
}

/** An EtherType, or one of Linux' ETH_P_ numbers below them. */
const isProtocol = (value: number): boolean =>
  value >= 0x0600 || value <= 0x0017 || value === 0x0060 || value === 0x0200 || value === 0x0400;

/** Seen there: 0x9fbfb601 and its like, with only these bits changing. */
const isNokia = (value: number): boolean =>
  (value & 0x0fff_00f0) === 0x0fbf_0000 &&
  [0x9, 0xb].includes(value >>> 28) &&
  [0xb, 0xd].includes((value >>> 12) & 0xf) &&
  [0x6, 0x9].includes((value >>> 8) & 0xf) &&
  [0x1, 0x2].includes(value & 0xf);
