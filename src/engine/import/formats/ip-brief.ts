/**
 * `ip -br addr` and `ip -br link` of iproute2: a line a device. Source: iproute2 ip/ipaddress.c, print_linkinfo_brief().
 *
 *   cni0             UP             10.244.1.1/24
 *   veth5c905d55@if3 UP             9e:1e:ab:74:dc:ac <BROADCAST,MULTICAST,UP,LOWER_UP>
 */
import { readIpv4 } from '../../addr/ipv4';
import { readMac } from '../../addr/mac';
import type { InterfaceAddress } from '../../net/device';
import type { DeviceFact } from '../facts';
import { type Importer, iproute2, lists, Notes, wantsJson, wholeNumber, wordsOf } from '../importer';

const ROW =
  /^\s*([^\s:@]+)(?:@(\S+))?\s+(UP|DOWN|UNKNOWN|LOWERLAYERDOWN|DORMANT|NOTPRESENT|TESTING)(?:\s+(\S.*?))?\s*$/;
const LINK = /^([\da-f:]{17})\s+<([^<>\s]*)>$/i;
const ADDRESSES = /^(?:[\da-f.:]+\/\d{1,3}(?:\s+metric \d+)?\s*)+$/i;

export const ipBrief: Importer = {
  name: 'ip-brief',
  tool: 'ip(8) of iproute2: ip -br addr, ip -br link',
  prints: (command) => {
    const [tool, object, verb] = iproute2(command);
    const isBrief = command.some((word) => /^--?br(?:i(?:ef?)?)?$/.test(word));
    return (
      tool === 'ip' && (object === 'address' || object === 'link') && isBrief && lists(verb) && !wantsJson(command)
    );
  },
  // A device without an address looks like a pod's row, or like any two words.
  starts: (line) => {
    const rest = ROW.exec(line)?.[4];
    return rest !== undefined && (LINK.test(rest) || ADDRESSES.test(rest));
  },
  read: (lines, command) => {
    const notes = new Notes();
    const showsLinks = iproute2(command)[1] === 'link';
    for (const [at, line] of lines.entries()) {
      if (line.trim() === '') continue;
      const [, dev, other, state, rest = ''] = ROW.exec(line) ?? [];
      const link = LINK.exec(rest);
      if (dev === undefined || (link === null && rest !== '' && !ADDRESSES.test(rest))) {
        notes.skip(at);
        continue;
      }
      notes.add(at, { kind: 'device', dev, ...peerOf(other), ...(link === null ? upBy(state) : linkOf(link)) });
      if (link === null && !showsLinks)
        notes.add(at, { kind: 'addresses', dev, addresses: addressesIn(rest), complete: true });
    }
    return notes;
  },
};

const peerOf = (other: string | undefined): Pick<DeviceFact, 'peerIndex'> => {
  const index = wholeNumber(/^if(\d+)$/.exec(other ?? '')?.[1]);
  return index === null ? {} : { peerIndex: index };
};

/** DOWN may be a bridge that is up and has nothing on it. */
const upBy = (state: string | undefined): Pick<DeviceFact, 'up'> => (state === 'UP' ? { up: true } : {});

function linkOf([, address = '', flags = '']: RegExpExecArray): Pick<DeviceFact, 'up' | 'mac' | 'type'> {
  const mac = readMac(address);
  const words = flags.split(',');
  return {
    up: words.includes('UP'),
    ...(words.includes('LOOPBACK') ? { type: 'loopback' as const } : mac === null ? {} : { mac }),
  };
}

const addressesIn = (text: string): readonly InterfaceAddress[] =>
  wordsOf(text).flatMap((word) => {
    const [address = '', length] = word.split('/');
    const [ip, prefixLen] = [readIpv4(address), wholeNumber(length)];
    return ip === null || prefixLen === null || prefixLen > 32 ? [] : [{ ip, prefixLen }];
  });
