/**
 * `ifconfig`, in the dialects of net-tools 2 and of BusyBox or older net-tools. Source: net-tools lib/interface.c,
 * ife_print_long(); BusyBox networking/interface.c.
 *
 *   cni0: flags=4163<UP,BROADCAST,RUNNING,MULTICAST>  mtu 1500      |  eth0      Link encap:Ethernet  HWaddr 7A:0B:D4:4C:C5:68
 *           inet 10.244.1.1  netmask 255.255.255.0  broadcast …     |            inet addr:10.244.1.4  Bcast:…  Mask:255.255.255.0
 *           ether 5e:c1:b9:a7:b8:56  txqueuelen 1000  (Ethernet)    |            UP BROADCAST RUNNING MULTICAST  MTU:1500  Metric:1
 */
import { readIpv4 } from '../../addr/ipv4';
import { readMac } from '../../addr/mac';
import { lenOfMask } from '../../addr/prefix';
import type { InterfaceAddress } from '../../net/device';
import type { DeviceFact } from '../facts';
import { type Importer, Notes, wordAfter, wordsOf } from '../importer';

const NEW_HEAD = /^\s*([^\s:<>]+)(?::\d+)?: flags=\d+<([^<>\s]*)>\s+mtu (\d{1,10})/;
const OLD_HEAD = /^([^\s:<>]+)(?::\d+)?\s+Link encap:(\S+)/;
const COUNTERS = /^(?:RX|TX|inet6|unspec|loop|collisions|Interrupt|device|Memory|Base address|tunnel|sit|ppp)\b/;

type Draft = { -readonly [K in keyof DeviceFact]: DeviceFact[K] };

/** A device while its lines are read. */
interface Open {
  readonly fact: Draft;
  address: InterfaceAddress | null;
  readonly at: number;
}

export const ifconfig: Importer = {
  name: 'ifconfig',
  tool: 'ifconfig(8) of net-tools or BusyBox',
  prints: (command) =>
    /(?:^|\/)ifconfig$/.test(command[0] ?? '') && !/^(?:up|down|mtu|[\d./]+)$/.test(command[2] ?? ''),
  starts: (line) => NEW_HEAD.test(line) || OLD_HEAD.test(line),
  read: (lines) => {
    const notes = new Notes();
    const found: Open[] = [];
    let open: Open | null = null;
    for (const [at, line] of lines.entries()) {
      if (line.trim() === '') continue;
      const fact = readHead(line);
      if (fact !== null) {
        open = { fact, address: null, at };
        found.push(open);
        continue;
      }
      if (open === null) {
        notes.skip(at);
        continue;
      }
      const address = readAddress(line);
      if (address !== null) open.address = address;
      else if (!readDetail(line.trim(), open.fact)) notes.skip(at);
    }
    for (const { fact, address, at } of found) {
      notes.add(at, fact);
      if (address !== null) notes.add(at, { kind: 'addresses', dev: fact.dev, addresses: [address], complete: false });
    }
    return notes;
  },
};

function readHead(line: string): Draft | null {
  const modern = NEW_HEAD.exec(line);
  if (modern !== null) {
    const [, dev = '', flagText = '', mtu = ''] = modern;
    const flags = flagText.split(',');
    const fact: Draft = { kind: 'device', dev, up: flags.includes('UP'), mtuBytes: Number(mtu) };
    if (flags.includes('LOOPBACK')) fact.type = 'loopback';
    return fact;
  }
  const old = OLD_HEAD.exec(line);
  if (old === null) return null;
  const fact: Draft = { kind: 'device', dev: old[1] ?? '' };
  const mac = readMac(wordAfter(wordsOf(line), 'HWaddr') ?? '');
  if (mac !== null) fact.mac = mac;
  if (old[2] === 'Local') fact.type = 'loopback';
  return fact;
}

function readAddress(line: string): InterfaceAddress | null {
  const words = wordsOf(line);
  if (words[0] !== 'inet') return null;
  const old = words.find((word) => word.startsWith('addr:'));
  const ip = readIpv4(old?.slice('addr:'.length) ?? words[1] ?? '');
  const maskText =
    old === undefined
      ? wordAfter(words, 'netmask')
      : words.find((word) => word.startsWith('Mask:'))?.slice('Mask:'.length);
  const mask = readIpv4(maskText ?? '');
  const prefixLen = mask === null ? null : lenOfMask(mask);
  return ip === null || prefixLen === null ? null : { ip, prefixLen };
}

function readDetail(line: string, fact: Draft): boolean {
  const words = wordsOf(line);
  if (words[0] === 'ether') {
    const mac = readMac(words[1] ?? '');
    if (mac !== null) fact.mac = mac;
    return mac !== null;
  }
  const mtu = /\bMTU:(\d{1,10})\b/.exec(line)?.[1];
  if (mtu !== undefined) {
    fact.mtuBytes = Number(mtu);
    fact.up = words.includes('UP');
    if (words.includes('LOOPBACK')) fact.type = 'loopback';
    return true;
  }
  return COUNTERS.test(line);
}
