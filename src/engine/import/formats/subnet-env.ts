/**
 * /run/flannel/subnet.env, which flanneld writes for its CNI plugin. FLANNEL_SUBNET is the bridge's address.
 * Source: flannel pkg/subnet/subnet.go, WriteSubnetFile() @cdf76059.
 *
 *   FLANNEL_NETWORK=10.244.0.0/16
 *   FLANNEL_SUBNET=10.244.1.1/24
 */
import { readIpv4 } from '../../addr/ipv4';
import { readPrefix } from '../../addr/prefix';
import type { InterfaceAddress } from '../../net/device';
import { type Importer, Notes, wholeNumber } from '../importer';

const ROW = /^\s*(?:export )?FLANNEL_(NETWORK|SUBNET|MTU|IPMASQ|IPV6_NETWORK|IPV6_SUBNET)=(\S*)\s*$/;

export const subnetEnv: Importer = {
  name: 'subnet-env',
  tool: 'flannel: subnet.env',
  prints: (command) => command[0] === 'cat' && command.length === 2 && /(?:^|\/)subnet\.env$/.test(command[1] ?? ''),
  starts: (line) => ROW.test(line),
  read: (lines) => {
    const notes = new Notes();
    const values = new Map<string, string>();
    let first: number | null = null;
    for (const [at, line] of lines.entries()) {
      if (line.trim() === '') continue;
      const [, key, value] = ROW.exec(line) ?? [];
      if (key === undefined || value === undefined) {
        notes.skip(at);
        continue;
      }
      first ??= at;
      values.set(key, value);
    }
    if (first === null) return notes;
    const masquerade = values.get('IPMASQ');
    notes.add(first, {
      kind: 'subnet-env',
      network: readPrefix(values.get('NETWORK') ?? ''),
      subnet: readAddress(values.get('SUBNET') ?? ''),
      mtuBytes: wholeNumber(values.get('MTU')),
      masquerade: masquerade === undefined ? null : masquerade === 'true',
    });
    return notes;
  },
};

function readAddress(text: string): InterfaceAddress | null {
  const [address = '', length] = text.split('/');
  const ip = readIpv4(address);
  const prefixLen = wholeNumber(length);
  return ip === null || prefixLen === null || prefixLen > 32 ? null : { ip, prefixLen };
}
