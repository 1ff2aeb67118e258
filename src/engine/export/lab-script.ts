/**
 * "Build it here": a cluster as a shell script that makes it of network namespaces on any Linux machine, runs commands in
 * it, captures, and takes it down again. It never touches the machine's own network: every device is made inside a
 * namespace of the script's own, and cables run only between those.
 */
import { formatIpv4 } from '../addr/ipv4';
import { err, ok, type Result } from '../base/result';
import type { Device } from '../net/device';
import { chainsOf } from '../net/netfilter';
import { type CommandError, readCommands } from '../sim/command';
import { deviceNamed, type Host, hostNamed, type Segment, type Topology } from '../topology/topology';
import { type HostLines, hostLines, type Names, portName } from './lab-host';
import { CHECKS, LISTENERS, OPENING, STOPPING, WORDS } from './lab-shell';
import { isDeviceName, oneLine, quoted, type ShellCommand, safeNames, shellCommands } from './shell';
import { stateCommands } from './state-commands';

export interface LabOptions {
  /** 'host: command' lines that run before the captures start. */
  readonly before?: readonly string[];
  /** At the cluster's capture points, or on every device. */
  readonly capture?: 'points' | 'all';
}

export type LabError =
  | CommandError
  /** A device that Linux would not let be called so. */
  | { readonly kind: 'bad-device-name'; readonly host: string; readonly dev: string };

/** The kernel asks its last question, an ARP probe, 5.0 to 5.3 s after the last packet; its answer ends the run. */
const LATE_SECONDS = 7;

/** Everything the parts of the script are made from. */
interface Lab {
  readonly topology: Topology;
  readonly names: Names;
  readonly before: readonly ShellCommand[];
  readonly commands: readonly ShellCommand[];
  readonly captures: readonly { readonly host: string; readonly dev: string }[];
}

/** The script; or why there can be none. */
export function labScript(
  topology: Topology,
  commands: readonly string[],
  { before = [], capture = 'points' }: LabOptions = {},
): Result<string, LabError> {
  const wrong = problemIn(topology, [...before, ...commands]);
  if (wrong !== null) return err(wrong);
  const lab: Lab = {
    topology,
    names: namesOf(topology),
    before: before.flatMap((line) => shellCommands(line, topology)),
    commands: commands.flatMap((line) => shellCommands(line, topology)),
    captures: capture === 'all' ? everyDevice(topology) : topology.capturePoints,
  };
  const listens = topology.hosts.some(({ listeners }) => listeners.length > 0);
  const parts = [
    head(lab),
    OPENING,
    `${CHECKS}\n${needs(lab, listens).join('\n')}`,
    announcement(lab),
    WORDS,
    ...(listens ? [LISTENERS] : []),
    ...building(lab),
    running(lab),
    STOPPING,
  ];
  return ok(`${parts.join('\n\n')}\n`);
}

function problemIn(topology: Topology, lines: readonly string[]): LabError | null {
  for (const line of lines) {
    const read = readCommands(line);
    if (!read.ok) return read.error;
    const stranger = read.value.find(({ host }) => hostNamed(topology, host) === null);
    if (stranger !== undefined) return { kind: 'unknown-host', host: stranger.host };
  }
  for (const host of topology.hosts) {
    const bad = host.devices.find(({ name }) => !isDeviceName(name));
    if (bad !== undefined) return { kind: 'bad-device-name', host: host.name, dev: bad.name };
  }
  return null;
}

function namesOf({ hosts, segments }: Topology): Names {
  const safe = safeNames([
    ...hosts.map(({ name }) => name),
    ...segments.map(({ name }) => `switch-${name}`),
    'nowhere',
  ]);
  const after = safe.slice(hosts.length);
  return {
    hosts: new Map(hosts.map(({ name }, i) => [name, safe[i] ?? ''])),
    segments: new Map(segments.map(({ name }, i) => [name, after[i] ?? ''])),
    nowhere: safe.at(-1) ?? '',
  };
}

const isCapturable = ({ link, up }: Device): boolean => link.kind !== 'loopback' && up;

const everyDevice = ({ hosts }: Topology): Lab['captures'] =>
  hosts.flatMap((host) => host.devices.filter(isCapturable).map(({ name }) => ({ host: host.name, dev: name })));

const spoken = ({ host, text }: ShellCommand): string => oneLine(`${host}: ${text}`);

