/** Every recording of the lab, read by us and by an independent reader, and written back. */
import { describe, expect, test } from 'vitest';
import { hex } from '../base/bytes';
import { bytesOf, labCaptures, openLab } from '../testing/lab-captures';
import { readOutside, saidOf } from '../testing/outside-reader';
import { linkTypeName } from './link-types';
import { openCapture } from './open';
import { writePcap } from './pcap';

const points = labCaptures.filter((capture) => !capture.name.includes('/extra/'));

describe.skipIf(labCaptures.length === 0)("the lab's recordings", () => {
  test('all open without a problem, with a link type we can name', () => {
    for (const capture of labCaptures) {
      const file = openLab(capture);
      expect([null, 'no-packets'], capture.name).toContain(file.problem?.kind ?? null);
      expect(linkTypeName(file.linkType), capture.name).not.toBeNull();
    }
  });

  test('all are written back byte for byte', () => {
    for (const capture of labCaptures) {
      const { packets, linkType, snapLength } = openLab(capture);
      expect(hex(writePcap(packets, linkType, snapLength)), capture.name).toBe(hex(bytesOf(capture)));
    }
  });

  test('an independent reader finds the same packets', async () => {
    for (const capture of points) {
      const ours = openLab(capture).packets.map(saidOf);
      const theirs = await readOutside(bytesOf(capture));
      expect(ours, capture.name).toEqual(theirs);
    }
  }, 60_000);

  test('one of them cut at any byte keeps every packet before the cut', () => {
    const capture = labCaptures.find(({ name }) => name === 'seed-ping/pod1');
    if (capture === undefined) throw new Error('no recording of the seed ping at pod1');
    const bytes = bytesOf(capture);
    const whole = openLab(capture).packets;
    for (let length = 24; length < bytes.length; length += 1) {
      const opened = openCapture(bytes.subarray(0, length));
      if (!opened.ok) throw new Error(opened.error.kind);
      const before = whole.filter((packet) => packet.fileOffset + packet.capturedLength <= length);
      expect(opened.value.packets).toEqual(before);
      const { problem } = opened.value;
      if (problem?.kind === 'cut-in-packet' || problem?.kind === 'cut-in-record-header') {
        expect(problem.packet).toBe(before.length + 1);
        expect(problem.offset + problem.have).toBe(length);
        expect(problem.need).toBeGreaterThan(problem.have);
      } else {
        expect(before.at(-1) ? (before.at(-1)?.fileOffset ?? 0) + (before.at(-1)?.capturedLength ?? 0) : 24).toBe(
          length,
        );
      }
    }
  });
});
