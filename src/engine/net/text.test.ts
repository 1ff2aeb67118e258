import { describe, expect, test } from 'vitest';
import { ipv4 } from '../addr/ipv4';
import { formatPrefix, prefix } from '../addr/prefix';
import { readRule } from './iptables-text';
import { route } from './route';
import { formatRoute, readRoute } from './route-text';
import { splitWords } from './words';

describe('splitWords', () => {
  test.each([
    ['ip route  add', ['ip', 'route', 'add']],
    [`-m comment --comment "flanneld masq" -j RETURN`, ['-m', 'comment', '--comment', 'flanneld masq', '-j', 'RETURN']],
    [`a'b c'd "e \\" f"`, ['ab cd', 'e " f']],
    ['a\\ b "open', ['a b', 'open']],
    ['"" x', ['', 'x']],
    ['tail\\', ['tail\\']],
  ])('%s', (line, words) => expect(splitWords(line)).toEqual(words));
});

describe('readRoute', () => {
  const read = (text: string) => readRoute(splitWords(text));

  test('a line of `ip route`', () => {
    expect(read('default via 192.168.0.1 dev ens33 proto static metric 100 ')).toEqual({
      ok: true,
      value: route(prefix('0.0.0.0/0'), { via: ipv4('192.168.0.1'), dev: 'ens33', protocol: 'static', metric: 100 }),
    });
  });

  test.each([
    ['172.17.0.0/16 dev docker0 proto kernel scope link src 172.17.0.1 linkdown', '172.17.0.0/16'],
    ['10.244.2.0/24 via 10.1.1.1 dev ens33 onlink', '10.244.2.0/24'],
    ['blackhole 10.244.1.0/24', '10.244.1.0/24'],
    ['10.0.0.7 dev eth0 scope link', '10.0.0.7/32'],
    ['unicast 10.0.0.0/8 via inet 10.9.9.9 dev eth0 table main', '10.0.0.0/8'],
  ])('%s', (text, dst) => {
    const result = read(text);
    expect(result.ok && formatPrefix(result.value.dst)).toBe(dst);
  });

  test('keeps an MTU, locked or not, and passes over what only TCP asks', () => {
    const text = '10.244.2.0/24 dev cni0 scope link src 10.244.2.1 mtu 1200';
    const got = read(text);
    expect(got).toMatchObject({ value: { mtuBytes: 1200 } });
    expect(got.ok && formatRoute(got.value)).toBe(text);
    expect(read('10.0.0.0/8 via 1.2.3.4 mtu lock 1400 advmss 1360 initcwnd 10')).toMatchObject({
      value: { mtuBytes: 1400 },
    });
  });

  test('keeps onlink and the type', () => {
    expect(read('10.0.0.0/8 via 1.2.3.4 onlink')).toMatchObject({ value: { onlink: true, type: 'unicast' } });
    expect(read('prohibit 10.0.0.0/8')).toMatchObject({ value: { type: 'prohibit', dev: null } });
  });

  test.each([
    ['10.244.2.0/24 by 10.1.1.1', 'unknown-word', 'by'],
    ['10.244.2.0/24 via 10.1.1', 'bad-value', '10.1.1'],
    ['10.244.2.1/24', 'bad-value', '10.244.2.1/24'],
    ['10.244.2.0/24 via', 'bad-value', 'via'],
    ['nexthop via 1.2.3.4', 'unknown-word', 'nexthop'],
    ['', 'bad-value', ''],
  ])('refuses %s', (text, kind, word) => expect(read(text)).toEqual({ ok: false, error: { kind, word } }));
});

