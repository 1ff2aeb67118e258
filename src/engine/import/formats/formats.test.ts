/** Each format on the sample lines that stand above its parser, and on what people's terminals really print. */
import { describe, expect, test } from 'vitest';
import { ipv4 } from '../../addr/ipv4';
import { mac } from '../../addr/mac';
import { prefix } from '../../addr/prefix';
import { splitWords } from '../../net/words';
import { FORMATS } from '.';

/** Reads output as that of a command, or by its shape where none is given. */
function read(command: string | null, text: string) {
  const words = command === null ? [] : splitWords(command);
  const lines = text.split('\n');
  const format = FORMATS.find((one) => (command === null ? one.starts(lines[0] ?? '') : one.prints(words)));
  const reading = format?.read(lines, words);
  return { name: format?.name, facts: reading?.facts.map(({ fact }) => fact) ?? [], unread: reading?.unread ?? [] };
}

const LINK = `7: veth5c905d55@if3: <BROADCAST,MULTICAST,UP,LOWER_UP> mtu 1500 qdisc noqueue master cni0 state UP mode DEFAULT group default
    link/ether 9e:1e:ab:74:dc:ac brd ff:ff:ff:ff:ff:ff link-netnsid 2`;
const VETH = {
  kind: 'device',
  dev: 'veth5c905d55',
  ifindex: 7,
  up: true,
  master: 'cni0',
  mtuBytes: 1500,
  peerIndex: 3,
  netnsid: 2,
  mac: mac('9e:1e:ab:74:dc:ac'),
};

describe('ip link, ip addr', () => {
  test.each([
    ['by command', 'ip link show', LINK],
    ['by shape', null, LINK],
    ['without indentation', 'ip link show veth5c905d55', LINK.replaceAll('\n    ', '\n')],
    ['in one line', 'ip -o link', LINK.replace('\n', '\\')],
  ])('%s', (_, command, text) => expect(read(command, text)).toEqual({ name: 'ip-link', facts: [VETH], unread: [] }));

  test('addresses, with or without a peer', () => {
    const text = `4: cni0: <NO-CARRIER,BROADCAST> mtu 1450\n    inet 10.244.1.1/24 brd 10.244.1.255 scope global cni0
       valid_lft forever preferred_lft forever\n    inet 10.0.0.1 peer 10.0.0.2/32 scope global cni0\n    inet6 fe80::1/64 scope link`;
    expect(read('ip a', text).facts).toMatchObject([
      { dev: 'cni0', up: false, master: null },
      {
        kind: 'addresses',
        complete: true,
        addresses: [
          { ip: ipv4('10.244.1.1'), prefixLen: 24 },
          { ip: ipv4('10.0.0.1'), prefixLen: 32 },
        ],
      },
    ]);
    expect(
      read(
        'ip -o -4 addr',
        '2: ens33    inet 192.168.0.81/24 brd 192.168.0.255 scope global ens33\\       valid_lft forever',
      ).facts,
    ).toMatchObject([{ dev: 'ens33', ifindex: 2 }, { addresses: [{ ip: ipv4('192.168.0.81'), prefixLen: 24 }] }]);
  });

  test('tunnels, as -d shows them', () => {
    const text = `30: flannel.1: <BROADCAST,MULTICAST,UP,LOWER_UP> mtu 1450\n    link/ether a6:3c:12:e0:77:01 brd ff:ff:ff:ff:ff:ff
    vxlan id 1 local 192.168.0.81 dev ens33 srcport 0 0 dstport 8472 nolearning ttl auto\n5: flannel.ipip@NONE: <NOARP,UP> mtu 1480
    link/ipip 192.168.0.81 brd 0.0.0.0\n    ipip any remote any local 192.168.0.81 ttl inherit nopmtudisc`;
    expect(read('ip -d link', text)).toMatchObject({
      facts: [
        { type: 'vxlan', vxlan: { vni: 1, local: ipv4('192.168.0.81'), underlay: 'ens33', port: 8472 } },
        { type: 'ipip', ipip: { local: ipv4('192.168.0.81'), remote: null } },
      ],
      unread: [],
    });
  });
});

