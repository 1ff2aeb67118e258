/** A diagnosis in words: what was found, what causes it, what tells the causes apart. */
import type { CauseKind, FindingKind, Values } from '../../engine/diagnosis/finding';
import { verdict } from './verdict';

type Say = (v: Values) => string;

const what = (v: Values): string => (v.about === 'reply' ? 'replies' : 'requests');
const by = (v: Values, text: string): string => (v.took === '' || v.took === undefined ? '' : text);
const packets = (v: Values, one: string, many: string): string =>
  Number(v.packets) === 1 ? `1 ${one}` : `${v.packets} ${many}`;

/** ICMP types and codes as people say them. */
const ICMP: Readonly<Record<string, string>> = {
  '3/0': 'network unreachable',
  '3/1': 'host unreachable',
  '3/2': 'protocol unreachable',
  '3/3': 'port unreachable',
  '3/4': 'fragmentation needed',
  '3/9': 'network prohibited',
  '3/10': 'host prohibited',
  '3/13': 'packet filtered',
  '5/0': 'redirect for a network',
  '5/1': 'redirect for a host',
  '11/0': 'TTL expired',
  '11/1': 'reassembly time exceeded',
};
const icmp = (v: Values): string => `ICMP ${v.type}/${v.code} (${ICMP[`${v.type}/${v.code}`] ?? 'error'})`;

const WHY: Readonly<Record<string, string>> = {
  empty: 'the file is empty',
  'starts-later': 'the file starts later',
  'ends-earlier': 'the file ends earlier',
  gap: 'the file just lacks it',
};

