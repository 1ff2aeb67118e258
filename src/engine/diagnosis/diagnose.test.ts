/** What told captures say: clocks, late starts, artefacts, losses, that no recording of the lab shows. */
import { describe, expect, test } from 'vitest';
import { delaysWith } from '../matching/clock';
import { arpFrame, echo, type FileOptions, type Link, segment, toldFile } from '../testing/told-packets';
import { TCP_FLAG } from '../wire/tcp';
import { diagnose } from './diagnose';
import { lookAt } from './seen';

const [CLIENT, SERVER] = ['10.1.1.2', '10.1.2.2'];
/** pod1 (MAC 1) – bridge (2) – node1 (3) – node2 (4) – bridge (5) – pod2 (6), as request and as reply. */
const THERE: readonly Link[] = [
  { from: 1, to: 2, ttl: 64 },
  { from: 3, to: 4, ttl: 63 },
  { from: 3, to: 4, ttl: 63 },
  { from: 5, to: 6, ttl: 62 },
];
const BACK: readonly Link[] = [
  { from: 2, to: 1, ttl: 62 },
  { from: 4, to: 3, ttl: 63 },
  { from: 4, to: 3, ttl: 63 },
  { from: 6, to: 5, ttl: 64 },
];
const NAMES = ['pod1', 'node1', 'node2', 'pod2'] as const;

/** Each echo passes all points in 10 µs a hop; `holds` says what a file keeps. */
function pings(
  count: number,
  holds: (seq: number, point: number, type: 0 | 8) => boolean = () => true,
  options: readonly FileOptions[] = [],
) {
  return NAMES.map((name, point) => {
    const packets = Array.from({ length: count }, (_, i) => i + 1).flatMap((seq) => {
      const us = seq * 1_000_000;
      const request = echo(
        { ...THERE[point], from: 0, to: 0, ...THERE[point], us: us + point * 10, id: seq * 2 },
        8,
        seq,
      );
      const reply = echo(
        {
          ...(BACK[point] ?? { from: 0, to: 0 }),
          us: us + 100 - point * 10,
          id: seq * 2 + 1,
          src: SERVER,
          dst: CLIENT,
        },
        0,
        seq,
      );
      return [...(holds(seq, point, 8) ? [request] : []), ...(holds(seq, point, 0) ? [reply] : [])];
    });
    return toldFile(name, packets, options[point]);
  });
}

const kindsOf = (files: ReturnType<typeof pings>, severities = ['error', 'warning']): readonly string[] =>
  diagnose(lookAt(files))
    .findings.filter(({ severity }) => severities.includes(severity))
    .map(({ kind }) => kind);

describe('clocks', () => {
  test('the offset is found to within its uncertainty, however large, and hinders nothing', () => {
    const skewed = pings(5, () => true, [{}, { clockUs: 7_000_000 }, { clockUs: -90_000_000 }, { clockUs: 12 }]);
    const { findings, clocks } = diagnose(lookAt(skewed));
    expect(findings[0]?.kind).toBe('all-well');
    for (const [i, us] of [7_000_000, -97_000_000, 90_000_012].entries()) {
      const { offsetNs, uncertaintyNs, roundTripNs } = clocks[i] ?? {};
      expect(uncertaintyNs).toBe(10_000);
      expect(roundTripNs).toBe(20_000);
      expect(Math.abs((offsetNs ?? 0) - us * 1000)).toBeLessThanOrEqual(10_000);
    }
  });

  test('with the right offset each way takes what it took, and a wrong one gives itself away', () => {
    const skewed = pings(5, () => true, [{}, { clockUs: 7_000_000 }, {}, {}]);
    const [clock] = diagnose(lookAt(skewed)).clocks;
    if (clock === undefined) throw new Error('no clocks');
    const right = delaysWith(clock, 7e9);
    expect([right.there, right.back]).toEqual([
      { least: 10_000, median: 10_000 },
      { least: 10_000, median: 10_000 },
    ]);
    expect(delaysWith(clock, 7.1e9).there?.least).toBeLessThan(0);
    expect(delaysWith(clock, 6.9e9).back?.least).toBeLessThan(0);
  });

  test('packets of one direction alone bound nothing', () => {
    const { clocks } = diagnose(lookAt(pings(3, (_, __, type) => type === 8)));
    expect(clocks.map(({ offsetNs }) => offsetNs)).toEqual([null, null, null]);
  });
});