describe('readRule', () => {
  const read = (text: string) => readRule(splitWords(text));

  test('flannel’s masquerade rule', () => {
    const text = '-s 10.244.0.0/16 ! -d 224.0.0.0/4 -m comment --comment "flanneld masq" -j MASQUERADE --random-fully';
    expect(read(text)).toMatchObject({
      value: {
        rule: {
          text,
          src: { prefix: prefix('10.244.0.0/16'), not: false },
          dst: { prefix: prefix('224.0.0.0/4'), not: true },
          target: { kind: 'masquerade' },
        },
      },
    });
  });

  test.each([
    ['-j REJECT', { target: { kind: 'reject', type: 3, code: 3 } }],
    ['-j REJECT --reject-with icmp-host-prohibited', { target: { kind: 'reject', type: 3, code: 10 } }],
    ['-p tcp -j REJECT --reject-with tcp-reset', { protocol: 6, target: { kind: 'reset' } }],
    ['-i cni0 ! -o eth+ -j ACCEPT', { inDev: { dev: 'cni0', not: false }, outDev: { dev: 'eth+', not: true } }],
    [
      '-p tcp -m tcp --dport 80 -j DROP',
      {
        protocol: 6,
        transport: [{ kind: 'ports', of: 'dst', ranges: [[80, 80]], not: false }],
        target: { kind: 'drop' },
      },
    ],
    [
      '-p udp -m multiport ! --sports 53,8000:8010 -j DROP',
      {
        transport: [
          {
            kind: 'ports',
            of: 'src',
            ranges: [
              [53, 53],
              [8000, 8010],
            ],
            not: true,
          },
        ],
      },
    ],
    ['-p icmp -m icmp --icmp-type 3/4', { transport: [{ kind: 'icmp-type', type: 3, code: 4, not: false }] }],
    ['-p icmp --icmp-type echo-request', { transport: [{ kind: 'icmp-type', type: 8, code: null, not: false }] }],
    ['-p icmp --icmp-type any', { transport: [] }],
    ['-p tcp ! --syn', { transport: [{ kind: 'tcp-flags', mask: 0x17, set: 0x02, not: true }] }],
    ['-p tcp --tcp-flags SYN,ACK SYN,ACK', { transport: [{ kind: 'tcp-flags', mask: 0x12, set: 0x12, not: false }] }],
    ['-m conntrack --ctstate RELATED,ESTABLISHED -j ACCEPT', { ctState: ['related', 'established'] }],
    ['-m mark --mark 0x4000/0x4000 -j KUBE-X', { mark: { value: 0x4000, mask: 0x4000, not: false } }],
    ['-j SNAT --to-source 10.0.0.1', { target: { kind: 'snat', to: ipv4('10.0.0.1') } }],
    ['-j DNAT --to-destination 10.0.0.1:80', { target: { kind: 'dnat', to: ipv4('10.0.0.1'), port: 80 } }],
    ['-j FLANNEL-FWD', { target: { kind: 'jump', chain: 'FLANNEL-FWD' } }],
    ['-s 10.0.0.9/255.0.0.0', { src: { prefix: prefix('10.0.0.0/8'), not: false }, target: { kind: 'count' } }],
  ])('%s', (text, rule) => expect(read(text)).toMatchObject({ ok: true, value: { rule } }));

  test('the text names the chain where it is told', () => {
    expect(readRule(['-j', 'DROP'], 'FORWARD')).toMatchObject({ value: { rule: { text: '-A FORWARD -j DROP' } } });
  });

  test.each([
    ['-m physdev --physdev-is-bridged -j ACCEPT', 'not-supported', 'physdev'],
    ['-p tcp --dport 80:70 -j ACCEPT', 'bad-value', '80:70'],
    ['-p tcp --dport 70000 -j ACCEPT', 'bad-value', '70000'],
    ['-p icmp --icmp-type smile -j ACCEPT', 'bad-value', 'smile'],
    ['-p tcp --tcp-flags SYN -j DROP', 'bad-value', 'SYN -j'],
    ['-f -j DROP', 'unknown-word', '-f'],
    ['-s nowhere -j ACCEPT', 'bad-value', 'nowhere'],
    ['-j TPROXY', 'not-supported', 'TPROXY'],
    ['-j REJECT --reject-with tcp-reset', 'bad-value', 'tcp-reset'], // iptables: only with -p tcp
    ['-j REJECT --reject-with smile', 'bad-value', 'smile'],
    ['-s', 'bad-value', '-s'],
    ['-j ACCEPT --fast', 'unknown-word', '--fast'],
  ])('refuses %s', (text, kind, word) => expect(read(text)).toEqual({ ok: false, error: { kind, word } }));
});