function head({ topology, before, commands, captures }: Lab): string {
  const { hosts, name } = topology;
  return [
    '#!/bin/sh',
    `# Builds the cluster ${JSON.stringify(oneLine(name))} on this machine: ${hosts.length} hosts, each a network namespace of its own.`,
    '# Then it runs',
    ...[...before, ...commands].map((command) => `#   ${spoken(command)}`),
    `# with tcpdump at ${captures.length} places, and removes everything it has made.`,
    '#',
    '# It stays inside its own namespaces: no device, address, route or setting of this machine is changed, and no cable',
    '# leads out of them. Usage: sh THIS-SCRIPT [FOLDER]',
  ].join('\n');
}

/** Package of each tool, where it is not called like the tool. */
const PACKAGES: Readonly<Record<string, string>> = {
  ip: 'iproute2',
  bridge: 'iproute2',
  ping: 'iputils-ping',
  nc: 'netcat-openbsd',
  nft: 'nftables',
  sysctl: 'procps',
};

function needs({ topology, before, commands }: Lab, listens: boolean): readonly string[] {
  const { hosts, segments } = topology;
  const tools = new Set(['ip', 'tcpdump']);
  if (hosts.some(({ tunnelFdb }) => tunnelFdb.length > 0)) tools.add('bridge');
  if (hosts.some(({ netfilter }) => chainsOf(netfilter).length > 0)) tools.add('iptables-restore');
  if (segments.some(({ sourceGuard }) => sourceGuard)) tools.add('nft');
  if (listens) tools.add('python3');
  for (const { tool } of [...before, ...commands]) tools.add(tool);
  return [...tools].map((tool) => `need ${quoted(tool)} ${quoted(PACKAGES[tool] ?? tool.replace(/-restore$/, ''))}`);
}

function announcement({ topology, names, captures }: Lab): string {
  const { hosts, segments } = topology;
  return [
    `OUT=\${1:-hopscope-lab-$(date +%Y%m%d-%H%M%S)}`,
    `mkdir -p "$OUT"`,
    `[ -z "$(ls -A "$OUT")" ] || stop "The folder $OUT is not empty."`,
    `mkdir "$OUT/state" "$OUT/log"`,
    `say "This makes ${hosts.length + segments.length + 1} network namespaces called $P-…, and removes them at the end."`,
    `say 'Hosts: ${[...names.hosts.values()].join(' ')}'`,
    `say "It captures at ${captures.length} places and takes about ${LATE_SECONDS + 6} s longer than the commands. Results: $OUT"`,
    `case "$(tcpdump --help 2>&1)" in *-Z*) as_root='-Z root' ;; *) as_root='' ;; esac`,
    `captures=''`,
  ].join('\n');
}

function building({ topology, names }: Lab): readonly string[] {
  const all = [...names.segments.values(), ...names.hosts.values(), names.nowhere];
  const hosts = topology.hosts.map(
    (host): NamedLines => ({
      name: names.hosts.get(host.name) ?? '',
      lines: hostLines(topology, host, names),
    }),
  );
  const loose = uppings(topology, null);
  return [
    [
      `namespaces ${all.join(' ')}`,
      `[ "$(ip -n "$P-${names.nowhere}" -o link | wc -l)" = 1 ] || indexes='s/ index [0-9]*//g'`,
    ].join('\n'),
    ...topology.segments.map((segment) => switchOf(segment, names)),
    ['# Every device, with the other end of its cable.', ...hosts.flatMap(devicesOf)].join('\n'),
    ...hosts.map(hostPart),
    ...topology.segments.map((segment) => cables(topology, segment, names)),
    ...(loose.length > 0 ? [document('links', names.nowhere, loose)] : []),
  ];
}

const switchOf = ({ name }: Segment, names: Names): string =>
  [
    `# The switch of ${oneLine(name)}: a bridge, with a port for each machine on it.`,
    document('links', names.segments.get(name) ?? '', [
      'link add name sw0 type bridge mcast_snooping 0',
      'link set sw0 mtu 65535 up',
    ]),
  ].join('\n');

const document = (word: string, name: string, lines: readonly string[]): string =>
  `${word} ${name} <<END\n${lines.join('\n')}\nEND`;

interface NamedLines {
  readonly name: string;
  readonly lines: HostLines;
}

const devicesOf = ({ name, lines }: NamedLines): readonly string[] =>
  lines.devices.length > 0 ? [document('links', name, lines.devices)] : [];

