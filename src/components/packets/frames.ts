/** The bytes of single packets as they are shown: at hand for a small file, read again and kept for a while for a large one. */
import { useEffect, useState } from 'react';
import type { CapturedPacket } from '../../engine/capture/types';
import type { OpenedFile } from '../../store/capture-client';
import { whileBusy } from '../../store/environment';
import type { Source } from './sources';

/** reading: not here yet. gone: the file has changed or gone since it was opened. */
export type Frame = CapturedPacket | 'reading' | 'gone';

const KEPT_MAX = 512; // packets of one file
const WAIT_MS = 40; // what is scrolled past is not read

const kept = new WeakMap<OpenedFile, Map<number, CapturedPacket | 'gone'>>();

function keptOf(opened: OpenedFile): Map<number, CapturedPacket | 'gone'> {
  const known = kept.get(opened) ?? new Map<number, CapturedPacket | 'gone'>();
  kept.set(opened, known);
  return known;
}

function frameNow(source: Source, i: number): Frame {
  if (source.opened === null) return source.packets?.[i] ?? 'gone';
  return keptOf(source.opened).get(i) ?? 'reading';
}

async function read(opened: OpenedFile, i: number): Promise<void> {
  const frame = await opened.frame(i).catch(() => 'gone' as const);
  const known = keptOf(opened);
  const oldest = known.keys().next().value;
  if (known.size >= KEPT_MAX && oldest !== undefined) known.delete(oldest);
  known.set(i, frame);
}

export function useFrame(source: Source, i: number): Frame {
  const [, setArrived] = useState(0);
  const frame = frameNow(source, i);
  const isMissing = frame === 'reading';
  useEffect(() => {
    const { opened } = source;
    if (!isMissing || opened === null) return;
    let isWanted = true;
    const timer = setTimeout(() => {
      void whileBusy(read(opened, i)).then(() => isWanted && setArrived((n) => n + 1));
    }, WAIT_MS);
    return () => {
      isWanted = false;
      clearTimeout(timer);
    };
  }, [source, i, isMissing]);
  return frame;
}
