/**
 * "Collect": the commands that ask the real cluster for what a comparison needs, as a shell script with the names and
 * addresses filled in. It asks only the hosts on the way between the capture points, changes nothing on them, and writes
 * one folder, in formats that the importer reads.
 */
import { formatIpv4, type Ipv4 } from '../addr/ipv4';
import { lookup } from '../net/fib';
import { addressOf, nodeOf } from '../topology/places';
import { deviceNamed, type Host, hostNamed, ownerOf, type Topology } from '../topology/topology';
import { COLLECT_END, COLLECT_OPENING, COLLECT_WORDS } from './collect-shell';
import { isDeviceName, oneLine, quoted, safeNames } from './shell';
import { stateCommands } from './state-commands';

/** Hops followed to find who is on the way; more would be a loop. */
const HOPS_MAX = 16;

type SafeName = (host: Host) => string;

export function collectScript(topology: Topology): string {
  const safe = safeNames(topology.hosts.map(({ name }) => name));
  const byHost = new Map(topology.hosts.map((host, i) => [host, safe[i] ?? '']));
  const name: SafeName = (host) => byHost.get(host) ?? '';
  const hosts = hostsToAsk(topology);
  const ends = endsOf(topology);
  const parts = [
    head(topology, hosts, name),
    COLLECT_OPENING,
    reach(topology, hosts, name),
    COLLECT_WORDS,
    [`ask_for_access ${hosts.map(name).join(' ')}`, ...hosts.map((host) => stateOf(host, name))].join('\n\n'),
    journey(topology, hosts, ends, name),
    'say "Done. Drop the folder $OUT on Hopscope."',
  ];
  return `${parts.join('\n\n')}\n`;
}

/** The pods at the two ends of the capture points, in their order. */
function endsOf(topology: Topology): readonly Host[] {
  const hosts = topology.capturePoints.flatMap(({ host }) => hostNamed(topology, host) ?? []);
  const pods = [...new Set(hosts.filter(({ role }) => role === 'pod'))];
  const [first, ...others] = pods;
  const last = others.at(-1);
  return first === undefined || last === undefined ? [] : [first, last];
}

/** Who is captured at, their nodes, and every node a packet would come by, there and back; no routers, which have no shell. */
function hostsToAsk(topology: Topology): readonly Host[] {
  const captured = topology.capturePoints.flatMap(({ host }) => hostNamed(topology, host) ?? []);
  const [a, b] = endsOf(topology);
  const between = a === undefined || b === undefined ? [] : [...way(topology, a, b), ...way(topology, b, a)];
  const wanted = new Set([...captured, ...captured.map((host) => nodeOf(topology, host)), ...between]);
  const all = wanted.size > 0 ? [...wanted] : topology.hosts;
  return all.filter(({ role }) => role === 'node' || role === 'pod');
}

/** The hosts that the tables lead a packet through. */
function way(topology: Topology, from: Host, to: Host): readonly Host[] {
  const dst = addressOf(to)?.ip;
  const seen: Host[] = [];
  for (let at: Host | null = from; at !== null && dst !== undefined && seen.length < HOPS_MAX; ) {
    if (seen.includes(at)) break;
    seen.push(at);
    at = at === to ? null : nextHost(topology, at, dst);
  }
  return seen;
}

function nextHost(topology: Topology, at: Host, dst: Ipv4): Host | null {
  const via = lookup(at.routes, dst);
  const owner = via?.type === 'unicast' ? ownerOf(topology, via.via ?? dst) : null;
  return owner === null ? null : hostNamed(topology, owner.host);
}

