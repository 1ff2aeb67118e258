/** Why a packet ended, and why an ICMP error was not sent. `because` ends the sentence; `after` is what follows from it. */
import type { DropKind, Hook, WithheldReason } from '../../engine/sim/drop';

export const drops = {
  'no-route': {
    title: 'No route to destination',
    because: (v: { dst: string }) => `no row of its route table matches **${v.dst}**, not even a default route.`,
    after:
      'A router answers ICMP 3/0, net unreachable, if it has a route back; a process here gets “Network is unreachable”.',
  },
  'blackhole-route': {
    title: 'Blackhole route',
    because: (v: { dst: string }) => `the row that wins for **${v.dst}** is a **blackhole**.`,
    after: 'Silent: no ICMP error goes back.',
  },
  'prohibit-route': {
    title: 'Prohibit route',
    because: (v: { dst: string }) => `the row that wins for **${v.dst}** says **prohibit**.`,
    after: 'ICMP 3/13 goes back; ping prints “Packet filtered”.',
  },
  'unreachable-route': {
    title: 'Unreachable route',
    because: (v: { dst: string }) => `the row that wins for **${v.dst}** says **unreachable**.`,
    after: 'ICMP 3/1, host unreachable, goes back.',
  },
  'forwarding-off': {
    title: 'Forwarding is off',
    because: (v: { dev: string }) => `forwarding is off for **${v.dev}**, the device it came in by.`,
    after: 'Silent: no ICMP error. Only the counter IpInAddrErrors rises.',
  },
  'source-not-reachable': {
    title: 'Reverse path filter',
    because: (v: { src: string; dev: string; mode: 1 | 2 }) =>
      v.mode === 1
        ? `rp_filter=1, and the way back to **${v.src}** does not lead out of **${v.dev}**.`
        : `rp_filter=2, and no route leads back to **${v.src}**.`,
    after: 'Silent: no ICMP error. Only the counter TcpExtIPReversePathFilter rises.',
  },
  'martian-source': {
    title: 'Martian source',
    because: (v: { src: string; dev: string }) =>
      `**${v.src}** cannot be a sender on **${v.dev}**: no packet from outside may carry it.`,
    after: 'Silent; with log_martians = 1 the kernel logs it.',
  },
  'ttl-expired': {
    title: 'TTL used up',
    because: (v: { ttl: string }) => `it came with TTL **${v.ttl}**; routing it would leave 0.`,
    after: 'ICMP 11/0, time exceeded, goes back. This is how traceroute finds each router.',
  },
  'too-big': {
    title: 'Larger than the MTU, DF set',
    because: (v: { bytes: string; mtu: string }) =>
      `**${v.bytes}** bytes do not fit the MTU of **${v.mtu}**, and DF is set.`,
    after: 'A router answers ICMP 3/4 with that MTU; the sender’s own kernel says “message too long”.',
  },
  rule: {
    title: 'Refused by a rule',
    because: (v: { hook: Hook; rule: string; rejected: boolean }) =>
      `**${v.rule}** in **${v.hook}** ${v.rejected ? 'rejects' : 'drops'} it.`,
    after: 'DROP is silent; REJECT sends the ICMP error the rule names.',
  },
  policy: {
    title: 'Refused by the policy',
    because: (v: { hook: Hook }) => `no rule of **${v.hook}** accepts it, and the policy is **DROP**.`,
    after: 'Silent: no ICMP error. Only the policy’s packet counter rises.',
  },
  'neighbour-failed': {
    title: 'Next hop did not answer ARP',
    because: (v: { ip: string; dev: string }) => `**${v.ip}** never answered on **${v.dev}**; its entry is **FAILED**.`,
    after:
      'A router answers ICMP 3/1, host unreachable; for its own processes the kernel says the same without a packet.',
  },
  'not-for-this-mac': {
    title: 'Frame for another MAC',
    because: (v: { mac: string }) => `the frame is for MAC ${v.mac}, not for this device.`,
    after: 'Quite normal after a flood: the IP stack ignores frames for others.',
  },
  'link-down': {
    title: 'Device is down',
    because: (v: { dev: string }) => `**${v.dev}** is down.`,
    after: 'ip link shows it without UP.',
  },
  'no-cable': {
    title: 'No cable',
    because: (v: { dev: string }) => `**${v.dev}** has no cable plugged in.`,
    after: 'ip link shows NO-CARRIER; routes over the device stay, marked linkdown.',
  },
  'receiver-mtu': {
    title: 'Larger than the receiver takes',
    because: (v: { bytes: string; mtu: string }) =>
      `the frame has **${v.bytes}** bytes, more than a device with MTU **${v.mtu}** takes in.`,
    after: 'Silent: the link loses it, and no IP stack is there to report it.',
  },
  'no-tunnel-peer': {
    title: 'No tunnel end for this MAC',
    because: (v: { mac: string }) => `no FDB entry of the tunnel device says where MAC ${v.mac} is.`,
    after: 'Silent: flanneld writes these entries, one for each node.',
  },
  'no-port': {
    title: 'No port to send it out of',
    because: (v: { mac: string }) =>
      `MAC ${v.mac} is behind the very port it came in by, or there is no other port up.`,
    after: 'Silent: a bridge or switch sends no ICMP.',
  },
  'source-guard': {
    title: 'Source address not allowed on this port',
    because: (v: { src: string; segment: string }) =>
      `the network **${v.segment}** lets a port send from its own addresses only, and **${v.src}** is not one of them.`,
    after:
      'Silent: the cloud or hypervisor drops it. ARP and the nodes’ own packets pass, so the network looks healthy.',
  },
  'not-for-this-host': {
    title: 'Not an address of this host',
    because: (v: { dst: string }) => `**${v.dst}** is not its address, and it does not route for others.`,
    after: 'Silent: no ICMP error. Only the counter IpInAddrErrors rises.',
  },
  'no-listener': {
    title: 'Port closed',
    because: (v: { protocol: 'udp' | 'tcp'; port: string }) =>
      `nothing listens on ${v.protocol.toUpperCase()} port **${v.port}**.`,
    after: 'UDP answers ICMP 3/3, port unreachable; TCP answers with RST.',
  },
  'no-process': {
    title: 'No process waits for it',
    because: (v: { what: string }) => `no process waits for this ${v.what}.`,
    after: 'It may have ended already.',
    whats: { 'echo-reply': 'echo reply', 'icmp-error': 'ICMP error', tcp: 'TCP segment', udp: 'UDP datagram' },
  },
  'incomplete-fragments': {
    title: 'A fragment never came',
    because: (_: object) => 'not all fragments arrived within 30 s.',
    after: 'What had arrived is thrown away.',
  },
  'bad-checksum': {
    title: 'Wrong checksum',
    because: (_: object) => 'its checksum does not fit its bytes.',
    after: 'Silent: who knows who sent it, when even the addresses may be wrong?',
  },
} satisfies {
  readonly [K in DropKind]: { title: string; because: (values: never) => string; after: string; whats?: object };
};

export const withheld = {
  'no-route-to-source': {
    because: (v: { ip: string }) => `it has no route to the sender, **${v.ip}**.`,
    after: 'That makes the loss silent: the sender only sees a timeout.',
  },
  'rate-limited': {
    because: (v: { ip: string }) => `it has told **${v.ip}** too much lately.`,
    after: 'icmp_ratelimit: per destination a bucket of 6 tokens, and one new token a second.',
  },
  'about-icmp-error': {
    because: (_: object) => 'it is an ICMP error itself.',
    after: 'No error about an error (RFC 1122 section 3.2.2): two hosts could go on forever.',
  },
  'about-fragment': {
    because: (_: object) => 'it is a fragment other than the first.',
    after: 'One error, about the first fragment, is enough (RFC 1122 section 3.2.2).',
  },
  'about-broadcast': {
    because: (_: object) => 'it was sent to everyone.',
    after: 'Otherwise every host on the link would answer at once (RFC 1122 section 3.2.2).',
  },
} satisfies { readonly [K in WithheldReason['kind']]: { because: (values: never) => string; after: string } };
