/** Every frame of the lab's recordings, against itself and against an outside reader. */
import { describe, expect, test } from 'vitest';
import { hex } from '../base/bytes';
import { unreachable } from '../base/result';
import { type LabCapture, labCaptures, openLab, tableOf } from '../testing/lab-captures';
import * as arp from './arp';
import { decodeFrame, fieldsOf } from './decode';
import * as ethernet from './ethernet';
import { readFrame, serializeFrame } from './frame';
import * as icmp from './icmp';
import * as ipv4 from './ipv4';
import type { DecodedFrame, Layer } from './layers';
import * as tcp from './tcp';
import * as udp from './udp';
import * as vlan from './vlan';
import * as vxlan from './vxlan';

const framesOf = (capture: LabCapture): readonly DecodedFrame[] => {
  const { linkType, packets } = openLab(capture);
  return packets.map(({ bytes, originalLength }) => decodeFrame(bytes, { linkType, originalLength }));
};

function serializeLayer(layer: Layer, bytes: Uint8Array): Uint8Array {
  switch (layer.kind) {
    case 'ethernet':
      return ethernet.serialize(layer.header);
    case 'vlan':
      return vlan.serialize(layer.header);
    case 'arp':
      return arp.serialize(layer.header);
    case 'ipv4':
      return ipv4.serialize(layer.header);
    case 'icmp':
      return icmp.serialize(layer.header);
    case 'udp':
      return udp.serialize(layer.header);
    case 'tcp':
      return tcp.serialize(layer.header);
    case 'vxlan':
      return vxlan.serialize(layer.header);
    case 'payload':
    case 'unreadable':
      return bytes.subarray(layer.at, layer.at + layer.length);
    default:
      return unreachable(layer);
  }
}

/** Columns of the outside reader that show one of our fields in the same notation. */
const COLUMNS = [
  'eth.src',
  'eth.dst',
  'ip.src',
  'ip.dst',
  'ip.ttl',
  'ip.dsfield',
  'ip.id',
  'ip.len',
  'ip.checksum',
  'icmp.type',
  'icmp.code',
  'icmp.seq',
  'icmp.checksum',
  'icmp.mtu',
  'arp.opcode',
  'arp.src.hw_mac',
  'arp.src.proto_ipv4',
  'arp.dst.hw_mac',
  'arp.dst.proto_ipv4',
  'udp.srcport',
  'udp.dstport',
  'tcp.srcport',
  'tcp.dstport',
  'tcp.checksum',
] as const;

/** It lists the fields of a quote and of a tunnel's inner packet behind the outer ones, with commas. */
const ourText = (decoded: DecodedFrame, column: string): string =>
  fieldsOf(decoded)
    .filter((field) => field.name.replace('quoted.', '') === column)
    .map((field) => field.text)
    .join(',');

const scenarios = [...new Set(labCaptures.map((capture) => capture.scenario))].map((scenario) => ({
  scenario,
  captures: labCaptures.filter((capture) => capture.scenario === scenario),
}));

describe.skipIf(scenarios.length === 0)("the lab's recordings", () => {
  test.each(scenarios)('$scenario: nothing unreadable, no unexpected issue', ({ scenario, captures }) => {
    const expected = scenario === 'tcp-http-offload' ? new Set(['checksum-offloaded']) : new Set<string>();
    const found: string[] = [];
    for (const capture of captures) {
      const unread = framesOf(capture).flatMap((decoded) =>
        decoded.layers.filter((layer) => layer.kind === 'unreadable'),
      );
      const rules = framesOf(capture).flatMap((decoded) => decoded.issues.map((issue) => issue.rule));
      expect(unread, capture.name).toEqual([]);
      expect(
        rules.filter((rule) => !expected.has(rule)),
        capture.name,
      ).toEqual([]);
      found.push(...rules);
    }
    expect(new Set(found)).toEqual(expected);
  });

  test.each(scenarios)('$scenario: what is read is written back byte for byte', ({ captures }) => {
    for (const capture of captures) {
      for (const decoded of framesOf(capture)) {
        const written = decoded.layers.map((layer) => hex(serializeLayer(layer, decoded.bytes))).join('');
        expect(written, capture.name).toBe(hex(decoded.bytes));
        if (decoded.layers[0]?.kind !== 'ethernet') continue;
        const frame = readFrame(decoded.bytes);
        expect(frame !== null && hex(serializeFrame(frame)), capture.name).toBe(hex(decoded.bytes));
      }
    }
  });

  test.each(scenarios)('$scenario: every field reads as an outside reader has it', ({ captures }) => {
    for (const capture of captures) {
      const table = tableOf(capture) ?? [];
      const frames = framesOf(capture);
      expect(frames, capture.name).toHaveLength(table.length);
      for (const [i, decoded] of frames.entries()) {
        const ours = Object.fromEntries(COLUMNS.map((column) => [column, ourText(decoded, column)]));
        const theirs = Object.fromEntries(COLUMNS.map((column) => [column, table[i]?.[column] ?? '']));
        expect(ours, `${capture.name} frame ${i + 1}`).toEqual(theirs);
      }
    }
  });
});
