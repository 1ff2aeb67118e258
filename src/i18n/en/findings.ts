/** What is wrong with a cluster, in words: what was seen, why it matters, what mends it, and a table beside flannel's. */
import type { FindingKind, RemedyKind, Severity } from '../../engine/findings/finding';
import type { RowVerdict } from '../../engine/findings/route-audit';
import { listed } from '../english-list';
import { verdict } from './verdict';

const whats = { card: 'network card', bridge: 'bridge', cable: 'pod’s cable', pod: 'pod’s own device' };

/** Nodes by name, as many as one can read at a glance. */
const NAMES_MAX = 5;
const some = (names: readonly string[]): string =>
  names.length <= NAMES_MAX
    ? listed(names)
    : `${names.slice(0, NAMES_MAX).join(', ')} and ${names.length - NAMES_MAX} more`;

const kinds = {
  'route-missing': {
    title: 'flannel’s route is missing',
    says: (v: { node: string; routes: readonly string[]; peers: readonly string[] }) =>
      `**${v.node}** has no route to the pods of **${some(v.peers)}**. flannel would write: **${some(v.routes)}**.`,
  },
  'route-wrong': {
    title: 'Wrong next hop',
    says: (v: { node: string; actual: string; expected: string; peer: string }) =>
      `**${v.node}** sends packets for the pods of **${v.peer}** elsewhere: it has **${v.actual}**, flannel writes **${v.expected}**. flanneld’s 10 s check does not mend it: the kernel answers “File exists”, and nothing is logged.`,
  },
  'route-refusing': {
    title: 'A route that refuses stands in the way',
    says: (v: { node: string; actual: string; expected: string; peer: string }) =>
      `On **${v.node}** the pods of **${v.peer}** meet **${v.actual}**; flannel writes **${v.expected}**.`,
  },
  'route-stale': {
    title: 'Leftover route',
    says: (v: { node: string; actual: string }) =>
      `**${v.node}** has **${v.actual}**, and no node has that subnet any more. flanneld does not clear up what was left while it was down.`,
  },
  'route-foreign': {
    title: 'A route flannel did not write',
    says: (v: { node: string; actual: string; peer: string | null }) =>
      `**${v.node}** has **${v.actual}**${v.peer === null ? ' inside the pods’ network' : `, inside the subnet of **${v.peer}**`}: neither flannel nor a bridge writes it.`,
  },
  'own-subnet-elsewhere': {
    title: 'The node does not reach its own pods',
    says: (v: { node: string; subnet: string; bridge: string; actual: string | null }) =>
      `**${v.node}** should reach **${v.subnet}** by **${v.bridge}**, but its table says ${v.actual === null ? 'nothing of it' : `**${v.actual}**`}.`,
  },
  'pod-no-route': {
    title: 'The pod has no way out',
    says: (v: { pod: string }) => `**${v.pod}** has no route beyond its own subnet.`,
  },
  'link-down': {
    title: 'A device is down',
    says: (v: { host: string; dev: string; what: keyof typeof whats }) =>
      `**${v.dev}** of **${v.host}**, the ${whats[v.what]}, is down. Every route over it went with it.`,
  },
  'veth-off-bridge': {
    title: 'The pod’s cable is not on the bridge',
    says: (v: { node: string; dev: string; pod: string; bridge: string }) =>
      `**${v.dev}**, the cable of **${v.pod}**, is not a port of **${v.bridge}** on **${v.node}**.`,
  },
  'veth-unpaired': {
    title: 'A cable without its other end',
    says: (v: { node: string; dev: string; peer: string }) =>
      `**${v.dev}** on **${v.node}** should lead to **${v.peer}**, which does not lead back to it.`,
  },
  'bridge-address': {
    title: 'The bridge has another address',
    says: (v: { node: string; bridge: string; actual: string | null; expected: string }) =>
      `**${v.bridge}** on **${v.node}** has ${v.actual === null ? 'no address' : `**${v.actual}**`}; its podCIDR asks for **${v.expected}**. New pods stay in ContainerCreating: “"${v.bridge}" already has an IP address different from ${v.expected}”.`,
  },
  'mtu-below-pods': {
    title: 'The way is narrower than the pods',
    says: (v: { node: string; dev: string; mtu: string; podMtu: string }) =>
      `**${v.dev}** on **${v.node}** takes **${v.mtu}** bytes, its pods send up to **${v.podMtu}**. Small pings pass, large transfers may hang.`,
  },
  'mtu-differs': {
    title: 'The nodes’ MTUs differ',
    says: (v: { node: string; dev: string; mtu: string; others: string }) =>
      `**${v.dev}** on **${v.node}** has MTU **${v.mtu}**, most nodes have **${v.others}**. What is too large is lost on the link, and nobody says so.`,
  },
  'forwarding-off': {
    title: 'The node does not forward',
    says: (v: { node: string; key: string }) =>
      `On **${v.node}** **${v.key} = 0**: packets between its pods and others end there, silently. It still answers ARP and pings to itself.`,
  },
  'forward-drop': {
    title: 'FORWARD drops pods’ packets',
    says: (v: { node: string; rule: string | null }) =>
      v.rule === null
        ? `On **${v.node}** no rule accepts the pods’ network, and the policy of **FORWARD** is **DROP**. flannel’s own rules are not there.`
        : `On **${v.node}** the rule **${v.rule}** drops packets between pods.`,
  },
  'forward-reject': {
    title: 'FORWARD rejects pods’ packets',
    says: (v: { node: string; rule: string }) =>
      `On **${v.node}** the rule **${v.rule}** comes before anything that would accept the pods’ network.`,
  },
  'rp-filter-strict': {
    title: 'Strict source check, and the way back leaves elsewhere',
    says: (v: { node: string; dev: string; peer: string; back: string }) =>
      `**${v.node}** accepts on **${v.dev}** only senders it would answer by **${v.dev}**; its way back to the pods of **${v.peer}** is **${v.back}**.`,
  },
  'pod-traffic-rewritten': {
    title: 'Pods’ addresses are masqueraded inside the cluster',
    says: (v: { node: string; rule: string }) =>
      `On **${v.node}** the rule **${v.rule}** rewrites the source of packets from pod to pod: the other side sees the node, not the pod.`,
  },
  'nodes-apart': {
    title: 'Nodes are not on one link',
    says: (v: { nodes: readonly string[]; address: string; others: readonly string[]; othersNet: string }) =>
      `**${some(v.nodes)}** (${v.address}) and **${some(v.others)}** (${v.othersNet}) have no link in common. host-gw makes each node the next hop of the others, and the kernel refuses a next hop that is on no link: “Nexthop has invalid gateway”.`,
  },
  'backend-mixed': {
    title: 'Backends are mixed',
    says: (v: { node: string; backend: string; others: string }) =>
      `**${v.node}** uses **${v.backend}**, the others **${v.others}**. Each side ignores the other’s lease (“Ignoring non-${v.others} subnet: type=${v.backend}”), so there is no route either way.`,
  },
  'not-managed': {
    title: 'flannel does not know the node',
    says: (v: { node: string }) =>
      `**${v.node}** lacks the annotation kube-subnet-manager, so no other node is told of it. It comes with the next start of flanneld there.`,
  },
  'pod-cidr-missing': {
    title: 'The node has no podCIDR',
    says: (v: { node: string }) =>
      `**${v.node}** was given no podCIDR: flanneld does not start (“pod cidr not assigned”).`,
  },
  'pod-cidr-outside': {
    title: 'podCIDR outside flannel’s Network',
    says: (v: { node: string; podCidr: string; network: string }) =>
      `**${v.node}** has podCIDR **${v.podCidr}**, which is not inside flannel’s Network **${v.network}**: flanneld does not start there.`,
  },
  'pod-cidr-shared': {
    title: 'Two nodes have one podCIDR',
    says: (v: { node: string; podCidr: string; other: string }) =>
      `**${v.node}** and **${v.other}** both have **${v.podCidr}**: only one of them can be reached.`,
  },
  'pod-outside-cidr': {
    title: 'Pod outside its node’s podCIDR',
    says: (v: { node: string; pod: string; ip: string; podCidr: string }) =>
      `**${v.pod}** has **${v.ip}**, but **${v.node}** has **${v.podCidr}**. Nobody has a route to it, and flannel’s masquerade rules take it for a stranger.`,
  },
  'public-ip-shared': {
    title: 'Several nodes have one public IP',
    says: (v: { node: string; ip: string; others: readonly string[] }) =>
      `**${v.node}** and **${some(v.others)}** all name **${v.ip}** as their next hop. flanneld chose a card that is alike everywhere, such as Vagrant’s NAT.`,
  },
  'public-ip-elsewhere': {
    title: 'The public IP is not the card’s',
    says: (v: { node: string; publicIp: string; dev: string; ip: string }) =>
      `**${v.node}** publishes **${v.publicIp}**, but **${v.dev}** has **${v.ip}**. host-gw knows no NAT: flanneld does not start (“your PublicIP differs from interface IP”).`,
  },
  'address-duplicate': {
    title: 'One address, two owners',
    says: (v: { ip: string; at: readonly string[] }) =>
      `**${v.ip}** is on **${some(v.at)}**: whoever answers ARP first gets the packets.`,
  },
  'mac-duplicate': {
    title: 'One MAC, two owners',
    says: (v: { mac: string; at: readonly string[] }) =>
      `**${v.mac}** is on **${some(v.at)}**: the switch sends its frames to whoever spoke last.`,
  },
} satisfies Record<FindingKind, { title: string; says: (values: never) => string }>;

