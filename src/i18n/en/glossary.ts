/** Words of the field, one sentence each; matched in notes by `term`. docs/glossary.md holds those of the code as well. */
export interface GlossaryEntry {
  readonly id: string;
  readonly term: string;
  readonly meaning: string;
}

export const glossary: readonly GlossaryEntry[] = [
  { id: 'arp', term: 'ARP', meaning: 'asks a link, by broadcast, which MAC belongs to an IPv4 address (RFC 826)' },
  {
    id: 'bridge',
    term: 'bridge',
    meaning: 'a switch inside the kernel, such as cni0; the device of that name is the host’s own port on it',
  },
  {
    id: 'broadcast',
    term: 'broadcast',
    meaning: 'a frame for everyone on the segment, to MAC ff:ff:ff:ff:ff:ff; no router passes it on',
  },
  { id: 'capture', term: 'capture', meaning: 'what tcpdump wrote at one device: every frame that passed it, in order' },
  {
    id: 'capture-point',
    term: 'capture point',
    meaning: 'a host and a device at which a .cap file was, or could be, taken',
  },
  {
    id: 'checksum',
    term: 'checksum',
    meaning: 'a sum over the IP header; whoever lowers the TTL must bring it up to date',
  },
  { id: 'cni0', term: 'cni0', meaning: 'the bridge of a node’s pods; its address is the pods’ gateway' },
  {
    id: 'conntrack',
    term: 'conntrack',
    meaning: 'the kernel’s table of connections; NAT uses it to turn replies back',
  },
  {
    id: 'default-route',
    term: 'default route',
    meaning: 'the row 0.0.0.0/0: it matches everything and is beaten by any longer row',
  },
  { id: 'df', term: 'DF', meaning: '“don’t fragment” in the IPv4 header: too large a packet is refused, not cut' },
  {
    id: 'drop',
    term: 'drop',
    meaning: 'the end of a packet before its destination; the kernel knows the reason and often counts it',
  },
  {
    id: 'encapsulation',
    term: 'encapsulation',
    meaning: 'putting a whole packet into another one, as vxlan and ipip do; host-gw does none',
  },
  { id: 'fdb', term: 'FDB', meaning: 'forwarding database of a bridge or switch: which MAC is behind which port' },
  { id: 'fib', term: 'FIB', meaning: 'the routes a kernel decides by: the route table' },
  {
    id: 'flags-ug',
    term: 'flags UG',
    meaning: 'in route -n: U, the route is up; G, it goes via a gateway, that is, a next hop',
  },
  { id: 'flannel', term: 'flannel', meaning: 'gives every node a pod subnet and makes the subnets reach each other' },
  {
    id: 'flanneld',
    term: 'flanneld',
    meaning: 'flannel’s daemon on each node; with host-gw it turns leases into routes',
  },
  {
    id: 'flood',
    term: 'flood',
    meaning: 'to send a frame out of every port but the one it came in by, since nobody knows the right one',
  },
  {
    id: 'forward-chain',
    term: 'FORWARD',
    meaning: 'the netfilter hook that every routed packet passes; also the name of its chain',
  },
  {
    id: 'forwarding',
    term: 'ip_forward',
    meaning: '1: the host routes packets of others; 0: it drops them without a word',
  },
  { id: 'fragment', term: 'fragment', meaning: 'part of an IPv4 packet that was cut to fit an MTU' },
  { id: 'frame', term: 'frame', meaning: 'what one device hands to another: an Ethernet header and what it carries' },
  { id: 'gateway', term: 'gateway', meaning: 'the router a host hands everything to that it has no better row for' },
  {
    id: 'hairpin',
    term: 'hairpin',
    meaning: 'a bridge port’s permission to send a frame back out of the port it came in by',
  },
  { id: 'hop', term: 'hop', meaning: 'a packet’s stay on one host; TTL falls by 1 at each hop that routes' },
  {
    id: 'host-gw',
    term: 'host-gw',
    meaning: 'flannel’s backend that reaches a pod subnet by a plain route via its node',
  },
  {
    id: 'icmp',
    term: 'ICMP',
    meaning: 'messages of IP itself: echo request and reply, and errors such as “unreachable”',
  },
  { id: 'incomplete', term: 'INCOMPLETE', meaning: 'neighbour state: asked, no answer yet; packets wait' },
  { id: 'reachable', term: 'REACHABLE', meaning: 'neighbour state: confirmed within the last half minute or so' },
  { id: 'stale', term: 'STALE', meaning: 'neighbour state: known, not confirmed lately; used all the same' },
  { id: 'failed', term: 'FAILED', meaning: 'neighbour state: asked three times, nobody answered' },
  {
    id: 'layer2-adjacency',
    term: 'layer 2 adjacency',
    meaning: 'two hosts on one segment, so that a frame gets from one to the other without a router',
  },
  { id: 'lease', term: 'lease', meaning: 'flannel’s grant of a pod subnet to a node, with the node’s own address' },
  {
    id: 'lpm',
    term: 'longest prefix match',
    meaning: 'of all rows that contain the destination, the longest prefix wins (LPM)',
  },
  { id: 'mac', term: 'MAC', meaning: 'the 48-bit address of a device on its link; it means nothing beyond that link' },
  { id: 'mask', term: 'mask', meaning: 'the leading ones that say how much of an address a route compares' },
  { id: 'metric', term: 'metric', meaning: 'the preference among routes of equal length; the lower one wins' },
  {
    id: 'mtu',
    term: 'MTU',
    meaning: 'the largest IP packet a device takes, in bytes, the Ethernet header not counted',
  },
  { id: 'nat', term: 'NAT', meaning: 'rewriting an address on the way; between pods flannel does none' },
  {
    id: 'neighbour-table',
    term: 'neighbour table',
    meaning: 'next-hop address to MAC, for each device, with a state: what ip neigh prints',
  },
  {
    id: 'netfilter',
    term: 'netfilter',
    meaning: 'five places in the kernel where rules may accept, refuse or rewrite a packet',
  },
  { id: 'netns', term: 'netns', meaning: 'network namespace: devices and tables of its own; a pod has one' },
  {
    id: 'next-hop',
    term: 'next hop',
    meaning: 'the host the frame goes to now: the route’s via, or the destination itself',
  },
  { id: 'node', term: 'node', meaning: 'a machine of the cluster: its kernel, its network card, cni0 and its pods' },
  { id: 'packet', term: 'packet', meaning: 'an IPv4 packet or an ARP message, through all its hops' },
  { id: 'pod', term: 'pod', meaning: 'containers that share one network namespace and one address' },
  { id: 'policy', term: 'policy', meaning: 'what a built-in chain does when no rule has decided' },
  { id: 'prefix', term: 'prefix', meaning: 'an address and a length, such as 10.244.2.0/24' },
  {
    id: 'route-table',
    term: 'route table',
    meaning: 'rows of prefix, next hop and device; the longest that matches decides',
  },
  {
    id: 'router',
    term: 'router',
    meaning: 'whoever passes packets of others from link to link; every node here is one',
  },
  {
    id: 'rp-filter',
    term: 'rp_filter',
    meaning: 'reverse path filter: refuses a packet whose sender would be answered by another device',
  },
  { id: 'segment', term: 'segment', meaning: 'one layer 2 broadcast domain: a switch, a LAN' },
  { id: 'tcpdump', term: 'tcpdump', meaning: 'prints or saves the frames a device sees' },
  { id: 'ttl', term: 'TTL', meaning: 'how many routers a packet may still cross; one that would make it 0 drops it' },
  {
    id: 'veth',
    term: 'veth',
    meaning: 'a pair of devices that is a cable: what goes in at one end comes out at the other',
  },
  { id: 'vxlan', term: 'vxlan', meaning: 'flannel’s tunnel: whole frames inside UDP packets from node to node' },
];