describe('routes', () => {
  test('ip route, with a line that this model has no place for', () => {
    const text =
      'default via 192.168.0.1 dev ens33 proto static metric 100 \nfe80::/64 dev eth0 proto kernel\nblackhole 10.244.1.0/24 \nwhat is this';
    expect(read('ip r', text)).toMatchObject({
      facts: [{ kind: 'routes', complete: true, exact: true, routes: [{ metric: 100 }, { type: 'blackhole' }] }],
      unread: [
        { at: 1, why: 'not-modelled' },
        { at: 3, why: 'unknown' },
      ],
    });
  });
  test('the first of several next hops', () => {
    const text =
      'default proto static \n\tnexthop via 10.0.0.1 dev a weight 1 \n\tnexthop via 10.0.0.2 dev b weight 1 ';
    expect(read('ip route', text)).toMatchObject({
      facts: [{ routes: [{ via: ipv4('10.0.0.1'), dev: 'a' }] }],
      unread: [{ at: 2, why: 'not-modelled' }],
    });
  });
  test('an empty table is a fact, an empty answer to a question for one route is not', () => {
    expect(read('ip route', '').facts).toMatchObject([{ kind: 'routes', routes: [], complete: true }]);
    expect(read('ip route show dev eth0', '').facts).toEqual([]);
  });
  test('ip route get is a symptom', () => {
    const text = '10.244.2.2 via 192.168.0.82 dev ens33 src 192.168.0.81 uid 0 \n    cache ';
    expect(read(null, text)).toEqual(read('ip route get 10.244.2.2', text));
    expect(read('ip route get 10.9.9.9', 'RTNETLINK answers: Network is unreachable').facts).toMatchObject([
      { kind: 'route-answer', dst: ipv4('10.9.9.9'), error: 'Network is unreachable' },
    ]);
  });
  test('route -n', () => {
    const text = `Kernel IP routing table
Destination     Gateway         Genmask         Flags Metric Ref    Use Iface
10.244.2.0      192.168.0.82    255.255.255.0   UG    0      0        0 ens33
10.244.3.0      -               255.255.255.0   !     0      -        0 -
10.244.4.0      0.0.0.0         255.255.255.0   U     0      0        0 *`;
    expect(read(null, text)).toMatchObject({
      name: 'route-n',
      facts: [
        {
          routes: [
            { dst: prefix('10.244.2.0/24'), via: ipv4('192.168.0.82'), dev: 'ens33', type: 'unicast' },
            { dst: prefix('10.244.3.0/24'), type: 'unreachable', dev: null },
            { dst: prefix('10.244.4.0/24'), type: 'unreachable', dev: null },
          ],
        },
      ],
      unread: [],
    });
  });
});

test.each([
  [
    'net-tools 2',
    'cni0: flags=4163<UP,BROADCAST,RUNNING,MULTICAST>  mtu 1500\n        inet 10.244.1.1  netmask 255.255.255.0  broadcast 10.244.1.255\n        ether 5e:c1:b9:a7:b8:56  txqueuelen 1000  (Ethernet)\n        RX packets 0  bytes 0 (0.0 B)',
  ],
  [
    'BusyBox',
    'cni0      Link encap:Ethernet  HWaddr 5E:C1:B9:A7:B8:56  \n          inet addr:10.244.1.1  Bcast:10.244.1.255  Mask:255.255.255.0\n          UP BROADCAST RUNNING MULTICAST  MTU:1500  Metric:1\n          RX packets:6 errors:0',
  ],
])('ifconfig of %s', (_, text) => {
  expect(read(null, text)).toEqual({
    name: 'ifconfig',
    facts: [
      { kind: 'device', dev: 'cni0', up: true, mtuBytes: 1500, mac: mac('5e:c1:b9:a7:b8:56') },
      { kind: 'addresses', dev: 'cni0', addresses: [{ ip: ipv4('10.244.1.1'), prefixLen: 24 }], complete: false },
    ],
    unread: [],
  });
});

test('ip neigh', () => {
  const text =
    '192.168.0.82 dev ens33 lladdr 00:0c:29:d7:0c:82 REACHABLE\n192.168.0.9 dev ens33  FAILED\nfe80::1 dev ens33 lladdr 00:0c:29:d7:0c:82 router STALE';
  expect(read(null, text)).toMatchObject({
    name: 'ip-neigh',
    facts: [
      { ip: ipv4('192.168.0.82'), mac: mac('00:0c:29:d7:0c:82') },
      { mac: null, state: 'FAILED' },
    ],
    unread: [{ at: 2, why: 'not-modelled' }],
  });
});

