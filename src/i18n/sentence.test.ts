import { describe, expect, test } from 'vitest';
import { ipv4 } from '../engine/addr/ipv4';
import { BROADCAST, mac } from '../engine/addr/mac';
import { prefix } from '../engine/addr/prefix';
import type { Neighbour } from '../engine/net/neighbour';
import { route } from '../engine/net/route';
import { seeded } from '../engine/sim/draws';
import type { DropKind, DropReason, WithheldReason } from '../engine/sim/drop';
import type { Event, EventKind, NeighbourCause, PacketKind } from '../engine/sim/event';
import { simulate } from '../engine/sim/simulate';
import { packetsOf } from '../engine/sim/trace';
import { type World, worldOf } from '../engine/sim/world';
import { article } from '../engine/topology/scenarios/article';
import type { Ipv4Header } from '../engine/wire/ipv4';
import { catalogue, LANGS, loadCatalogue } from './index';
import { eventSentence, explainEvent } from './sentence';
import { contextAt, type SentenceContext } from './sentence-values';

await Promise.all(LANGS.map(loadCatalogue));

const NODE1 = mac('00:0c:29:a4:51:81');
const NODE2 = mac('00:0c:29:d7:0c:82');
const SRC = ipv4('10.244.1.4');
const DST = ipv4('10.244.2.2');

const HEADER: Ipv4Header = {
  dscpEcn: 0,
  totalLength: 84,
  id: 0x4c48,
  reservedFlag: false,
  df: true,
  mf: false,
  fragmentOffset: 0,
  ttl: 64,
  protocol: 1,
  checksum: 0xd573,
  src: SRC,
  dst: DST,
  options: new Uint8Array(),
};
const FRAME = { dst: NODE2, src: NODE1, body: { kind: 'ipv4', header: HEADER, payload: new Uint8Array(64) } } as const;

const PACKETS: readonly PacketKind[] = [
  { kind: 'arp-request', target: DST, sender: SRC, unicast: false },
  { kind: 'arp-request', target: DST, sender: SRC, unicast: true },
  { kind: 'arp-reply', target: SRC, sender: DST },
  { kind: 'echo-request', seq: 1 },
  { kind: 'echo-reply', seq: 1 },
  { kind: 'icmp-error', type: 3, code: 1 },
  { kind: 'icmp-error', type: 12, code: 0 },
  { kind: 'udp', srcPort: 40000, dstPort: 33434 },
  { kind: 'tcp', flags: 'SYN', payloadBytes: 0 },
  { kind: 'fragment', offsetBytes: 1376, more: false },
  { kind: 'tunnel', how: 'vxlan' },
];

const DROPS: { readonly [K in DropKind]: DropReason & { readonly kind: K } } = {
  'no-route': { kind: 'no-route', dst: DST },
  'blackhole-route': { kind: 'blackhole-route', dst: DST },
  'prohibit-route': { kind: 'prohibit-route', dst: DST },
  'unreachable-route': { kind: 'unreachable-route', dst: DST },
  'forwarding-off': { kind: 'forwarding-off', dev: 'cni0' },
  'source-not-reachable': { kind: 'source-not-reachable', src: SRC, dev: 'ens33', mode: 1 },
  'martian-source': { kind: 'martian-source', src: SRC, dev: 'cni0' },
  'ttl-expired': { kind: 'ttl-expired', ttl: 1 },
  'too-big': { kind: 'too-big', packetBytes: 1500, mtuBytes: 1400 },
  rule: { kind: 'rule', table: 'filter', hook: 'FORWARD', rule: '-A FORWARD -j DROP', rejected: false },
  policy: { kind: 'policy', table: 'filter', hook: 'FORWARD' },
  'neighbour-failed': { kind: 'neighbour-failed', nextHop: ipv4('192.168.0.82'), dev: 'ens33' },
  'not-for-this-mac': { kind: 'not-for-this-mac', mac: NODE1 },
  'link-down': { kind: 'link-down', dev: 'ens33' },
  'no-cable': { kind: 'no-cable', dev: 'ens33' },
  'receiver-mtu': { kind: 'receiver-mtu', frameBytes: 1514, mtuBytes: 1400 },
  'no-tunnel-peer': { kind: 'no-tunnel-peer', mac: NODE2 },
  'no-port': { kind: 'no-port', mac: NODE2 },
  'source-guard': { kind: 'source-guard', src: SRC, segment: 'lan' },
  'not-for-this-host': { kind: 'not-for-this-host', dst: DST },
  'no-listener': { kind: 'no-listener', protocol: 'udp', port: 33434 },
  'no-process': { kind: 'no-process', what: 'echo-reply' },
  'incomplete-fragments': { kind: 'incomplete-fragments' },
  'bad-checksum': { kind: 'bad-checksum' },
};

