/**
 * Records of a classic capture file, draft-ietf-opsawg-pcap section 5, behind the file header of pcap-header.ts.
 *
 *   offset  bytes  record header field
 *        0      4  seconds since 1970
 *        4      4  micro- or nanoseconds, by magic
 *        8      4  captured length
 *       12      4  original length
 *       16      -  captured bytes
 */
import { invariant } from '../base/result';
import type { Machine, Window } from './chunks';
import { isKnownLinkType } from './link-types';
import { FILE_HEADER_LENGTH, headerLength, magicOf, type PcapHeader, readHeader } from './pcap-header';
import { formOf, recordHeaderLength } from './pcap-variants';
import type { Report } from './report';
import type { CaptureSink } from './sink';

const RECORD_HEADER_LENGTH = 16; // bytes, where the file has nothing of its own
const BILLION = 1_000_000_000;

/** Reads the file from its magic number on, which the caller has seen. */
export function pcapMachine(sink: CaptureSink, report: Report): Machine {
  let header: PcapHeader | null = null;
  let recordHeader = RECORD_HEADER_LENGTH;
  let toNanoseconds = 1000;

  function next(window: Window, at: number, last: boolean): number {
    return header === null ? begin(window, at, last) : record(header, window, at);
  }

  function begin(window: Window, at: number, last: boolean): number {
    const { view } = window;
    const magic = magicOf(view, at);
    const need = headerLength(view, at);
    invariant(magic !== null && need !== null, 'the caller has seen the magic number');
    if (view.byteLength - at < need) return -need;
    const read = readHeader(view, at, magic);
    if (!read.ok) return report.stop(read.error);
    const form = read.value.mayVary ? formOf(read.value, view, at + need, last) : read.value.variant;
    if (typeof form === 'number') return -(need + form);
    header = { ...read.value, variant: form };
    recordHeader = recordHeaderLength(form);
    toNanoseconds = header.resolution === 'us' ? 1000 : 1;
    announce(header);
    return need;
  }

  function announce({ little, variant, version, snapLength, linkType, resolution }: PcapHeader): void {
    const byteOrder = little ? 'le' : 'be';
    sink.header({ format: 'pcap', variant, byteOrder, version, application: null, comments: [] });
    const ticksPerSecond = resolution === 'us' ? 1_000_000 : 1_000_000_000;
    const unsaid = { name: null, description: null, macs: [], addresses: [], comments: [] };
    sink.interface({ linkType, snapLength, ticksPerSecond, offsetSeconds: 0, ...unsaid });
    if (!isKnownLinkType(linkType)) {
      report.note({ kind: 'unknown-link-type', severity: 'note', offset: 20, linkType });
    }
  }

  function record({ little, lengths, lengthMax }: PcapHeader, window: Window, at: number): number {
    const { view, bytes, base } = window;
    const left = bytes.length - at;
    if (left < recordHeader) return -recordHeader;
    const first = view.getUint32(at + 8, little);
    const second = view.getUint32(at + 12, little);
    const isSwapped = lengths === 'original-first' || (lengths === 'by-size' && first > second);
    const captured = isSwapped ? second : first;
    if (captured > lengthMax) {
      const span = { offset: base + at + (isSwapped ? 12 : 8), length: captured, limit: lengthMax };
      return report.stop({ kind: 'implausible-length', severity: 'error', packet: report.packets + 1, ...span });
    }
    const whole = recordHeader + captured;
    if (left < whole) return -whole;
    const dataAt = at + recordHeader;
    // A fraction of a second or more is a writer's mistake; both fields together still say a time.
    const fraction = view.getUint32(at + 4, little) * toNanoseconds;
    const carried = fraction < BILLION ? 0 : Math.floor(fraction / BILLION);
    report.packets += 1;
    sink.packet(
      bytes,
      dataAt,
      captured,
      isSwapped ? first : second,
      view.getUint32(at, little) + carried,
      fraction - carried * BILLION,
      base + dataAt,
      0,
    );
    return whole;
  }

  function ended({ view, base }: Window, at: number, fileLength: number): void {
    const offset = base + at;
    const have = fileLength - offset;
    if (header === null) {
      const need = headerLength(view, at) ?? FILE_HEADER_LENGTH;
      report.stop({ kind: 'too-short-for-header', severity: 'error', offset, have, need });
      return;
    }
    const packet = report.packets + 1;
    if (have < recordHeader) {
      const cut = { offset, have, need: recordHeader };
      report.stop({ kind: 'cut-in-record-header', severity: 'error', packet, ...cut });
      return;
    }
    const { little, lengths } = header;
    const [first, second] = [view.getUint32(at + 8, little), view.getUint32(at + 12, little)];
    const isSwapped = lengths === 'original-first' || (lengths === 'by-size' && first > second);
    const cut = { offset: offset + recordHeader, have: have - recordHeader, need: isSwapped ? second : first };
    report.stop({ kind: 'cut-in-packet', severity: 'error', packet, ...cut });
  }

  return { next, ended };
}
