/** Files the page makes for the user: they come from memory, so no connection is needed and none is made. */
import type { CapturePoint } from '../engine/topology/topology';
import { captureBytes } from './selectors';
import { useApp } from './store';

const RELEASE_MS = 10_000; // by then a browser has taken the file

export const save = (name: string, data: Uint8Array | string, type: string): void =>
  saveBlob(name, new Blob([typeof data === 'string' ? data : new Uint8Array(data)], { type }));

export function saveBlob(name: string, blob: Blob): void {
  const url = URL.createObjectURL(blob);
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), RELEASE_MS);
}

export const captureName = ({ id }: CapturePoint): string => `${id}.cap`;

/** What tcpdump would have written at these points in this run, one file each. */
export function savePredicted(points: readonly CapturePoint[]): void {
  const state = useApp.getState();
  for (const point of points) save(captureName(point), captureBytes(state, point), 'application/vnd.tcpdump.pcap');
}
