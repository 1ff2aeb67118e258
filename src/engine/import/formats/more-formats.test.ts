/** Formats of Kubernetes, flannel, JSON and the older tools: on the sample above each parser, and on what pasting does to it. */
import { describe, expect, test } from 'vitest';
import { ipv4 } from '../../addr/ipv4';
import { mac } from '../../addr/mac';
import { prefix } from '../../addr/prefix';
import { readTexts } from '../read';

/** What a text gives: the formats it was taken for, its facts, and the lines left over. */
function read(text: string) {
  const pieces = readTexts([text]);
  return {
    formats: pieces.flatMap(({ format }) => format ?? []),
    facts: pieces.flatMap(({ facts }) => facts.map(({ fact }) => fact)),
    unread: pieces.flatMap(({ unread }) => unread.map((one) => one.text)),
    lines: pieces.flatMap(({ facts }) => facts.map(({ source }) => source.line)),
  };
}

const POD1 = {
  name: 'cni-test-777bbd57c8-7jxzs',
  namespace: null,
  ip: ipv4('10.244.1.4'),
  node: 'node1.whale.com',
  hostNetwork: false,
};

describe('kubectl get pods', () => {
  const table = `NAMESPACE   NAME                        READY   STATUS    RESTARTS     AGE     IP           NODE              NOMINATED NODE   READINESS GATES
default     cni-test-777bbd57c8-7jxzs   1/1     Running   3 (5d ago)   2m36s   10.244.1.4   node1.whale.com   <none>           <none>
default     waiting                     0/1     Pending   0            4s      <none>       <none>            <none>           <none>
default     done-x2x2x                  0/1     Completed 0            4d      10.244.1.9   node1.whale.com   <none>           <none>`;

  test('by the columns of its heading', () => {
    expect(read(table)).toMatchObject({
      formats: ['kubectl-pods'],
      unread: [],
      facts: [
        { pod: { ...POD1, namespace: 'default' } },
        { pod: { name: 'waiting', ip: null, node: null } },
        { pod: { name: 'done-x2x2x', ip: null, node: 'node1.whale.com' } }, // its address may be another's by now
      ],
    });
  });

  test.each([
    ['padding lost', (text: string) => text.replaceAll(/ +/g, ' ')],
    ['tabs', (text: string) => text.replaceAll(/ {2,}/g, '\t')],
    ['heading lost', (text: string) => text.split('\n').slice(1).join('\n')],
    ['hard blanks', (text: string) => text.replaceAll(' ', '\u00a0')],
    ['CRLF', (text: string) => text.replaceAll('\n', '\r\n')],
    ['indented', (text: string) => text.replaceAll(/^/gm, '  ')],
    ['under a prompt', (text: string) => `[root@master ~]# kubectl get po -A -o wide\n${text}`],
    ['under a command alone', (text: string) => `kubectl get pods -A -owide\n${text}`],
  ])('%s', (_, change) => expect(read(change(table)).facts).toEqual(read(table).facts));

  test('-n says the namespace that the table leaves out', () => {
    const text = `$ kubectl get pods -n web -o wide\nNAME READY STATUS RESTARTS AGE IP NODE NOMINATED NODE READINESS GATES\na 1/1 Running 0 1m 10.244.1.4 n1 <none> <none>`;
    expect(read(text).facts).toMatchObject([
      { pod: { name: 'a', namespace: 'web', ip: ipv4('10.244.1.4'), node: 'n1' } },
    ]);
  });
});