describe('absence', () => {
  test.each([0, 1, 2, 3])('file %i starts late: no fault, and it is said', (late) => {
    const files = pings(5, (seq, point) => point !== late || seq > 2);
    expect(kindsOf(files)).toEqual([]);
    const notes = diagnose(lookAt(files)).findings;
    expect(notes.map(({ kind }) => kind)).toContain('absence-unproven');
  });

  test.each([0, 1, 2, 3])('file %i ends early: no fault', (early) => {
    expect(kindsOf(pings(5, (seq, point) => point !== early || seq < 4))).toEqual([]);
  });

  test('lost for good in node2', () => {
    const [finding] = diagnose(lookAt(pings(3, (_, point, type) => type === 8 && point < 3))).findings;
    expect(finding).toMatchObject({
      kind: 'lost-between',
      host: 'node2',
      values: { from: 'node2', to: 'pod2', packets: 3 },
    });
    expect(finding?.causes[0]).toMatchObject({ kind: 'forward-drop', host: 'node2' });
    expect(finding?.evidence.slice(0, 3)).toEqual([
      { point: 'pod1', file: 'pod1.cap', packet: 0 },
      { point: 'node1', file: 'node1.cap', packet: 0 },
      { point: 'node2', file: 'node2.cap', packet: 0 },
    ]);
  });

  test('one of three lost on the link', () => {
    const files = pings(3, (seq, point, type) => seq !== 2 || (type === 8 && point < 2));
    const [finding] = diagnose(lookAt(files)).findings;
    expect(finding).toMatchObject({ kind: 'lost-between', values: { from: 'node1', place: 'on-link', packets: 1 } });
    expect(finding?.causes[0]?.kind).toBe('packets-dropped');
  });

  test('pod2 got it and says nothing', () => {
    const [finding] = diagnose(lookAt(pings(3, (_, __, type) => type === 8))).findings;
    expect(finding).toMatchObject({ kind: 'reply-missing', values: { packets: 3 } });
    expect(finding?.causes[0]?.kind).toBe('destination-silent');
  });
});

test('files in any order give the same hops', () => {
  const [a, b, c, d] = pings(2);
  if (a === undefined || b === undefined || c === undefined || d === undefined) throw new Error('four files');
  const seen = lookAt([d, a, b, c]);
  const names = seen.order.map((file) => seen.points[file]?.name);
  expect([names, [...names].reverse()]).toContainEqual([...NAMES]);
  expect(diagnose(seen).findings[0]?.kind).toBe('all-well');
});

test('a packet that a busy machine stamped late does not turn the hops round', () => {
  const [a, b, c, d] = pings(5);
  if (a === undefined || b === undefined || c === undefined || d === undefined) throw new Error('four files');
  const late = 4; // of node1: the third question, as if node2 had seen it before
  b.columns.table.atNs[late] = (b.columns.table.atNs[late] ?? 0) + 100_000;
  for (const files of [
    [a, b, c, d],
    [d, b, c, a],
    [d, c, b, a],
    [a, c, b, d],
  ]) {
    const { order, points } = lookAt(files);
    const names = order.map((file) => points[file]?.name);
    expect([names, [...names].reverse()]).toContainEqual([...NAMES]);
  }
});

/** As the lab's kernel does it: `ip route add 10.1.2.2/32 via NODE1` on node2. */
test('a packet that comes back from the router beside its destination names that router’s route', () => {
  const circles = (us: number) => [
    echo({ from: 3, to: 4, ttl: 63, us, id: 5 }, 8, 1),
    echo({ from: 4, to: 3, ttl: 62, us: us + 10, id: 5 }, 8, 1),
    echo({ from: 3, to: 4, ttl: 61, us: us + 20, id: 5 }, 8, 1),
    echo({ from: 4, to: 3, ttl: 60, us: us + 30, id: 5 }, 8, 1),
  ];
  const [first] = diagnose(
    lookAt([
      toldFile('pod1', [echo({ from: 1, to: 2, ttl: 64, us: 0, id: 5 }, 8, 1)]),
      toldFile('node1', circles(10)),
      toldFile('node2', circles(12)),
      toldFile('pod2', []),
    ]),
  ).findings;
  expect(first?.kind).toBe('loop');
  expect(first?.causes.map(({ kind, host }) => `${kind} @${host}`)).toEqual([
    'routing-loop @node2',
    'wrong-next-hop @node2',
  ]);
});

