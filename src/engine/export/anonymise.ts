/**
 * A cluster with other addresses, MACs and names, in which everything still happens as before: two addresses that shared
 * their first n bits share n bits afterwards (prefix-preserving, as Crypto-PAn does it: Xu, Fan, Ammar, Moon,
 * "Prefix-Preserving IP Address Anonymization", ICNP 2002). The first octet stays, so private addresses stay private,
 * and so does the last, so that .1 still looks like a gateway.
 */
import { formatIpv4, ipv4FromNumber, readIpv4 } from '../addr/ipv4';
import { maskedBy } from '../addr/prefix';
import { hash32 } from '../base/random';
import { invariant } from '../base/result';
import { fromFile, toFile } from '../topology/file';
import type { HostRole, Topology } from '../topology/topology';

const FIRST_BIT = 8; // bits 0 to 7 and 24 to 31 stay
const LAST_BIT = 23;

const ADDRESS = /\b(\d{1,3}(?:\.\d{1,3}){3})(?:\/(\d{1,2}))?\b/g;
const MAC = /\b[0-9a-f]{2}(?::[0-9a-f]{2}){5}\b/g;
const NAMES: Readonly<Record<HostRole, string>> = { node: 'node', pod: 'pod', router: 'gateway', machine: 'machine' };

/** The same seed gives the same addresses again. */
export function anonymised(topology: Topology, seed: number): Topology {
  const names = new Map<string, string>();
  const counts = new Map<HostRole, number>();
  for (const { name, role } of topology.hosts) {
    counts.set(role, (counts.get(role) ?? 0) + 1);
    names.set(name, `${NAMES[role]}${counts.get(role)}`);
  }
  const macs = new Map<string, string>();
  const bare: Topology = {
    ...topology,
    name: 'anonymised',
    hosts: topology.hosts.map((host) => ({ ...host, label: null })),
    capturePoints: topology.capturePoints.map(({ id, host, dev }) => {
      const name = names.get(host) ?? host;
      return { id: id === host ? name : `${name}-${dev}`, host, dev };
    }),
  };
  const text = JSON.stringify(JSON.parse(toFile(bare)), (_, value: unknown) =>
    typeof value !== 'string' ? value : (names.get(value) ?? otherWords(value, macs, seed)),
  );
  const read = fromFile(text);
  invariant(read.ok, `an anonymised cluster is a cluster: ${JSON.stringify(read)}`);
  return read.value;
}

const otherWords = (text: string, macs: Map<string, string>, seed: number): string =>
  text
    .replace(ADDRESS, (whole, address: string, len: string | undefined) => otherAddress(whole, address, len, seed))
    .replace(MAC, (mac) => otherMac(mac, macs));

/** A network stays one: where no host bit was set, none is set afterwards. */
function otherAddress(whole: string, address: string, len: string | undefined, seed: number): string {
  const ip = readIpv4(address);
  if (ip === null) return whole;
  const octet = ip >>> 24;
  if (octet === 0 || octet === 127 || octet >= 224) return whole;
  let other: number = ip;
  for (let bit = FIRST_BIT; bit <= LAST_BIT; bit += 1) {
    const shift = 31 - bit;
    const before = ip >>> (shift + 1); // the bits before this one decide whether it is turned over
    if ((hash32(seed, bit, before) & 1) === 1) other = (other ^ (1 << shift)) >>> 0;
  }
  const mapped = ipv4FromNumber(other);
  if (len === undefined) return formatIpv4(mapped);
  const isNetwork = maskedBy(ip, Number(len)) === ip;
  return `${formatIpv4(isNetwork ? maskedBy(mapped, Number(len)) : mapped)}/${len}`;
}

/** Locally administered addresses, counted from 02:00:00:00:00:01. Group addresses stay. */
function otherMac(mac: string, macs: Map<string, string>): string {
  if ((Number.parseInt(mac.slice(0, 2), 16) & 1) === 1 || mac === '00:00:00:00:00:00') return mac;
  const number =
    macs.get(mac) ??
    `02:${(macs.size + 1)
      .toString(16)
      .padStart(10, '0')
      .replace(/..(?=.)/g, '$&:')}`;
  macs.set(mac, number);
  return number;
}