const remedies = {
  ...verdict.repairs,
  'delete-route': 'Delete it by hand; flannel never does.',
  'restart-flannel': 'Start flanneld anew on that node: it writes its annotations and all its routes again.',
  'new-bridge': 'Let CNI build the bridge anew. The node’s pods move away first.',
  'recreate-pod': 'Let the pod be made anew; it then gets an address of the node’s present podCIDR.',
  'choose-interface': 'Tell flanneld which card to use: --iface, --iface-regex, --iface-can-reach, or this annotation.',
  'no-overwrite': 'Take --public-ip or the overwrite annotation away, or use vxlan or wireguard, which pass NAT.',
  'one-backend': 'Start flanneld anew on all nodes, with one and the same backend.',
  'assign-pod-cidr': 'Let the controller manager assign podCIDRs (kubeadm init --pod-network-cidr).',
  'change-network': 'Make Network in net-conf.json the same as the cluster’s pod network.',
  'change-address': 'Give one of them another address.',
  'change-mac': 'Give one of them another MAC.',
} satisfies Record<RemedyKind, string>;

const rows = {
  right: 'right',
  missing: 'missing',
  wrong: 'wrong',
  stale: 'stale',
  foreign: 'foreign',
  refused: 'refused by the kernel',
  unseen: 'not shown',
} satisfies Record<RowVerdict, string>;