const WITHHELD: readonly WithheldReason[] = [
  { kind: 'no-route-to-source', src: SRC },
  { kind: 'rate-limited', to: SRC },
  { kind: 'about-icmp-error' },
  { kind: 'about-fragment' },
  { kind: 'about-broadcast' },
];

const REACHABLE: Neighbour = { state: 'reachable', mac: NODE2, confirmedAtUs: 0, usedAtUs: 0 };
const CHANGES: Readonly<Record<NeighbourCause, readonly [Neighbour | null, Neighbour]>> = {
  asked: [null, { state: 'incomplete', probesSent: 1 }],
  answered: [{ state: 'incomplete', probesSent: 1 }, REACHABLE],
  'heard-request': [null, { state: 'stale', mac: NODE2 }],
  'used-while-stale': [
    { state: 'stale', mac: NODE2 },
    { state: 'delay', mac: NODE2, confirmedAtUs: null },
  ],
  'delay-over': [
    { state: 'delay', mac: NODE2, confirmedAtUs: null },
    { state: 'probe', mac: NODE2, probesSent: 1 },
  ],
  'asked-again': [
    { state: 'incomplete', probesSent: 1 },
    { state: 'incomplete', probesSent: 2 },
  ],
  'no-answer': [{ state: 'probe', mac: NODE2, probesSent: 3 }, { state: 'failed' }],
  aged: [REACHABLE, { state: 'stale', mac: NODE2 }],
  configured: [null, { state: 'permanent', mac: NODE2 }],
};

const P = { host: 'node1', packet: 0 } as const;
const FDB = { ...P, kind: 'bridged', bridge: 'cni0', inPort: 'veth5c905d55', hairpin: false } as const;
const TO_POD2 = route(prefix('10.244.2.0/24'), { via: ipv4('192.168.0.82'), dev: 'ens33' });
const LOOKED = { ...P, kind: 'route-looked-up', dst: DST, purpose: 'receive', inDev: 'cni0' } as const;
const NEIGHBOUR = { ...P, kind: 'neighbour-looked-up', dev: 'ens33', ip: ipv4('192.168.0.82') } as const;
const ARP = { operation: 1, senderMac: NODE1, senderIp: SRC, targetMac: NODE2, targetIp: DST } as const;
const RULES = [
  { table: 'filter', chain: 'FORWARD', text: '-A FORWARD -j FLANNEL-FWD', matched: true },
  { table: 'filter', chain: 'FLANNEL-FWD', text: '-A FLANNEL-FWD -s 10.244.0.0/16 -j ACCEPT', matched: true },
] as const;

