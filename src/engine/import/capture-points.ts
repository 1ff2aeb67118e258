/** The places shown side by side: the way of a packet from a pod of one node to a pod of another. */
import type { CapturePoint, Host } from '../topology/topology';

/** `pod1` and `pod2` where hosts are so called, else the first two pods on different nodes, else the first two. */
export function capturePointsOf(hosts: readonly Host[]): readonly CapturePoint[] {
  const pods = hosts.filter(({ role }) => role === 'pod');
  const [first, second] = journey(pods);
  if (first === undefined) return [];
  const nodes = [first.node, second?.node].flatMap((name) => hosts.find((host) => host.name === name) ?? []);
  const between = [...new Set(nodes)].length === 1 ? [] : nodes.flatMap((node) => pointAt(node, cardOf(node)));
  return [
    ...pointAt(first, podSide(first)),
    ...between,
    ...(second === undefined ? [] : pointAt(second, podSide(second))),
  ];
}

function journey(pods: readonly Host[]): readonly [Host?, Host?] {
  const named = (name: string) => pods.find((pod) => pod.name === name);
  const first = named('pod1') ?? pods[0];
  if (first === undefined) return [];
  const called = first.name === 'pod1' ? named('pod2') : undefined;
  const second = called ?? pods.find(({ node }) => node !== first.node) ?? pods.find((pod) => pod !== first);
  return second === undefined ? [first] : [first, second];
}

const pointAt = (host: Host, dev: string | undefined): readonly CapturePoint[] =>
  dev === undefined ? [] : [{ id: host.name, host: host.name, dev }];

const podSide = (pod: Host): string | undefined => pod.devices.find(({ link }) => link.kind === 'veth')?.name;

/** The card that host-gw's routes leave by, or else the one with the default route, or else the first. */
function cardOf(node: Host): string | undefined {
  const cards = node.devices.filter(({ link }) => link.kind === 'nic').map(({ name }) => name);
  const byDefault = node.routes.find(({ dst, dev }) => dst.len === 0 && dev !== null && cards.includes(dev));
  const byVia = node.routes.find(({ via, dev }) => via !== null && dev !== null && cards.includes(dev));
  const addressed = node.devices.find(({ name, addresses }) => cards.includes(name) && addresses.length > 0);
  return byDefault?.dev ?? byVia?.dev ?? addressed?.name ?? cards[0];
}
