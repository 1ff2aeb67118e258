/** `hopscope read`: every packet of capture files as one line of JSON, fully decoded. */
import { basename } from 'node:path';
import { hex } from '../engine/base/bytes';
import { type CapturedPacket, type CaptureProblem, openCapture } from '../engine/capture/open';
import { matches } from '../engine/filter/match';
import { parseFilter } from '../engine/filter/parse';
import { decodeFrame } from '../engine/wire/decode';
import type { DecodedFrame, Layer } from '../engine/wire/layers';
import type { CliTexts } from '../i18n/cli';
import { bytesOf } from './files';
import { readOptions } from './options';
import type { Output } from './output';
import { summaryOf } from './read-summary';
import { UsageError } from './usage-error';

export function runRead(args: readonly string[], text: CliTexts, output: Output): number {
  const { words, flags, values } = readOptions(args, { summary: 'flag', filter: 'value' });
  const passes = filterOf(values.get('filter')?.[0] ?? '');
  if (words.length === 0) throw new UsageError({ kind: 'no-file' });
  let status = 0;
  for (const { word: path } of words) {
    if (flags.has('summary')) {
      const summary = summaryOf(path, bytesOf(path));
      output.line(JSON.stringify(summary));
      if (summary.problem?.severity === 'error') status = 1;
      continue;
    }
    const opened = openCapture(bytesOf(path));
    const report = (problem: CaptureProblem) => {
      output.line(JSON.stringify({ file: path, problem }));
      output.note(text.inFile(path, problem));
      if (problem.severity === 'error') status = 1;
    };
    if (!opened.ok) {
      report(opened.error);
      continue;
    }
    const { packets, problem } = opened.value;
    const point = basename(path).replace(/\.[^.]*$/, '');
    for (const packet of packets) {
      const { linkType, bytes, originalLength } = packet;
      const decoded = decodeFrame(bytes, { linkType, originalLength });
      if (passes(decoded, point)) output.line(JSON.stringify(packetJson(path, packet, decoded)));
    }
    if (problem !== null) report(problem);
  }
  return status;
}

function filterOf(text: string): (decoded: DecodedFrame, point: string) => boolean {
  const parsed = parseFilter(text);
  if (!parsed.ok) throw new UsageError({ kind: 'filter', text, error: parsed.error });
  return (decoded, point) => matches(parsed.value, decoded, point);
}

function packetJson(file: string, packet: CapturedPacket, decoded: DecodedFrame) {
  const { linkType, bytes, originalLength, capturedLength, index, seconds, nanoseconds, fileOffset } = packet;
  return {
    file,
    packet: index + 1,
    seconds,
    nanoseconds,
    capturedLength,
    originalLength,
    fileOffset,
    linkType,
    layers: decoded.layers.map(layerJson),
    issues: issuesJson(decoded),
    bytes: hex(bytes),
  };
}

function layerJson(layer: Layer) {
  const { kind, at, length, quoted } = layer;
  const fields = layer.fields.map((field) => ({
    name: field.name,
    text: field.text,
    at: field.at,
    length: field.length,
  }));
  const common = { kind, at, length, quoted, fields };
  if (layer.kind === 'payload') return { ...common, role: layer.role };
  if (layer.kind === 'unreadable') return { ...common, expected: layer.expected, reason: layer.reason };
  return { ...common, checksum: layer.checksum };
}

const issuesJson = ({ issues }: DecodedFrame) =>
  issues.map(({ rule, source, at, length, values }) => ({ rule, source, at, length, values: values ?? {} }));