/** As the lab's kernel does it: `iptables -A INPUT -p icmp -j DROP` on node2, whose own address pod1 asks. */
test('a node that took the request for itself and is silent is not told to forward it', () => {
  const request = (point: number) => echo({ from: 0, to: 0, ...THERE[point], dst: '10.9.9.2', us: 10, id: 5 }, 8, 1);
  const asked = [
    arpFrame({ from: 3, to: 0xff, us: 1 }, 1, '10.9.9.1', '10.9.9.2'),
    arpFrame({ from: 4, to: 3, us: 2 }, 2, '10.9.9.2', '10.9.9.1'),
  ];
  const files = [[request(0)], [...asked, request(1)], [...asked, request(2)], []];
  const [first] = diagnose(lookAt(NAMES.map((name, point) => toldFile(name, files[point] ?? [])))).findings;
  expect([first?.kind, first?.causes[0]?.kind, first?.causes[0]?.host]).toEqual([
    'reply-missing',
    'destination-silent',
    'node2',
  ]);
});

describe('TCP', () => {
  const sent = (point: number, us: number, more: Partial<Link>, one: Parameters<typeof segment>[1]) =>
    segment({ from: 0, to: 0, ...THERE[point], us, ...more }, one);
  const back = (point: number, us: number, more: Partial<Link>, one: Parameters<typeof segment>[1]) =>
    segment(
      { from: 0, to: 0, ...BACK[point], us, src: SERVER, dst: CLIENT, ...more },
      { srcPort: 80, dstPort: 40000, ...one },
    );
  const files = (packets: (point: number) => Parameters<typeof toldFile>[1]) =>
    NAMES.map((name, point) => toldFile(name, packets(point)));

  /** As the lab's kernel does it: `iptables -A FORWARD -p tcp -j REJECT --reject-with tcp-reset` on node2. */
  test('a reset that a router made for the destination names the router’s rule first', () => {
    const asked = { seq: 1, flags: TCP_FLAG.syn };
    const reset = { seq: 0, ack: 2, flags: TCP_FLAG.rst | TCP_FLAG.ack };
    const ttls = [63, 64, 64];
    const told = files((point) =>
      point === 3 ? [] : [sent(point, 1, { id: 1 }, asked), back(point, 9, { id: 0, ttl: ttls[point] ?? 0 }, reset)],
    );
    const [first] = diagnose(lookAt(told)).findings;
    expect(first?.kind).toBe('reset');
    expect(first?.causes.map(({ kind, host }) => `${kind} @${host}`)).toEqual([
      'forward-reject @node2',
      'port-closed @node2',
    ]);
  });

  test('a segment sent again, a closed window, a reset', () => {
    const found = kindsOf(
      files((point) => [
        sent(point, 1, { id: 1 }, { seq: 1, flags: TCP_FLAG.syn }),
        back(point, 2, { id: 0 }, { seq: 1, ack: 2, flags: TCP_FLAG.syn | TCP_FLAG.ack }),
        ...(point < 2 ? [sent(point, 3, { id: 2 }, { seq: 2, ack: 2, bytes: 100 })] : []),
        sent(point, 400_000, { id: 3 }, { seq: 2, ack: 2, bytes: 100 }),
        back(point, 500_000, { id: 9 }, { seq: 2, ack: 102, window: 0 }),
        back(point, 600_000, { id: 0 }, { seq: 2, flags: TCP_FLAG.rst }),
      ]),
    );
    expect(found).toEqual(expect.arrayContaining(['retransmission', 'zero-window', 'reset']));
    expect(found).not.toContain('lost-between');
  });

  test('a SYN that arrives and is not answered', () => {
    const [finding] = diagnose(
      lookAt(
        files((point) => [
          ...(point === 3 ? [arpFrame({ from: 6, to: 5 }, 2, SERVER, '10.1.2.1')] : []),
          sent(point, 1, { id: 1 }, { seq: 1, flags: TCP_FLAG.syn }),
          sent(point, 900_000, { id: 2 }, { seq: 1, flags: TCP_FLAG.syn }),
        ]),
      ),
    ).findings;
    expect(finding?.kind).toBe('reply-missing');
  });
});

