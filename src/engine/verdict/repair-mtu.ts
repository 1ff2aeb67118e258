/** A link that does not take packets as large as their sender makes them. */
import { nodeOf } from '../topology/places';
import { deviceNamed, hostNamed, ownerOf, type Topology } from '../topology/topology';
import type { Passage } from './exchange';
import type { Loss } from './loss';
import { lineAt, type Repair, repair } from './repair';

/** Every card the packet crosses, on the segment where it did not fit, takes packets as large as the sender's device does. */
export function raiseMtu(topology: Topology, loss: Loss, passage: Passage, packetBytes: number): readonly Repair[] {
  const origin = hostNamed(topology, passage.hops[0]?.host ?? '');
  const out = origin?.devices.find(({ name }) => name === passage.hops[0]?.outDev);
  if (loss.made || out === undefined) return [];
  const at = hostNamed(topology, loss.host);
  const card = at === null || loss.dev === null ? null : deviceNamed(at, loss.dev);
  const segment = card?.link.kind === 'nic' ? card.link.segment : null;
  if (segment === null) return [];
  const port = loss.header === null ? null : ownerOf(topology, loss.header.dst);
  const owner = port === null ? null : hostNamed(topology, port.host);
  const ends = [...passage.hops.map(({ host }) => host), ...(owner === null ? [] : [nodeOf(topology, owner).name])];
  const edits = topology.hosts.flatMap((host) =>
    ends.includes(host.name)
      ? host.devices.flatMap(({ name, link, mtuBytes }) =>
          link.kind === 'nic' && link.segment === segment && mtuBytes < packetBytes
            ? [lineAt(host, `ip link set ${name} mtu ${Math.max(packetBytes, out.mtuBytes)}`)]
            : [],
        )
      : [],
  );
  return edits.length === 0 ? [] : [repair('raise-mtu', ...edits)];
}
