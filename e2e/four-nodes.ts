/**
 * What the terminals of four nodes print for `ip addr` and `ip route`, as iproute2 6.1 writes it. On node1 the next hop of
 * the route to node3's pods is mistyped: no machine owns it.
 */
interface Node {
  readonly name: string;
  readonly octet: number; // 192.168.0.x
  readonly subnet: number; // 10.244.x.0/24
  readonly veth: string;
}

const NODES: readonly Node[] = [
  { name: 'master', octet: 80, subnet: 0, veth: 'veth0a11c2d3' },
  { name: 'node1', octet: 81, subnet: 1, veth: 'veth5c905d55' },
  { name: 'node2', octet: 82, subnet: 2, veth: 'vethb2d98351' },
  { name: 'node3', octet: 83, subnet: 3, veth: 'veth77e0a4f1' },
];

export const MISTYPED = '192.168.0.38'; // for 192.168.0.83

const hex = (n: number): string => n.toString(16).padStart(2, '0');

const addresses = ({
  octet,
  subnet,
  veth,
}: Node): string => `1: lo: <LOOPBACK,UP,LOWER_UP> mtu 65536 qdisc noqueue state UNKNOWN group default qlen 1000
    link/loopback 00:00:00:00:00:00 brd 00:00:00:00:00:00
    inet 127.0.0.1/8 scope host lo
       valid_lft forever preferred_lft forever
2: ens33: <BROADCAST,MULTICAST,UP,LOWER_UP> mtu 1500 qdisc fq_codel state UP group default qlen 1000
    link/ether 00:0c:29:00:00:${hex(octet)} brd ff:ff:ff:ff:ff:ff
    inet 192.168.0.${octet}/24 brd 192.168.0.255 scope global noprefixroute ens33
       valid_lft forever preferred_lft forever
3: cni0: <BROADCAST,MULTICAST,UP,LOWER_UP> mtu 1500 qdisc noqueue state UP group default qlen 1000
    link/ether 5e:c1:b9:a7:00:${hex(subnet)} brd ff:ff:ff:ff:ff:ff
    inet 10.244.${subnet}.1/24 brd 10.244.${subnet}.255 scope global cni0
       valid_lft forever preferred_lft forever
4: ${veth}@if3: <BROADCAST,MULTICAST,UP,LOWER_UP> mtu 1500 qdisc noqueue master cni0 state UP group default
    link/ether 9e:1e:ab:74:00:${hex(subnet)} brd ff:ff:ff:ff:ff:ff link-netnsid 0`;

const routes = (node: Node): string =>
  [
    'default via 192.168.0.1 dev ens33 proto static metric 100',
    ...NODES.map(({ name, octet, subnet }) => {
      if (name === node.name) return `10.244.${subnet}.0/24 dev cni0 proto kernel scope link src 10.244.${subnet}.1`;
      const via = node.name === 'node1' && name === 'node3' ? MISTYPED : `192.168.0.${octet}`;
      return `10.244.${subnet}.0/24 via ${via} dev ens33`;
    }),
    `192.168.0.0/24 dev ens33 proto kernel scope link src 192.168.0.${node.octet} metric 100`,
  ].join('\n');

export const fourNodes = (): string =>
  NODES.map(
    (node) => `[root@${node.name} ~]# ip addr
${addresses(node)}
[root@${node.name} ~]# ip route
${routes(node)}
[root@${node.name} ~]#
`,
  ).join('\n');
