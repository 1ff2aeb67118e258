import { describe, expect, test } from 'vitest';
import { ipv4 } from '../addr/ipv4';
import { mac } from '../addr/mac';
import { prefix } from '../addr/prefix';
import { EMPTY_FDB, lookup as fdbLookup, learn } from './fdb';
import { explain, lookup } from './fib';
import { answered, heardFrom, type Neighbour, timeout, use } from './neighbour';
import { route } from './route';

const to = (text: string, via: string | null, dev: string, metric = 0) =>
  route(prefix(text), { via: via === null ? null : ipv4(via), dev, metric });

const NODE1 = [
  to('0.0.0.0/0', '192.168.0.1', 'ens33', 100),
  to('10.244.1.0/24', null, 'cni0'),
  to('10.244.2.0/24', '192.168.0.82', 'ens33'),
];

describe('fib', () => {
  test('sends a remote pod to the node that leases its subnet', () => {
    expect(lookup(NODE1, ipv4('10.244.2.2'))?.via).toBe(ipv4('192.168.0.82'));
  });
  test('falls back to the default route when no lease covers the pod', () => {
    expect(lookup(NODE1, ipv4('10.244.9.7'))?.via).toBe(ipv4('192.168.0.1'));
  });
  test('prefers a /32 over the connected /24 it lies in', () => {
    const table = [...NODE1, to('10.244.1.9/32', '192.168.0.83', 'ens33')];
    expect(lookup(table, ipv4('10.244.1.9'))?.dev).toBe('ens33');
  });
  test('prefers the lower metric among equal prefixes, and the earlier row on a tie', () => {
    const table = [to('10.0.0.0/8', null, 'a', 5), to('10.0.0.0/8', null, 'b', 1), to('10.0.0.0/8', null, 'c', 1)];
    expect(lookup(table, ipv4('10.1.1.1'))?.dev).toBe('b');
    expect(explain(table, ipv4('10.1.1.1')).map(({ verdict }) => verdict)).toEqual([
      'higher-metric',
      'chosen',
      'duplicate',
    ]);
  });
  test('says of each row what the destination is under its mask, and what became of it', () => {
    expect(explain(NODE1, ipv4('10.244.2.2')).map(({ masked, verdict }) => [masked, verdict])).toEqual([
      [ipv4('0.0.0.0'), 'less-specific'],
      [ipv4('10.244.2.0'), 'no-match'],
      [ipv4('10.244.2.0'), 'chosen'],
    ]);
  });
  test('an empty table has no route', () => {
    expect(lookup([], ipv4('10.0.0.1'))).toBeNull();
  });
});

describe('fdb', () => {
  const [a, b] = [mac('7a:0b:d4:4c:c5:68'), mac('ff:ff:ff:ff:ff:ff')];
  test('moves a MAC that shows up behind another port', () => {
    expect(fdbLookup(learn(learn(EMPTY_FDB, a, 'veth1'), a, 'veth2'), a)).toBe('veth2');
  });
  test('never learns a group address', () => {
    expect(learn(EMPTY_FDB, b, 'veth1')).toBe(EMPTY_FDB);
  });
});

describe('neighbour', () => {
  const m = mac('00:0c:29:d7:0c:82');
  /** Lets the timer run out n times and lists what is asked for. */
  function expire(entry: Neighbour | null, times: number): readonly string[] {
    const seen: string[] = [];
    let now = entry;
    for (let i = 0; i < times && now !== null; i += 1) {
      const change = timeout(now, 100_000_000 + i * 1_000_000);
      seen.push([change.entry.state, ...change.effects.map(({ kind }) => kind)].join(' '));
      now = change.entry;
    }
    return seen;
  }
  test('an unknown next hop is asked for three times by broadcast, then fails with all that waited', () => {
    const asked = use(null, 0);
    expect(asked.effects.map(({ kind }) => kind)).toEqual(['ask-broadcast', 'set-timer']);
    expect(expire(asked.entry, 3)).toEqual([
      'incomplete ask-broadcast set-timer',
      'incomplete ask-broadcast set-timer',
      'failed fail-queued',
    ]);
  });
  test('an entry learned from a request is stale; its use starts the delay, then three unicast probes', () => {
    const stale = heardFrom(null, m).entry;
    expect(stale).toEqual({ state: 'stale', mac: m });
    const used = use(stale, 0);
    expect([used.send, used.entry.state]).toEqual([m, 'delay']);
    expect(expire(used.entry, 4)).toEqual([
      'probe ask-unicast set-timer',
      'probe ask-unicast set-timer',
      'probe ask-unicast set-timer',
      'failed',
    ]);
  });
  test('a request from a known neighbour with the same MAC changes nothing', () => {
    const entry = answered({ state: 'incomplete', probesSent: 1 }, m, 5).entry;
    expect(heardFrom(entry, m).entry).toBe(entry);
  });
  test('a reachable entry that is no longer used turns stale, one in use is checked', () => {
    const entry = { state: 'reachable', mac: m, confirmedAtUs: 0 } as const;
    expect(timeout({ ...entry, usedAtUs: 0 }, 30_100_000).entry.state).toBe('stale');
    expect(timeout({ ...entry, usedAtUs: 29_000_000 }, 30_100_000).entry.state).toBe('delay');
  });
  test('a permanent entry believes nobody', () => {
    const entry = { state: 'permanent', mac: m } as const;
    expect(answered(entry, mac('02:00:00:00:00:01'), 1).entry).toBe(entry);
  });
});
