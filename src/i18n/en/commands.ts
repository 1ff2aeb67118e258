/** The command box: what can be typed at a host, and what is wrong with what was typed. */
import { formatPrefix } from '../../engine/addr/prefix';
import { unreachable } from '../../engine/base/result';
import type { CommandError } from '../../engine/sim/command';
import type { EditError } from '../../engine/topology/edits';
import type { ExampleKind } from '../../engine/topology/examples';

const OPTIONS: Readonly<Record<string, string>> = {
  ping: '-c -i -s -t -W -M do|dont|want -Q -I -n',
  traceroute: '-n -I -m -q -w',
  curl: '-s -m, and http://ADDRESS:PORT/',
  nc: '-u -w ADDRESS PORT',
  ip: 'route add|replace|del … and link set …',
  'ip route': 'add, replace, del',
  'ip link': 'set DEV up|down|mtu N|master BRIDGE|nomaster',
  sysctl: '-w KEY=NUMBER',
  iptables: '-t filter|nat, -P, -A, -I, -D, -N, -F',
};

const KNOWN = 'ping, traceroute, curl, nc -u, ip route, ip link set, sysctl -w, iptables';

/** `address`: that of the host whose name was typed where an address belongs; null otherwise. */
function error(what: CommandError | EditError, address: string | null): string {
  switch (what.kind) {
    case 'no-host':
      return 'Type a command first.';
    case 'unknown-host':
      return `The cluster has no host ${what.host}.`;
    case 'unknown-command':
      return `${what.command} is not among the commands here: ${KNOWN}.`;
    case 'unknown-option': {
      const known = OPTIONS[what.command];
      return `${what.command}: ${what.option} is not supported here.${known === undefined ? '' : ` Supported: ${known}.`}`;
    }
    case 'bad-value':
      return address === null
        ? `${what.command}: “${what.value}” is no value for ${what.option}.`
        : `${what.command}: there is no DNS here; the address of ${what.value} is ${address}.`;
    case 'missing':
      return MISSING[what.what](what.command);
    case 'refused':
      return `${what.host} refuses ${what.command}: ${what.text}`;
    case 'no-card':
      return `${what.host} has no network card with an address and a cable.`;
    case 'no-router':
      return `No router is on the segment of ${what.host}.`;
    case 'unknown-segment':
      return `The cluster has no network ${what.segment}.`;
    case 'no-pod-network':
      return `Nothing tells which pod network ${what.host} has.`;
    case 'network-full':
      return `No address is free in ${formatPrefix(what.network)}.`;
    case 'no-node-to-follow':
      return `No node on ${what.segment} shows what a node there is like.`;
    default:
      return unreachable(what);
  }
}

const MISSING = {
  destination: (command: string): string => `${command}: to which address?`,
  count: (command: string): string =>
    `${command} without -c never ends. Add -c 4 for four packets, as Ctrl-C would leave them.`,
  port: (command: string): string =>
    command === 'nc' ? 'nc is for UDP here: nc -u -w1 ADDRESS PORT.' : `${command}: to which port?`,
};

export const commands = {
  label: 'Command',
  host: 'Host',
  hostGroups: { pod: 'Pods', node: 'Nodes', router: 'Routers', machine: 'Machines' },
  command: 'Command at this host',
  placeholder: 'ping -c 3 …',
  hint: 'Enter runs it; ↑ and ↓ bring back earlier ones',
  run: 'Run',
  examples: 'Examples',
  examplesLabel: 'Commands to try',
  error,
  example: {
    ping: 'three echoes, the neighbours learned after the first',
    back: 'the other way round',
    'from-node': 'from the node itself: another source address',
    'full-size': 'the largest packet that fits, not to be cut',
    hops: 'each router on the way',
    tcp: 'TCP to a port where nothing listens',
    udp: 'UDP to a port where nothing listens',
    'no-route': 'takes the route to the other node away',
    'no-forwarding': 'the other node stops being a router',
    refuse: 'pings are refused, and the sender is told',
    'bridge-down': 'the other node without its bridge',
  } satisfies Record<ExampleKind, string>,
};
