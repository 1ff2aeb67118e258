/** `hopscope read`: every packet of capture files as one line of JSON, fully decoded. */
import { basename } from 'node:path';
import { hex } from '../engine/base/bytes';
import { captureTaker, type FileTaker } from '../engine/capture/taker';
import type { CapturedPacket, CaptureInterface, CaptureProblem } from '../engine/capture/types';
import { compileFilter, type Passes } from '../engine/filter/compile';
import { parseFilter } from '../engine/filter/parse';
import { decodeFrame } from '../engine/wire/decode';
import type { DecodedFrame, Layer } from '../engine/wire/layers';
import type { CliTexts } from '../i18n/cli';
import { readCaptures } from './capture-input';
import { readOptions } from './options';
import type { Output } from './output';
import { type CannotRead, summarize } from './read-summary';
import { UsageError } from './usage-error';

/** Exit status: 1 where a file is damaged or no capture, 2 where one cannot be read at all; it goes on all the same. */
export function runRead(args: readonly string[], text: CliTexts, output: Output): number {
  const { words, flags, values } = readOptions(args, { summary: 'flag', filter: 'value' });
  const passes = filterOf(values.get('filter')?.[0] ?? '');
  if (words.length === 0) throw new UsageError({ kind: 'no-file' });
  let status = 0;
  const report = (file: string, problem: CaptureProblem | CannotRead) => {
    if (problem.kind === 'cannot-read') {
      status = 2;
      output.note(`hopscope: ${text.problem({ kind: 'cannot-read', path: file, code: problem.code })}`);
      return;
    }
    if (problem.severity === 'error') status = Math.max(status, 1);
    if (!flags.has('summary')) output.note(text.inFile(file, problem));
  };
  for (const { word: path } of words) {
    if (flags.has('summary')) {
      summarize(path, (summary) => {
        output.line(JSON.stringify(summary));
        if (summary.problem !== null) report(summary.file, summary.problem);
      });
      continue;
    }
    const end = (file: string, problem: CaptureProblem | CannotRead | null) => {
      if (problem === null) return;
      output.line(JSON.stringify({ file, problem }));
      report(file, problem);
    };
    readCaptures(
      path,
      (file) => printing(file, passes, output, (problem) => end(file, problem)),
      ({ path: file, code }) => end(file, { kind: 'cannot-read', severity: 'error', code }),
    );
  }
  return status;
}

function filterOf(text: string): Passes {
  const parsed = parseFilter(text);
  if (!parsed.ok) throw new UsageError({ kind: 'filter', text, error: parsed.error });
  return compileFilter(parsed.value);
}

function printing(
  file: string,
  passes: Passes,
  output: Output,
  done: (problem: CaptureProblem | null) => void,
): FileTaker {
  const point = basename(file).replace(/\.[^.]*$/, '');
  const interfaces: CaptureInterface[] = [];
  let index = 0;
  return captureTaker(
    {
      header: () => {},
      interface: (described) => interfaces.push(described),
      packet: (bytes, at, capturedLength, originalLength, seconds, nanoseconds, fileOffset, from) => {
        const packet: CapturedPacket = {
          index,
          seconds,
          nanoseconds,
          capturedLength,
          originalLength,
          fileOffset,
          interface: from,
          linkType: interfaces[from]?.linkType ?? 0,
          bytes: bytes.subarray(at, at + capturedLength),
        };
        index += 1;
        if (passes(packet, point))
          output.line(JSON.stringify(packetJson(file, packet, decodeFrame(packet.bytes, packet))));
      },
      packetComment: () => {},
      addressName: () => {},
    },
    done,
  );
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
