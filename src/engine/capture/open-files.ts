/** Opens every capture in a file that is in memory: the file itself, or what it wraps. */
import { concat } from '../base/bytes';
import { err, ok, type Result } from '../base/result';
import type { Limits } from './archive';
import { type CaptureFile, type CaptureProblem, openCapture } from './open';
import { createReader } from './reader';
import type { CaptureSink } from './sink';
import { graver } from './taker';
import type { PackedProblem } from './types';
import { unpack } from './unpack';

const NOBODY: CaptureSink = {
  header: () => {},
  interface: () => {},
  packet: () => {},
  packetComment: () => {},
  addressName: () => {},
};

export interface OpenedFile {
  readonly name: string; // of the whole, and after it the names within archives: 'all.zip/pod1.cap'
  readonly result: Result<CaptureFile, CaptureProblem>;
}

export function openFiles(name: string, bytes: Uint8Array, limits?: Limits): readonly OpenedFile[] {
  const found: OpenedFile[] = [];
  const file = unpack(
    name,
    (inner, isUnpacked) => {
      const parts: Uint8Array[] = [];
      const probe = createReader(NOBODY); // knows when the capture needs no more of what may be a bomb
      return {
        push(part) {
          if (!isUnpacked) return;
          parts.push(part.slice());
          probe.push(part);
        },
        end(fault) {
          found.push({ name: inner, result: opened(isUnpacked ? concat(...parts) : bytes, fault) });
        },
        get stopped() {
          return probe.stopped;
        },
      };
    },
    limits,
  );
  file.push(bytes);
  file.end(null);
  return found;
}

function opened(bytes: Uint8Array, fault: PackedProblem | null): OpenedFile['result'] {
  const result = openCapture(bytes);
  if (!result.ok) return err(graver(result.error, fault, 0) ?? result.error);
  const { value } = result;
  return ok({ ...value, problem: graver(value.problem, fault, value.packets.length) });
}
