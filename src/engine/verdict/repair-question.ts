/** Where nothing is wrong with the cluster: the same question, asked so that it can be answered. */
import { formatIpv4 } from '../addr/ipv4';
import { nodeOf } from '../topology/places';
import { hostNamed, type Topology } from '../topology/topology';
import type { Loss } from './loss';
import type { Repair } from './repair';
import type { Scene } from './verdict';

const PING_HEADERS = 28; // IP and ICMP

export function smallerPing({ verdict }: Scene, mtuBytes: number): readonly Repair[] {
  const { host, command } = verdict;
  if (!/^ping .*-s \d+/.test(command)) return [];
  const smaller = command.replace(/-s \d+/, `-s ${mtuBytes - PING_HEADERS}`);
  return [{ kind: 'smaller-ping', edits: [], command: `${host}: ${smaller}` }];
}

export function largerTtl({ verdict }: Scene): readonly Repair[] {
  const { host, command } = verdict;
  if (!/^ping .*-t \d+/.test(command)) return [];
  return [{ kind: 'larger-ttl', edits: [], command: `${host}: ${command.replace(/ -t \d+/, '')}` }];
}

/** The address is nobody's: the question is put to a pod there is. */
export function existingPod({ verdict }: Scene, topology: Topology, { header, host }: Loss): readonly Repair[] {
  if (header === null) return [];
  const node = hostNamed(topology, host);
  const pods = topology.hosts.filter(
    (pod) =>
      pod.role === 'pod' &&
      pod.name !== verdict.host &&
      node !== null &&
      nodeOf(topology, pod) === nodeOf(topology, node),
  );
  const ip = pods.flatMap(({ devices }) =>
    devices.flatMap(({ link, up, addresses }) => (link.kind === 'veth' && up ? addresses : [])),
  )[0]?.ip;
  if (ip === undefined) return [];
  const command = verdict.command.replaceAll(formatIpv4(header.dst), formatIpv4(ip));
  return [{ kind: 'existing-pod', edits: [], command: `${verdict.host}: ${command}` }];
}
