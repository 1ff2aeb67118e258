/** Filters that both tcpdump and we understand. */
import { randomOf } from './fuzz';

export const EXPRESSIONS: readonly string[] = [
  'icmp',
  'arp',
  'tcp',
  'udp',
  'ip',
  'ip6',
  'icmp6',
  'not arp',
  'host 10.244.2.2',
  'src host 10.244.1.4',
  'dst host 10.244.1.4',
  'src 10.244.1.4 and dst 10.244.2.2',
  'src or dst host 10.244.1.1',
  'src and dst host 10.244.1.1',
  'arp host 10.244.1.1',
  'ip host 10.244.1.4',
  'host 10.244.1.4 and icmp',
  'host 10.244.1.4 or 10.244.2.2',
  'host 10.244.1.4 and not 10.244.2.2',
  'net 10.244.0.0/16',
  'src net 10.244.1.0/24',
  'net 192.168.0.0 mask 255.255.255.0',
  'net 10',
  'port 8080',
  'src port 8080',
  'tcp dst port 8080',
  'udp port 7',
  'udp port 8472',
  'portrange 33434-33534',
  'dst portrange 1-1023',
  'port 7 or 8080',
  'ether host 00:0c:29:a4:51:81',
  'ether src 00:0c:29:d7:0c:82',
  'ether dst ff:ff:ff:ff:ff:ff',
  'ip proto 4',
  'proto 17',
  'ip proto \\icmp',
  'ether proto 0x0806',
  'greater 100',
  'less 60',
  'len > 98 and len <= 1514',
  'icmp[icmptype] == icmp-echo',
  'icmp[icmptype] = icmp-unreach and icmp[icmpcode] = 4',
  'icmp[0] != 8 and icmp[0] != 0',
  'tcp[tcpflags] & (tcp-syn|tcp-ack) != 0',
  'tcp[tcpflags] & (tcp-syn|tcp-fin) != 0 and not src net 10.244.2',
  'tcp[13] = 2',
  'ip[6:2] & 0x3fff != 0',
  'ip[6:2] & 0x1fff = 0 and udp',
  'ip[8] < 63',
  '(ip[8] = 63) or (ip[8] & 1 = 0 and not icmp)',
  'ip[2:2] - ((ip[0] & 0xf) << 2) > 100',
  'udp[4:2] > 1000',
  'arp[6:2] = 2',
  'ether[0] & 1 = 1',
  'broadcast',
  'multicast',
  'ip multicast',
  'vlan',
  'vlan 1 and ip',
  'vlan and vlan and arp',
  'geneve',
  'geneve and icmp',
  'arp or icmp and host 10.244.1.4',
  '(arp or icmp) and (host 10.244.1.4 || host 192.168.0.81)',
  '! (arp && ether broadcast) and not (tcp or udp)',
  'ip6 host fe80::1',
  'ip6 net fe80::/10',
  'ip6 proto 17',
  'ip6[6] = 58',
  'ip6 multicast',
];

/** Not `geneve`: where its primitive fails, libpcap's program goes on from an offset that nothing has set. */
const PRIMITIVES: readonly string[] = [
  ...['ip', 'ip6', 'arp', 'rarp', 'tcp', 'udp', 'icmp', 'icmp6', 'sctp', 'esp', 'ah', 'igmp', 'vlan'],
  ...['vlan 1', 'vlan 200', 'broadcast', 'multicast', 'ip multicast', 'ip6 multicast', 'proto 89'],
  ...['host 10.0.0.1', 'net 10', 'net 192.168.0.0/16', 'src net 224.0.0.0/3', 'ip6 net fe80::/10', 'net 0.0.0.0/1'],
  ...['port 53', 'tcp port 179', 'src portrange 1-1023', 'dst portrange 1024-65535', 'udp src port 6081'],
  ...['ether src 00:00:00:00:00:01', 'ether host ff:ff:ff:ff:ff:ff', 'greater 100', 'less 80', 'ip6 proto 44'],
  ...['ip[200] != 1', 'ip[6:2] & 0x1fff != 0', 'ip6[50:4] > 7', 'tcp[13] & 2 != 0', 'udp[4:2] > 64', 'arp[7] = 1'],
  ...['icmp[0] = 8', 'icmp6[0] > 130', 'ether[60:4] & 1 = 0', 'ip[(ip[0] & 0xf) << 2] > 3', 'ip[8] / (ip[1] & 3) > 9'],
];

/** Longer filters of the primitives above and the words between them, the same ones for the same seed. */
export function randomExpressions(count: number, seed: number): readonly string[] {
  const random = randomOf(seed);
  const one = (depth: number): string => {
    const form = depth === 0 ? 0 : random(4);
    if (form === 0) return PRIMITIVES[random(PRIMITIVES.length)] ?? '';
    if (form === 1) return `not (${one(depth - 1)})`;
    return `(${one(depth - 1)} ${form === 2 ? 'and' : 'or'} ${one(depth - 1)})`;
  };
  return Array.from({ length: count }, () => one(3));
}
