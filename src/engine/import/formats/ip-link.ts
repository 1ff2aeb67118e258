/**
 * `ip addr` and `ip link` of iproute2, also with -d and -o. Source: iproute2 ip/ipaddress.c, print_linkinfo().
 *
 *   7: veth5c905d55@if3: <BROADCAST,MULTICAST,UP,LOWER_UP> mtu 1500 qdisc noqueue master cni0 state UP mode DEFAULT group default
 *       link/ether 9e:1e:ab:74:dc:ac brd ff:ff:ff:ff:ff:ff link-netnsid 2
 *       inet 10.244.1.1/24 brd 10.244.1.255 scope global cni0
 */
import { readIpv4 } from '../../addr/ipv4';
import { readMac } from '../../addr/mac';
import type { InterfaceAddress } from '../../net/device';
import type { DeviceFact, LinkType } from '../facts';
import { type Importer, iproute2, lists, Notes, wantsJson, wholeNumber, wordAfter, wordsOf } from '../importer';

const HEAD = /^\s*(\d{1,10}):\s+([^\s:@]+)(?:@([^\s:]+))?:\s+<([^<>\s]*)>(.*)$/;
/** `ip -o addr` prints `2: ens33    inet 192.168.0.81/24 …` */
const ONE_LINE_ADDRESS = /^\s*(\d{1,10}):\s+([^\s:@]+)(?:@\S+)?\s+(inet6?\s.*)$/;
/** Lines below the head that are known, and say nothing more of the way a frame takes. */
const KNOWN =
  /^(?:inet6|valid_lft|altname|alias|vlan|bond|bond_slave|dummy|macvlan|ipvlan|wireguard|openvswitch|numtxqueues|prog\/xdp|RX:|TX:)\b/;

type Draft = { -readonly [K in keyof DeviceFact]: DeviceFact[K] };

/** A device while its lines are read. */
interface Open {
  readonly fact: Draft;
  readonly addresses: InterfaceAddress[];
  readonly at: number;
}

export const ipLink: Importer = {
  name: 'ip-link',
  tool: 'ip(8) of iproute2: ip addr, ip link',
  prints: (command) => {
    const [tool, object, verb] = iproute2(command);
    return tool === 'ip' && (object === 'address' || object === 'link') && lists(verb) && !wantsJson(command);
  },
  starts: (line) => HEAD.test(line) || ONE_LINE_ADDRESS.test(line),
  read: (lines, command) => {
    const notes = new Notes();
    const asked = iproute2(command)[1] ?? null;
    const showsAddresses = asked === 'address' || (asked !== 'link' && lines.some((line) => /^\s*inet\s/.test(line)));
    const found: Open[] = [];
    let open: Open | null = null;
    for (const [at, whole] of lines.entries()) {
      // `-o` folds a device into one line, with a backslash for each fold.
      for (const line of whole.split(/\\(?=\s)/)) {
        if (line.trim() === '') continue;
        const head = readHead(line);
        if (head !== null) {
          open = { fact: head, addresses: [], at };
          found.push(open);
          continue;
        }
        const single = ONE_LINE_ADDRESS.exec(line);
        if (single !== null) {
          open = null;
          const address = readAddress(single[3] ?? '');
          const dev = single[2] ?? '';
          notes.add(at, { kind: 'device', dev, ifindex: Number(single[1]) });
          if (address !== null) notes.add(at, { kind: 'addresses', dev, addresses: [address], complete: false });
          continue;
        }
        if (open === null) {
          if (!/^valid_lft\b/.test(line.trim())) notes.skip(at);
          continue;
        }
        const address = readAddress(line.trim());
        if (address !== null) open.addresses.push(address);
        else if (!readDetail(line.trim(), open.fact)) notes.skip(at);
      }
    }
    for (const { fact, addresses, at } of found) {
      notes.add(at, fact);
      if (showsAddresses || addresses.length > 0) {
        notes.add(at, { kind: 'addresses', dev: fact.dev, addresses, complete: showsAddresses });
      }
    }
    return notes;
  },
};

function readHead(line: string): Draft | null {
  const match = HEAD.exec(line);
  if (match === null) return null;
  const [, index = '', dev = '', other, flagText = '', rest = ''] = match;
  const flags = flagText.split(',');
  const words = wordsOf(rest);
  const fact: Draft = {
    kind: 'device',
    dev,
    ifindex: Number(index),
    up: flags.includes('UP'),
    master: wordAfter(words, 'master'),
  };
  const mtu = wholeNumber(wordAfter(words, 'mtu'));
  if (mtu !== null) fact.mtuBytes = mtu;
  if (flags.includes('LOOPBACK')) fact.type = 'loopback';
  const peer = /^if(\d{1,10})$/.exec(other ?? '')?.[1];
  if (peer !== undefined) fact.peerIndex = Number(peer);
  return fact;
}

/** `inet 10.0.0.1/24 …`, or `inet 10.0.0.1 peer 10.0.0.2/32 …`; null for anything else. */
function readAddress(line: string): InterfaceAddress | null {
  const [family, local = '', word, peer = ''] = wordsOf(line);
  if (family !== 'inet') return null;
  const [address = '', ownLength] = local.split('/');
  const ip = readIpv4(address);
  const prefixLen = wholeNumber(ownLength ?? (word === 'peer' ? peer.split('/')[1] : '32'));
  return ip === null || prefixLen === null || prefixLen > 32 ? null : { ip, prefixLen };
}

/** Takes what a detail line says into the fact; false where the line is not known. */
function readDetail(line: string, fact: Draft): boolean {
  if (line.startsWith('link/')) return readLinkLine(line, fact);
  const words = wordsOf(line);
  switch (words[0]) {
    case 'veth':
    case 'bridge':
    case 'tun':
      fact.type = words[0] as LinkType;
      return true;
    case 'bridge_slave':
      fact.hairpin = wordAfter(words, 'hairpin') === 'on';
      return true;
    case 'vxlan':
      fact.type = 'vxlan';
      fact.vxlan = {
        vni: wholeNumber(wordAfter(words, 'id')) ?? 1,
        local: readIpv4(wordAfter(words, 'local') ?? ''),
        underlay: wordAfter(words, 'dev'),
        port: wholeNumber(wordAfter(words, 'dstport')) ?? 8472,
      };
      return true;
    case 'ipip':
      fact.type = 'ipip';
      fact.ipip = {
        local: readIpv4(wordAfter(words, 'local') ?? ''),
        remote: readIpv4(wordAfter(words, 'remote') ?? ''),
      };
      return true;
    default:
      return KNOWN.test(line) || /^\d+\s+\d+/.test(line);
  }
}

/** `link/ether 9e:1e:ab:74:dc:ac brd ff:ff:ff:ff:ff:ff link-netnsid 2 …`, `link/ipip 10.0.0.1 brd 10.0.0.2` */
function readLinkLine(line: string, fact: Draft): boolean {
  const words = wordsOf(line);
  const netnsid = wholeNumber(wordAfter(words, 'link-netnsid'));
  if (netnsid !== null) fact.netnsid = netnsid;
  const mac = readMac(words[1] ?? '');
  if (mac !== null) fact.mac = mac;
  if (words[0] === 'link/loopback') fact.type = 'loopback';
  if (words[0] === 'link/ipip') fact.type = 'ipip';
  return true;
}
