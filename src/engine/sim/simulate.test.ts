/** The article's ping against the frames the real kernel sent: public/samples/article-ping, recorded as its README row says. */
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { formatIpv4 } from '../addr/ipv4';
import { openCapture } from '../capture/open';
import { article } from '../topology/scenarios/article';
import { decodeFrame, fieldsOf } from '../wire/decode';
import { serializeFrame } from '../wire/frame';
import { seeded } from './draws';
import { simulate } from './simulate';
import { framesByDevice, type Trace } from './trace';
import { hostIn } from './world';

const PING = 'pod1: ping -c 1 10.244.2.2';
const SAMPLES = new URL('../../../public/samples/article-ping/', import.meta.url);

function traceOf(command: string, seed = 1): Trace {
  const trace = simulate(article, { run: [command] }, seeded(seed));
  if (!trace.ok) throw new Error(JSON.stringify(trace.error));
  return trace.value;
}

/** What a host draws by chance, and what follows from it by sum. */
const DRAWN = new Set(['ip.id', 'ip.checksum', 'icmp.ident', 'icmp.checksum', 'data']);

function lines(frames: readonly Uint8Array[]): readonly string[] {
  return frames.map((bytes) => {
    const decoded = decodeFrame(bytes, { linkType: 1, originalLength: bytes.length });
    const fields = fieldsOf(decoded).filter(({ name }) => !DRAWN.has(name));
    const issues = decoded.issues.map(({ rule }) => rule);
    return [...fields.map(({ name, text }) => `${name}=${text}`), `length=${bytes.length}`, ...issues].join(' ');
  });
}

function captured(file: string): readonly string[] {
  const opened = openCapture(readFileSync(new URL(file, SAMPLES)));
  if (!opened.ok) throw new Error(JSON.stringify(opened.error));
  return lines(opened.value.packets.map(({ bytes }) => bytes));
}

describe('the article’s ping', () => {
  const frames = framesByDevice(traceOf(PING));
  test.each([
    ['pod1 eth0', 'pod1.cap'],
    ['node1 veth5c905d55', 'extra/node1-veth5c905d55.cap'],
    ['node1 cni0', 'extra/node1-cni0.cap'],
    ['node1 ens33', 'node1.cap'],
    ['node2 ens33', 'node2.cap'],
    ['node2 cni0', 'extra/node2-cni0.cap'],
    ['node2 vethb2d98351', 'extra/node2-vethb2d98351.cap'],
    ['pod2 eth0', 'pod2.cap'],
  ])('at %s every frame is as the kernel sent it (%s)', (device, file) => {
    const predicted = (frames.get(device) ?? []).map(({ frame }) => serializeFrame(frame));
    expect(lines(predicted)).toEqual(captured(file));
  });

  test('the echo shows TTL 64, 63, 63, 62 at the four capture points, and so does the reply', () => {
    const ttls = (device: string, out: boolean): readonly number[] =>
      (frames.get(device) ?? []).flatMap(({ frame: { body } }) =>
        body.kind === 'ipv4' && (formatIpv4(body.header.src) === '10.244.1.4') === out ? [body.header.ttl] : [],
      );
    const points = ['pod1 eth0', 'node1 ens33', 'node2 ens33', 'pod2 eth0'];
    expect(points.map((point) => ttls(point, true))).toEqual([[64], [63], [63], [62]]);
    expect(points.map((point) => ttls(point, false))).toEqual([[62], [63], [63], [64]]);
  });

  test('the late ARP probes come 5.0 to 5.3 s on, by unicast, from the side that answered', () => {
    const late = (frames.get('pod1 eth0') ?? []).filter(({ atUs }) => atUs > 1_000_000);
    expect(late.map(({ direction }) => direction)).toEqual(['in', 'out']);
    for (const { atUs } of late) expect(atUs / 1e6).toSatisfy((s: number) => s >= 5 && s <= 5.3);
  });
});

describe('simulate', () => {
  test('the same input gives the same trace', () => {
    const text = (trace: Trace): string => JSON.stringify(trace.steps.map(({ event, atUs }) => [atUs, event]));
    expect(text(traceOf(PING))).toBe(text(traceOf(PING)));
  });

  test('steps keep the tables as they stood: the neighbour is unknown before the answer and known after', () => {
    const { steps } = traceOf(PING);
    const states = steps.map(({ after }) => [...hostIn(after, 'pod1').neighbours.values()][0]?.entry.state);
    expect([states[0], states.find((s) => s !== undefined), states.at(-1)]).toEqual([
      undefined,
      'incomplete',
      'reachable',
    ]);
  });

  test('prints what ping prints', () => {
    const printed = traceOf(PING).steps.flatMap(({ event }) => (event.kind === 'printed' ? [event.text] : []));
    expect(printed.map((line) => line.replace(/\d+\.\d{3}(?!\.)/g, 'N'))).toEqual([
      'PING 10.244.2.2 (10.244.2.2) 56(84) bytes of data.',
      '64 bytes from 10.244.2.2: icmp_seq=1 ttl=62 time=N ms',
      '',
      '--- 10.244.2.2 ping statistics ---',
      '1 packets transmitted, 1 received, 0% packet loss, time 0ms',
      'rtt min/avg/max/mdev = N/N/N/N ms',
    ]);
  });

  test.each([
    ['nobody: ping -c 1 10.244.2.2', { kind: 'unknown-host', host: 'nobody' }],
    ['pod1: ping -c 1 -Z 10.244.2.2', { kind: 'unknown-option', command: 'ping', option: '-Z' }],
    ['pod1: ping 10.244.2.2', { kind: 'missing', command: 'ping', what: 'count' }],
    ['pod1: ping -c x 10.244.2.2', { kind: 'bad-value', command: 'ping', option: '-c', value: 'x' }],
    ['ping -c 1 10.244.2.2', { kind: 'no-host', line: 'ping -c 1 10.244.2.2' }],
  ])('refuses %s and says why', (line, error) => {
    expect(simulate(article, { run: [line] }, seeded(1))).toEqual({ ok: false, error });
  });
});
