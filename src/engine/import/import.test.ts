import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { labScenarios, sharedText } from '../testing/lab-scenarios';
import { hostNamed } from '../topology/topology';
import { importTexts } from './import';

const article = sharedText('article.txt');

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
  const known = [NODE, article ?? '', ...labScenarios.slice(0, 3).flatMap(({ texts }) => texts)].filter(
    (text) => text !== '',
  );
  const lines = known.flatMap((text) => text.split('\n'));
  const line = fc.oneof(
    fc.constantFrom(...lines),
    fc.constantFrom(...lines).chain((one) => fc.nat(one.length).map((n) => one.slice(n))),
    fc.string(),
  );

  test('cut, joined and shuffled, it never throws, and every line stays accounted for', () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.array(line, { maxLength: 60 }).map((some) => some.join('\n')),
          { maxLength: 4 },
        ),
        (texts) => {
          const { topology, report } = importTexts(texts);
          for (const { unread, lineCount } of report.pieces) expect(unread.length).toBeLessThanOrEqual(lineCount);
          const names = new Set(
            topology.hosts.flatMap((host) => host.devices.map(({ name }) => `${host.name} ${name}`)),
          );
          for (const host of topology.hosts) {
            for (const { link } of host.devices) {
              if (link.kind === 'veth') expect(names).toContain(`${link.peer.host} ${link.peer.dev}`);
            }
          }
          for (const { ports } of topology.segments)
            for (const { host, dev } of ports) expect(names).toContain(`${host} ${dev}`);
        },
      ),
      { numRuns: 300 },
    );
  });

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
    ['route rows', '1.2.3.4 dev a\n'],
  ])('%s by the hundred thousand take no longer than their length', (_, unit) => {
    const timeOf = (count: number) => {
      const startedAt = performance.now();
      importTexts([unit.repeat(count), `[root@a ~]# iptables-save\n-A X ${unit.repeat(count)}`]);
      return performance.now() - startedAt;
    };
    timeOf(10_000);
    const short = Math.max(timeOf(10_000), 5); // ms; ten times the text may take four times as long again, not a hundred
    expect(timeOf(100_000)).toBeLessThan(40 * short);
  });
});
