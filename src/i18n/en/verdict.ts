/** A verdict in words: what became of a command, where and why, what a proof tells, what a repair does. */

import type { Stage } from '../../engine/verdict/loss';
import type { Counter } from '../../engine/verdict/loss-mark';
import type { Shows } from '../../engine/verdict/proof';
import type { RepairKind } from '../../engine/verdict/repair';
import type { Outcome } from '../../engine/verdict/verdict';
import { listed } from '../english-list';

const both = { request: 'request', answer: 'reply' };

const outcome = {
  answered: {
    title: 'Answered',
    lead: (v: { host: string; target: string }) => `**${v.host}** asked **${v.target}** and got an answer.`,
  },
  delivered: {
    title: 'Delivered',
    lead: (v: { host: string; target: string }) => `**${v.target}** took it; nothing there answers **${v.host}**.`,
  },
  'request-lost': {
    title: 'Request lost',
    lead: (v: { host: string; target: string }) =>
      `The request never reached **${v.target}**, and nobody told **${v.host}**.`,
  },
  'reply-lost': {
    title: 'Reply lost',
    lead: (v: { host: string; target: string }) =>
      `**${v.target}** got the request and answered; the reply never reached **${v.host}**.`,
  },
  'error-answered': {
    title: 'Answered with an error',
    lead: (v: { host: string; target: string }) =>
      `The request was not served by **${v.target}**, and **${v.host}** was told so by ICMP.`,
  },
  'refused-locally': {
    title: 'Refused by its own host',
    lead: (v: { host: string; target: string }) => `The kernel of **${v.host}** itself gave up on **${v.target}**.`,
  },
  unfinished: {
    title: 'Still under way',
    lead: (v: { host: string; target: string }) =>
      `The run was cut short before **${v.host}** heard of **${v.target}**.`,
  },
} satisfies Record<Outcome, { title: string; lead: (values: never) => string }>;

const stage = {
  wire: 'between the hosts',
  'device-in': 'device, coming in',
  bridge: 'bridge',
  header: 'IP header check',
  prerouting: 'PREROUTING',
  route: 'route lookup',
  forwarding: 'is forwarding on?',
  source: 'source check',
  ttl: 'TTL',
  mtu: 'MTU',
  forward: 'FORWARD',
  reassembly: 'reassembly',
  input: 'INPUT',
  socket: 'socket',
  output: 'OUTPUT',
  postrouting: 'POSTROUTING',
  neighbour: 'neighbour (ARP)',
  tunnel: 'tunnel',
  'device-out': 'device, going out',
} satisfies Record<Stage, string>;

const shows = {
  'route-taken': 'where its route table sends the packet',
  'route-refused': 'the route lookup itself says no',
  'route-not-addable': 'the kernel does not take flannel’s route: the next hop is on no link of this node',
  sysctl: 'the value that decides',
  counter: 'rises by one with every packet lost here',
  chain: 'the rules with their counters: the one that refuses counts up',
  neighbour: 'no MAC is known for the next hop',
  link: 'state and MTU of the device',
  'bridge-ports': 'what hangs on the bridge',
  'frame-leaves': 'the packet leaves here …',
  'frame-missing': '… and does not arrive here',
  'each-hop': 'every router that answers, up to where it ends',
  'source-changed': 'the packet leaves with another source address',
  pods: 'whether any pod has this address now',
  backend: 'which backend flannel is given, in “net-conf.json”: host-gw is wanted here',
  nodes: 'which node has which address and pod network, or is not ready',
  ports: 'what listens, and the port is not among it',
  annotations: 'what flannel and Kubernetes say of the node',
  'arrival-ttl': 'one lower for every router more on the way',
} satisfies Record<Shows, string>;