/** At least one event of every kind, and one of every way to say it. */
const EVENTS: { readonly [K in EventKind]: readonly (Event & { readonly kind: K })[] } = {
  'command-started': [{ kind: 'command-started', host: 'pod1', command: 'ping -c 1 10.244.2.2' }],
  printed: [
    { kind: 'printed', host: 'pod1', text: '64 bytes from 10.244.2.2: icmp_seq=1 ttl=62 time=0.4 ms' },
    { kind: 'printed', host: 'pod1', text: 'From 10.244.1.1 icmp_seq=1 Destination Host Unreachable' },
    { kind: 'printed', host: 'pod1', text: '' },
  ],
  'command-ended': [{ kind: 'command-ended', host: 'pod1', command: 'ping -c 1 10.244.2.2', status: 1 }],
  configured: [
    { kind: 'configured', host: 'node1', command: 'ip route del 10.244.2.0/24', refused: null },
    { kind: 'configured', host: 'node1', command: 'ip route add x', refused: 'Error: Nexthop has invalid gateway.' },
  ],
  'packet-made': PACKETS.flatMap((what) => [
    { ...P, kind: 'packet-made' as const, what, cause: null, header: null },
    { ...P, kind: 'packet-made' as const, what, cause: 0, header: HEADER },
  ]),
  delivered: (['icmp-echo', 'ping', 'icmp-error', 'udp', 'tcp', 'traceroute', 'ip'] as const).map((to) => ({
    ...P,
    kind: 'delivered' as const,
    to,
    header: HEADER,
  })),
  dropped: Object.values(DROPS).map((reason) => ({
    ...P,
    kind: 'dropped' as const,
    dev: null,
    reason,
    header: HEADER,
  })),
  'error-withheld': WITHHELD.map((why) => ({ ...P, kind: 'error-withheld' as const, why })),
  'frame-sent': ['ens33', 'veth5c905d55', 'cni0', 'lo'].map((dev) => ({
    ...P,
    kind: 'frame-sent' as const,
    dev,
    frame: FRAME,
  })),
  'frame-received': ['ens33', 'veth5c905d55', 'cni0'].map((dev) => ({
    ...P,
    kind: 'frame-received' as const,
    dev,
    frame: dev === 'ens33' ? { ...FRAME, dst: BROADCAST } : FRAME,
  })),
  'mac-learned': [
    { ...P, kind: 'mac-learned', bridge: 'cni0', mac: NODE1, port: 'veth1', before: null },
    { ...P, host: 'lan', kind: 'mac-learned', bridge: null, mac: NODE1, port: 'node2 ens33', before: 'node1 ens33' },
  ],
  bridged: [
    { ...FDB, mac: BROADCAST, known: null, outPorts: ['veth5c905d55'], toStack: true, hairpin: true },
    { ...FDB, mac: BROADCAST, known: null, outPorts: [], toStack: true },
    { ...FDB, mac: NODE2, known: 'veth1', outPorts: ['veth1'], toStack: false },
    { ...FDB, mac: NODE2, known: 'veth5c905d55', outPorts: [], toStack: false },
    { ...FDB, mac: NODE2, known: null, outPorts: [], toStack: true },
    { ...FDB, mac: NODE2, known: null, outPorts: ['veth1', 'veth2'], toStack: false },
    { ...FDB, mac: NODE2, known: null, outPorts: [], toStack: false },
    { ...FDB, host: 'lan', bridge: null, mac: NODE2, known: 'node2 ens33', outPorts: ['node2 ens33'], toStack: false },
  ],
  'arp-read': (['answer', 'proxy', 'take', 'ignore'] as const).flatMap((verdict) => [
    { ...P, kind: 'arp-read' as const, dev: 'cni0', arp: ARP, verdict },
    { ...P, kind: 'arp-read' as const, dev: 'cni0', arp: { ...ARP, operation: 2 }, verdict },
  ]),
  'neighbour-looked-up': [
    { ...NEIGHBOUR, entry: null, verdict: 'ask' },
    { ...NEIGHBOUR, entry: { state: 'failed' }, verdict: 'ask' },
    { ...NEIGHBOUR, entry: { state: 'incomplete', probesSent: 1 }, verdict: 'wait' },
    { ...NEIGHBOUR, entry: REACHABLE, verdict: 'use' },
    { ...NEIGHBOUR, entry: { state: 'stale', mac: NODE2 }, verdict: 'use' },
    { ...NEIGHBOUR, entry: { state: 'delay', mac: NODE2, confirmedAtUs: null }, verdict: 'use' },
    { ...NEIGHBOUR, entry: null, verdict: 'use' },
  ],
  'neighbour-changed': Object.entries(CHANGES).map(([cause, [before, after]]) => ({
    kind: 'neighbour-changed' as const,
    host: 'node1',
    dev: 'ens33',
    ip: ipv4('192.168.0.82'),
    before,
    after,
    cause: cause as NeighbourCause,
    packet: null,
  })),
  'route-looked-up': [
    { ...LOOKED, table: 'main', route: TO_POD2 },
    { ...LOOKED, table: null, route: null },
    { ...LOOKED, table: 'local', route: route(prefix('10.244.2.2/32'), { type: 'local', dev: 'eth0' }) },
    { ...LOOKED, table: 'local', route: route(prefix('10.244.2.255/32'), { type: 'broadcast', dev: 'eth0' }) },
    { ...LOOKED, table: 'main', route: route(prefix('10.244.2.0/24'), { type: 'blackhole' }), purpose: 'answer' },
    { ...LOOKED, table: 'main', route: route(prefix('0.0.0.0/0'), { via: ipv4('192.168.0.1'), dev: 'ens33' }) },
  ],
  'source-checked': [
    { ...P, kind: 'source-checked', src: SRC, dev: 'ens33', mode: 1, route: TO_POD2, passed: true },
    { ...P, kind: 'source-checked', src: SRC, dev: 'ens33', mode: 1, route: null, passed: false },
    { ...P, kind: 'source-checked', src: SRC, dev: 'ens33', mode: 2, route: TO_POD2, passed: true },
    { ...P, kind: 'source-checked', src: SRC, dev: 'ens33', mode: 2, route: null, passed: false },
  ],
  'forwarding-checked': [true, false].map((on) => ({ ...P, kind: 'forwarding-checked' as const, dev: 'cni0', on })),
  'ttl-lowered': [{ ...P, kind: 'ttl-lowered', before: HEADER, after: { ...HEADER, ttl: 63, checksum: 0xd673 } }],
  'mtu-checked': [
    { ...P, kind: 'mtu-checked', dev: 'ens33', packetBytes: 84, mtuBytes: 1500, df: true },
    { ...P, kind: 'mtu-checked', dev: 'ens33', packetBytes: 1500, mtuBytes: 1400, df: true },
    { ...P, kind: 'mtu-checked', dev: 'ens33', packetBytes: 1500, mtuBytes: 1400, df: false },
  ],
  'hook-passed': [
    { ...P, kind: 'hook-passed', hook: 'FORWARD', bridge: true, seen: [], verdict: 'accept' },
    { ...P, kind: 'hook-passed', hook: 'FORWARD', bridge: false, seen: RULES, verdict: 'accept' },
    {
      ...P,
      kind: 'hook-passed',
      hook: 'FORWARD',
      bridge: false,
      seen: [...RULES, { table: 'filter', chain: 'FORWARD', text: ':FORWARD DROP', matched: true }],
      verdict: 'drop',
    },
  ],
  translated: (['src', 'dst'] as const).map((field) => ({
    ...P,
    kind: 'translated' as const,
    field,
    before: HEADER,
    after: { ...HEADER, src: ipv4('192.168.0.81') },
    reply: field === 'dst',
  })),
  fragmented: [{ ...P, kind: 'fragmented', dev: 'ens33', into: [1, 2] }],
  reassembled: [{ ...P, kind: 'reassembled', from: [1, 2] }],
  encapsulated: [{ ...P, kind: 'encapsulated', dev: 'flannel.1', outer: 1 }],
  decapsulated: [{ ...P, kind: 'decapsulated', dev: 'flannel.1', inner: 1 }],
  'path-mtu-learned': [{ ...P, kind: 'path-mtu-learned', dst: DST, mtuBytes: 1400 }],
};

