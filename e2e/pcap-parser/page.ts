/** A page of its own for one test: a capture read in the browser by npm `pcap-parser` and by the readers of this project. */

import outside from 'pcap-parser';
import { concat, hex } from '../../src/engine/base/bytes';
import { openCapture } from '../../src/engine/capture/open';
import { captureTaker } from '../../src/engine/capture/taker';
import { EventEmitter, NodeBuffer } from './node-parts';

/** All of a file's packets, in short. */
export interface Said {
  readonly packets: number;
  readonly capturedBytes: number;
  readonly originalBytes: number;
  /** Of every packet's time, lengths and bytes, in their order: SHA-256. */
  readonly digest: string;
}

interface Packet {
  readonly seconds: number;
  readonly microseconds: number;
  readonly originalLength: number;
  readonly bytes: Uint8Array;
}

const PIECE = { outside: 65_536, ours: 997 }; // bytes; what Node's file streams give, and what cuts headers anywhere

export async function read(base64: string): Promise<Record<'outside' | 'whole' | 'streamed', Said>> {
  const file = Uint8Array.from(atob(base64), (c) => c.charCodeAt(0));
  return {
    outside: await inShort(await readOutside(file)),
    whole: await inShort(readWhole(file)),
    streamed: await inShort(readStreamed(file)),
  };
}

async function inShort(packets: readonly Packet[]): Promise<Said> {
  const told = packets.map(({ seconds, microseconds, originalLength, bytes }) => {
    // Not by field: in some files the second one is a second or more.
    const numbers = Float64Array.of(seconds * 1_000_000 + microseconds, bytes.length, originalLength);
    return concat(new Uint8Array(numbers.buffer), bytes);
  });
  const digest = await crypto.subtle.digest('SHA-256', concat(...told) as Uint8Array<ArrayBuffer>);
  return {
    packets: packets.length,
    capturedBytes: packets.reduce((sum, { bytes }) => sum + bytes.length, 0),
    originalBytes: packets.reduce((sum, { originalLength }) => sum + originalLength, 0),
    digest: hex(new Uint8Array(digest)),
  };
}

function* pieces(file: Uint8Array, length: number): Generator<Uint8Array> {
  for (let at = 0; at < file.length; at += length) yield file.slice(at, at + length);
}

/** Gives a file's bytes when it is told to go on, as a stream of Node's does. */
class FileStream extends EventEmitter {
  readonly #file: Uint8Array;
  constructor(file: Uint8Array) {
    super();
    this.#file = file;
  }

  pause(): void {}

  resume(): void {
    for (const piece of pieces(this.#file, PIECE.outside)) this.emit('data', NodeBuffer.from(piece));
    this.emit('end');
  }
}

function readOutside(file: Uint8Array): Promise<readonly Packet[]> {
  return new Promise((resolve, reject) => {
    const found: Packet[] = [];
    const parser = outside.parse(new FileStream(file));
    parser.on('packet', ({ header, data }) => {
      if (header.capturedLength !== data.length) throw new Error(`${header.capturedLength} of ${data.length} bytes`);
      found.push({
        seconds: header.timestampSeconds,
        microseconds: header.timestampMicroseconds,
        originalLength: header.originalLength,
        bytes: data,
      });
    });
    parser.on('error', reject);
    parser.on('end', () => resolve(found));
  });
}

function readWhole(file: Uint8Array): readonly Packet[] {
  const opened = openCapture(file);
  if (!opened.ok) throw new Error(opened.error.kind);
  return opened.value.packets.map(({ seconds, nanoseconds, capturedLength, originalLength, bytes }) => {
    if (capturedLength !== bytes.length) throw new Error(`${capturedLength} of ${bytes.length} bytes`);
    return { seconds, microseconds: nanoseconds / 1000, originalLength, bytes };
  });
}

function readStreamed(file: Uint8Array): readonly Packet[] {
  const found: Packet[] = [];
  const ignored = () => {};
  const taker = captureTaker(
    {
      header: ignored,
      interface: ignored,
      packet(from, at, length, originalLength, seconds, nanoseconds) {
        const bytes = from.slice(at, at + length);
        found.push({ seconds, microseconds: nanoseconds / 1000, originalLength, bytes });
      },
      packetComment: ignored,
      addressName: ignored,
    },
    ignored,
  );
  for (const piece of pieces(file, PIECE.ours)) taker.push(piece);
  taker.end(null);
  return found;
}
