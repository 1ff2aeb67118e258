/**
 * Opens what wraps captures: gzip, tar and zip, one in another if need be. Bytes come in as they are read and go out,
 * unpacked, to whoever takes the files found, so nothing is held but a few kilobytes. A file that is wrapped in nothing
 * passes through as it is. What a file is, its first bytes tell; its name is never asked.
 */
import { concat, NO_BYTES } from '../base/bytes';
import { type Archive, type Container, LIMITS, type Limits } from './archive';
import { feed } from './chunks';
import { gunzip, isGzip } from './gunzip';
import { SAMPLE_LENGTH } from './signatures';
import type { FileTaker } from './taker';
import type { PackedProblem } from './types';
import { isTar, untar } from './untar';
import { isZip, unzip } from './unzip';

/** Asked for each file found; `name` is that of the whole, and after it the names within archives: 'all.zip/pod1.cap'. */
export type TakeFile = (name: string, isUnpacked: boolean) => FileTaker;

type Wrapping = 'gzip' | 'tar' | 'zip';
const CONTAINERS = { gzip: gunzip, tar: untar, zip: unzip } as const;

export function wrappingOf(firstBytes: Uint8Array): Wrapping | null {
  if (isGzip(firstBytes)) return 'gzip';
  if (isZip(firstBytes)) return 'zip';
  return isTar(firstBytes) ? 'tar' : null;
}

export function unpack(name: string, take: TakeFile, limits: Limits = LIMITS): FileTaker {
  const totals = { bytes: 0, files: 0 };

  function opened(name: string, depth: number): FileTaker {
    let inner: FileTaker | null = null;
    let held: Uint8Array = NO_BYTES;

    function decide(): FileTaker {
      const wrapping = wrappingOf(held);
      if (wrapping === null) return depth === 0 ? take(name, false) : bounded(take(name, true), limits.fileBytes);
      if (depth < limits.depth) return contained(CONTAINERS[wrapping](archive(name, depth)));
      return refused(take(name, true), { kind: 'packed-too-deep', severity: 'error', offset: 0, limit: limits.depth });
    }

    return {
      push(bytes) {
        if (inner !== null) return inner.push(bytes);
        const first = held.length === 0 ? bytes : concat(held, bytes);
        if (first.length < SAMPLE_LENGTH) {
          held = first.slice();
          return;
        }
        held = first.subarray(0, SAMPLE_LENGTH);
        inner = decide();
        held = NO_BYTES;
        inner.push(first);
      },
      end(fault) {
        if (inner === null) {
          inner = decide();
          if (held.length > 0) inner.push(held);
        }
        inner.end(fault);
      },
      get stopped() {
        return inner?.stopped ?? false;
      },
    };
  }

  const archive = (name: string, depth: number): Archive => ({
    limits,
    whole: () => opened(name, depth + 1),
    member(path) {
      totals.files += 1;
      if (totals.files <= limits.files) return opened(`${name}/${path}`, depth + 1);
      this.report({ kind: 'too-many-files', severity: 'error', offset: 0, limit: limits.files });
      return null;
    },
    report: (problem) => take(name, true).end(problem),
    unpacks(bytes) {
      totals.bytes += bytes;
      return totals.bytes <= limits.totalBytes;
    },
  });

  return opened(name, 0);
}

function contained(container: Container): FileTaker {
  const fed = feed(container);
  let length = 0;
  return {
    push(bytes) {
      length += bytes.length;
      fed.push(bytes);
    },
    end(fault) {
      fed.push(NO_BYTES, true);
      container.finish(fault, length);
    },
    get stopped() {
      return fed.stopped;
    },
  };
}

/** Takes no more than so many bytes. */
function bounded(file: FileTaker, limit: number): FileTaker {
  let left = limit;
  let isOver = false;
  return {
    push(bytes) {
      if (isOver) return;
      isOver = bytes.length > left;
      file.push(isOver ? bytes.subarray(0, left) : bytes);
      left -= bytes.length;
    },
    end(fault) {
      file.end(isOver ? { kind: 'unpacked-too-large', severity: 'error', offset: limit, packet: 1, limit } : fault);
    },
    get stopped() {
      return isOver || file.stopped;
    },
  };
}

const refused = (file: FileTaker, problem: PackedProblem): FileTaker => ({
  push: () => {},
  end: () => file.end(problem),
  stopped: true,
});
