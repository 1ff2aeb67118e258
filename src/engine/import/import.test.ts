import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { labScenarios, sharedText } from '../testing/lab-scenarios';
import { fromFile, toFile } from '../topology/file';
import { hostNamed } from '../topology/topology';
import { importTexts } from './import';

const article = sharedText('article.txt');

/** A few lines of each further format, to be cut up. */
const SAMPLES = [
  'NAMESPACE   NAME    READY   STATUS    RESTARTS     AGE     IP           NODE\ndefault     web-0   1/1     Running   3 (5d ago)   2m36s   10.244.1.4   n1.example.com',
  '[{"ifindex":7,"link_index":3,"ifname":"veth1","flags":["UP"],"mtu":1500,"master":"cni0","address":"9e:1e:ab:74:dc:ac","addr_info":[]}]',
  '[ {\n    "dst": "10.244.2.0/24",\n    "gateway": "10.0.0.2",\n    "dev": "eth0",\n    "flags": [ ]\n  } ]',
  'apiVersion: v1\nkind: Node\nmetadata:\n  name: n1.example.com\n  annotations:\n    flannel.alpha.coreos.com/public-ip: 10.0.0.1\nspec:\n  podCIDR: 10.244.1.0/24',
  '{"kind":"Node","metadata":{"name":"n2"},"spec":{"podCIDR":"10.244.2.0/24"},"status":{"addresses":[{"type":"InternalIP","address":"10.0.0.2"}]}}',
  'NAME   STATUS   ROLES    AGE   VERSION   INTERNAL-IP\nn3     Ready    <none>   12d   v1.24.0   10.0.0.3',
  'FLANNEL_NETWORK=10.244.0.0/16\nFLANNEL_SUBNET=10.244.1.1/24',
  'I0111 17:09:04.933781       1 main.go:1] Using interface with name eth0 and address 10.0.0.1\nI0111 17:09:04.933781       1 route_network.go:93] Subnet added: 10.244.9.0/24 via 10.0.0.9',
  'bridge name\tbridge id\t\tSTP enabled\tinterfaces\ncni0\t\t8000.5ec1b9a7b856\tno\t\tveth1',
  '? (10.0.0.2) at 00:0c:29:d7:0c:82 [ether] on eth0',
  'PING 10.244.2.2 (10.244.2.2) 56(84) bytes of data.\n1 packets transmitted, 0 received, 100% packet loss',
  '[root@n1 ~]# kubectl exec -it web-0 -- ip route\ndefault via 10.244.1.1 dev eth0\n[root@m ~]# kubectl logs -n kube-flannel kube-flannel-ds-x',
];

const NODE = `[root@n1 ~]# ip addr
2: eth0: <UP> mtu 1500
    link/ether 02:00:00:00:00:01 brd ff:ff:ff:ff:ff:ff
    inet 10.0.0.1/24 scope global eth0
4: cni0: <UP> mtu 1500
    link/ether 02:00:00:00:00:02 brd ff:ff:ff:ff:ff:ff
    inet 10.244.1.1/24 scope global cni0`;

describe('a part of a cluster', () => {
  test('a pod whose veth nobody shows gets one, marked', () => {
    const pod =
      '[root@p ~]# ip route\ndefault via 10.244.1.1 dev eth0\n10.244.1.0/24 dev eth0 proto kernel scope link src 10.244.1.9';
    const { topology } = importTexts([NODE, pod]);
    expect(hostNamed(topology, 'p')).toMatchObject({ role: 'pod', node: 'n1' });
    expect(topology.assumed).toContainEqual({
      host: 'n1',
      dev: expect.stringMatching(/^veth[0-9a-f]{8}$/),
      field: 'veth',
    });
  });
  test('output without a prompt goes to the host that has its addresses, other output to a host of its own', () => {
    const mine = '10.0.0.0/24 dev eth0 proto kernel scope link src 10.0.0.1\ndefault via 10.0.0.254 dev eth0';
    const { topology } = importTexts([NODE, mine, 'net.ipv4.ip_forward = 1']);
    expect(topology.hosts.map(({ name }) => name)).toEqual(['n1', 'host1', 'gateway']);
    expect(hostNamed(topology, 'n1')?.routes).toHaveLength(2);
    expect(topology.assumed).toContainEqual({ host: 'host1', dev: null, field: 'name' });
  });
  test('the order of the texts changes nothing but the order of the hosts', () => {
    const [scenario] = labScenarios;
    if (scenario === undefined) return;
    const sorted = (texts: readonly string[]) => {
      const { hosts } = importTexts(texts).topology;
      return [...hosts].sort((a, b) => a.name.localeCompare(b.name));
    };
    expect(sorted([...scenario.texts].reverse())).toEqual(sorted(scenario.texts));
    expect(sorted([scenario.texts.join('\n')])).toEqual(sorted(scenario.texts));
  });
  test('nothing gives an empty cluster', () => {
    expect(importTexts([]).topology.hosts).toEqual([]);
    expect(importTexts(['hello\n\nworld']).report.pieces).toMatchObject([
      { format: null, unread: [{ text: 'hello' }, { text: 'world' }] },
    ]);
  });
});

