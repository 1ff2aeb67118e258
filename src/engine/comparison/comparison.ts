/**
 * Prediction and captures side by side, as data for the hop matrix, the ladder and the command line.
 * `compare.ts` makes it; nothing else decides whether a capture agrees.
 */
import type { PacketId, PacketKind } from '../sim/event';
import type { CapturePoint } from '../topology/topology';

/** A frame the model says this point sees. `step` is the trace step it is seen at. */
export interface PredictedFrame {
  readonly step: number;
  readonly atUs: number;
  readonly packet: PacketId;
  readonly direction: 'in' | 'out';
  readonly bytes: Uint8Array;
}

/** A frame a file holds for this point. */
export interface CapturedFrame {
  readonly file: string; // file name
  readonly index: number; // 0-based packet of the file; shown as index + 1
  readonly seconds: number; // since the first packet of the same file
  readonly originalLength: number; // bytes on the wire
  readonly bytes: Uint8Array;
}

/**
 * agrees: equal. differs: not equal, and the model had an opinion. drawn: drawn by chance by the sender and
 * not taken from a capture, so not compared. one-sided: only one of the two exists.
 */
export type FieldVerdict = 'agrees' | 'differs' | 'drawn' | 'one-sided';

export interface ComparedField {
  readonly name: string; // as in wire: eth.dst, ip.ttl …
  readonly predicted: string | null;
  readonly captured: string | null;
  readonly verdict: FieldVerdict;
  /** Against the same packet at the capture point before: null at its first point. */
  readonly sinceLastPoint: 'same' | 'changed' | null;
}

export type FrameVerdict = 'agrees' | 'differs' | 'not-captured' | 'not-predicted';

/** Something that looks like a fault and is not one. */
export type Artefact =
  | 'hairpin-echo' // a broadcast seen again on the device that sent it: the bridge port is in hairpin mode
  | 'checksum-offloaded' // the transport checksum is left to the network card
  | 'padding' // Ethernet padding after the end of the packet
  | 'capture-not-loaded' // no file for this point
  | 'unrelated' // other traffic on the same device: neither of its ends takes part in this run
  | 'after-capture-end'; // a late ARP frame, after the last one the file holds: the capture was stopped earlier

export interface ComparedFrame {
  readonly point: string; // CapturePoint.id
  readonly packet: PacketId | null; // null: nobody predicted it
  readonly predicted: PredictedFrame | null;
  readonly captured: CapturedFrame | null;
  readonly fields: readonly ComparedField[];
  readonly verdict: FrameVerdict;
  readonly artefacts: readonly Artefact[];
}

/** One packet over all capture points: a hop matrix. `cells[i]` belongs to `Comparison.points[i]`, whatever way it travels. */
export interface Journey {
  readonly packet: PacketId | null;
  readonly what: PacketKind | null; // null: nobody predicted it; `title` then tells
  readonly title: string; // tcpdump-like line of the first frame, for packets nobody predicted
  readonly cells: readonly (readonly ComparedFrame[])[]; // per point, usually 0 or 1 frames; 2 with a hairpin echo
  readonly reversed: boolean; // travels from the last point to the first
}

export interface Comparison {
  readonly points: readonly CapturePoint[];
  readonly loaded: readonly boolean[]; // is there a file for this point
  readonly frames: readonly (readonly ComparedFrame[])[]; // per point, in order of time
  readonly journeys: readonly Journey[]; // in order of first appearance
  /** Frames of loaded points, without 'unrelated' and 'after-capture-end'. */
  readonly totals: Readonly<Record<FrameVerdict, number>>;
}
