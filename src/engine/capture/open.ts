import type { Result } from '../base/result';
import { err } from '../base/result';
import { readPcap } from './pcap';
import { looksLike } from './signatures';
import type { CaptureFile, CaptureProblem } from './types';

export type { CapturedPacket, CaptureFile, CaptureProblem } from './types';

/** Opens a capture by its first bytes; a file's name is never asked. Anything else is named as what it looks like. */
export function openCapture(bytes: Uint8Array): Result<CaptureFile, CaptureProblem> {
  if (looksLike(bytes) === 'pcapng') {
    return err({ kind: 'pcapng-not-yet', severity: 'error', offset: 0 });
  }
  return readPcap(bytes);
}
