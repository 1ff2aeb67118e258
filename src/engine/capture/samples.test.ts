/** Every capture that comes with the project: a second opinion, and what is left of it when it is cut. */
import { describe, expect, test } from 'vitest';
import { readOutside, saidOf } from '../testing/outside-reader';
import { sampleFiles } from '../testing/samples';
import { type CaptureFile, openCapture } from './open';

function opened(bytes: Uint8Array): CaptureFile {
  const result = openCapture(bytes);
  if (!result.ok) throw new Error(result.error.kind);
  return result.value;
}

const FILE_HEADER = 24; // bytes
const RECORD_HEADER = 16;

describe.each(sampleFiles())('$name', ({ bytes }) => {
  test('an independent reader finds the same packets', async () => {
    const { packets, problem } = opened(bytes);
    expect(problem).toBeNull();
    expect(await readOutside(bytes)).toEqual(packets.map(saidOf));
  });

  test('cut at any byte: earlier packets are the same, and the problem says where, what is there and what is needed', () => {
    const whole = opened(bytes).packets;
    const ends = whole.map(({ fileOffset, capturedLength }) => fileOffset + capturedLength);
    for (let length = 0; length < bytes.length; length += 1) {
      const cut = openCapture(bytes.subarray(0, length));
      if (length < FILE_HEADER) {
        const kind = length === 0 ? 'empty-file' : 'too-short-for-header';
        expect(cut).toMatchObject({ ok: false, error: { kind, offset: 0 } });
        continue;
      }
      if (!cut.ok) throw new Error(`${cut.error.kind} at ${length}`);
      const { packets, problem } = cut.value;
      const kept = ends.filter((end) => end <= length).length;
      expect(packets.length).toBe(kept);
      for (const [i, packet] of packets.entries()) {
        const { bytes: ours, ...said } = packet;
        const { bytes: same, ...was } = whole[i] ?? packet;
        if (Buffer.compare(ours, same) !== 0 || JSON.stringify(said) !== JSON.stringify(was))
          throw new Error(`packet ${i + 1} changed when the file was cut at ${length}`);
      }
      const start = ends[kept - 1] ?? FILE_HEADER;
      const have = length - start;
      if (have === 0) expect(problem?.kind ?? null).toBe(kept === 0 ? 'no-packets' : null);
      else if (have < RECORD_HEADER) {
        const said = { offset: start, have, need: RECORD_HEADER, packet: kept + 1 };
        expect(problem).toEqual({ kind: 'cut-in-record-header', severity: 'error', ...said });
      } else {
        const said = { offset: start + RECORD_HEADER, have: have - RECORD_HEADER, packet: kept + 1 };
        const need = whole[kept]?.capturedLength;
        expect(problem).toEqual({ kind: 'cut-in-packet', severity: 'error', need, ...said });
      }
    }
  });
});
