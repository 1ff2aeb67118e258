/** The article's ping, stepped through: stretches, stops, places, what a host changed. Facts: shared/lab/KERNEL-FACTS.md. */
import { describe, expect, test } from 'vitest';
import { arrivalInto, placeOf } from '../analysis/place';
import { hopsOf, packetsInOrder, stopsOf } from '../analysis/stops';
import { packetsOf } from '../sim/trace';
import { fourCaptures } from '../testing/article-captures';
import { article } from '../topology/scenarios/article';
import { checksumStory, diffFields, framesAround } from './header-diff';
import { openSession } from './session';

const { trace } = openSession({ topology: article, command: 'pod1: ping -c 1 10.244.2.2', captures: fourCaptures() });
const made = packetsOf(trace);
const kindOf = (packet: number | null): string => (packet === null ? 'none' : (made.get(packet)?.what.kind ?? '?'));
const stepOf = (kind: string, host: string, of = 'echo-request'): number =>
  trace.steps.findIndex(
    ({ event }) => event.kind === kind && event.host === host && 'packet' in event && kindOf(event.packet) === of,
  );

describe('stretches cover the trace without gaps', () => {
  test.each([
    ['hops', hopsOf(trace)],
    ['packets', packetsInOrder(trace)],
  ])('%s', (_name, stretches) => {
    const covered = stretches.flatMap(({ from, to }) => Array.from({ length: to - from + 1 }, (_, i) => from + i));
    expect(covered).toEqual(trace.steps.map(({ index }) => index));
  });
  test('a run reads as request, ARP, request … reply, late ARP', () => {
    const short = packetsInOrder(trace).map(({ packet }) => kindOf(packet).replace(/^arp-.*/, 'arp'));
    expect(short).toEqual([
      'echo-request',
      'arp',
      'echo-request',
      'arp',
      'echo-request',
      'arp',
      'echo-request',
      'echo-reply',
      'arp',
    ]);
  });
});

describe('stopsOf', () => {
  test('decisions are all steps', () => {
    expect(stopsOf(trace, 'decision')).toEqual(trace.steps.map(({ index }) => index));
  });
  test.each(['packet', 'hop', 'decision'] as const)(
    '%s stops begin with the first step and end with the last',
    (size) => {
      const stops = stopsOf(trace, size);
      expect([stops[0], stops.at(-1)]).toEqual([0, trace.steps.length - 1]);
      expect([...stops].sort((a, b) => a - b)).toEqual(stops);
    },
  );
  test('a hop stops where the packet leaves a host, not in the switch and not at bystanders', () => {
    const hosts = stopsOf(trace, 'hop').map((index) => trace.steps[index]?.event.host);
    expect(hosts).not.toContain('lan');
    expect(hosts).not.toContain('master');
    expect(stopsOf(trace, 'hop').length).toBeLessThan(trace.steps.length / 3);
  });
  test('the same trace gives the same list', () => {
    expect(stopsOf(trace, 'hop')).toBe(stopsOf(trace, 'hop'));
  });
  test('a run of no steps has no stops', () => {
    expect(stopsOf({ ...trace, steps: [] }, 'hop')).toEqual([]);
  });
});

describe('placeOf', () => {
  test('a frame is at its device, a decision in the stack, a command at its process, a switch on its segment', () => {
    const at = (index: number) => {
      const event = trace.steps[index]?.event;
      return event === undefined ? null : placeOf(event, article);
    };
    expect(at(0)).toEqual({ kind: 'app', host: 'pod1' });
    expect(at(stepOf('frame-sent', 'pod1'))).toEqual({ kind: 'device', host: 'pod1', dev: 'eth0' });
    expect(at(stepOf('ttl-lowered', 'node1'))).toEqual({ kind: 'stack', host: 'node1' });
    expect(at(stepOf('bridged', 'lan'))).toEqual({ kind: 'segment', segment: 'lan' });
    expect(at(stepOf('bridged', 'node1'))).toEqual({ kind: 'device', host: 'node1', dev: 'cni0' });
  });
  test('a frame off the segment came from the other card, one off a veth from its peer', () => {
    const device = (host: string, dev: string) => ({ kind: 'device', host, dev });
    expect(arrivalInto(trace, stepOf('frame-received', 'node2'))).toEqual({
      from: device('node1', 'ens33'),
      to: device('node2', 'ens33'),
    });
    expect(arrivalInto(trace, stepOf('frame-received', 'node1'))).toEqual({
      from: device('pod1', 'eth0'),
      to: device('node1', 'veth5c905d55'),
    });
    expect(arrivalInto(trace, stepOf('ttl-lowered', 'node1'))).toBeNull();
  });
});

describe('what node1 changes in the echo request', () => {
  const around = framesAround(trace, stepOf('ttl-lowered', 'node1'));
  const [before, after] = [around?.before?.bytes ?? null, around?.after?.bytes ?? null];
  test('it comes in by cni0 and leaves by ens33', () => {
    expect([around?.before?.dev, around?.after?.dev]).toEqual(['cni0', 'ens33']);
  });
  test('both MACs, TTL and header checksum: nothing else', () => {
    const changed = diffFields(before, after).filter((field) => field.changed);
    expect(changed.map(({ name, before: was, after: is }) => `${name} ${was?.text} ${is?.text}`)).toEqual([
      'eth.dst 5e:c1:b9:a7:b8:56 00:0c:29:d7:0c:82',
      'eth.src 7a:0b:d4:4c:c5:68 00:0c:29:a4:51:81',
      'ip.ttl 64 63',
      'ip.checksum 0xd573 0xd673',
    ]);
  });
  test('0xd573 + 0x0100 = 0xd673', () => {
    expect(checksumStory(before, after)).toEqual({ from: 0xd573, to: 0xd673, ttlFrom: 64, ttlTo: 63, carried: false });
  });
  test('past 0xffff the carry comes back in', () => {
    const [was, is] = [Uint8Array.from(before ?? []), Uint8Array.from(after ?? [])];
    was.set([0xff, 0x21], 24);
    is.set([0x00, 0x22], 24);
    expect(checksumStory(was, is)).toMatchObject({ from: 0xff21, to: 0x0022, carried: true });
  });
  test('no story where the checksum changed for another reason too', () => {
    const is = Uint8Array.from(after ?? []);
    is.set([0x12, 0x34], 24);
    expect(checksumStory(before, is)).toBeNull();
  });
  test('made here: nothing before; delivered here: nothing after', () => {
    expect(framesAround(trace, stepOf('packet-made', 'pod1'))?.before).toBeNull();
    expect(framesAround(trace, stepOf('delivered', 'pod2'))?.after).toBeNull();
  });
});
