/** flannel's control plane in words: what happened at each step, and what each example shows. */
import type { ExampleId } from '../../engine/control-plane/example-ids';
import type { Errno } from '../../engine/control-plane/log';
import type { HappeningKind } from '../../engine/control-plane/step';

const errnos = {
  'file exists': 'a route of that subnet is there already',
  'network is unreachable': 'the next hop is on no link of this node',
  'network is down': 'the device is down',
  'no such device': 'there is no such device',
} satisfies Record<Errno, string>;

const happenings = {
  'node-registered': (v: { node: string; podCidr: string | null; isNew: boolean }) =>
    `${v.isNew ? `**${v.node}** is plugged in, and its` : `The`} kubelet ${v.isNew ? '' : `of **${v.node}** `}registers a Node object${v.podCidr === null ? ', which gets no podCIDR' : `; the controller manager assigns **${v.podCidr}**`}. It has no annotations yet, so no flanneld hears of it.`,
  'node-deleted': (v: { node: string }) =>
    `The Node object of **${v.node}** is deleted. Every other flanneld is told; on **${v.node}** itself nothing changes.`,
  'powered-off': (v: { node: string }) =>
    `**${v.node}** is without power. Its Node object stays, so does its lease, and so do all routes to it: nobody is told.`,
  'address-changed': (v: { node: string; dev: string; before: string; after: string }) =>
    `**${v.dev}** of **${v.node}** has **${v.after}** instead of **${v.before}**. flanneld chose its address when it started; its peers still use the old one.`,
  typed: (v: { node: string; command: string; refused: string | null }) =>
    v.refused === null
      ? `On **${v.node}** somebody types **${v.command}**.`
      : `On **${v.node}** somebody types **${v.command}**, which is refused: ${v.refused}`,
  'flannel-stopped': (v: { node: string }) =>
    `flanneld on **${v.node}** stops. Its routes and rules stay in the kernel: packets go on as before, but nobody looks after them.`,
  'no-such-node': (v: { node: string }) => `There is no **${v.node}** in this cluster.`,
  'interface-chosen': (v: { node: string; dev: string; address: string }) =>
    `flanneld on **${v.node}** starts and takes the card of the default route: **${v.dev}**, **${v.address}**.`,
  'start-failed': (v: { node: string; why: 'no-interface' | 'no-pod-cidr' | 'outside-network' }) =>
    `flanneld on **${v.node}** does not start: ${
      {
        'no-interface': 'there is no card with an address that is up',
        'no-pod-cidr': 'its Node object has no podCIDR',
        'outside-network': 'its podCIDR is not inside flannel’s Network',
      }[v.why]
    }.`,
  annotated: (v: { node: string; subnet: string; publicIp: string; changed: boolean }) =>
    `It annotates its Node object: **${v.subnet}** is behind **${v.publicIp}**. ${v.changed ? 'That is news, so the others will be told.' : 'Nothing new, so nobody is told.'}`,
  'rules-written': (v: { node: string }) =>
    `It sets up its iptables rules on **${v.node}**: FLANNEL-POSTRTG in nat, FLANNEL-FWD at the end of FORWARD.`,
  'subnet-env-written': (v: { subnet: string; mtu: string }) =>
    `It writes /run/flannel/subnet.env for the CNI plugin: **FLANNEL_SUBNET=${v.subnet}**, **FLANNEL_MTU=${v.mtu}**. Routes come after that.`,
  'flannel-ready': (v: { node: string }) =>
    `It sets the condition NetworkUnavailable=False (FlannelIsUp): pods may come to **${v.node}**.`,
  'lease-added': (v: { node: string; subnet: string; publicIp: string }) =>
    `flanneld on **${v.node}** hears of a lease: **${v.subnet}** is behind **${v.publicIp}**.`,
  'lease-removed': (v: { node: string; subnet: string }) =>
    `flanneld on **${v.node}** hears that the lease of **${v.subnet}** is gone.`,
  'lease-ignored': (v: { node: string; subnet: string; backend: string }) =>
    `flanneld on **${v.node}** ignores the lease of **${v.subnet}**: its backend is **${v.backend}**. There will be no route.`,
  'route-added': (v: { node: string; route: string }) => `It adds **${v.route}** on **${v.node}**.`,
  'route-kept': (v: { node: string; route: string }) => `**${v.node}** has **${v.route}** already.`,
  'route-replaced': (v: { node: string; before: string; route: string }) =>
    `**${v.node}** has **${v.before}** for that subnet. flanneld deletes it, whoever wrote it, to make room for **${v.route}**.`,
  'route-refused': (v: { node: string; route: string; why: string }) =>
    `The kernel of **${v.node}** does not take **${v.route}**: ${v.why}. flanneld remembers it and tries again every 10 s.`,
  'route-removed': (v: { node: string; route: string }) => `It deletes **${v.route}** on **${v.node}**.`,
  'route-gone-already': (v: { node: string; route: string }) => `**${v.node}** does not have **${v.route}** any more.`,
  'route-recovered': (v: { node: string; route: string }) =>
    `flanneld’s 10 s check on **${v.node}** misses **${v.route}** and adds it again.`,
  'recovery-refused': (v: { node: string; route: string; why: string }) =>
    `flanneld’s 10 s check on **${v.node}** misses **${v.route}**, but the kernel does not take it: ${v.why}. Nothing is logged, now or every 10 s after.`,
  'rules-recovered': (v: { node: string }) =>
    `flanneld’s 5 s check on **${v.node}** finds rules missing and sets all of them up again.`,
  'bridge-made': (v: { node: string; bridge: string; address: string }) =>
    `The first pod comes to **${v.node}**: CNI makes **${v.bridge}** with **${v.address}**, the kernel adds the connected route, and ip_forward is 1.`,
  'pod-connected': (v: { node: string; pod: string; address: string; veth: string }) =>
    `**${v.pod}** gets **${v.address}** and hangs on **${v.node}** by **${v.veth}**.`,
  'cni-refused': (v: { node: string; pod: string; text: string }) =>
    `**${v.pod}** stays in ContainerCreating on **${v.node}**: ${v.text}`,
} satisfies Record<HappeningKind, (values: never) => string>;

const examples = {
  join: {
    title: 'A node joins',
    line: 'Registered, flanneld starts, the first pod comes. Nothing is routed before the annotation.',
  },
  delete: { title: 'A node is deleted', line: 'Its peers drop their route; the node itself still reaches them.' },
  'power-off': {
    title: 'A node loses power',
    line: 'Nobody is told, and every route stays: the next hop just does not answer.',
  },
  'new-address': {
    title: 'A node’s address changes',
    line: 'Nothing works until its flanneld starts anew; then the others replace their route.',
  },
  stale: { title: 'A peer leaves while flanneld is down', line: 'The route to it stays for good.' },
  'route-deleted': { title: 'A route is deleted by hand', line: 'It is back within 10 s.' },
  'route-replaced': {
    title: 'A route is replaced by hand',
    line: 'It stays wrong, and nothing is logged, until flanneld starts anew.',
  },
  'link-down-up': {
    title: 'A link goes down and up',
    line: 'All routes over it are gone; flannel’s come back, the default does not.',
  },
  'rules-flushed': { title: 'FORWARD is flushed', line: 'flannel’s rules are back within 5 s.' },
  forgotten: {
    title: 'Deleted and registered again',
    line: 'Without annotations nobody routes to it, until its flanneld starts anew.',
  },
} satisfies Record<ExampleId, { title: string; line: string }>;

export const controlPlane = { happenings, errnos, examples };