const severities = { error: 'error', warning: 'warning', note: 'note' } satisfies Record<Severity, string>;

export const findings = {
  kinds,
  remedies,
  rows,
  severities,
  /** Said of the ping that was tried; the verdict's own sentences follow. */
  tried: (command: string) => `Tried out: **${command}**`,
  sees: 'What one sees:',
  mends: 'With the repair below it is answered.',
  doesNotMend: 'The repair below alone does not bring an answer: something else is wrong, too.',
  notTried: 'Not tried out.',
  check: 'Check',
  prints: (text: string) => `prints ${text}`,
  repair: 'Repair',
  or: 'or',
  kubectl: 'kubectl',
  none: 'Nothing wrong was found.',
  count: (v: { errors: number; warnings: number; notes: number }) =>
    `${v.errors} ${v.errors === 1 ? 'error' : 'errors'}, ${v.warnings} ${v.warnings === 1 ? 'warning' : 'warnings'}, ${v.notes} ${v.notes === 1 ? 'note' : 'notes'}.`,
  heading: 'What is wrong',
  audit: {
    heading: 'Route tables beside flannel’s',
    verdict: 'verdict',
    title: (node: string) => `Routes of ${node}`,
    unknown: 'Its route table was not shown; this is what flannel would write.',
    allRight: (n: number) => `all ${n} as flannel writes them`,
    expected: 'flannel writes',
    actual: 'the node has',
    nothing: '-',
  },
};
