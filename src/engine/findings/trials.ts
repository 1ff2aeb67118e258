/** Which ping would suffer: from a pod of one node to one of another, as the command line writes it. */
import { formatIpv4 } from '../addr/ipv4';
import type { Host } from '../topology/topology';
import { type Cluster, type NodeView, someoneOn } from './cluster';
import type { Trial } from './draft';

const PING = 'ping -c 1 -W 4';
const PING_HEADERS = 28; // bytes of IP and ICMP

/** From a pod of `from`, or that node itself, to a pod of `to`, or its bridge; null where nobody is there. */
export function pingLine(from: NodeView, to: NodeView, options = ''): string | null {
  const target = someoneOn(to);
  const sender = someoneOn(from)?.host ?? from.host;
  return target === null ? null : `${sender.name}: ${PING}${options} ${formatIpv4(target.ip)}`;
}

export const pingBetween =
  (from: NodeView, to: NodeView | null): Trial =>
  () =>
    to === null ? null : pingLine(from, to);

/** To a pod of some other node: of one that has pods, by preference. */
export const pingAway =
  (cluster: Cluster, from: NodeView): Trial =>
  () => {
    const to = anotherThan(cluster, from);
    return to === null ? null : pingLine(from, to);
  };

/** From a pod of some other node. */
export const pingTowards =
  (cluster: Cluster, to: NodeView): Trial =>
  () => {
    const from = anotherThan(cluster, to);
    return from === null ? null : pingLine(from, to);
  };

/** As large as the pod can make it, and not to be cut into pieces. */
export const fullSize = (mtuBytes: number): string => ` -M do -s ${mtuBytes - PING_HEADERS}`;

/** The first two nodes with pods, or, where there are not as many, with a bridge: one of them is another than any given. */
const candidates = new WeakMap<Cluster, readonly NodeView[]>();

export function anotherThan(cluster: Cluster, node: NodeView): NodeView | null {
  let first = candidates.get(cluster);
  if (first === undefined) {
    const isBusy = (one: NodeView): boolean => one.pods.length > 0 && someoneOn(one) !== null;
    const busy = cluster.nodes.filter(isBusy);
    const idle = cluster.nodes.filter((one) => !isBusy(one) && someoneOn(one) !== null);
    first = [...busy, ...idle].slice(0, 2);
    candidates.set(cluster, first);
  }
  return first.find((one) => one !== node) ?? null;
}

/** From one pod to a pod of another node, else to one of its own. */
export const pingFromPod =
  (cluster: Cluster, node: NodeView, pod: Host): Trial =>
  () => {
    const to = anotherThan(cluster, node);
    const line = to === null ? null : someoneOn(to);
    return line === null ? null : `${pod.name}: ${PING} ${formatIpv4(line.ip)}`;
  };

export const pingToPod =
  (cluster: Cluster, node: NodeView, pod: Host): Trial =>
  () => {
    const from = anotherThan(cluster, node);
    const target = someoneOn({ ...node, pods: [pod] });
    const sender = from === null ? null : (someoneOn(from)?.host ?? from.host);
    return sender === null || target === null ? null : `${sender.name}: ${PING} ${formatIpv4(target.ip)}`;
  };
