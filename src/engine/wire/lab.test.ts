/** Every frame of the lab's recordings, against itself and against an outside reader. */
import { describe, expect, test } from 'vitest';
import { concat, hex } from '../base/bytes';
import { type LabCapture, labCaptures, openLab, tableOf } from '../testing/lab-captures';
import * as ah from './ah';
import * as arp from './arp';
import { decodeFrame, fieldsOf } from './decode';
import * as ethernet from './ethernet';
import { readFrame, serializeFrame } from './frame';
import * as geneve from './geneve';
import * as gre from './gre';
import * as icmp from './icmp';
import * as icmpv6 from './icmpv6';
import * as ipv4 from './ipv4';
import * as ipv6 from './ipv6';
import { destination, hopByHop, routing } from './ipv6-extension';
import * as ipv6Fragment from './ipv6-fragment';
import type { DecodedFrame, HeaderKind, Headers, Layer } from './layers';
import * as loopback from './loopback';
import * as sll from './sll';
import * as sll2 from './sll2';
import * as tcp from './tcp';
import type { WireModule } from './types';
import * as udp from './udp';
import * as vlan from './vlan';
import * as vxlan from './vxlan';

const framesOf = (capture: LabCapture): readonly DecodedFrame[] => {
  const { linkType, packets } = openLab(capture);
  return packets.map(({ bytes, originalLength }) => decodeFrame(bytes, { linkType, originalLength }));
};

const MODULES: { readonly [K in HeaderKind]: Pick<WireModule<Headers[K]>, 'serialize'> } = {
  ethernet,
  vlan,
  loopback,
  sll,
  sll2,
  arp,
  ipv4,
  ipv6,
  'ipv6-hop-by-hop': hopByHop,
  'ipv6-destination': destination,
  'ipv6-routing': routing,
  'ipv6-fragment': ipv6Fragment,
  ah,
  icmp,
  icmpv6,
  'neighbour-discovery': { serialize: ({ fixed, options }) => concat(fixed, options) },
  udp,
  tcp,
  vxlan,
  geneve,
  gre,
};

function serializeLayer(layer: Layer, bytes: Uint8Array): Uint8Array {
  if (layer.kind === 'payload' || layer.kind === 'unreadable') return bytes.subarray(layer.at, layer.at + layer.length);
  return MODULES[layer.kind].serialize(layer.header as never);
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
