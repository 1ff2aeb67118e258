/**
 * Reads a capture of any known format, chunk by chunk, in constant memory. A file that is read at once goes the same
 * way: see open.ts.
 */
import { NO_BYTES } from '../base/bytes';
import { feed, type Machine, type Window } from './chunks';
import { FILE_HEADER_LENGTH, headerLength, magicText } from './pcap-header';
import { pcapMachine } from './pcap-read';
import { pcapngMachine } from './pcapng';
import { BLOCK } from './pcapng-blocks';
import { newReport, type Report } from './report';
import { firstBytes, looksLike, SAMPLE_LENGTH } from './signatures';
import type { CaptureSink } from './sink';
import type { CaptureProblem } from './types';

export interface CaptureReader {
  /** Tells the sink of every packet that is whole by now. `last` spares a copy where the caller knows it is the last. */
  push(chunk: Uint8Array, last?: boolean): void;
  /** To be called once, after the last chunk. */
  end(): CaptureProblem | null;
  /** True once nothing more will come of this file: what follows need not be pushed. */
  readonly stopped: boolean;
  readonly packets: number;
}

const MAGIC_LENGTH = 4; // bytes

export function createReader(sink: CaptureSink): CaptureReader {
  const report = newReport();
  const fed = feed(dispatcher(sink, report));
  let length = 0;
  return {
    push(chunk, last) {
      length += chunk.length;
      fed.push(chunk, last);
    },
    end() {
      fed.push(NO_BYTES, true);
      if (length === 0) return { kind: 'empty-file', severity: 'error', offset: 0 };
      const { problem } = report;
      if (report.packets > 0 || problem?.severity === 'error') return problem;
      return { kind: 'no-packets', severity: 'note', offset: length };
    },
    get stopped() {
      return fed.stopped;
    },
    get packets() {
      return report.packets;
    },
  };
}

/** Looks at the first bytes and hands the file to the machine of its format; a file's name is never asked. */
function dispatcher(sink: CaptureSink, report: Report): Machine {
  let machine: Machine | null = null;

  function next(window: Window, at: number, last: boolean): number {
    if (machine !== null) return machine.next(window, at, last);
    const { bytes, view } = window;
    if (bytes.length < MAGIC_LENGTH) return -MAGIC_LENGTH;
    if (view.getUint32(0) === BLOCK.section) machine = pcapngMachine(sink, report);
    else if (headerLength(view, 0) !== null) machine = pcapMachine(sink, report);
    if (machine !== null) return machine.next(window, at, last);
    if (bytes.length < SAMPLE_LENGTH && !last) return -SAMPLE_LENGTH;
    const found = { magic: magicText(bytes), looksLike: looksLike(bytes), firstBytes: firstBytes(bytes) };
    return report.stop({ kind: 'not-a-capture', severity: 'error', offset: 0, ...found });
  }

  function ended(window: Window, at: number, fileLength: number): void {
    if (machine !== null) machine.ended(window, at, fileLength);
    else {
      const cut = { offset: 0, have: fileLength, need: FILE_HEADER_LENGTH };
      report.stop({ kind: 'too-short-for-header', severity: 'error', ...cut });
    }
  }

  return { next, ended };
}
