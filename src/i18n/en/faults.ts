/** The faults of the menu: a name, one line that says what it is, and what to watch for. Near: the sender's node. */
import type { FaultId } from '../../engine/topology/faults';

export const faults = {
  'not-adjacent': {
    title: 'Nodes in different subnets',
    line: 'The other node moves behind the router. The kernel refuses flannel’s route: “Nexthop has invalid gateway”.',
    watch:
      'The frame leaves with the gateway’s MAC, and the gateway knows no pod network. vxlan does not mind; try it.',
  },
  'source-guard': {
    title: 'The cloud drops pod addresses',
    line: 'The network between the nodes lets each port send from its own address only (source/destination check).',
    watch: 'ARP between the nodes works. node1.cap holds the request, node2.cap does not. Nothing is counted anywhere.',
  },
  'route-missing': {
    title: 'Route to the other node missing',
    line: 'flannel’s route is gone, but there is a default route: packets go to the gateway instead.',
    watch: 'Look at the destination MAC on the node’s card: the gateway’s. TTL fell as usual, no error comes back.',
  },
  'no-route-at-all': {
    title: 'Neither that route nor a default',
    line: 'The sender’s node has no row at all that matches the other pod.',
    watch: 'The error comes at once, from cni0’s address: that alone says which node gave up.',
  },
  'gateway-detour': {
    title: 'Detour over the gateway',
    line: 'The route is missing, but the gateway knows both pod networks. Ping works as if nothing were wrong.',
    watch: 'ping shows ttl=62 as ever; only at the other pod is it 61. Request and reply take different ways.',
  },
  'return-route-missing': {
    title: 'Return route missing',
    line: 'The other node has no route back to the sender’s pods: the reply goes to the gateway.',
    watch: 'All four captures hold the request, and only two of them the reply. The user sees a plain timeout.',
  },
  'next-hop-down': {
    title: 'Other node’s network card down',
    line: 'The node is dead, but its Node object is still there, and so is the route.',
    watch: 'Three ARP requests, a second apart, then “Destination Host Unreachable” from cni0’s address, 3 s later.',
  },
  'pod-absent': {
    title: 'No such pod',
    line: 'The address lies in the other node’s pod network, but no pod has it.',
    watch: 'The same text as with a dead node, but from the other node’s address: compare the From.',
  },
  'forwarding-off-near': {
    title: 'ip_forward = 0, sender’s node',
    line: 'The node no longer routes for others. It still answers ARP and pings to itself.',
    watch: 'Silence. The packet ends between cni0 and the card; only IpInAddrErrors rises.',
  },
  'forwarding-off-far': {
    title: 'ip_forward = 0, other node',
    line: 'The other node takes the packet in and does not pass it on.',
    watch: 'Silence. Three captures hold the request; the last one is that of the other node’s card.',
  },
  'forward-drop-near': {
    title: 'FORWARD policy DROP, sender’s node',
    line: 'As Docker leaves it, without flannel’s ACCEPT rules.',
    watch: 'Silence; the policy’s packet counter rises. The node itself can still ping pods.',
  },
  'forward-drop-far': {
    title: 'FORWARD policy DROP, other node',
    line: 'The same on the other node: the packet is routed there and then refused.',
    watch: 'TTL has already been lowered when FORWARD says no.',
  },
  'forward-reject': {
    title: 'firewalld rejects',
    line: 'A REJECT rule stands before flannel’s rules on the sender’s node.',
    watch: '“Destination Host Prohibited” at once. TCP says “No route to host” although the route is fine.',
  },
  'rp-filter': {
    title: 'Reverse path filter',
    line: 'The other node has a second card, its way back leads out of that one, and rp_filter is 1.',
    watch: 'Dropped on arrival, silently: TcpExtIPReversePathFilter rises. rp_filter = 2 lets it pass.',
  },
  'no-bridge': {
    title: 'cni0 down on the other node',
    line: 'Its pod network is no longer connected there, so the packet matches the default route and leaves again.',
    watch: 'node2.cap holds the request twice: TTL 63 coming in, 62 going out to the gateway.',
  },
  'small-mtu': {
    title: 'MTU too small between the nodes',
    line: 'The nodes’ cards take 100 bytes less than the pods send; ping -M do forbids fragments.',
    watch: 'The first echo is refused by the node with the MTU; the second never leaves the pod, which has learned it.',
  },
  snat: {
    title: 'Source address rewritten',
    line: 'A MASQUERADE rule catches pod-to-pod traffic too.',
    watch: 'Ping works, but on the node’s card the source is the node’s own address, and so it is for the other pod.',
  },
  'wrong-next-hop': {
    title: 'Wrong next hop',
    line: 'The route points at another machine of the LAN, which passes the packet on, or does not.',
    watch: 'The destination MAC on the card is the third machine’s; at the other pod TTL is one lower.',
  },
  'small-ttl': {
    title: 'TTL too small',
    line: 'ping -t 1: the first router on the way gives up.',
    watch: '“Time to live exceeded” from the router itself; with -t 2, 3 … that is how traceroute works.',
  },
} satisfies Record<FaultId, { readonly title: string; readonly line: string; readonly watch: string }>;