const WORLD: World = worldOf(article, seeded(1));
const made = (id: number) =>
  ({
    host: 'pod1',
    packet: id,
    kind: 'packet-made',
    what: { kind: 'echo-request', seq: 1 },
    cause: null,
    header: HEADER,
  }) as const;
const context = (lang: 'en' | 'zh'): SentenceContext => ({
  text: catalogue(lang),
  world: WORLD,
  packets: new Map([0, 1, 2].map((id) => [id, made(id)])),
});

const all: readonly Event[] = Object.values(EVENTS).flat();
const said = (event: Event, lang: 'en' | 'zh' = 'en'): string => eventSentence(event, context(lang));

describe.each(LANGS)('every event in %s', (lang) => {
  test.each(all.map((event) => [event.kind, event] as const))('%s has a finished sentence', (_, event) => {
    const sentence = said(event, lang);
    expect(sentence).not.toMatch(/undefined|null|NaN|\[object|\*\*\*\*/);
    expect(sentence.split('**').length % 2, `bold is closed in: ${sentence}`).toBe(1);
    expect(sentence.replaceAll('**', '')).toMatch(lang === 'en' ? /[.:”?)a-z0-9]$/ : /[。：”？）.a-zA-Z0-9]$/);
  });

  test('the article’s ping is told from end to end', () => {
    const run = simulate(article, { run: ['pod1: ping -c 1 10.244.2.2'] }, seeded(1));
    if (!run.ok) throw new Error(run.error.kind);
    for (const step of run.value.steps) {
      const { lead } = explainEvent(step.event, contextAt(run.value, step, catalogue(lang)));
      expect(lead).not.toMatch(/undefined|#\d/);
      expect(packetsOf(run.value).size).toBeGreaterThan(0);
    }
  });
});

describe('Chinese', () => {
  test('has no half-width punctuation between Chinese characters', () => {
    const wrong = all
      .map((event) => said(event, 'zh').replaceAll('**', ''))
      .filter((sentence) => /[\u4e00-\u9fff][,;:!?()]|[,;:!?()][\u4e00-\u9fff]/.test(sentence));
    expect(wrong).toEqual([]);
  });
});

describe('the only segment’s switch', () => {
  const run = simulate(article, { run: ['pod1: ping -c 1 10.244.2.2'] }, seeded(1));
  const leads = (lang: 'en' | 'zh') =>
    !run.ok
      ? []
      : run.value.steps
          .filter(({ event }) => event.kind === 'bridged' && event.bridge === null)
          .map((step) => explainEvent(step.event, contextAt(run.value, step, catalogue(lang))).lead);
  test('is called so, with a capital where a sentence begins with it', () => {
    expect(leads('en')).toContain(
      'Broadcast: **the switch** sends a copy out of **node2 ens33, master ens33, gateway eth0**.',
    );
    expect(leads('en').filter((lead) => lead.startsWith('**The switch** knows '))).not.toEqual([]);
    expect(leads('zh').filter((lead) => lead.includes('**交换机**'))).toHaveLength(leads('zh').length);
  });
});

describe('a route lookup', () => {
  const lookup = EVENTS['route-looked-up'][0] as Event;

  test('names the rows that matched, the winner, the next hop and its owner', () => {
    expect(said(lookup)).toContain('**10.244.2.2** matches **2** rows; **10.244.2.0/24** is the longest');
    expect(said(lookup)).toContain('the next hop is **192.168.0.82** (node2), out of **ens33**');
  });
  test('shows the arithmetic', () => {
    expect(said(lookup)).toContain('10.244.2.2 & 255.255.255.0 = 10.244.2.0, matches; /24 beats /0');
  });
  test('says that the row is a lease of flannel', () => {
    expect(said(lookup)).toContain('**node2**’s lease');
    expect(said(lookup, 'zh')).toContain('**node2** 的租约');
  });
  test('says so when nothing matched', () => {
    expect(said(EVENTS['route-looked-up'][1] as Event)).toContain('None of the');
  });
});

describe('other sentences', () => {
  test('TTL goes with the checksum', () => {
    const [event] = EVENTS['ttl-lowered'];
    expect(said(event as Event)).toContain(
      'TTL **64 → 63**, and the IP checksum follows: **0xd573 → 0xd673** (+0x0100)',
    );
  });
  test('the ttl ping prints is turned into a count of routers', () => {
    expect(said(EVENTS.printed[0] as Event)).toContain('each of the **2** routers');
  });
  test('the From address of an error is named', () => {
    expect(said(EVENTS.printed[1] as Event)).toContain('**10.244.1.1** is **node1**');
  });
  test('a hairpin copy is not called a second packet', () => {
    expect(said(EVENTS.bridged[0] as Event)).toContain('hears its own broadcast');
  });
  test('a command’s own stars do not open bold text', () => {
    const event = { kind: 'command-started', host: 'pod1', command: 'echo **x' } as const;
    expect(said(event).split('**').length % 2).toBe(1);
  });
});

describe('drops', () => {
  test.each(LANGS)('every kind has a title in %s', (lang) => {
    for (const { title } of Object.values(catalogue(lang).drops)) expect(title).not.toBe('');
  });
});
