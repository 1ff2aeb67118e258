/**
 * What a file and its name say of the place that its packets were found to be from: pcapng's options if_name and if_IPv4addr
 * (draft-ietf-opsawg-pcapng, section 4.2). Told where they agree, and after the packets: anybody can write a name.
 */
import { formatIpv4 } from '../addr/ipv4';
import type { Topology } from '../topology/topology';
import { nameScore } from './file-names';
import type { Placed } from './layer2';
import type { RoleEvidence, SessionCapture } from './session';

export function writtenIn(
  topology: Topology,
  { name, capture }: SessionCapture,
  place: Placed,
  known: readonly RoleEvidence[],
): readonly RoleEvidence[] {
  const evidence: RoleEvidence[] = [];
  const isKnown = known.some(({ kind }) => kind === 'name');
  if (!isKnown && nameScore(topology, name, place) > 0) evidence.push({ kind: 'named' });
  if (capture.interfaces.some((one) => one.name === place.dev))
    evidence.push({ kind: 'written-name', name: place.dev });
  const own = new Set(place.device.addresses.map(({ ip }) => formatIpv4(ip)));
  const written = capture.interfaces.flatMap(({ addresses }) => addresses);
  const address = written.find((one) => own.has(one.replace(/\/.*/, '')));
  if (address !== undefined) evidence.push({ kind: 'written-address', address });
  return evidence;
}