function hostPart({ name, lines }: NamedLines): string {
  const { links, routes, tunnels, rules, sysctls, checksummed } = lines;
  return [
    `# ${name}`,
    document('links', name, links),
    ...(tunnels.length > 0 ? [document('tunnels', name, tunnels)] : []),
    ...(routes.length > 0 ? [document('routes', name, routes)] : []),
    ...(rules.length > 0 ? [document('rules', name, rules)] : []),
    `set_values ${name} ${sysctls.map(quoted).join(' ')}`,
    ...(checksummed.length > 0 ? [`checksums ${name} ${checksummed.map(quoted).join(' ')}`] : []),
  ].join('\n');
}

/** The far ends of cables: ports of one segment's switch, or (null) of those that lead nowhere. */
function uppings(topology: Topology, segment: string | null): readonly string[] {
  return topology.hosts.flatMap((host) =>
    host.devices
      .filter((device) => segmentAt(topology, host, device) === segment)
      .map(({ name }) => {
        const port = portName(topology, host.name, name);
        return segment === null ? `link set ${port} up` : `link set ${port} master sw0 up`;
      }),
  );
}

/** The segment at the end of a device's cable; null: none; undefined: it has no cable of that kind. */
function segmentAt(topology: Topology, host: Host, { link, name }: Device): string | null | undefined {
  if (link.kind === 'nic') {
    const known = topology.segments.some((segment) => segment.name === link.segment);
    return known ? link.segment : null;
  }
  if (link.kind !== 'veth') return undefined;
  const peerHost = hostNamed(topology, link.peer.host);
  const back = peerHost === null ? undefined : deviceNamed(peerHost, link.peer.dev)?.link;
  return back?.kind === 'veth' && back.peer.host === host.name && back.peer.dev === name ? undefined : null;
}

function cables(topology: Topology, segment: Segment, names: Names): string {
  const name = names.segments.get(segment.name) ?? '';
  return [
    document('links', name, uppings(topology, segment.name)),
    ...(segment.sourceGuard ? [guard(topology, segment, name)] : []),
  ].join('\n');
}

/** The switch lets each port send from its own addresses only; ARP passes. */
function guard(topology: Topology, { ports }: Segment, name: string): string {
  const rules = ports.map(({ host, dev }) => {
    const own = hostNamed(topology, host);
    const addresses = own === null ? [] : (deviceNamed(own, dev)?.addresses ?? []);
    const allowed = addresses.map(({ ip }) => formatIpv4(ip)).join(', ');
    const not = allowed === '' ? '' : `ip saddr != { ${allowed} } `;
    return `    iifname "${portName(topology, host, dev)}" ether type ip ${not}drop`;
  });
  return [
    `ip netns exec "$P-${name}" nft -f - <<END`,
    'table bridge guard {',
    '  chain ports {',
    '    type filter hook prerouting priority 0; policy accept;',
    ...rules,
    '  }',
    '}',
    'END',
  ].join('\n');
}

function running({ topology, names, before, commands, captures }: Lab): string {
  const at = (host: string): string => names.hosts.get(host) ?? '';
  const runLines = (all: readonly ShellCommand[]) => all.map(({ host, text }) => `run ${at(host)} ${quoted(text)}`);
  return [
    ...topology.hosts.flatMap((host) =>
      host.listeners.map((one) => {
        const how = one.protocol === 'tcp' ? one.replyBytes : one.echo ? 'echo' : 'silent';
        return `listen ${at(host.name)} ${one.protocol} ${one.port} ${how}`;
      }),
    ),
    'sleep 1   # until every link has its carrier',
    ...runLines(before),
    ...topology.hosts
      .filter(({ role }) => role !== 'machine')
      .map((host) => `state ${at(host.name)} ${stateCommands(host).map(quoted).join(' ')}`),
    ...captures.map(({ host, dev }) => captureLine(topology, host, dev, at(host))),
    'listening',
    ...runLines(commands),
    `sleep ${LATE_SECONDS}   # the late ARP probes`,
  ].join('\n');
}

function captureLine(topology: Topology, host: string, dev: string, name: string): string {
  const owner = hostNamed(topology, host);
  const device = owner === null ? null : deviceNamed(owner, dev);
  return device !== null && isCapturable(device)
    ? `capture ${name} ${quoted(dev)}`
    : `# ${oneLine(dev)} of ${name} is down: there is nothing to capture`;
}
