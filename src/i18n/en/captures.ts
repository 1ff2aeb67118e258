import { unreachable } from '../../engine/base/result';
import type { Inference, RoleEvidence } from '../../engine/comparison/session';

const plural = (n: number, one: string, many = `${one}s`): string => `${n} ${n === 1 ? one : many}`;

const duration = (us: number): string =>
  us < 1000 ? `${Math.round(us * 10) / 10} µs` : `${(us / 1000).toFixed(1)} ms`;

/** Why a file was taken for a capture point, as a clause that follows the point's name. */
function evidence(seen: RoleEvidence): string {
  switch (seen.kind) {
    case 'own-mac':
      return `its frames are sent from or to ${seen.mac}, this device’s MAC (${plural(seen.frames, 'frame')})`;
    case 'ttl':
      return `echo request seq ${seen.seq} has TTL ${seen.ttl} here`;
    case 'arp':
      return `ARP says ${seen.ip} is at ${seen.mac}`;
    case 'timing':
      return seen.us < 0
        ? `this device’s questions wait ${duration(-seen.us)} less for an answer here than in ${seen.than}`
        : `this device’s questions wait ${duration(seen.us)} longer for an answer here than in ${seen.than}, so this is its own end of the wire`;
    case 'asks':
      return `this end’s own ARP questions wait ${duration(seen.us)} for an answer, the other end’s ${duration(seen.otherUs)}`;
    case 'hairpin':
      return `the pod’s own broadcasts come back here (${plural(seen.frames, 'frame')}), as only its own link shows`;
    case 'heard':
      return `it holds nothing but broadcasts of ${seen.host} (${plural(seen.frames, 'frame')})`;
    case 'earlier':
      return `it sees the same broadcasts ${duration(seen.us)} before ${seen.than}, if their clocks agree`;
    case 'left-over':
      return `every other place was taken: ${seen.than} is the other end`;
    case 'or-else':
      return `its packets would look the same at ${seen.host} ${seen.dev}: please check`;
    case 'named':
      return 'the file’s name says so too';
    case 'written-name':
      return `the file itself names the interface ${seen.name} (if_name)`;
    case 'written-address':
      return `the file itself gives its interface the address ${seen.address} (if_IPv4addr)`;
    case 'name':
      return 'the file’s name says so, and nothing in it says otherwise';
    case 'user':
      return 'you chose it';
    case 'second':
      return `${seen.than} was taken for this place first, so this file is not compared`;
    case 'link-type':
      return `link type ${seen.linkType} shows no MAC addresses, so the place cannot be found; the file is not compared`;
    case 'none':
      return 'nothing in its packets tells where it was taken';
    default:
      return unreachable(seen);
  }
}

const FROM = { arp: 'from ARP', mac: 'from the frames’ MACs', ttl: 'from the TTL' };

/** One thing about the cluster that only the captures told. */
function inference(what: Inference): string {
  switch (what.kind) {
    case 'host':
      return `${what.host}: IP ${what.ip}, MAC ${what.mac ?? 'unknown'} (${FROM[what.from]})`;
    case 'next-hop':
      return `${what.host}: next hop ${what.via} (${FROM[what.from]})`;
    case 'prefix':
      return `${what.host}: subnet ${what.prefix}, a /24 is assumed`;
    case 'unknown':
      return `${what.host}: ${what.field === 'ip' ? 'IP address' : 'MAC address'} not seen in any file`;
    default:
      return unreachable(what);
  }
}

const RESOLUTION = { us: 'µs', ns: 'ns', other: 'other resolution' };