const NODE1 = {
  name: 'node1.whale.com',
  podCidr: prefix('10.244.1.0/24'),
  publicIp: ipv4('192.168.0.81'),
  backend: 'host-gw',
  managed: true,
  internalIp: ipv4('192.168.0.81'),
  ready: true,
};
const NODE_JSON = {
  kind: 'Node',
  metadata: {
    name: 'node1.whale.com',
    annotations: {
      'flannel.alpha.coreos.com/backend-data': 'null',
      'flannel.alpha.coreos.com/backend-type': 'host-gw',
      'flannel.alpha.coreos.com/kube-subnet-manager': 'true',
      'flannel.alpha.coreos.com/public-ip': '192.168.0.81',
    },
  },
  spec: { podCIDR: '10.244.1.0/24', podCIDRs: ['10.244.1.0/24'] },
  status: {
    addresses: [
      { type: 'InternalIP', address: '192.168.0.81' },
      { type: 'Hostname', address: 'node1' },
    ],
    conditions: [
      { type: 'NetworkUnavailable', status: 'False', reason: 'FlannelIsUp' },
      { type: 'Ready', status: 'True' },
    ],
  },
};
const NODE_YAML = `apiVersion: v1
items:
- apiVersion: v1
  kind: Node
  metadata:
    annotations:
      flannel.alpha.coreos.com/backend-type: host-gw
      flannel.alpha.coreos.com/kube-subnet-manager: "true"
      flannel.alpha.coreos.com/public-ip: 192.168.0.81
    name: node1.whale.com
  spec:
    podCIDR: 10.244.1.0/24
  status:
    addresses:
    - address: 192.168.0.81
      type: InternalIP
    conditions:
    - status: "True"
      type: Ready
kind: List
metadata:
  resourceVersion: ""`;

describe('nodes', () => {
  test.each([
    ['one object', JSON.stringify(NODE_JSON)],
    ['a list', JSON.stringify({ apiVersion: 'v1', kind: 'List', items: [NODE_JSON] })],
    ['a list over many lines', JSON.stringify({ kind: 'List', items: [NODE_JSON] }, null, 4)],
    ['a typed list', JSON.stringify({ kind: 'NodeList', items: [{ ...NODE_JSON, kind: undefined }] })],
    ['YAML', NODE_YAML],
    ['under a prompt, with more after it', `[root@m ~]# kubectl get no -o yaml\n${NODE_YAML}\n[root@m ~]# exit`],
  ])('%s', (_, text) => {
    expect(read(text)).toMatchObject({
      formats: ['kubernetes-objects'],
      facts: [{ kind: 'node', node: NODE1 }],
      unread: [],
    });
  });
  test('the line of a node is where its name stands', () => {
    expect(read(NODE_YAML).lines).toEqual([10]);
    expect(read(JSON.stringify(NODE_JSON, null, 2)).lines).toEqual([4]);
  });
  test('a node without annotations is no lease; one that is down stays one', () => {
    const bare = {
      ...NODE_JSON,
      metadata: { name: 'n' },
      status: { conditions: [{ type: 'Ready', status: 'Unknown' }] },
    };
    expect(read(JSON.stringify(bare)).facts).toMatchObject([
      { node: { managed: false, publicIp: null, backend: null, ready: false, internalIp: null } },
    ]);
  });
  test('the wide table', () => {
    const text = `NAME              STATUS                     ROLES           AGE   VERSION   INTERNAL-IP    EXTERNAL-IP   OS-IMAGE                KERNEL-VERSION           CONTAINER-RUNTIME
master            Ready                      control-plane   12d   v1.24.0   192.168.0.80   <none>        CentOS Linux 7 (Core)   3.10.0-1160.el7.x86_64   docker://20.10.17
node1.whale.com   NotReady,SchedulingDisabled   <none>       12d   v1.24.0   192.168.0.81   <none>        CentOS Linux 7 (Core)   3.10.0-1160.el7.x86_64   docker://20.10.17`;
    for (const one of [text, text.replaceAll(/ +/g, ' ')]) {
      expect(read(one)).toMatchObject({
        formats: ['kubectl-nodes'],
        unread: [],
        facts: [
          { node: { name: 'master', internalIp: ipv4('192.168.0.80'), ready: true, managed: null } },
          { node: { name: 'node1.whale.com', internalIp: ipv4('192.168.0.81'), ready: false } },
        ],
      });
    }
  });
  test('pods as objects tell whether they share their node’s network', () => {
    const pod = (hostNetwork: boolean, phase: string) => ({
      kind: 'Pod',
      metadata: { name: 'p', namespace: 'web' },
      spec: { nodeName: 'n1', hostNetwork },
      status: { podIP: '10.244.1.7', phase },
    });
    const text = JSON.stringify({ kind: 'List', items: [pod(true, 'Running'), pod(false, 'Succeeded')] });
    expect(read(text).facts).toMatchObject([
      { pod: { name: 'p', namespace: 'web', ip: ipv4('10.244.1.7'), node: 'n1', hostNetwork: true } },
      { pod: { ip: null, hostNetwork: false } },
    ]);
  });
});