function head({ name }: Topology, hosts: readonly Host[], safe: SafeName): string {
  const of = (role: Host['role']): string =>
    hosts
      .filter((host) => host.role === role)
      .map(safe)
      .join(', ') || 'none';
  return [
    '#!/bin/sh',
    `# Collects from the cluster ${JSON.stringify(oneLine(name))} what Hopscope sets beside its prediction: the state of these hosts,`,
    '# and captures of one ping between the two pods.',
    `#   by ssh, as root:  ${of('node')}`,
    `#   by kubectl exec:  ${of('pod')}`,
    '# It reads; the only thing it sends into the cluster is that ping. On the nodes it needs tcpdump; in the pods sh and ping.',
    '# Usage: sh THIS-SCRIPT [FOLDER]     Before it: SSH="ssh -i KEY" and KUBECTL="kubectl -n NAMESPACE", where needed.',
  ].join('\n');
}

/** One line a host, for people to correct; a second way into pods stands ready as a comment. */
function reach(topology: Topology, hosts: readonly Host[], name: SafeName): string {
  return [
    '# How each host is reached; correct it where it is not so. reach HOST COMMAND',
    '# ($RUN is exec for captures, so that they can be ended, and else nothing.)',
    'reach() {',
    '  case $1 in',
    ...hosts.flatMap((host) => entrances(topology, host, hosts, name).map((line) => `    ${line}`)),
    '  esac',
    '}',
  ].join('\n');
}

function entrances(topology: Topology, host: Host, hosts: readonly Host[], name: SafeName): readonly string[] {
  const label = oneLine(host.label ?? host.name);
  if (host.role !== 'pod') {
    const address = addressOf(host);
    return [`${name(host)}) $RUN $SSH root@${address === null ? quoted(label) : formatIpv4(address.ip)} "$2" ;;`];
  }
  const slash = label.indexOf('/');
  const namespace = label.slice(0, Math.max(0, slash));
  const pod = quoted(label.slice(slash + 1).replace(/^-+/, ''));
  const there = namespace === '' ? '' : `-n ${quoted(namespace)} `;
  const node = nodeOf(topology, host);
  return [
    `${name(host)}) $RUN $KUBECTL exec -i ${there}${pod} -- sh -c "$2" ;;`,
    ...(node !== host && hosts.includes(node)
      ? [`# without a shell in the pod: ${name(host)}) inside ${name(node)} ${pod} "$2" ;;`]
      : []),
  ];
}

/** Words inside a here-document whose mark is quoted: nothing in it means anything to the shell here. */
const stateOf = (host: Host, name: SafeName): string =>
  [`state ${name(host)} <<'END'`, ...stateCommands(host).map(oneLine), 'END'].join('\n');

function journey(topology: Topology, hosts: readonly Host[], ends: readonly Host[], name: SafeName): string {
  const addresses = ends.flatMap((host) => addressOf(host)?.ip ?? []).map(formatIpv4);
  const [from] = ends;
  const to = addresses.at(-1);
  if (from === undefined || to === undefined) return '# No two pods are known, so there is nothing to capture.';
  const only = [...addresses.map((address) => `host ${address}`), 'arp', 'udp port 8472', 'ip proto 4'].join(' or ');
  const captures = topology.capturePoints.flatMap(({ host, dev }) => {
    const at = hosts.find((one) => one.name === host);
    return at === undefined || !isDeviceName(dev) ? [] : [captureLine(topology, at, dev, name)];
  });
  return [
    '# Only ARP and what the two pods send or get, so that no capture holds its own transport. -p: the interface is left as it is.',
    `ONLY='${only}'`,
    ...captures,
    'listening',
    `run ${name(from)} 'ping -c 1 ${to}'`,
    COLLECT_END,
  ].join('\n');
}

/** A pod without tcpdump is captured at the other end of its cable, on its node: the frames are the same. */
function captureLine(topology: Topology, host: Host, dev: string, name: SafeName): string {
  const line = `capture ${name(host)} ${dev}`;
  const link = deviceNamed(host, dev)?.link;
  if (host.role !== 'pod' || link?.kind !== 'veth' || !isDeviceName(link.peer.dev)) return line;
  const node = hostNamed(topology, link.peer.host);
  return node === null ? line : `${line} ${name(node)} ${link.peer.dev}`;
}
