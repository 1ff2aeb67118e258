/** What a trace says each capture point sees, as frames and as a file for Wireshark. */
import { writePcap } from '../capture/pcap';
import { deviceKey, framesByDevice, type SeenFrame, type Trace } from '../sim/trace';
import type { CapturePoint } from '../topology/topology';
import { type Frame, serializeFrame } from '../wire/frame';
import type { PredictedFrame } from './comparison';

const NONE: readonly PredictedFrame[] = [];
const byTrace = new WeakMap<Trace, ReadonlyMap<string, readonly PredictedFrame[]>>();
const byFrame = new WeakMap<Frame, Uint8Array>();

/** The bytes of a simulated frame. A frame crosses several devices; all of them get the same array. */
export function bytesOf(frame: Frame): Uint8Array {
  let bytes = byFrame.get(frame);
  if (bytes === undefined) {
    bytes = serializeFrame(frame);
    byFrame.set(frame, bytes);
  }
  return bytes;
}

/** Frames of every device that saw one, keyed `host dev`, in order of time. */
export function predictedByDevice(trace: Trace): ReadonlyMap<string, readonly PredictedFrame[]> {
  let known = byTrace.get(trace);
  if (known === undefined) {
    known = new Map([...framesByDevice(trace)].map(([key, seen]) => [key, seen.map(predictedOf)]));
    byTrace.set(trace, known);
  }
  return known;
}

const predictedOf = ({ frame, ...seen }: SeenFrame): PredictedFrame => ({ ...seen, bytes: bytesOf(frame) });

/** The frames a capture on this device would hold, in order. */
export const predictedAt = (trace: Trace, point: Pick<CapturePoint, 'host' | 'dev'>): readonly PredictedFrame[] =>
  predictedByDevice(trace).get(deviceKey(point.host, point.dev)) ?? NONE;

/**
 * The same as a capture file. Virtual time starts at zero, so its packets are of 1 January 1970: a date that nobody
 * takes for a real capture's.
 */
export function captureFileOf(trace: Trace, host: string, dev: string): Uint8Array {
  return writePcap(
    predictedAt(trace, { host, dev }).map(({ atUs, bytes }) => ({
      seconds: Math.floor(atUs / 1_000_000),
      nanoseconds: Math.floor(atUs % 1_000_000) * 1000,
      originalLength: bytes.length,
      bytes,
    })),
  );
}