const repairs = {
  'add-route': 'Set the route that flannel would have written. If it goes away again, look at flanneld’s log.',
  'routes-on-router':
    'host-gw needs nodes on one link. Either the router learns the pod networks, as here, or the cluster uses vxlan.',
  'link-up': 'Bring the device up again. Routes over it went with it; flanneld restores its own within 10 s.',
  'on-bridge': 'Put the pod’s cable back on the bridge.',
  'forwarding-on': 'Let the kernel route for others. Keep it in /etc/sysctl.d, or it is gone after a reboot.',
  'rp-filter-loose': 'Accept any sender that can be reached by some way. The larger of “all” and the device counts.',
  'accept-in-chain': 'Accept the cluster’s own network before whatever refuses, as flannel’s rules do.',
  'policy-accept': 'Let FORWARD accept by default. flannel’s own rules would do, too: --iptables-forward-rules.',
  'raise-mtu': 'Let every card on the way take packets as large as the pods send.',
  'smaller-ping': 'Or send packets that fit: the pods’ MTU should be no larger than the way’s.',
  'larger-ttl': 'Nothing is broken: send it with the usual TTL of 64.',
  'existing-pod': 'Nothing is broken: nobody has this address. Ask a pod that is there; endpoints may be out of date.',
  'guard-off':
    'Switch the check off in the cloud or hypervisor: source/destination check, port security, anti-spoofing. Or use vxlan.',
  'no-snat': 'Leave traffic inside the cluster’s network alone, before the rule that rewrites it.',
  'open-port': 'Start a service on that port.',
} satisfies Record<RepairKind, string>;

const counter = {
  nstat: (v: { host: string; name: string }) => `On **${v.host}** the counter **${v.name}** rises (nstat -az).`,
  policy: (v: { host: string; name: string }) =>
    `On **${v.host}** the policy of **${v.name}** counts it (iptables -nvL).`,
  rule: (v: { host: string; name: string }) => `On **${v.host}** the rule **${v.name}** counts it (iptables-save -c).`,
  device: (v: { host: string; name: string }) => `On **${v.host}** the device’s **${v.name}** rises (ip -s -s link).`,
  proc: (v: { host: string; name: string }) => `On **${v.host}** **${v.name}** rises (/proc/net/stat).`,
} satisfies Record<Counter['kind'], (values: never) => string>;

export const verdict = {
  outcome,
  stage,
  lost: (v: { what: keyof typeof both; host: string; stage: string; reason: string }) =>
    `The ${both[v.what]} was lost at **${v.host}**, at **${v.stage}**: ${v.reason}`, // the reason: `drops`
  bridged: 'It was only bridged, not routed; br_netfilter sends it through FORWARD all the same.',
  counter,
  noCounter: 'No counter rises.',
  skbReason: (v: { reason: string }) => `The kernel’s drop reason is **${v.reason}** (tracepoint skb:kfree_skb).`,
  error: (v: { host: string; from: string; name: string; number: string; what: keyof typeof both }) =>
    `**${v.host}** said so from **${v.from}**: **${v.name}** (ICMP ${v.number}), about the ${both[v.what]}.`,
  errorUnheard: 'Nobody was waiting for that message.',
  withheld: (v: { host: string; why: string }) => `**${v.host}** sends no ICMP error: ${v.why}`, // the reason: `withheld`
  silent: 'No ICMP error is sent: the sender sees only a timeout.',
  ways: {
    same: 'Request and reply take the same way.',
    requestOnly: (hosts: readonly string[]): string => `Only the request passes **${listed(hosts)}**.`,
    answerOnly: (hosts: readonly string[]): string => `Only the reply passes **${listed(hosts)}**.`,
    ttl: (v: { request: string; answer: string }) =>
      `TTL on arrival: **${v.request}** there, **${v.answer}** back. ping prints only the second.`,
    detour: (v: { what: keyof typeof both; host: string; after: string; segment: string }) =>
      `The ${both[v.what]} goes by **${v.host}** although **${v.after}** could hand it on directly: the next host is on **${v.segment}**, too.`,
    loop: (hosts: readonly string[]): string => `The packet comes by **${listed(hosts)}** again and again.`,
  },
  rewrite: {
    src: (v: { host: string; before: string; after: string }) =>
      `**${v.host}** rewrites the source **${v.before}** to **${v.after}**.`,
    dst: (v: { host: string; before: string; after: string }) =>
      `**${v.host}** rewrites the destination **${v.before}** to **${v.after}**.`,
  },
  shows,
  repairs,
};
