import { unreachable } from '../../engine/base/result';
import type { CaptureProblem } from '../../engine/capture/types';
import type { FilterError } from '../../engine/filter/types';
import type { CommandError } from '../../engine/sim/command';
import type { ClusterFileError } from '../../engine/topology/file';
import { FIELD_NAMES } from '../../engine/wire/types';
import { fileError } from './cluster-file';
import { COMPARE_HELP } from './compare-help';
import { diagnosis } from './diagnosis';
import { fields } from './fields';
import { filter } from './filter';
import { importing } from './import';
import { IMPORT_HELP } from './import-help';
import { problems } from './problems';

/** Everything the command line can be asked that it cannot do. */
export type CliProblem =
  | { readonly kind: 'unknown-command'; readonly command: string; readonly known: readonly string[] }
  | { readonly kind: 'unknown-lang'; readonly lang: string }
  | { readonly kind: 'unknown-option' | 'no-value' | 'given-twice' | 'missing-option'; readonly option: string }
  | { readonly kind: 'bad-number'; readonly option: string; readonly value: string }
  | { readonly kind: 'unexpected'; readonly word: string }
  | { readonly kind: 'no-file' | 'no-text' | 'cluster-or-sample' | 'paths-or-sample' }
  | { readonly kind: 'too-many-points'; readonly most: number }
  | { readonly kind: 'point-twice'; readonly name: string }
  | { readonly kind: 'cannot-read' | 'cannot-write'; readonly path: string; readonly code: string }
  | { readonly kind: 'unknown-sample'; readonly name: string; readonly known: readonly string[] }
  | { readonly kind: 'cluster-file-and-more'; readonly path: string }
  | { readonly kind: 'bad-cluster-file'; readonly path: string; readonly error: ClusterFileError }
  | { readonly kind: 'no-cluster'; readonly paths: readonly string[] }
  | { readonly kind: 'bad-listener'; readonly text: string }
  | { readonly kind: 'unknown-host'; readonly host: string }
  | { readonly kind: 'bad-device-name'; readonly host: string; readonly dev: string }
  | { readonly kind: 'command'; readonly error: CommandError }
  | { readonly kind: 'filter'; readonly text: string; readonly error: FilterError };

const SYSTEM: Readonly<Record<string, string>> = {
  ENOENT: 'no such file',
  EACCES: 'not allowed',
  EISDIR: 'it is a folder',
  ENOTDIR: 'part of the path is a file',
  ENOSPC: 'the disk is full',
};

function commandError(error: CommandError): string {
  switch (error.kind) {
    case 'no-host':
      return `“${error.line}” is not of the form 'HOST: COMMAND'`;
    case 'unknown-host':
      return `the cluster has no host named ${error.host}`;
    case 'unknown-command':
      return `the command ${error.command} is not supported`;
    case 'unknown-option':
      return `${error.command}: ${error.option} is not supported`;
    case 'bad-value':
      return `${error.command}: “${error.value}” is no value for ${error.option}`;
    case 'missing':
      return `${error.command}: the ${error.what} is missing`;
    default:
      return unreachable(error);
  }
}

function problem(given: CliProblem): string {
  switch (given.kind) {
    case 'unknown-command':
      return `no command ${given.command}; there are ${given.known.join(', ')} (see --help)`;
    case 'unknown-lang':
      return `no language “${given.lang}”; there are en and zh`;
    case 'unknown-option':
      return `unknown option ${given.option} (see --help)`;
    case 'no-value':
      return `${given.option} needs a value`;
    case 'given-twice':
      return `${given.option} is given twice`;
    case 'missing-option':
      return `${given.option} is missing (see --help)`;
    case 'bad-number':
      return `${given.option} takes a whole number, not “${given.value}”`;
    case 'unexpected':
      return `“${given.word}” belongs to no option (see --help)`;
    case 'no-file':
      return 'name at least one capture file (see --help)';
    case 'no-text':
      return 'name at least one file with what terminals printed (see --help)';
    case 'cluster-or-sample':
      return 'give either --cluster PATH… or --sample NAME';
    case 'paths-or-sample':
      return 'give either the cluster’s files or --sample NAME';
    case 'too-many-points':
      return `at most ${given.most} capture points can be compared`;
    case 'point-twice':
      return `the point ${given.name} is given twice`;
    case 'cannot-read':
      return `cannot read ${given.path}: ${SYSTEM[given.code] ?? given.code}`;
    case 'cannot-write':
      return `cannot write to ${given.path}: ${SYSTEM[given.code] ?? given.code}`;
    case 'unknown-sample':
      return `no sample ${given.name}; there are ${given.known.join(', ')}`;
    case 'cluster-file-and-more':
      return `${given.path} is a saved cluster; it stands alone or not at all`;
    case 'bad-cluster-file':
      return `${given.path} cannot be opened: ${fileError(given.error)}`;
    case 'no-cluster':
      return `nothing in ${given.paths.join(', ')} tells of a host; expected are terminal transcripts such as “[root@node1 ~]# ip route” with its output`;
    case 'bad-listener':
      return `“${given.text}” is not of the form 'HOST: tcp PORT [BYTES]' or 'HOST: udp PORT [echo]'`;
    case 'unknown-host':
      return `the cluster has no host named ${given.host}`;
    case 'bad-device-name':
      return `Linux takes no device name such as “${given.dev}”, which ${given.host} has`;
    case 'command':
      return commandError(given.error);
    case 'filter':
      return filter.error(given.error, given.text);
    default:
      return unreachable(given);
  }
}