test('bridge fdb and bridge link', () => {
  const fdb =
    '7a:0b:d4:4c:c5:68 dev veth5c905d55 master cni0\nce:90:4f:1b:d8:02 dev flannel.1 dst 192.168.0.82 self permanent\n33:33:00:00:00:01 dev ens33 self permanent';
  expect(read(null, fdb)).toEqual({
    name: 'bridge-fdb',
    facts: [
      { kind: 'fdb', dev: 'veth5c905d55', mac: mac('7a:0b:d4:4c:c5:68'), remote: null, permanent: false },
      { kind: 'fdb', dev: 'flannel.1', mac: mac('ce:90:4f:1b:d8:02'), remote: ipv4('192.168.0.82'), permanent: true },
    ],
    unread: [],
  });
  const link =
    '3: veth1@if2: <UP> mtu 1500 master cni0 state forwarding priority 32 cost 2 \n    hairpin on guard off root_block off';
  expect(read(null, link)).toMatchObject({
    name: 'bridge-link',
    facts: [{ dev: 'veth1', master: 'cni0' }, { hairpin: true }],
  });
});

test('ethtool', () => {
  expect(read('ethtool -S eth0', 'NIC statistics:\n     peer_ifindex: 7\n     rx_queue_0_drops: 0').facts).toEqual([
    { kind: 'peer-ifindex', dev: 'eth0', ifindex: 7 },
  ]);
  expect(
    read(null, 'Features for ens33:\nrx-checksumming: on\ntx-checksumming: on\n\ttx-checksum-ipv4: off [fixed]').facts,
  ).toEqual([{ kind: 'tx-checksum', dev: 'ens33', on: true }]);
});

test('sysctl', () => {
  const text = `net.ipv4.ip_forward = 1
net.ipv4.conf.flannel/1.rp_filter = 2
sysctl: cannot stat /proc/sys/net/bridge/bridge-nf-call-iptables: No such file or directory
net.ipv4.tcp_syncookies = 1`;
  expect(read(null, text)).toMatchObject({
    facts: [
      { key: 'net.ipv4.ip_forward', value: '1' },
      { key: 'net.ipv4.conf.flannel/1.rp_filter', value: '2' },
      { key: 'net.bridge.bridge-nf-call-iptables', value: null },
    ],
    unread: [{ at: 3, why: 'not-modelled' }],
  });
});

test('iptables-save -c and iptables -S', () => {
  const text = `# Generated by iptables-save v1.8.9
*mangle
:FORWARD ACCEPT [0:0]
[0:0] -A FORWARD -j MARK --set-mark 1
COMMIT
*filter
:FORWARD DROP [0:0]
:FLANNEL-FWD - [0:0]
[2:168] -A FORWARD -m comment --comment "flanneld forward" -j FLANNEL-FWD
[0:0] -A FLANNEL-FWD -m physdev --physdev-is-bridged -j ACCEPT
COMMIT`;
  const saved = read(null, text);
  expect(saved.unread).toEqual([
    { at: 3, why: 'not-modelled' },
    { at: 9, why: 'not-modelled' },
  ]);
  expect(saved.facts).toMatchObject([{ table: 'mangle' }, { table: 'filter' }]);
  const [, fact] = saved.facts;
  const chains = fact?.kind === 'netfilter' ? fact.chains : new Map();
  expect(chains.get('FORWARD')).toMatchObject({
    policy: 'drop',
    rules: [
      {
        text: '-A FORWARD -m comment --comment "flanneld forward" -j FLANNEL-FWD',
        target: { kind: 'jump', chain: 'FLANNEL-FWD' },
      },
    ],
  });
  expect(chains.get('FLANNEL-FWD')).toMatchObject({ policy: null });
  expect(read('iptables -t nat -S', '-P POSTROUTING ACCEPT\n-N X\n-A X -j MASQUERADE').facts).toMatchObject([
    { table: 'nat' },
  ]);
});

test('nstat is known and gives nothing', () => {
  expect(read(null, '#kernel\nIpInReceives                    1                  0.0')).toEqual({
    name: 'nstat',
    facts: [],
    unread: [],
  });
});

test('commands that print something else are left alone', () => {
  for (const command of [
    'ip -j addr',
    'ip route add 10.0.0.0/8 dev a',
    'ip rule',
    'tcpdump -i eth0',
    'ethtool eth0',
    'ip link set a up',
  ]) {
    expect(read(command, 'x').name).toBeUndefined();
  }
});