const findings = {
  'no-packets': (v) => `None of the files (${v.points}) holds an IP packet or an ARP question.`,
  'lost-between': (v) =>
    v.place === 'beyond'
      ? `${packets(v, 'packet', 'packets')} of ${v.of} ${what(v)} last seen at ${v.from}, handed to ${v.host}; nobody answered, and no point behind was captured.`
      : v.place === 'on-link'
        ? `${packets(v, 'packet', 'packets')} of ${v.of} ${what(v)} left at ${v.from} for ${v.host}, and ${v.to} does not hold them: lost on the link.`
        : `${packets(v, 'packet', 'packets')} of ${v.of} ${what(v)} last seen at ${v.from}, not at ${v.to}; nobody answered, nobody sent an error: lost inside ${v.host}.`,
  'reply-missing': (v) =>
    `${packets(v, 'packet', 'packets')} of ${v.of} ${what(v)} reached ${v.dst}, last seen at ${v.from}, and no answer came back.`,
  'icmp-error': (v) =>
    `${v.host} sent ${icmp(v)} from ${v.from} to ${v.to}, ${packets(v, 'time', 'times')}, about ${what(v)} to ${v.dst}; the quoted TTL is ${v.quotedTtl}${v.mtu === '' ? '' : `, the MTU named is ${v.mtu}`}.`,
  'arp-unanswered': (v) =>
    `${v.host} (${v.asker}) asked ${v.times} times who has ${v.target}, and nobody answered; heard at ${v.points}.`,
  'other-next-hop': (v) =>
    `${v.from} handed ${packets(v, 'packet', 'packets')} of ${v.of} ${what(v)} to ${v.took}, not to ${v.to === '' ? 'the next node' : v.to}; they were not seen again.`,
  'hidden-router': (v) =>
    `From ${v.from} (TTL ${v.ttlFrom}) to ${v.to} (TTL ${v.ttlTo}) the ${what(v)} passed ${v.routers} router more than the points show: ${v.took}${v.bothWays === 'yes' ? ', and so did what came back' : ''}.`,
  'asymmetric-path': (v) =>
    `${packets(v, 'packet', 'packets')} of the ${what(v)} did not pass ${v.point}; ${v.next} got them from ${v.by}.`,
  loop: (v) => `The same packet to ${v.dst} comes by again with a lower TTL: it circles between ${v.hosts}.`,
  redirect: (v) => `${v.host} told ${v.to} (${icmp(v)}) that ${v.gateway} is the better next hop to ${v.dst}.`,
  'source-rewritten': (v) => `Between ${v.from} and ${v.to} the source ${v.before} became ${v.after}.`,
  'destination-rewritten': (v) => `Between ${v.from} and ${v.to} the destination ${v.before} became ${v.after}.`,
  tunnel: (v) =>
    `At ${v.point} the packets travel inside ${v.tunnel} from ${v.outerSrc} to ${v.outerDst}: this is not host-gw.`,
  fragmented: (v) =>
    v.wholeAt === ''
      ? `The ${what(v)} came in pieces of up to ${v.pieceBytes} bytes, first seen at ${v.point}.`
      : `The ${what(v)} of ${v.bytes} bytes, whole at ${v.wholeAt}, are in pieces of up to ${v.pieceBytes} bytes at ${v.point}.`,
  retransmission: (v) => `${packets(v, 'TCP segment was', 'TCP segments were')} sent again by ${v.from}.`,
  reset: (v) =>
    `A reset (RST) from ${v.from} ended the connection to ${v.dst} port ${v.port}, ${packets(v, 'time', 'times')}.`,
  'zero-window': (v) => `${v.from} closed its TCP window (window 0) ${packets(v, 'time', 'times')}.`,
  'handshake-incomplete': (v) =>
    `${packets(v, 'SYN', 'SYNs')} to ${v.dst} port ${v.port}, and neither a SYN-ACK nor a reset came back.`,
  'duplicate-address': (v) => `Several MACs answer for ${v.ip}: ${v.macs}.`,
  'duplicate-mac': (v) => `${v.point} and ${v.other} use the same MAC ${v.mac}.`,
  'all-well': (v) =>
    `All is well with what was seen: ${v.requests} requests and ${v.replies} replies of ${v.flows} conversations at ${v.points} points.`,
  'absence-unproven': (v) =>
    `${v.point} does not hold ${packets(v, 'packet', 'packets')} that went on all the same: ${WHY[String(v.why)] ?? ''}, so its absence proves nothing.`,
  trace: (v) => `${v.host} answered a traceroute from ${v.from} with ${icmp(v)}: as asked for.`,
  'errors-rate-limited': (v) =>
    `Only ${v.packets} errors for ${v.of} packets: Linux sends one a second to a destination, after a burst of 6.`,
  'hairpin-echo': (v) =>
    `At ${v.point} ${packets(v, 'ARP broadcast comes', 'ARP broadcasts come')} back at once: the bridge port is in hairpin mode, no fault.`,
  'checksum-offloaded': (v) =>
    `At ${v.point} ${packets(v, 'packet has', 'packets have')} a transport checksum left to the network card: no corruption.`,
  'frames-over-mtu': (v) =>
    `At ${v.point} ${packets(v, 'TCP frame is', 'TCP frames are')} larger than 1500 bytes: segmentation is left to the network card (GSO), no MTU fault.`,
  padding: (v) => `At ${v.point} ${packets(v, 'short frame is', 'short frames are')} padded by Ethernet.`,
  'several-devices': (v) =>
    `At ${v.point} ${packets(v, 'packet was', 'packets were')} recorded on several devices of one host (-i any), not sent again.`,
  'cut-short': (v) => `At ${v.point} ${packets(v, 'packet is', 'packets are')} cut by the snap length (tcpdump -s).`,
  flooded: (v) =>
    `At ${v.point} ${packets(v, 'frame goes', 'frames go')} between two other hosts: a switch floods what it has not learned.`,
  'late-arp-probe': (v) =>
    `At ${v.point} ${packets(v, 'ARP question goes', 'ARP questions go')} to a known MAC: the kernel checks an entry about 5 s after use.`,
  'same-at-two-points': (v) =>
    `${v.point} and ${v.other} hold ${packets(v, 'identical frame', 'identical frames')}: one link seen twice, nothing sent twice.`,
} satisfies Record<FindingKind, Say>;