const MAIN_HELP = `Hopscope: how a packet crosses a Flannel host-gw cluster.

  hopscope simulate …   run commands on a cluster; write what every interface would have seen
  hopscope read FILE…   print every packet of capture files as JSON, fully decoded
  hopscope import PATH… make a cluster of what terminals printed; say what is known, assumed and contradictory
  hopscope compare …    match the packets of several capture points; say what is wrong, what to check and repair
  hopscope lab …        print a shell script that builds the cluster from network namespaces on this machine
  hopscope collect …    print a shell script that asks the real cluster for its state and captures
  hopscope COMMAND --help

  --lang en|zh          language of help and messages (default: that of LC_ALL, LC_MESSAGES or LANG)

Exit status: 0 done, 1 done but a file was damaged, 2 bad use (one line on standard error says what).`;

const SIMULATE_HELP = `hopscope simulate (--cluster PATH… | --sample NAME) --run 'HOST: CMD'… --out DIR [options]

Runs commands on a model of the cluster and writes, for each interface that saw a frame, the capture that tcpdump on it
would have written. Prints what the user would see at the prompt.

  --cluster PATH…        terminal transcripts: prompts such as “[root@node1 ~]# ip -d addr”, “user@node1:~$ route -n” or
                         “kubectl exec POD -- ifconfig”, each with its output; several files, in any order. Or one saved
                         cluster (JSON)
  --sample NAME          a built-in cluster: article
  --before 'HOST: CMD'   runs before the capture starts; may come more than once
  --run 'HOST: CMD'      runs while everything is captured; may come more than once. HOST is a host's name as its
                         prompt has it
  --listen 'HOST: tcp PORT [BYTES]'
                         a TCP service, which answers a request with BYTES bytes (3200)
  --listen 'HOST: udp PORT [echo]'
                         a UDP service; with echo it sends back what it gets. Every other port is closed
  --out DIR              folder for the results; made where it does not exist
  --seed N               another draw of what hosts choose by chance: IP ids, ICMP ids, client ports (1)
  --lang en|zh           language of messages

Commands: ping (-c -i -s -t -W -M do|dont|want -Q -I -n), traceroute (-n -I), curl http://IP:PORT/, nc -u,
ip route add|del|replace, ip link set, sysctl -w, iptables -P|-A|-D. An option that is not supported is an error.

DIR/HOST-DEV.cap   classic pcap, microseconds, Ethernet (link type 1); an IP-in-IP device has bare IP (link type 101).
                   The run begins at 2024-01-01 00:00 UTC.
DIR/trace.json     the whole run:
  format, version  "hopscope-trace", 1
  cluster          name of the cluster
  seed             as given by --seed
  complete         false: the run was cut off at the limit of steps
  steps            in the order of time; each has
    index          counted from 0
    atUs           microseconds since the first command
    kind           what happened: command-started, printed, command-ended, configured, packet-made, delivered, dropped,
                   error-withheld, frame-sent, frame-received, mac-learned, bridged, arp-read, neighbour-looked-up,
                   neighbour-changed, route-looked-up, source-checked, forwarding-checked, ttl-lowered, mtu-checked,
                   hook-passed, translated, fragmented, reassembled, encapsulated, decapsulated, path-mtu-learned
    host           where; for a switch the name of its segment
    packet         which packet, where the step is about one: its number stays the same on its whole way
    …              the values of that kind: dev, frame (dst, src, bytes in hex), header, reason, route, before, after …`;

const CLUSTER_HELP = `  CLUSTER…               terminal transcripts, several files in any order, or one saved cluster (JSON)
  --sample NAME          a built-in cluster: article
  --out FILE             where to write the script (default: standard output)
  --lang en|zh           language of messages; the script itself is in English`;