describe('flannel’s own', () => {
  const CONFIG = { kind: 'flannel-config', network: prefix('10.244.0.0/16'), backend: 'host-gw' };
  const JSON_TEXT =
    '{\n  "Network": "10.244.0.0/16",\n  "EnableNFTables": false,\n  "Backend": {\n    "Type": "host-gw"\n  }\n}';

  test('net-conf.json', () => {
    expect(read(`[root@n1 ~]# cat /etc/kube-flannel/net-conf.json\n${JSON_TEXT}`)).toMatchObject({
      formats: ['net-conf'],
      facts: [CONFIG],
      unread: [],
    });
  });
  test('kube-flannel.yml, several documents with the ConfigMap among them', () => {
    const indented = JSON_TEXT.replaceAll(/^/gm, '    ');
    const text = `---\nkind: Namespace\napiVersion: v1\nmetadata:\n  name: kube-flannel\n---\nkind: ConfigMap\napiVersion: v1\nmetadata:\n  name: kube-flannel-cfg\ndata:\n  cni-conf.json: |\n    {\n      "name": "cbr0"\n    }\n  net-conf.json: |\n${indented}\n---\napiVersion: apps/v1\nkind: DaemonSet\nmetadata:\n  name: kube-flannel-ds`;
    expect(read(text)).toMatchObject({ formats: ['kubernetes-objects'], facts: [CONFIG], unread: [] });
  });
  test('subnet.env', () => {
    const text = 'FLANNEL_NETWORK=10.244.0.0/16\nFLANNEL_SUBNET=10.244.1.1/24\nFLANNEL_MTU=1500\nFLANNEL_IPMASQ=true';
    expect(read(text)).toMatchObject({
      formats: ['subnet-env'],
      facts: [
        {
          network: prefix('10.244.0.0/16'),
          subnet: { ip: ipv4('10.244.1.1'), prefixLen: 24 },
          mtuBytes: 1500,
          masquerade: true,
        },
      ],
      unread: [],
    });
  });
  test('flanneld’s log', () => {
    const at = 'I0111 17:09:04.933781       1 route_network.go:93] ';
    const text = [
      `${at}Using interface with name ens33 and address 192.168.0.81`,
      `${at}Found network config - Backend type: host-gw`,
      `${at}Subnet added: 10.244.2.0/24 via 192.168.0.82`,
      `${at}Subnet removed: 10.244.3.0/24`,
      `${at}Route recovered 10.244.2.0/24 : 192.168.0.82`,
      `${at}Replacing existing route to 10.244.2.0/24 via 192.168.0.99 dev index 2 with 10.244.2.0/24 via 192.168.0.82 dev index 2.`,
      'W0111 17:09:04.933781       1 route_network.go:93] Ignoring non-host-gw subnet: type=vxlan',
      'E0111 17:09:05.000112       1 route_network.go:141] Error adding route to {Ifindex: 2 Dst: 10.244.3.0/24 Src: <nil> Gw: 192.168.9.83 Flags: [] Table: 0 Realm: 0}: network is unreachable',
      `${at}Some iptables rules are missing; deleting and recreating rules`,
      `${at}Batch elem [0] is { lease.Event{Type:1, Lease:lease.Lease{EnableIPv4:true, EnableIPv6:false, Subnet:ip.IP4Net{IP:0xaf40300, PrefixLen:0x18}, IPv6Subnet:ip.IP6Net{}}}`,
    ].join('\n');
    const { formats, facts, unread } = read(text);
    expect([formats, unread]).toEqual([['flanneld-log'], []]);
    expect(facts.map((fact) => (fact.kind === 'flanneld' ? fact.event : null))).toMatchObject([
      { kind: 'interface', dev: 'ens33', ip: ipv4('192.168.0.81') },
      { kind: 'backend', backend: 'host-gw' },
      { kind: 'lease-added', subnet: prefix('10.244.2.0/24'), via: ipv4('192.168.0.82') },
      { kind: 'lease-removed', subnet: prefix('10.244.3.0/24') },
      { kind: 'route-recovered', subnet: prefix('10.244.2.0/24') },
      { kind: 'route-replaced' },
      { kind: 'other-backend', backend: 'vxlan' },
      { kind: 'route-failed' },
      { kind: 'rules-rebuilt' },
      { kind: 'lease-removed', subnet: prefix('10.244.3.0/24') },
    ]);
  });
});