const causes = {
  'route-missing': (v) =>
    `**${v.host}** has no route to **${v.net}**${by(v, `; its default route took the packets to **${v.took}**`)}${v.via === '' || v.via === undefined ? '' : `. flannel’s would go via ${v.via}`}.`,
  'wrong-next-hop': (v) =>
    `The route of **${v.host}** to **${v.net}** goes via **${v.took}**${v.via === '' || v.via === undefined ? ', which is not the node that has these pods' : ` instead of **${v.via}**`}.`,
  'nodes-not-adjacent': (v) =>
    `The nodes share no link: **${v.host}** reaches **${v.net}** only through a router (**${v.took}**), and host-gw needs them on one.`,
  'gateway-no-route': (v) =>
    `The gateway **${v.host}** has no route to **${v.net}**; it was never meant to carry pod traffic.`,
  'route-blackhole': (v) => `**${v.host}** has a blackhole route to **${v.net}**: it drops without a word.`,
  'route-prohibit': (v) => `**${v.host}** has a prohibit route to **${v.net}**.`,
  'route-unreachable': (v) => `**${v.host}** has an unreachable route to **${v.net}**.`,
  'taken-for-neighbour': (v) =>
    `**${v.host}** looks for **${v.dst}** on its own link: the address of ${v.src} has too wide a mask, or a route to it has no next hop.`,
  'no-local-route': (v) => `**${v.host}** itself has no route: nothing leaves it (“Network is unreachable”).`,
  'forwarding-off': (v) => `Forwarding is off on **${v.host}** (net.ipv4.ip_forward = 0).`,
  'forward-drop': (v) => `The FORWARD chain of **${v.host}** drops it, by its policy or a rule.`,
  'forward-reject': (v) => `A REJECT rule in FORWARD of **${v.host}** refuses it.`,
  'bridge-netfilter': (v) =>
    `FORWARD of **${v.host}** drops what is only bridged (net.bridge.bridge-nf-call-iptables = 1).`,
  'rp-filter': (v) =>
    `rp_filter on **${v.host}**: its route back to **${v.src}** does not leave by the device the packet came in.`,
  'source-guard': (v) =>
    `The network between **${v.from}** and **${v.to}** drops frames whose source **${v.src}** is no address of the card (cloud source check, port security).`,
  'next-hop-down': (v) => `The next hop **${v.next}** does not answer: the node or its link is down.`,
  'destination-absent': (v) => `Nobody has **${v.dst}**: the pod is gone, or its address is another one now.`,
  'destination-down': (v) => `The pod with **${v.dst}** is there, but its device is down.`,
  'veth-off-bridge': (v) => `The veth of **${v.dst}** is not on **${v.bridge}** of **${v.host}**.`,
  'bridge-down': (v) => `**${v.bridge}** of **${v.host}** is down or has lost its address.`,
  'mtu-smaller': (v) =>
    `The way on from **${v.host}** takes ${v.mtu === '' ? 'less than' : `at most **${v.mtu}** bytes, not`} **${v.bytes}** bytes of IP.`,
  'receiver-mtu': (v) =>
    `**${v.to}** has a smaller MTU than **${v.from}** sends with (**${v.bytes}** bytes of IP): the link drops the frame silently.`,
  'ttl-too-small': (v) => `**${v.host}** sent it with TTL **${v.ttl}**, too few for the routers on the way.`,
  'routing-loop': (v) => `The routes of **${v.hosts}** to **${v.net}** point at each other.`,
  'port-closed': (v) => `Nothing listens on ${v.protocol} port **${v.port}** of **${v.host}**.`,
  'destination-silent': (v) =>
    `**${v.dst}** got it and does not answer: its own firewall, or nothing there serves this.`,
  'no-way-back': (v) =>
    `**${v.dst}** has no route back to **${v.src}**: pods’ packets to addresses outside the cluster must leave **${v.node}** with its own address (ip-masq).`,
  masquerade: (v) =>
    `A MASQUERADE or SNAT rule on **${v.host}** rewrites **${v.before}** to **${v.after}**${v.inside === 'yes' ? ', though both ends are in the cluster' : ', as it should on the way out of the cluster'}.`,
  dnat: (v) => `A DNAT rule on **${v.host}**, such as a Service’s, sends **${v.before}** to **${v.after}**.`,
  'overlay-vxlan': (v) => `flannel on **${v.host}** runs its vxlan backend.`,
  'overlay-ipip': (v) => `flannel on **${v.host}** runs its ipip backend.`,
  'peer-closed': (v) => `**${v.host}** or its client broke the connection off.`,
  'receiver-full': (v) => `The receiving program at **${v.host}** does not read fast enough.`,
  'packets-dropped': (v) => `Some packets are lost between **${v.from}** and **${v.to}**.`,
  'duplicate-owner': (v) => `Two hosts are set up with the same address (**${v.ip}**: ${v.macs}).`,
  'capture-started-late': (v) => `The capture at **${v.point}** was started after the packet.`,
  'capture-ended-early': (v) => `The capture at **${v.point}** was stopped before the packet.`,
  'captured-elsewhere': (v) => `The captures at **${v.host}** were taken on another interface or with another filter.`,
} satisfies Record<CauseKind, Say>;