describe('any text at all', () => {
  const known = [NODE, ...SAMPLES, article ?? '', ...labScenarios.slice(0, 3).flatMap(({ texts }) => texts)].filter(
    (text) => text !== '',
  );
  const lines = known.flatMap((text) => text.split('\n'));
  const line = fc.oneof(
    fc.constantFrom(...lines),
    fc.constantFrom(...lines).chain((one) => fc.nat(one.length).map((n) => one.slice(n))),
    fc.string(),
  );
  const COLOUR = `${String.fromCharCode(27)}[1;32m`;
  const mangled = fc.constantFrom<(text: string) => string>(
    (text) => text,
    (text) => text.replaceAll(/ +/g, ' '),
    (text) => text.replaceAll('\n', '\r\n'),
    (text) => text.replaceAll('  ', '\t'),
    (text) => text.replaceAll(' ', '\u00a0'),
    (text) => text.replaceAll(/^/gm, COLOUR),
    (text) => text.replaceAll('\n', ' '),
    (text) => text.replaceAll(/[\d.]+/g, '7'),
    (text) => text.slice(text.length >> 1) + text,
  );
  const whole = fc.constantFrom(...known.filter((text) => text.length < 4000));
  const text = fc
    .tuple(fc.array(fc.oneof(line, line, whole), { maxLength: 40 }), mangled)
    .map(([some, mangle]) => mangle(some.join('\n')));

  test('cut, joined and shuffled, it never throws, and every line stays accounted for', () => {
    fc.assert(
      fc.property(fc.array(text, { maxLength: 4 }), (texts) => {
        const { topology, report } = importTexts(texts);
        for (const { unread, lineCount } of report.pieces) expect(unread.length).toBeLessThanOrEqual(lineCount);
        const names = new Set(topology.hosts.flatMap((host) => host.devices.map(({ name }) => `${host.name} ${name}`)));
        for (const host of topology.hosts) {
          for (const { link } of host.devices) {
            if (link.kind === 'veth') expect(names).toContain(`${link.peer.host} ${link.peer.dev}`);
          }
        }
        expect(new Set(topology.hosts.map(({ name }) => name)).size).toBe(topology.hosts.length);
        expect(fromFile(toFile(topology))).toMatchObject({ ok: true });
        for (const { ports } of topology.segments)
          for (const { host, dev } of ports) expect(names).toContain(`${host} ${dev}`);
      }),
      { numRuns: 100 },
    );
  }, 30_000);

  test.each([
    ['spaces', ' '],
    ['a word', 'a'],
    ['digits', '1'],
    ['brackets', '['],
    ['quotes', '"'],
    ['backslashes', '\\'],
    ['prompts', '[a@b]# '],
    ['addresses', '1.2.3.4 '],
    ['masters', ' master x state'],
    ['sysctls', 'net.a = '],
    ['lines', 'x\n'],
    ['open brackets', '[{\n'],
    ['open keys', '{"a":\n'],
    ['YAML heads', 'apiVersion: v1\n'],
    ['YAML items', '- '],
    ['YAML aliases', 'kind: A\n  a: &a [*a, *a]\n'],
    ['pods', 'a 1/1 Running 0 '],
    ['pod rows', 'ns p 1/1 Running 0 1d 10.0.0.1 n1 <none> <none>\n'],
    ['log heads', 'I0111 17:09:04.9 1 a.go:1] '],
    ['batches', 'I0111 17:09:04.9 1 a.go:1] Batch elem [0] is { lease.Event{Type:1, IP:0x\n'],
    ['incomplete neighbours', '1.2.3.4 (incomplete) '],
    ['replies', 'From a ('],
    ['route rows', '1.2.3.4 dev a\n'],
  ])('%s by the ten thousand take no longer than their length', (_, unit) => {
    const timeOf = (count: number) => {
      const before = process.cpuUsage(); // other programs' load does not count
      importTexts([unit.repeat(count), `[root@a ~]# iptables-save\n-A X ${unit.repeat(count)}`]);
      return process.cpuUsage(before).user / 1000;
    };
    timeOf(2_000);
    const short = Math.max(timeOf(2_000), 10); // ms; ten times the text may take four times as long again, not a hundred
    expect(timeOf(20_000)).toBeLessThan(40 * short);
  });
});