describe('JSON of iproute2', () => {
  const VETH =
    '{"ifindex":7,"link_index":3,"ifname":"veth5c905d55","flags":["BROADCAST","MULTICAST","UP","LOWER_UP"],"mtu":1500,"qdisc":"noqueue","master":"cni0","operstate":"UP","link_type":"ether","address":"9e:1e:ab:74:dc:ac","link_netnsid":1,"addr_info":[]}';
  const CNI0 =
    '{"ifindex":6,"ifname":"cni0","flags":["UP"],"mtu":1500,"operstate":"UP","address":"5e:c1:b9:a7:b8:56","linkinfo":{"info_kind":"bridge"},"addr_info":[{"family":"inet","local":"10.244.1.1","prefixlen":24},{"family":"inet6","local":"fe80::1","prefixlen":64}]}';
  const expected = [
    {
      kind: 'device',
      dev: 'veth5c905d55',
      ifindex: 7,
      peerIndex: 3,
      netnsid: 1,
      mac: mac('9e:1e:ab:74:dc:ac'),
      master: 'cni0',
      up: true,
      mtuBytes: 1500,
    },
    { kind: 'addresses', dev: 'veth5c905d55', addresses: [], complete: true },
    { kind: 'device', dev: 'cni0', type: 'bridge', master: null },
    { kind: 'addresses', dev: 'cni0', addresses: [{ ip: ipv4('10.244.1.1'), prefixLen: 24 }] },
  ];

  test.each([
    ['in one line', `[${VETH},${CNI0}]`],
    ['with -p', JSON.stringify(JSON.parse(`[${VETH},${CNI0}]`), null, 4)],
    ['as -p really begins', JSON.stringify(JSON.parse(`[${VETH},${CNI0}]`), null, 4).replace('[\n    {', '[ {')],
    ['after its prompt', `[root@node1 ~]# ip -j addr\n[${VETH},${CNI0}]\n[root@node1 ~]# `],
  ])('addr %s', (_, text) =>
    expect(read(text)).toMatchObject({ formats: ['ip-json-link'], facts: expected, unread: [] }),
  );

  test('route', () => {
    const text =
      '[{"dst":"default","gateway":"192.168.0.1","dev":"ens33","protocol":"static","metric":100,"flags":[]},{"dst":"10.244.1.0/24","dev":"cni0","protocol":"kernel","scope":"link","prefsrc":"10.244.1.1","flags":["linkdown"]},{"dst":"10.244.2.0/24","gateway":"192.168.0.82","dev":"ens33","flags":["onlink"]},{"type":"blackhole","dst":"10.244.9.0/24","flags":[]}]';
    expect(read(text)).toMatchObject({
      formats: ['ip-json-route'],
      facts: [
        {
          complete: true,
          exact: true,
          routes: [
            { dst: { len: 0 }, via: ipv4('192.168.0.1'), dev: 'ens33', protocol: 'static', metric: 100 },
            { dst: prefix('10.244.1.0/24'), via: null, protocol: 'kernel', prefSrc: ipv4('10.244.1.1') },
            { dst: prefix('10.244.2.0/24'), via: ipv4('192.168.0.82'), protocol: 'boot', onlink: true },
            { type: 'blackhole', dev: null },
          ],
        },
      ],
    });
  });
  test('neigh and fdb', () => {
    expect(
      read(
        '[{"dst":"192.168.0.82","dev":"ens33","lladdr":"00:0c:29:5a:10:82","state":["REACHABLE"]},{"dst":"192.168.0.83","dev":"ens33","state":["FAILED"]}]',
      ),
    ).toMatchObject({
      formats: ['ip-json-neigh'],
      facts: [
        { ip: ipv4('192.168.0.82'), mac: mac('00:0c:29:5a:10:82'), state: 'REACHABLE' },
        { mac: null, state: 'FAILED' },
      ],
    });
    expect(
      read(
        '[{"mac":"7a:0b:d4:4c:c5:68","ifname":"veth5c905d55","flags":[],"master":"cni0","state":""},{"mac":"33:33:00:00:00:01","ifname":"ens33","flags":["self"],"state":"permanent"}]',
      ),
    ).toMatchObject({
      formats: ['bridge-json-fdb'],
      facts: [{ dev: 'veth5c905d55', mac: mac('7a:0b:d4:4c:c5:68'), permanent: false }],
    });
  });
  test('JSON that is cut off, and braces that are no JSON, are left over line by line', () => {
    expect(read('[{"ifindex":7,\n"ifname":"a"')).toMatchObject({
      formats: [],
      unread: ['[{"ifindex":7,', '"ifname":"a"'],
    });
    expect(read('{ "a": }\n1.2.3.0/24 via 10.0.0.1 dev eth0')).toMatchObject({ formats: ['ip-route'] });
  });
});