test('two hosts that answer for one address', () => {
  const [file] = pings(1);
  if (file === undefined) throw new Error('a file');
  const lan = toldFile('lan', [
    arpFrame({ from: 1, to: 0xff, us: 1 }, 1, CLIENT, SERVER),
    arpFrame({ from: 8, to: 1, us: 2 }, 2, SERVER, CLIENT),
    arpFrame({ from: 9, to: 1, us: 3 }, 2, SERVER, CLIENT),
  ]);
  expect(kindsOf([lan])).toEqual(['duplicate-address']);
});

/** As recorded where pod2's address had a mask of /16, and where node2's bridge had lost its address. */
describe('faults beside an end', () => {
  const synAck = { seq: 9, ack: 2, flags: TCP_FLAG.syn | TCP_FLAG.ack, srcPort: 80, dstPort: 40_000 };

  test('an end that looks for a far destination on its own link', () => {
    const files = pings(3, (_, __, type) => type === 8);
    const asked = [1, 2, 3].map((second) =>
      arpFrame({ from: 6, to: 0xff, us: second * 1_000_000 + 50 }, 1, SERVER, CLIENT),
    );
    const requests = [1, 2, 3].map((seq) =>
      echo({ from: 5, to: 6, ttl: 62, us: seq * 1_000_000 + 30, id: seq * 2 }, 8, seq),
    );
    const found = diagnose(lookAt([...files.slice(0, 3), toldFile('pod2', [...requests, ...asked])])).findings;
    expect(found.find(({ kind }) => kind === 'arp-unanswered')?.causes[0]).toMatchObject({
      kind: 'taken-for-neighbour',
      host: 'pod2',
    });
  });

  test('answers to a SYN that do not come back all the way', () => {
    const opened = (point: number, us: number): Link => ({
      from: 0,
      to: 0,
      ...THERE[point],
      us: us + point * 10,
      id: us,
    });
    const files = NAMES.map((name, point) => {
      const back: Link = { from: 0, to: 0, ...BACK[point], src: SERVER, dst: CLIENT };
      const packets = [0, 1_000_000].flatMap((us) => [
        segment(opened(point, us), { seq: 1, flags: TCP_FLAG.syn }),
        ...(point === 0 ? [] : [segment({ ...back, us: us + 100 - point * 10 }, synAck)]),
      ]);
      return toldFile(name, packets);
    });
    const lost = diagnose(lookAt(files)).findings.find(({ kind }) => kind === 'lost-between');
    expect(lost).toMatchObject({ host: 'node1', values: { about: 'reply', from: 'node1', to: 'pod1' } });
  });

  test('a node that sends a packet for its own pod back out to the router', () => {
    const sent = (seq: number) => seq * 1_000_000;
    const link = (point: number, us: number, seq: number): Link => ({
      from: 0,
      to: 0,
      ...THERE[point],
      us,
      id: seq * 2,
    });
    const [pod1 = [], node1 = []] = [0, 1].map((point) =>
      [1, 2].map((seq) => echo(link(point, sent(seq) + point * 10, seq), 8, seq)),
    );
    const node2 = [1, 2].flatMap((seq) => [
      echo(link(2, sent(seq) + 20, seq), 8, seq),
      echo({ from: 4, to: 9, ttl: 62, us: sent(seq) + 30, id: seq * 2 }, 8, seq),
    ]);
    const files = [pod1, node1, node2, []].map((packets, i) => toldFile(NAMES[i] ?? '', packets));
    const [first] = diagnose(lookAt(files)).findings;
    expect(first).toMatchObject({ kind: 'other-next-hop', host: 'node2' });
    expect(first?.causes[0]).toMatchObject({ kind: 'route-missing', host: 'node2' });
  });
});
