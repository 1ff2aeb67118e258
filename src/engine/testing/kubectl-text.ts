/** What kubectl would print of a cluster of any size: for tests and the benchmark of imports. */
import { formatIpv4, ipv4FromNumber } from '../addr/ipv4';
import { formatPrefix, prefixOf } from '../addr/prefix';

const CLUSTER_BASE = 0x0a00_0000; // 10.0.0.0/8
const LAN_BASE = 0xac10_0000; // 172.16.0.0/12: room for 5,000 nodes on one network
const PODS_PER_SUBNET = 200; // addresses .2 to .201

const nodeName = (node: number): string => `node${node + 1}.example.com`;
const subnetOf = (node: number) => prefixOf(ipv4FromNumber(CLUSTER_BASE + (node + 1) * 256), 24);
export const podAddress = (node: number, pod: number): string =>
  formatIpv4(ipv4FromNumber(subnetOf(node).base + 2 + (pod % PODS_PER_SUBNET)));

/** Five characters, as Kubernetes draws them, different for each pod of the cluster. */
function suffix(number: number): string {
  const letters = 'bcdfghjklmnpqrstvwxz2456789';
  let rest = number;
  let text = '';
  for (let i = 0; i < 5; i += 1) {
    text += letters[rest % letters.length];
    rest = Math.floor(rest / letters.length);
  }
  return text;
}

/** The name that the import gives to a pod of `podsText`. */
export const podHost = (node: number, pod: number, podsPerNode: number): string =>
  `web-${suffix(node * podsPerNode + pod)}`;

/** `kubectl get nodes -o json` */
export function nodesJson(nodes: number): string {
  const items = Array.from({ length: nodes }, (_, node) => ({
    apiVersion: 'v1',
    kind: 'Node',
    metadata: {
      name: nodeName(node),
      annotations: {
        'flannel.alpha.coreos.com/backend-data': 'null',
        'flannel.alpha.coreos.com/backend-type': 'host-gw',
        'flannel.alpha.coreos.com/kube-subnet-manager': 'true',
        'flannel.alpha.coreos.com/public-ip': formatIpv4(ipv4FromNumber(LAN_BASE + node + 2)),
      },
    },
    spec: { podCIDR: formatPrefix(subnetOf(node)), podCIDRs: [formatPrefix(subnetOf(node))] },
    status: {
      addresses: [{ address: formatIpv4(ipv4FromNumber(LAN_BASE + node + 2)), type: 'InternalIP' }],
      conditions: [{ status: 'True', type: 'Ready' }],
    },
  }));
  return JSON.stringify({ apiVersion: 'v1', items, kind: 'List' }, null, 4);
}

/** `kubectl get pods -A -o wide` */
export function podsText(nodes: number, podsPerNode: number): string {
  const row = (...cells: readonly string[]): string =>
    cells.map((cell, at) => cell.padEnd([12, 30, 8, 10, 11, 6, 15, 24, 17, 15][at] ?? 0)).join('');
  const rows = [
    row('NAMESPACE', 'NAME', 'READY', 'STATUS', 'RESTARTS', 'AGE', 'IP', 'NODE', 'NOMINATED NODE', 'READINESS GATES'),
  ];
  for (let node = 0; node < nodes; node += 1) {
    for (let pod = 0; pod < podsPerNode; pod += 1) {
      const name = `web-777bbd57c8-${suffix(node * podsPerNode + pod)}`;
      rows.push(
        row('default', name, '1/1', 'Running', '0', '5d', podAddress(node, pod), nodeName(node), '<none>', '<none>'),
      );
    }
  }
  return rows.join('\n');
}
