/** What operators paste beside the usual outputs, as the tools print it on the article's cluster rebuilt from namespaces. */
import { describe, expect, test } from 'vitest';
import { ipv4 } from '../../addr/ipv4';
import { mac } from '../../addr/mac';
import { splitWords } from '../../net/words';
import { FORMATS } from '.';

describe('what else operators paste', () => {
  const of = (command: string | null, text: string) => {
    const words = command === null ? [] : splitWords(command);
    const lines = text.split('\n');
    const format = FORMATS.find((one) => (command === null ? one.starts(lines[0] ?? '') : one.prints(words)));
    const reading = format?.read(lines, words);
    return { name: format?.name, facts: reading?.facts.map(({ fact }) => fact), unread: reading?.unread };
  };

  const BRIEF = `ens33@if5        UP             192.168.0.81/24 fe80::20c:29ff:fed7:c82/64
docker0          DOWN           172.17.0.1/16 `;

  test.each(['ip -br addr', 'ip -4 -brief a', null])('%s, a line a device', (command) =>
    expect(of(command, BRIEF)).toEqual({
      name: 'ip-brief',
      facts: [
        { kind: 'device', dev: 'ens33', peerIndex: 5, up: true },
        { kind: 'addresses', dev: 'ens33', addresses: [{ ip: ipv4('192.168.0.81'), prefixLen: 24 }], complete: true },
        { kind: 'device', dev: 'docker0' },
        { kind: 'addresses', dev: 'docker0', addresses: [{ ip: ipv4('172.17.0.1'), prefixLen: 16 }], complete: true },
      ],
      unread: [],
    }),
  );

  test('ip -br link', () => {
    const text = `lo               UNKNOWN        00:00:00:00:00:00 <LOOPBACK,UP,LOWER_UP>
docker0          DOWN           02:42:0e:7a:41:81 <NO-CARRIER,BROADCAST,MULTICAST,UP> `;
    expect(of('ip -br link', text)).toEqual({
      name: 'ip-brief',
      facts: [
        { kind: 'device', dev: 'lo', up: true, type: 'loopback' },
        { kind: 'device', dev: 'docker0', up: true, mac: mac('02:42:0e:7a:41:81') },
      ],
      unread: [],
    });
  });

  test('files of /proc/sys, one by one', () => {
    const command = 'cat /proc/sys/net/ipv4/ip_forward /proc/sys/net/bridge/bridge-nf-call-iptables';
    const absent = 'cat: /proc/sys/net/bridge/bridge-nf-call-iptables: No such file or directory';
    expect(of(command, `1\n${absent}`)).toEqual({
      name: 'proc-sys',
      facts: [
        { kind: 'sysctl', key: 'net.ipv4.ip_forward', value: '1' },
        { kind: 'sysctl', key: 'net.bridge.bridge-nf-call-iptables', value: null },
      ],
      unread: [],
    });
    expect(of('cat /proc/sys/net/ipv4/ip_default_ttl', '64').unread).toEqual([{ at: 0, why: 'not-modelled' }]);
  });

  test('/proc/net/arp', () => {
    const text = `IP address       HW type     Flags       HW address            Mask     Device
192.168.0.82     0x1         0x2         00:0c:29:d7:0c:82     *        ens33
192.168.0.99     0x1         0x0         00:00:00:00:00:00     *        ens33`;
    const known = { kind: 'neighbour', dev: 'ens33', ip: ipv4('192.168.0.82'), mac: mac('00:0c:29:d7:0c:82') };
    const asked = { kind: 'neighbour', dev: 'ens33', ip: ipv4('192.168.0.99'), mac: null };
    for (const command of ['cat /proc/net/arp', null])
      expect(of(command, text)).toEqual({
        name: 'arp',
        facts: [
          { ...known, state: 'COMPLETE' },
          { ...asked, state: 'INCOMPLETE' },
        ],
        unread: [],
      });
  });
});