const tells = {
  'route-missing': 'frames go to the gateway’s MAC, or ICMP 3/0 comes from the node itself',
  'wrong-next-hop': 'frames go to, or ARP asks for, a host that is not the next node',
  'nodes-not-adjacent': 'the next node hears none of the sender’s ARP broadcasts, or the TTL falls once more both ways',
  'gateway-no-route': 'frames reach the gateway and end there',
  'route-blackhole': 'silent, and `ip route get` says “Invalid argument”',
  'route-prohibit': 'ICMP 3/13 that quotes the TTL as it came',
  'route-unreachable': 'ICMP 3/1 at once, that quotes the TTL as it came',
  'taken-for-neighbour': 'a pod asks by ARP for an address of another node’s pods',
  'no-local-route': 'not even ARP leaves the sender',
  'forwarding-off': 'silent, and IpInAddrErrors rises',
  'forward-drop': 'silent, and the counter of FORWARD’s policy or rule rises',
  'forward-reject':
    'ICMP 3/3, 3/10 or 3/13 by a router, that quotes the TTL already lowered; or a TCP reset by a router in the destination’s name',
  'bridge-netfilter': 'ARP passes between two pods of one node, IP does not',
  'rp-filter': 'silent, and TcpExtIPReversePathFilter rises',
  'source-guard': 'small packets, too, leave one card and never reach the next; ARP does',
  'next-hop-down': 'ARP for the next hop fails, though it answered before or nobody else hears the question',
  'destination-absent': 'the pods on that bridge hear the ARP question, and none of them answers',
  'destination-down': 'the pod’s own capture does not even hear the ARP question',
  'veth-off-bridge': 'the pod sends and yet hears no ARP question for its address',
  'bridge-down': 'the pod asks for its gateway and nobody answers',
  'mtu-smaller': 'ICMP 3/4 names the MTU, or pieces leave a node where the whole came in',
  'receiver-mtu': 'large packets alone are lost on the link, small ones pass',
  'ttl-too-small': 'the sender’s own capture shows a small TTL',
  'routing-loop': 'the same packet comes by several times, its TTL lower each time',
  'port-closed': 'RST, or ICMP 3/3 from the destination’s own address',
  'destination-silent': 'the last capture before the destination holds the request and nothing else',
  'no-way-back': 'the request reaches a host outside the cluster with the pod’s own source address',
  masquerade: 'the source differs before and after the node, the payload does not',
  dnat: 'the destination differs before and after the node, the payload does not',
  'overlay-vxlan': 'UDP to port 8472 or 4789 around the packet',
  'overlay-ipip': 'IP protocol 4 around the packet',
  'peer-closed': 'the reset comes after data had passed',
  'receiver-full': 'window 0 in its own segments',
  'packets-dropped': 'most packets of the same flow pass',
  'duplicate-owner': 'answers to one ARP question from several MACs',
  'capture-started-late': 'the file’s first packet is later',
  'capture-ended-early': 'the file’s last packet is earlier',
  'captured-elsewhere': 'tcpdump -ni any shows the packets',
} satisfies Record<CauseKind, string>;

export const diagnosis = {
  findings: findings as Record<FindingKind, Say>,
  causes: causes as Record<CauseKind, Say>,
  tells: tells as Record<CauseKind, string>,
  shows: verdict.shows,
  repairs: verdict.repairs,
  heading: {
    evidence: 'seen',
    causes: 'likely causes, likeliest first',
    tellsApart: 'tells it apart',
    check: 'check',
    repair: 'repair',
    fromModel: 'a model of the given cluster predicts these very frames',
    flows: 'Conversations',
    clocks: 'Clocks',
    anywhere: 'where kubectl works',
  },
  severity: { error: 'FAULT', warning: 'ODD', note: 'note' },
  flow: (v: {
    protocol: string;
    src: string;
    dst: string;
    port: number | null;
    requests: number;
    replies: number;
    reached: string;
  }) =>
    `${v.protocol} ${v.src} → ${v.dst}${v.port === null ? '' : ` port ${v.port}`}: ${v.requests} there, ${v.replies} back; last seen ${v.reached}`,
  clock: (v: { from: string; to: string; offset: string; uncertainty: string }) =>
    `${v.to}’s clock is ${v.offset} ahead of ${v.from}’s, give or take ${v.uncertainty}`,
  noClock: (v: { from: string; to: string }) =>
    `${v.from} and ${v.to}: no packets both ways, so nothing tells how their clocks differ`,
  roundTrip: (v: { from: string; to: string; time: string }) =>
    `from ${v.from} to ${v.to} and back at least ${v.time}, whatever the clocks`,
  model: {
    agrees: (command: string) => `The given cluster predicts the frames of “${command}” as captured.`,
    differs: (command: string) =>
      `The given cluster does not predict these frames for “${command}”: it was in another state, so the packets alone have the say.`,
    nothing: 'The captures show no command that could be run on the given cluster.',
  },
  place: (v: { name: string; file: string }) => `${v.file} was taken at ${v.name}`,
};