describe('older tools', () => {
  test('arp', () => {
    const text = `Address                  HWtype  HWaddress           Flags Mask            Iface
192.168.0.82             ether   00:0c:29:d7:0c:82   C                     ens33
192.168.0.83             ether   00:0c:29:d7:0c:83   CM                    ens33
192.168.0.99                     (incomplete)                              ens33`;
    const facts = [
      { dev: 'ens33', ip: ipv4('192.168.0.82'), mac: mac('00:0c:29:d7:0c:82'), state: 'COMPLETE' },
      { ip: ipv4('192.168.0.83'), state: 'PERMANENT' },
      { ip: ipv4('192.168.0.99'), mac: null, state: 'INCOMPLETE', dev: 'ens33' },
    ];
    expect(read(text)).toMatchObject({ formats: ['arp'], facts, unread: [] });
    expect(read(text.replaceAll(/ +/g, ' ')).facts).toMatchObject(facts);
    const sentences = `? (192.168.0.82) at 00:0c:29:d7:0c:82 [ether] on ens33
gateway (192.168.0.83) at 00:0c:29:d7:0c:83 [ether] PERM on ens33
? (192.168.0.99) at <incomplete> on ens33`;
    expect(read(sentences)).toMatchObject({ formats: ['arp'], facts, unread: [] });
  });
  test('brctl', () => {
    const text = `bridge name\tbridge id\t\tSTP enabled\tinterfaces
cni0\t\t8000.5ec1b9a7b856\tno\t\tveth1a7f03c2
\t\t\t\t\t\t\tveth5c905d55
docker0\t\t8000.0242b360c582\tno\t\t`;
    const facts = [
      { dev: 'cni0', type: 'bridge', mac: mac('5e:c1:b9:a7:b8:56') },
      { dev: 'veth1a7f03c2', master: 'cni0' },
      { dev: 'veth5c905d55', master: 'cni0' },
      { dev: 'docker0', type: 'bridge' },
    ];
    expect(read(`[root@n1 ~]# brctl show\n${text}`)).toMatchObject({ formats: ['brctl-show'], facts, unread: [] });
    expect(
      read(
        '[root@n1 ~]# brctl showmacs cni0\nport no\tmac addr\t\tis local?\tageing timer\n  2\t7a:0b:d4:4c:c5:68\tno\t\t   1.27\n  2\t9e:1e:ab:74:dc:ac\tyes\t\t   0.00',
      ),
    ).toMatchObject({
      formats: ['brctl-showmacs'],
      facts: [
        { bridge: 'cni0', port: 2, mac: mac('7a:0b:d4:4c:c5:68'), local: false },
        { bridge: 'cni0', port: 2, mac: mac('9e:1e:ab:74:dc:ac'), local: true },
      ],
    });
  });
  test('ifconfig whose blanks were lost, in both dialects', () => {
    const text = `cni0: flags=4163<UP,BROADCAST,RUNNING,MULTICAST> mtu 1500
inet 10.244.1.1 netmask 255.255.255.0 broadcast 10.244.1.255
ether 5e:c1:b9:a7:b8:56 txqueuelen 1000 (Ethernet)
eth0 Link encap:Ethernet HWaddr 7A:0B:D4:4C:C5:68
inet addr:10.244.1.4 Bcast:10.244.1.255 Mask:255.255.255.0
UP BROADCAST RUNNING MULTICAST MTU:1500 Metric:1`;
    expect(read(text)).toMatchObject({
      formats: ['ifconfig'],
      unread: [],
      facts: [
        { dev: 'cni0', mac: mac('5e:c1:b9:a7:b8:56'), mtuBytes: 1500 },
        { addresses: [{ ip: ipv4('10.244.1.1'), prefixLen: 24 }] },
        { dev: 'eth0', mac: mac('7a:0b:d4:4c:c5:68'), mtuBytes: 1500 },
        { addresses: [{ ip: ipv4('10.244.1.4'), prefixLen: 24 }] },
      ],
    });
  });
});

