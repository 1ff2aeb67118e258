/**
 * What happened, in sentences. One group per event kind; `sentence.ts` picks the text and formats its values.
 * `lead…` is the sentence itself, `why…` the reason under it. Values called `…At` or `who` come with their owner's name.
 */
import type { EventKind } from '../../engine/sim/event';

interface At {
  readonly host: string;
}
interface Packet extends At {
  readonly packet: string;
}

export const events = {
  'command-started': {
    lead: (v: At & { command: string }) => `**${v.host}** runs **${v.command}**.`,
    why: (v: At & { ip: string; owner: string }) =>
      `**${v.ip}** is ${v.owner}. ${v.host} does not know that: all its kernel has is a route table.`,
  },
  printed: {
    lead: (v: At & { text: string }) => `**${v.host}** prints: ${v.text}`,
    leadBlank: (v: At) => `**${v.host}** prints an empty line.`,
    whyNoRouter: (v: { ttl: string }) => `ttl=**${v.ttl}**: the reply crossed no router.`,
    whyRouters: (v: { ttl: string; initial: string; routers: string }) =>
      `ttl=**${v.ttl}**: the reply left with **${v.initial}**, and each of the **${v.routers}** routers on its way took 1 off.`,
    whyFrom: (v: { ip: string; owner: string }) =>
      `The From address is whoever gave up: **${v.ip}** is **${v.owner}**.`,
    whyFromSelf: (v: At & { ip: string }) =>
      `The From address is **${v.host}** itself: its own kernel gave up, no ICMP came over the wire.`,
  },
  'command-ended': {
    lead: (v: At & { command: string; status: string }) =>
      `**${v.command}** ends on **${v.host}** with exit status **${v.status}**.`,
    whyPing: { 0: 'At least one reply came.', 1: 'No reply came.', 2: 'It could not send at all.' } as Readonly<
      Record<number, string>
    >,
  },
  configured: {
    lead: (v: At & { command: string }) => `On **${v.host}**, **${v.command}** takes effect.`,
    leadRefused: (v: At & { command: string; answer: string }) =>
      `On **${v.host}**, **${v.command}** is refused: **${v.answer}**`,
  },

  'packet-made': {
    leadArpRequest: (v: At & { target: string; sender: string }) =>
      `**${v.host}** asks everyone on the link: who has **${v.target}**? Tell **${v.sender}**.`,
    whyArpRequest: (v: { waiting: string }) =>
      `A frame needs a destination MAC, so **${v.waiting}** waits for the answer. The question is a broadcast; no router passes it on.`,
    whyArpRequestPlain: 'A frame needs a destination MAC. The question is a broadcast; no router passes it on.',
    leadArpProbe: (v: At & { target: string }) =>
      `**${v.host}** asks **${v.target}** alone, at the MAC it knows: is that still you?`,
    whyArpProbe:
      'The entry was used but not confirmed for 5 s, so DELAY became PROBE: a unicast ARP request, once a second, at most 3 times.',
    leadArpReply: (v: At & { target: string; sender: string }) =>
      `**${v.host}** answers **${v.target}**: **${v.sender}** is at my MAC.`,
    whyArpReply: 'The answer is unicast: only the asker gets it.',
    leadEchoRequest: (v: At & { seq: string; src: string; dst: string; ttl: string; id: string; df: boolean }) =>
      `**${v.host}** makes echo request **seq ${v.seq}**: **${v.src} → ${v.dst}**, TTL **${v.ttl}**, IP id **${v.id}**, DF ${v.df ? 'set' : 'clear'}.`,
    whyEchoRequest: 'These two addresses stay as they are all the way; TTL counts the routers it may still cross.',
    leadEchoReply: (v: At & { seq: string; src: string; dst: string; ttl: string; id: string }) =>
      `**${v.host}** makes echo reply **seq ${v.seq}**: **${v.src} → ${v.dst}**, TTL **${v.ttl}**, IP id **${v.id}**.`,
    whyEchoReply: 'A new packet: TTL starts afresh and the IP id is its own. ICMP id, seq and data are copied.',
    leadIcmpError: (v: At & { name: string; number: string; src: string; dst: string }) =>
      `**${v.host}** tells **${v.dst}**: **${v.name}** (ICMP ${v.number}), from **${v.src}**.`,
    whyIcmpError: (v: { about: string }) => `It quotes the start of the packet it is about: **${v.about}**.`,
    whyIcmpErrorRouter: (v: { about: string; src: string }) =>
      `It quotes the start of the packet it is about: **${v.about}**. **${v.src}** is the address of the interface that leads back to the sender.`,
    leadUdp: (v: At & { src: string; dst: string; ports: string; ttl: string }) =>
      `**${v.host}** makes a UDP datagram: **${v.src} → ${v.dst}**, ports **${v.ports}**, TTL **${v.ttl}**.`,
    leadTcp: (v: At & { flags: string; src: string; dst: string; bytes: string; ttl: string }) =>
      `**${v.host}** makes a TCP segment **${v.flags}**: **${v.src} → ${v.dst}**, **${v.bytes}** bytes of data, TTL **${v.ttl}**.`,
    leadFragment: (v: At & { offset: string; more: boolean }) =>
      `**${v.host}** makes a fragment: data from byte **${v.offset}** on${v.more ? ', more fragments follow (MF set)' : ', the last one (MF clear)'}.`,
    whyFragment: 'All fragments of a packet carry its IP id; the destination alone puts them together again.',
    leadTunnel: (v: At & { how: string; src: string; dst: string }) =>
      `**${v.host}** makes the outer **${v.how}** packet: **${v.src} → ${v.dst}**.`,
    whyTunnel: 'Host-gw does without this packet: its frames carry the pod addresses themselves.',
    leadPlain: (v: Packet) => `**${v.host}** makes **${v.packet}**.`,
  },

  delivered: {
    'icmp-echo': (v: Packet & { dst: string; ttl: string }) =>
      `**${v.packet}** has arrived: **${v.dst}** is **${v.host}** itself. It came with TTL **${v.ttl}**.`,
    'why-icmp-echo': 'The kernel answers an echo request by itself; no process is asked.',
    ping: (v: Packet & { dst: string; ttl: string }) =>
      `**${v.packet}** reaches the **ping** process in **${v.host}**, with TTL **${v.ttl}**.`,
    'icmp-error': (v: Packet & { dst: string; ttl: string }) =>
      `**${v.host}** takes **${v.packet}**, which came with TTL **${v.ttl}**.`,
    'why-icmp-error': 'The quote inside names the packet that failed, so the kernel knows which process to tell.',
    udp: (v: Packet & { dst: string; ttl: string }) =>
      `**${v.packet}** reaches a listening UDP socket in **${v.host}**, with TTL **${v.ttl}**.`,
    tcp: (v: Packet & { dst: string; ttl: string }) =>
      `**${v.packet}** reaches TCP in **${v.host}**, with TTL **${v.ttl}**.`,
    traceroute: (v: Packet & { dst: string; ttl: string }) =>
      `**${v.packet}** reaches the **traceroute** process in **${v.host}**, with TTL **${v.ttl}**.`,
    ip: (v: Packet & { dst: string; ttl: string }) =>
      `**${v.packet}** reaches **${v.host}**, where nothing handles its protocol.`,
  },
  dropped: {
    lead: (v: Packet & { because: string }) => `**${v.packet}** ends at **${v.host}**: ${v.because}`,
  },
  'error-withheld': {
    lead: (v: Packet & { because: string }) => `**${v.host}** reports nothing about **${v.packet}**: ${v.because}`,
  },

  'frame-sent': {
    leadNic: (v: At & { dev: string; segment: string; src: string; dst: string }) =>
      `Out of **${v.host} ${v.dev}** onto **${v.segment}**: from MAC ${v.src} to MAC ${v.dst}.`,
    leadUnplugged: (v: At & { dev: string; src: string; dst: string }) =>
      `Out of **${v.host} ${v.dev}**, from MAC ${v.src} to MAC ${v.dst}; no cable is plugged in.`,
    leadVeth: (v: At & { dev: string; peer: string; src: string; dst: string }) =>
      `Out of **${v.host} ${v.dev}** into its veth peer **${v.peer}**: from MAC ${v.src} to MAC ${v.dst}.`,
    whyVeth: 'A veth pair is a cable: nothing in the frame changes.',
    leadBridge: (v: At & { dev: string; src: string; dst: string }) =>
      `**${v.host}** hands the frame to its own bridge **${v.dev}**: from MAC ${v.src} to MAC ${v.dst}.`,
    leadTunnel: (v: At & { dev: string; src: string; dst: string }) =>
      `Into the tunnel device **${v.dev}** of **${v.host}**: from MAC ${v.src} to MAC ${v.dst}.`,
    leadLoopback: (v: At & { dev: string }) => `**${v.host}** sends it to itself by **${v.dev}**.`,
    whyRouted: (v: { ips: string }) =>
      `The MACs are new, for this link alone. The IP addresses still say **${v.ips}**.`,
    whyFirst: (v: { ips: string }) => `The MAC names the next hop, the IP addresses name the two ends: **${v.ips}**.`,
  },
  'frame-received': {
    lead: (v: At & { dev: string; dst: string }) => `**${v.host} ${v.dev}** receives a frame for MAC ${v.dst}.`,
    leadOwn: (v: At & { dev: string; dst: string }) =>
      `**${v.host} ${v.dev}** takes in a frame for its own MAC, **${v.dst}**.`,
    whySame: (v: { from: string }) =>
      `It is the frame that **${v.from}** sent, bit for bit: a switch changes no MAC, no TTL, no checksum.`,
    whyBroadcast: 'The broadcast MAC is for everyone on the link.',
    whyPort: (v: { dev: string; bridge: string }) =>
      `**${v.dev}** is a port of bridge **${v.bridge}**: it takes every frame and hands it to the bridge. Its own MAC stands in no frame.`,
    whyBridge: 'The bridge device is the node’s own port on its bridge: from here on the node’s own stack has it.',
    whyOther: 'That is not its own MAC.',
  },

  'mac-learned': {
    lead: (v: { bridge: string; mac: string; port: string }) =>
      `**${v.bridge}** learns from the source MAC: ${v.mac} is behind port **${v.port}**.`,
    why: 'Frames for that MAC will leave by this port alone, no longer by all of them.',
    whyMoved: (v: { before: string }) => `It was behind **${v.before}** before; the FDB entry moves at once.`,
  },
  bridged: {
    leadBroadcast: (v: { bridge: string; ports: string }) =>
      `Broadcast: **${v.bridge}** sends a copy out of **${v.ports}**.`,
    leadUpOnly: (v: { bridge: string }) => `Broadcast: **${v.bridge}** has no other port to send it out of.`,
    whyCopyUp: (v: At) => `One more copy goes up to the stack of **${v.host}**.`,
    whyHairpin: (v: { port: string }) =>
      `**${v.port}** is the very port it came in by: flannel’s CNI turns on hairpin mode, so the sender hears its own broadcast. tcpdump there shows it twice; nothing was sent twice.`,
    leadKnown: (v: { bridge: string; mac: string; port: string }) =>
      `**${v.bridge}** knows ${v.mac} behind port **${v.port}**: the frame leaves there and nowhere else.`,
    whyBridgedOnly: 'Bridging changes nothing in the frame: MACs, TTL and checksum stay.',
    leadSamePort: (v: { bridge: string; mac: string; port: string }) =>
      `**${v.bridge}** knows ${v.mac} behind **${v.port}**, where the frame came from: there is nowhere to send it.`,
    leadOwn: (v: At & { bridge: string; mac: string }) =>
      `**${v.mac}** is **${v.bridge}** itself: no port gets the frame, it goes up to the stack of **${v.host}**.`,
    whyOwn: 'Here switching ends and routing begins.',
    leadFlooded: (v: { bridge: string; mac: string; ports: string }) =>
      `**${v.bridge}** does not know ${v.mac}: it floods the frame out of **${v.ports}**.`,
    leadNowhere: (v: { bridge: string; mac: string }) =>
      `**${v.bridge}** does not know ${v.mac} and has no other port: the frame ends here.`,
    lanWhy: 'A switch only reads MACs; pod addresses mean nothing to it.',
  },
  'arp-read': {
    answer: (v: At & { target: string; sender: string }) =>
      `**${v.target}** is an address of **${v.host}**, so it will answer **${v.sender}**.`,
    proxy: (v: At & { target: string; sender: string }) =>
      `**${v.host}** does not own **${v.target}** but has a route to it and proxy ARP is on: it will answer **${v.sender}** with its own MAC.`,
    take: (v: At & { target: string; sender: string; mac: string }) =>
      `**${v.host}** reads the answer: **${v.sender}** is at MAC ${v.mac}.`,
    ignoreOwn: (v: At & { target: string }) =>
      `**${v.host}** ignores it: the question for **${v.target}** is its own, sent back by the bridge.`,
    ignore: (v: At & { target: string; sender: string }) =>
      `**${v.host}** ignores it: **${v.sender}** asks for **${v.target}**, which is not its address.`,
    ignoreReply: (v: At & { sender: string }) =>
      `**${v.host}** ignores the answer about **${v.sender}**: it asked no such question.`,
  },

  'neighbour-looked-up': {
    leadUse: (v: At & { dev: string; ip: string; mac: string; state: string }) =>
      `Neighbour table of **${v.host}**: **${v.ip}** on **${v.dev}** is at MAC ${v.mac}, **${v.state}**.`,
    whyUse: 'That MAC becomes the destination of the frame.',
    whyUseStale: 'STALE means known, but not confirmed lately: used as it is, and checked afterwards.',
    whyUseUnsure: (v: { state: string }) => `${v.state}: a check is under way; until it fails the MAC is used.`,
    leadUseNone: (v: At & { dev: string; ip: string }) => `**${v.dev}** of **${v.host}** needs no MAC for **${v.ip}**.`,
    leadAsk: (v: At & { dev: string; ip: string; packet: string }) =>
      `Neighbour table of **${v.host}**: no entry for **${v.ip}** on **${v.dev}**. **${v.packet}** waits, ARP has to ask.`,
    leadAskFailed: (v: At & { dev: string; ip: string; packet: string }) =>
      `Neighbour table of **${v.host}**: **${v.ip}** on **${v.dev}** is **FAILED**. **${v.packet}** waits while ARP asks anew.`,
    leadWait: (v: At & { dev: string; ip: string; packet: string }) =>
      `Neighbour table of **${v.host}**: **${v.ip}** on **${v.dev}** is **INCOMPLETE**, already asked for. **${v.packet}** joins the queue.`,
    whyNextHop: (v: { dst: string; ip: string }) =>
      `ARP asks for the next hop **${v.ip}**, never for the destination **${v.dst}**, which is on another link.`,
  },
  'neighbour-changed': {
    asked: (v: At & { dev: string; ip: string; sent: string }) =>
      `**${v.ip}** on **${v.host} ${v.dev}** becomes **INCOMPLETE**: question **${v.sent}** of 3 goes out.`,
    answered: (v: At & { dev: string; ip: string; before: string; mac: string }) =>
      `**${v.ip}** on **${v.host} ${v.dev}**: **${v.before} → REACHABLE**, MAC ${v.mac}.`,
    'why-answered': 'What was waiting for this MAC can leave now.',
    'why-answered-probe': 'The unicast question is answered: the entry is confirmed.',
    'heard-request': (v: At & { dev: string; ip: string; mac: string }) =>
      `**${v.host}** learns from the question who asked: **${v.ip}** is at MAC ${v.mac} on **${v.dev}**, **STALE**.`,
    'why-heard-request': 'Heard, not confirmed. The way back will need no ARP of its own.',
    'used-while-stale': (v: At & { dev: string; ip: string }) =>
      `**${v.ip}** on **${v.host} ${v.dev}**: **STALE → DELAY**, because it is being used.`,
    'why-used-while-stale': 'If nothing confirms it within 5 s, the kernel asks it directly.',
    'delay-over': (v: At & { dev: string; ip: string }) =>
      `**${v.ip}** on **${v.host} ${v.dev}**: **DELAY → PROBE**. 5 s passed without a confirmation.`,
    'why-delay-over': 'Forwarding packets or answering a ping confirms no neighbour; an ARP answer does.',
    'asked-again': (v: At & { dev: string; ip: string; state: string; sent: string }) =>
      `Still no answer from **${v.ip}** on **${v.host} ${v.dev}** (**${v.state}**): question **${v.sent}** of 3 goes out.`,
    'no-answer': (v: At & { dev: string; ip: string; before: string }) =>
      `**${v.ip}** on **${v.host} ${v.dev}**: **${v.before} → FAILED** after 3 questions without an answer.`,
    'why-no-answer': 'Everything that waited for this MAC fails with it, all at once.',
    'why-no-answer-probe': 'The MAC is forgotten; the next packet starts with a broadcast question again.',
    aged: (v: At & { dev: string; ip: string; after: string }) =>
      `**${v.ip}** on **${v.host} ${v.dev}**: **REACHABLE → ${v.after}**, not confirmed for 30 s.`,
    configured: (v: At & { dev: string; ip: string; mac: string }) =>
      `**${v.ip}** on **${v.host} ${v.dev}** is set by hand: MAC ${v.mac}, **PERMANENT**.`,
  },

  'route-looked-up': {
    leadLocal: (v: At & { dst: string; dev: string }) =>
      `**${v.dst}** is an address of **${v.host}** itself (${v.dev}): the packet has reached its destination.`,
    whyLocal: 'Table local is read before the routes that ip route shows.',
    leadLocalSend: (v: At & { dst: string; dev: string }) =>
      `**${v.dst}** is an address of **${v.host}** itself (${v.dev}): the packet never leaves this host.`,
    leadBroadcast: (v: At & { dst: string; dev: string }) =>
      `**${v.dst}** is the broadcast address of **${v.host} ${v.dev}**.`,
    leadOne: (v: { dst: string; row: string; hop: string }) => `**${v.dst}** matches one row, **${v.row}**: ${v.hop}`,
    leadMany: (v: { dst: string; count: string; row: string; hop: string }) =>
      `**${v.dst}** matches **${v.count}** rows; **${v.row}** is the longest, so ${v.hop}`,
    leadMetric: (v: { dst: string; row: string; metric: string; hop: string }) =>
      `**${v.dst}** matches several rows **${v.row}**; metric **${v.metric}** is the lowest, so ${v.hop}`,
    leadDefault: (v: { dst: string; hop: string }) => `No row but the default route matches **${v.dst}**, so ${v.hop}`,
    hopVia: (v: { via: string; owner: string | null; dev: string }) =>
      `the next hop is **${v.via}**${v.owner === null ? '' : ` (${v.owner})`}, out of **${v.dev}**.`,
    hopOnLink: (v: { dst: string; dev: string }) =>
      `it is on this link: the next hop is **${v.dst}** itself, out of **${v.dev}**.`,
    hopRefused: (v: { type: string }) => `that row says **${v.type}**.`,
    leadNone: (v: At & { dst: string; rows: string }) =>
      `None of the **${v.rows}** rows of **${v.host}** matches **${v.dst}**, and there is no default route.`,
    why: {
      and: (v: { dst: string; mask: string; masked: string }) => `${v.dst} & ${v.mask} = ${v.masked}, matches`,
      beats: (v: { len: string; beaten: string }) => `/${v.len} beats ${v.beaten}`,
      hostGw: (v: { node: string; subnet: string }) =>
        `This row is host-gw at work: flanneld wrote it from **${v.node}**’s lease of ${v.subnet}. No tunnel, no NAT.`,
      connected: (v: { dev: string }) => `The kernel wrote this row when ${v.dev} got its address.`,
      podDefault: 'Everything outside its own subnet leaves a pod by one gateway: its node’s cni0.',
      noLease:
        'Pod addresses are meant to match a flannel row. Here the default route takes the packet, and no error will say so.',
      answer: (v: At) => `This is **${v.host}** looking for the way back, to answer.`,
    },
  },
  'source-checked': {
    leadStrict: (v: At & { src: string; dev: string; passed: boolean; back: string | null }) =>
      `rp_filter=1 on **${v.host} ${v.dev}**: the way back to **${v.src}** ${v.back === null ? 'does not exist' : `leads out of **${v.back}**`}, ${v.passed ? 'the device it came in by: passed.' : 'not the device it came in by: refused.'}`,
    leadLoose: (v: At & { src: string; dev: string; passed: boolean; back: string | null }) =>
      `rp_filter=2 on **${v.host} ${v.dev}**: ${v.back === null ? `no route leads to **${v.src}** at all: refused.` : `a route to **${v.src}** exists, out of **${v.back}**: passed.`}`,
  },
  'forwarding-checked': {
    on: (v: Packet & { dev: string }) =>
      `Forwarding is on for **${v.dev}**, the device it came in by: **${v.host}** may route **${v.packet}**.`,
    off: (v: Packet & { dev: string }) =>
      `Forwarding is off for **${v.dev}**, the device it came in by: **${v.host}** does not route **${v.packet}**.`,
    whyOn: 'net.ipv4.ip_forward = 1 is what makes a node a router.',
    whyOff: 'net.ipv4.ip_forward = 0: the node is an end host and keeps only what is addressed to it.',
  },
  'ttl-lowered': {
    lead: (v: At & { from: string; to: string; sumFrom: string; sumTo: string; delta: string }) =>
      `**${v.host}** routes, so TTL **${v.from} → ${v.to}**, and the IP checksum follows: **${v.sumFrom} → ${v.sumTo}** (${v.delta}).`,
    why: 'TTL is the high byte of its 16-bit word: 1 less there is 0x0100 more in the ones’ complement sum. Source and destination stay.',
  },
  'mtu-checked': {
    fits: (v: { bytes: string; mtu: string; dev: string }) =>
      `The packet is **${v.bytes}** bytes; **${v.dev}** takes up to **${v.mtu}**: it fits.`,
    tooBig: (v: { bytes: string; mtu: string; dev: string }) =>
      `The packet is **${v.bytes}** bytes; **${v.dev}** takes only **${v.mtu}**, and DF forbids cutting it.`,
    cut: (v: { bytes: string; mtu: string; dev: string }) =>
      `The packet is **${v.bytes}** bytes; **${v.dev}** takes only **${v.mtu}**. DF is clear, so it will be cut.`,
    why: 'Host-gw adds no header, so pods keep the MTU of the card.',
  },
  'hook-passed': {
    leadEmpty: (v: At & { hook: string; verdict: string }) =>
      `**${v.hook}** on **${v.host}** holds no rules, so the policy decides: **${v.verdict}**.`,
    leadPolicy: (v: At & { hook: string; count: string; verdict: string }) =>
      `**${v.hook}** on **${v.host}**: **${v.count}** rules read, none decides, so the policy does: **${v.verdict}**.`,
    leadRule: (v: At & { hook: string; rule: string; verdict: string }) =>
      `**${v.hook}** on **${v.host}**: **${v.rule}** matches, **${v.verdict}**.`,
    whyBridge:
      'The frame is only bridged, but net.bridge.bridge-nf-call-iptables = 1 shows bridged IP packets to iptables too.',
    whyNat: 'Pod to pod, flannel’s RETURN rules keep masquerading away: no NAT.',
    verdict: { accept: 'ACCEPT', drop: 'DROP', reject: 'REJECT' },
  },
  translated: {
    lead: (v: Packet & { field: 'src' | 'dst'; from: string; to: string }) =>
      `NAT on **${v.host}** rewrites the ${v.field === 'src' ? 'source' : 'destination'} of **${v.packet}**: **${v.from} → ${v.to}**.`,
    why: 'conntrack remembers the pair, so that replies can be turned back.',
    whyReply: 'conntrack turns the reply back; the process sees the address it spoke to.',
  },
  fragmented: {
    lead: (v: Packet & { count: string; dev: string }) =>
      `**${v.host}** cuts **${v.packet}** into **${v.count}** fragments that fit **${v.dev}**.`,
  },
  reassembled: {
    lead: (v: Packet & { count: string }) =>
      `**${v.host}** has all **${v.count}** fragments and puts **${v.packet}** together again.`,
  },
  encapsulated: {
    lead: (v: Packet & { dev: string; outer: string }) =>
      `**${v.dev}** on **${v.host}** wraps **${v.packet}** into an outer packet, **${v.outer}**.`,
    why: 'Host-gw skips this step: its next hop is on the same link, so nothing needs to be hidden.',
  },
  decapsulated: {
    lead: (v: Packet & { dev: string; inner: string }) =>
      `**${v.dev}** on **${v.host}** unwraps the tunnel packet: inside is **${v.inner}**.`,
  },
  'path-mtu-learned': {
    lead: (v: At & { dst: string; mtu: string }) =>
      `**${v.host}** remembers: packets to **${v.dst}** may be **${v.mtu}** bytes at most.`,
    why: 'A larger packet with DF set now fails at once on this host: message too long.',
  },
} satisfies { readonly [K in EventKind]: object };
