import { unreachable } from '../../engine/base/result';
import type { Gap } from '../../engine/import/asks';
import type { ContradictionField } from '../../engine/import/contradictions';
import type { FactKind } from '../../engine/import/facts';
import type { Assumption } from '../../engine/topology/topology';

const many = (count: number, one: string, more = `${one}s`): string => `${count} ${count === 1 ? one : more}`;

/** What a piece of text added, by kind. */
const added: Readonly<Record<FactKind, (count: number) => string>> = {
  device: (count) => many(count, 'device'),
  addresses: (count) => `addresses of ${many(count, 'device')}`,
  routes: (count) => many(count, 'route table'),
  neighbour: (count) => many(count, 'neighbour'),
  fdb: (count) => many(count, 'FDB entry', 'FDB entries'),
  'port-mac': (count) => `${many(count, 'MAC address', 'MAC addresses')} behind bridge ports`,
  'peer-ifindex': (count) => many(count, 'peer ifindex', 'peer ifindexes'),
  'tx-checksum': (count) => many(count, 'offload setting'),
  sysctl: (count) => many(count, 'sysctl'),
  netfilter: (count) => many(count, 'table of rules', 'tables of rules'),
  'route-answer': (count) => many(count, 'answer of the kernel', 'answers of the kernel'),
  ping: (count) => many(count, 'ping'),
  traceroute: (count) => many(count, 'traceroute'),
  'subnet-env': () => 'flannel’s settings of a node',
  flanneld: (count) => many(count, 'log line of flanneld', 'log lines of flanneld'),
  pod: (count) => many(count, 'pod'),
  node: (count) => many(count, 'node'),
  'flannel-config': () => 'flannel’s configuration',
};

const fields: Readonly<Record<Assumption['field'], string>> = {
  mac: 'MAC address',
  ifindex: 'ifindex',
  address: 'address',
  mtu: 'MTU',
  name: 'name',
  routes: 'routes',
  host: 'all but its address',
  veth: 'veth pair',
  podCidr: 'podCIDR',
};

const contradictory: Readonly<Record<ContradictionField, string>> = {
  mac: 'MAC address of',
  ifindex: 'ifindex of',
  mtu: 'MTU of',
  master: 'bridge of',
  'peer-ifindex': 'peer ifindex of',
  address: 'addresses of',
  route: 'route to',
  sysctl: 'sysctl',
  'pod-ip': 'address of the pod',
  'pod-node': 'node of the pod',
  'pod-cidr': 'podCIDR',
  'public-ip': 'flannel’s public IP',
  'internal-ip': 'InternalIP',
  backend: 'backend',
  network: 'flannel’s Network',
};

function gap(one: Gap, ip: string, prefix: string): string {
  switch (one.kind) {
    case 'assumed': {
      const { dev, field } = one.what;
      const what = dev === null ? fields[field] : `${dev}: ${fields[field]}`;
      return one.value === null ? `${what} assumed` : `${what} assumed ${one.value}`;
    }
    case 'other-end':
      return `${one.dev}: which pod is at its other end`;
    case 'next-hop':
      return `next hop ${ip} of ${prefix}: whose address it is`;
    case 'segment':
      return `${one.dev}: which network it is plugged into`;
    case 'forwarding':
      return 'ip_forward: taken as on';
    case 'prefix-length':
      return `${one.dev}: length of the network’s prefix; all nodes are taken to be on one network`;
    case 'network':
      return 'flannel’s Network: pods are taken to have no route of their own to it';
    default:
      return unreachable(one);
  }
}

export const importing = {
  hosts: (nodes: number, pods: number, others: number): string =>
    [many(nodes, 'node'), many(pods, 'pod'), ...(others === 0 ? [] : [many(others, 'other host')])].join(', '),
  headings: {
    pieces: 'What was read',
    contradictions: 'What contradicts',
    asks: 'What is not known, and the command that would tell',
  },
  takenFor: (tool: string, host: string | null): string => (host === null ? tool : `${tool}, of ${host}`),
  unknownFormat: 'not taken for anything',
  added,
  nothing: 'nothing added',
  notUnderstood: 'not understood:',
  passedOver: (count: number): string => `${many(count, 'line')} known, but without a place in this model`,
  more: (count: number): string => `… and ${count} more`,
  contradiction: (host: string | null, field: ContradictionField, of: string | null): string =>
    [...(host === null ? [] : [`${host}:`]), contradictory[field], ...(of === null ? [] : [of])].join(' '),
  says: (text: string | null, place: string, taken: boolean): string =>
    `${place} says ${text ?? 'there is none'}${taken ? ' (taken)' : ''}`,
  ask: (host: string | null, command: string): string => (host === null ? command : `on ${host}: ${command}`),
  gap,
};
