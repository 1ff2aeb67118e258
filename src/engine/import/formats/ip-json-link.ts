/**
 * `ip -j addr` and `ip -j link` of iproute2, also with -p and -d. Source: iproute2 ip/ipaddress.c, print_linkinfo().
 *
 *   [{"ifindex":7,"link_index":3,"ifname":"veth5c905d55","flags":["BROADCAST","MULTICAST","UP","LOWER_UP"],"mtu":1500,
 *     "master":"cni0","operstate":"UP","link_type":"ether","address":"9e:1e:ab:74:dc:ac","link_netnsid":2,"addr_info":[]}]
 */
import { readIpv4 } from '../../addr/ipv4';
import { readMac } from '../../addr/mac';
import type { InterfaceAddress } from '../../net/device';
import { countOf, fieldOf, LineFinder, listOf, recordsOf, textOf } from '../documents';
import type { DeviceFact, LinkType } from '../facts';
import { type DocumentImporter, Notes } from '../importer';

const KINDS: Readonly<Record<string, LinkType | undefined>> = {
  bridge: 'bridge',
  veth: 'veth',
  vxlan: 'vxlan',
  ipip: 'ipip',
  tun: 'tun',
};

export const ipJsonLink: DocumentImporter = {
  name: 'ip-json-link',
  tool: 'ip(8) of iproute2: ip -j addr, ip -j link',
  takes: (value) => recordsOf(value).some((one) => textOf(one.ifname) !== null && countOf(one.ifindex) !== null),
  read: (values, lines) => {
    const notes = new Notes();
    const finder = new LineFinder(lines);
    for (const one of values.flatMap(recordsOf)) {
      const dev = textOf(one.ifname);
      if (dev === null) continue; // `ip -j -4 addr` leaves an empty object for each device without such an address
      const at = finder.find(`"ifname": "${dev}"`);
      notes.add(at, deviceOf(one, dev));
      if (Array.isArray(one.addr_info)) {
        notes.add(at, {
          kind: 'addresses',
          dev,
          addresses: recordsOf(one.addr_info).flatMap(addressOf),
          complete: true,
        });
      }
    }
    return notes;
  },
};

function deviceOf(one: Readonly<Record<string, unknown>>, dev: string): DeviceFact {
  const ifindex = countOf(one.ifindex);
  const mac = readMac(textOf(one.address) ?? '');
  const mtuBytes = countOf(one.mtu);
  const peerIndex = countOf(one.link_index);
  const netnsid = countOf(one.link_netnsid);
  const flags = Array.isArray(one.flags) ? listOf(one.flags) : null;
  const type = typeOf(one);
  const data = fieldOf(one, 'linkinfo', 'info_data');
  const hairpin = fieldOf(one, 'linkinfo', 'info_slave_data', 'hairpin');
  return {
    kind: 'device',
    dev,
    ...(ifindex === null ? {} : { ifindex }),
    ...(mac === null ? {} : { mac }),
    ...(mtuBytes === null ? {} : { mtuBytes }),
    ...(flags === null ? {} : { up: flags.includes('UP'), master: textOf(one.master) }),
    ...(peerIndex === null ? {} : { peerIndex }),
    ...(netnsid === null ? {} : { netnsid }),
    ...(type === null ? {} : { type }),
    ...(typeof hairpin === 'boolean' ? { hairpin } : {}),
    ...(type === 'vxlan' ? { vxlan: vxlanOf(data) } : {}),
    ...(type === 'ipip' ? { ipip: { local: ipOf(data, 'local'), remote: ipOf(data, 'remote') } } : {}),
  };
}

function typeOf(one: Readonly<Record<string, unknown>>): LinkType | null {
  if (one.link_type === 'loopback') return 'loopback';
  const kind = textOf(fieldOf(one, 'linkinfo', 'info_kind'));
  return (kind === null ? undefined : KINDS[kind]) ?? (one.link_type === 'ipip' ? 'ipip' : null);
}

const ipOf = (data: unknown, key: string) => readIpv4(textOf(fieldOf(data, key)) ?? '');

const vxlanOf = (data: unknown) => ({
  vni: countOf(fieldOf(data, 'id')) ?? 1,
  local: ipOf(data, 'local'),
  underlay: textOf(fieldOf(data, 'link')),
  port: countOf(fieldOf(data, 'port')) ?? 8472,
});

function addressOf({ family, local, prefixlen }: Readonly<Record<string, unknown>>): readonly InterfaceAddress[] {
  const ip = readIpv4(textOf(local) ?? '');
  const prefixLen = countOf(prefixlen);
  return family !== 'inet' || ip === null || prefixLen === null || prefixLen > 32 ? [] : [{ ip, prefixLen }];
}