describe('symptoms', () => {
  test('ping of iputils and of BusyBox', () => {
    const text = `PING 10.244.2.2 (10.244.2.2) 56(84) bytes of data.
64 bytes from 10.244.2.2: icmp_seq=1 ttl=62 time=0.512 ms
From 10.244.1.1 icmp_seq=2 Destination Host Unreachable
From 10.244.1.1 icmp_seq=3 Destination Host Unreachable

--- 10.244.2.2 ping statistics ---
3 packets transmitted, 1 received, +2 errors, 66.6667% packet loss, time 2001ms
rtt min/avg/max/mdev = 0.512/0.512/0.512/0.000 ms`;
    expect(read(text)).toMatchObject({
      formats: ['ping'],
      unread: [],
      facts: [
        {
          target: ipv4('10.244.2.2'),
          sent: 3,
          received: 1,
          ttl: 62,
          errors: [{ from: ipv4('10.244.1.1'), message: 'Destination Host Unreachable' }],
        },
      ],
    });
    const busybox = `PING 10.244.2.2 (10.244.2.2): 56 data bytes\n64 bytes from 10.244.2.2: seq=0 ttl=62 time=0.512 ms\n\n--- 10.244.2.2 ping statistics ---\n1 packets transmitted, 1 packets received, 0% packet loss\nround-trip min/avg/max = 0.512/0.512/0.512 ms`;
    expect(read(busybox)).toMatchObject({ formats: ['ping'], facts: [{ sent: 1, received: 1, ttl: 62, errors: [] }] });
  });
  test('traceroute', () => {
    const text = `traceroute to 10.244.2.2 (10.244.2.2), 30 hops max, 60 byte packets
 1  10.244.1.1 (10.244.1.1)  0.040 ms  0.009 ms  0.008 ms
 2  * * *
 3  10.244.2.2 (10.244.2.2)  0.061 ms  0.025 ms  0.023 ms`;
    expect(read(text)).toMatchObject({
      formats: ['traceroute'],
      unread: [],
      facts: [{ target: ipv4('10.244.2.2'), hops: [ipv4('10.244.1.1'), null, ipv4('10.244.2.2')] }],
    });
  });
});