export const captures = {
  title: 'Open captures',
  what: 'Drop the four captures of one ping (pod1, node1, node2, pod2) here, whatever the files are called: each one’s place is found from its packets. Three or fewer work too.',
  privacy: 'The files are read in this tab and go nowhere: the page’s security policy forbids every connection.',
  choose: 'Choose files…',
  drop: 'or drop them anywhere on the page',
  dropNow: 'Drop to open',
  sample: 'The sample’s own captures are shown.',
  sampleStill: 'None of your files could be read, so the sample’s own captures are still shown.',
  opened: (n: number): string => plural(n, 'file'),
  remove: (name: string): string => `Remove ${name}`,
  removeShort: 'Remove',
  removeAll: 'Remove all, back to the sample',
  size: (bytes: number): string =>
    bytes < 1024
      ? plural(bytes, 'byte')
      : bytes < 1024 * 1024
        ? `${(bytes / 1024).toFixed(1)} kB`
        : `${(bytes / 1024 / 1024).toFixed(1)} MB`,
  packets: (n: number): string => plural(n, 'packet'),
  format: (format: string, resolution: 'us' | 'ns' | 'other', byteOrder: 'le' | 'be'): string =>
    `${format}, ${RESOLUTION[resolution]}, ${byteOrder === 'le' ? 'little-endian' : 'big-endian'}`,
  linkType: (type: number, name: string | null): string =>
    name === null ? `link type ${type}` : `link type ${type} (${name})`,
  notEthernet: (type: number, name: string | null): string =>
    `link type ${type}${name === null ? '' : ` (${name})`}: packets listed, headers not decoded`,
  span: (start: string, seconds: string): string => `${start} UTC, spans ${seconds} s`,
  role: 'Taken at',
  roleOf: (name: string): string => `Where ${name} was taken`,
  auto: (point: string): string => `found: ${point}`,
  autoNone: 'found: no place',
  findIt: 'find it from its packets',
  leaveOut: 'leave out',
  evidence,
  because: (reasons: readonly string[]): string => {
    const clause = reasons.join('; ');
    return `${clause.charAt(0).toUpperCase()}${clause.slice(1)}.`;
  },
  leftOut: 'Left out of the comparison, as you chose.',
  noRole: 'No capture point found, so it is not compared. Choose one if you know where it was taken.',
  duplicate: (point: string, others: readonly string[]): string =>
    `${others.join(', ')} ${others.length === 1 ? 'was' : 'were'} taken for ${point} too; this file is the one compared. Choose another place for one of them if that is wrong.`,
  missing: (points: readonly string[]): string =>
    `No file for ${points.join(', ')}: only the prediction is shown there.`,
  complete: (n: number): string => `All ${n} capture points have a file.`,
  inferred:
    'These captures do not fit the sample cluster, so the cluster was built from the captures. What was inferred:',
  corrected: 'These captures are of the same cluster with other MAC addresses, which were taken from them:',
  inference,
  command: (command: string): string => `The captures show another command, so this is what runs: ${command}`,
  before: (commands: readonly string[]): string =>
    `Some neighbours were already known when the captures began, so this is taken to have run before: ${commands.join('; ')}`,
  status: {
    sample: (n: number): string => `sample captures, ${plural(n, 'file')}`,
    files: (n: number): string => plural(n, 'file'),
    unread: (names: readonly string[]): string =>
      names.length === 1
        ? `${names[0]} could not be read`
        : `${names.length} files could not be read: ${names.join(', ')}`,
    damaged: (name: string): string => `${name} is damaged, part of it was read`,
    empty: (names: readonly string[]): string => `no packets in ${names.join(', ')}`,
    noRole: (names: readonly string[]): string => `${names.join(', ')}: place unknown, not compared`,
    notDecoded: (name: string): string => `${name} is not Ethernet, not compared`,
    duplicate: (point: string): string => `two files for ${point}`,
    inferred: 'cluster built from the captures',
    corrected: 'MAC addresses taken from the captures',
    command: (command: string): string => `runs ${command}, as captured`,
    more: (n: number): string => `${n} more`,
    noFiles: 'no captures of your cluster are open: the prediction stands alone',
    setAside: 'the sample’s captures show the unchanged cluster, so nothing is compared here',
    none: 'no capture is compared',
    open: 'Captures',
  },
};
