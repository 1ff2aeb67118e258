/**
 * What the real kernel did, scenario by scenario, against what the model does: src/engine/testing/recordings, trimmed from
 * the lab's captures by `npm run bless`. The cluster is read from real transcripts; the faults are the commands that made them.
 */
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { openCapture } from '../capture/open';
import { importTexts } from '../import/import';
import { bytesOf, labCaptures } from '../testing/lab-captures';
import { labScenarios } from '../testing/lab-scenarios';
import { frameLine, type Recording, readRecording, withoutTimes, writeRecording } from '../testing/recording';
import { applyEdits } from '../topology/edits';
import type { Topology } from '../topology/topology';
import { serializeFrame } from '../wire/frame';
import { seeded } from './draws';
import { simulate } from './simulate';
import { deviceKey, framesByDevice, type Trace } from './trace';

const FOLDER = join(dirname(fileURLToPath(import.meta.url)), '..', 'testing', 'recordings');
const CLUSTER = join(FOLDER, 'cluster');

/** Scenarios on another cluster than the transcripts kept here, with a service's own words, or drawn by chance. */
const NOT_KEPT =
  /^(ipip|vxlan|not-adjacent.*|rp-filter.*|seed-ping-hairpin-off|tcp-http.*|udp-echo|nexthop-down-warm|ping-warm|icmp-rate-limit-ttl)$/;

/** Outputs that make the cluster; the transcripts hold more. */
const KEPT_COMMANDS = /^\[root@\S+ ~\]# (ip (?:-d )?addr|ip route|ip neigh|sysctl .*|iptables-save.*)$/;

if (process.env.BLESS !== undefined) bless();

const cluster: Topology = importTexts(
  readdirSync(CLUSTER).map((file) => readFileSync(join(CLUSTER, file), 'utf8')),
  'lab',
).topology;

function runOf({ faults, before, run }: Recording): Trace {
  const edited = applyEdits(
    cluster,
    faults.map((line) => ({ kind: 'line', line })),
  );
  if (!edited.ok) throw new Error(JSON.stringify(edited.error));
  const trace = simulate(edited.value, { before, run }, seeded(1));
  if (!trace.ok) throw new Error(JSON.stringify(trace.error));
  return trace.value;
}

/** The recording may have been stopped before the late ARP probes; nothing else may be missing. */
function upTo(predicted: readonly string[], recorded: readonly string[]): readonly string[] {
  const late = predicted.slice(recorded.length);
  return late.every((line) => /^[0-9a-f:]{17} [0-9a-f:]{17} [12] /.test(line))
    ? predicted.slice(0, recorded.length)
    : predicted;
}

const recordings = readdirSync(FOLDER)
  .filter((file) => file.endsWith('.txt'))
  .map((file) => [file.slice(0, -'.txt'.length), readRecording(readFileSync(join(FOLDER, file), 'utf8'))] as const);

describe('as the real kernel', () => {
  test('there are recordings', () => {
    expect(recordings.length).toBeGreaterThan(40);
  });

  test.each(recordings)('%s: every frame at the capture points, and ping’s own words', (_, recording) => {
    const trace = runOf(recording);
    const seen = framesByDevice(trace);
    for (const [point, lines] of recording.frames) {
      const predicted = (seen.get(point) ?? []).map(({ frame }) => frameLine(serializeFrame(frame)));
      expect({ point, frames: upTo(predicted, lines) }).toEqual({ point, frames: lines });
    }
    const printed = trace.steps.flatMap(({ event }) => (event.kind === 'printed' ? [withoutTimes(event.text)] : []));
    // Where a script of the lab's stood in for nc, its words are not kept.
    if (recording.printed.length > 0) expect(printed.filter((line) => line !== '')).toEqual(recording.printed);
  });
});

/** Writes the recordings anew from the lab's captures. */
function bless(): void {
  mkdirSync(CLUSTER, { recursive: true });
  const base = labScenarios.find(({ name }) => name === 'seed-ping');
  for (const [i, text] of (base?.texts ?? []).entries()) {
    writeFileSync(join(CLUSTER, `${/^\[root@(\S+)/.exec(text)?.[1] ?? i}.txt`), trimmed(text));
  }
  for (const { name, truth } of labScenarios) {
    if (NOT_KEPT.test(name)) continue;
    writeFileSync(join(FOLDER, `${name}.txt`), writeRecording(recordingOf(name, truth)));
  }
}

/** Only the outputs that make the cluster. */
function trimmed(text: string): string {
  const blocks = text.split(/\n(?=\[root@)/);
  return `${blocks.filter((block) => KEPT_COMMANDS.test(block.split('\n', 1)[0] ?? '')).join('\n')}\n`;
}

function recordingOf(name: string, truth: (typeof labScenarios)[number]['truth']): Recording {
  const asTyped = (command: string): string => {
    const words = command.split(' ');
    if (command.startsWith('HTTP GET ')) return `curl ${words[2]}`;
    return command.startsWith('send one UDP') ? `printf hello | nc -u -w1 ${words[5]} ${words[7]}` : command;
  };
  const said = readFileSync(
    join(FOLDER, '..', '..', '..', '..', '..', 'shared', 'captures', name, 'what-happened.txt'),
    'utf8',
  );
  const toolsOwn = truth.commands.every(({ command }) => asTyped(command) === command);
  const frames = new Map<string, readonly string[]>();
  for (const [id, { where, interface: dev }] of Object.entries(truth.capture_points)) {
    const capture = labCaptures.find((one) => one.name === `${name}/${id}`);
    const opened = capture === undefined ? null : openCapture(bytesOf(capture));
    if (opened?.ok)
      frames.set(
        deviceKey(where, dev),
        opened.value.packets.map(({ bytes }) => frameLine(bytes)),
      );
  }
  return {
    faults: truth.faults.map(({ host, command }) => `${host}: ${command}`),
    before: [],
    run: truth.commands.map(({ in: where, host, command }) => `${host ?? where}: ${asTyped(command)}`),
    printed: toolsOwn
      ? said
          .split('\n')
          .filter((line) => line !== '' && !/^\[root@|^\(exit status/.test(line))
          .map(withoutTimes)
      : [],
    frames,
  };
}