const LAB_HELP = `hopscope lab (CLUSTER… | --sample NAME) --run 'HOST: CMD'… [options]

Prints a shell script that builds the cluster from network namespaces on any Linux machine, runs the commands in it,
captures, and takes everything down again. It stays inside its own namespaces. It needs root, iproute2 and tcpdump, and
what the cluster and the commands use: ping, traceroute, curl, nc, iptables, python3 (for --listen), ethtool if there.

${CLUSTER_HELP}
  --run 'HOST: CMD'      runs while everything is captured; may come more than once
  --before 'HOST: CMD'   runs before the captures start; may come more than once
  --listen 'HOST: tcp PORT [BYTES]', --listen 'HOST: udp PORT [echo]'
                         a service, as for simulate
  --all                  capture on every device, not only at the cluster's capture points

Run it with “sudo sh FILE [FOLDER]”. It writes one folder: HOST-DEV.cap for each place, state/HOST.txt with what the
host's tools print, commands.txt with what the commands printed, log/ with tcpdump's own words.`;

const COLLECT_HELP = `hopscope collect (CLUSTER… | --sample NAME) [--out FILE]

Prints a shell script that asks the real cluster, by ssh and kubectl exec, for what a comparison needs: the state of the
hosts on the way between the capture points, and captures of one ping. It changes nothing there.

${CLUSTER_HELP}

Run it where ssh reaches the nodes and kubectl the pods. It writes one folder: HOST-DEV.cap, state/HOST.txt,
commands.txt, log/.`;

const fieldList = FIELD_NAMES.map((name) => `  ${name.padEnd(32)} ${fields.name(name)}`).join('\n');

const READ_HELP = `hopscope read [--summary | --filter EXPR] FILE…

Prints one line of JSON for each packet of capture files (pcap, pcapng), in file order. A FILE may be packed (gzip, zip, tar,
one in another) or a folder: then every file in it is read.

  --summary        one line for each file instead: file, format (pcap, pcapng, or null if it is no capture), link_types,
                   packets, original_bytes (of all packets on the wire), problem (as below, or null)
  --filter EXPR    only packets that pass: tcpdump's language (host, net, port, portrange, ether host, proto, ip, ip6, arp,
                   icmp, icmp6, tcp, udp, vlan, vxlan, geneve, broadcast, multicast, greater, less, tcp[tcpflags] & …;
                   and, or, not) with ttl N, ttl < N, id 0xN and point NAME (the file's name without its ending)
  --lang en|zh     language of messages

  file             path as given; of a file in an archive, its name there after that: all.zip/pod1.cap
  packet           number in the file, counted from 1
  seconds          of the time stamp, since 1970-01-01 00:00 UTC
  nanoseconds      within the second
  capturedLength   bytes in the file
  originalLength   bytes on the wire; more, if the capture cut them off
  fileOffset       of the packet's first byte in the file
  linkType         link-layer header type, by https://www.tcpdump.org/linktypes.html
  layers           headers and payloads, outermost first; each has
    kind           ethernet, vlan, loopback, sll, sll2, arp, ipv4, ipv6, ipv6-hop-by-hop, ipv6-destination, ipv6-routing,
                   ipv6-fragment, ah, icmp, icmpv6, neighbour-discovery, udp, tcp, vxlan, geneve, gre, payload, unreadable
    at, length     bytes of the header or payload, counted from the packet's first byte
    quoted         true for what an ICMP error quotes
    checksum       good, bad, offloaded (left to a network card), absent (none was computed), unverified (bytes are
                   missing), or null for a header without one; not for a payload
    fields         each has name (see below), text (its value as people write it), at, length
    role           of a payload: data, fragment, padding, unknown (of a protocol that is not read)
    expected       of an unreadable layer: the kind it should have been, or null
    reason         of an unreadable layer: kind (link-type, truncated, malformed, too-deep) with its numbers (linkType,
                   need, have, issue, layersMax)
  issues           rules that a header breaks; each has rule, source (whose rule), at, length, values
  bytes            the captured bytes in hex
  problem          in place of all but file: what is wrong with the file: kind, severity (error, note), offset and the
                   numbers of that kind. It comes after the packets that could be read. kind cannot-read, with the
                   system's code, stands for a path that cannot be read; the other files are read all the same

Exit status: 0, 1 if a file is damaged or no capture, 2 if one cannot be read.

Names of fields (in a packet that an ICMP error quotes they begin with “quoted.”):
${fieldList}`;

export const cli = {
  problem,
  importing,
  /** What is wrong with a capture file. */
  inFile: (path: string, found: CaptureProblem): string => problems.inFile(path, problems.capture(found).what),
  unreadLines: (count: number): string =>
    `${count} ${count === 1 ? 'line was' : 'lines were'} not understood; the rest made the cluster.`,
  incomplete: (steps: number): string => `The run was cut off after ${steps} steps.`,
  exitStatus: (status: number): string => `(exit status ${status})`,
  help: {
    main: MAIN_HELP,
    simulate: SIMULATE_HELP,
    read: READ_HELP,
    lab: LAB_HELP,
    collect: COLLECT_HELP,
    import: IMPORT_HELP,
    compare: COMPARE_HELP,
  },
  diagnosis,
};
