/** Questions about a packet on its way: whose MAC it is sent to, what its TTL becomes, where the same frame is seen. */
import type { Mac } from '../addr/mac';
import type { Port } from '../net/device';
import { macOf } from '../net/neighbour';
import type { EventOf } from '../sim/event';
import type { Step, Trace } from '../sim/trace';
import { hostIn } from '../sim/world';
import { deviceNamed, type Host, hostNamed, ownerOf, type Topology } from '../topology/topology';
import { among, inOrder } from './choices';
import type { Choice, Question } from './question';

/** Asked when the next hop is known and its MAC is looked up for the first time; answered by the frame that is sent. */
export function askMac(trace: Trace, step: Step, event: EventOf<'neighbour-looked-up'>): Question | null {
  const { host, packet, dev, ip } = event;
  const sent = trace.steps.find(
    ({ index, event: later }) =>
      index > step.index && later.kind === 'frame-sent' && later.host === host && later.packet === packet,
  );
  if (sent?.event.kind !== 'frame-sent') return null;
  const { frame } = sent.event;
  const { topology } = step.after;
  const owners = ownersOfMacs(topology);
  const mac = (address: Mac): Choice => ({ kind: 'mac', mac: address, owner: owners.get(address) ?? null });
  const own = hostIn(step.after, host).host;
  const dst = frame.body.kind === 'ipv4' ? frame.body.header.dst : null;
  const end = dst === null ? null : ownerOf(topology, dst);
  const others = [
    end === null ? null : macOfPort(topology, end), // as if MACs went from end to end
    macOfPort(topology, { host, dev }), // its own
    ...bridgesOf(own),
    ...peersOf(own, topology),
    ...[...hostIn(step.after, host).neighbours.values()].map(({ entry }) => macOf(entry)),
    ...(end === null ? [] : bridgesAround(topology, end.host)),
  ].filter((address) => address !== null);
  const id = `dst-mac ${host} ${dev} ${step.index}`;
  const made = among(id, mac(frame.dst), others.map(mac));
  return made === null
    ? null
    : {
        id,
        kind: 'dst-mac',
        asked: { kind: 'dst-mac', host, dev, nextHop: ip },
        packet,
        step: step.index,
        evidence: sent.index,
        ...made,
      };
}

const macOfPort = (topology: Topology, { host, dev }: Port): Mac | null => {
  const owner = hostNamed(topology, host);
  return owner === null ? null : (deviceNamed(owner, dev)?.mac ?? null);
};

const bridgesOf = (host: Host): readonly Mac[] =>
  host.devices.flatMap(({ link, mac, addresses }) => (link.kind === 'bridge' && addresses.length > 0 ? [mac] : []));

/** The other ends of a host's cables. */
const peersOf = (host: Host, topology: Topology): readonly (Mac | null)[] =>
  host.devices.flatMap(({ link }) => (link.kind === 'veth' ? [macOfPort(topology, link.peer)] : []));

const bridgesAround = (topology: Topology, pod: string): readonly Mac[] => {
  const node = hostNamed(topology, hostNamed(topology, pod)?.node ?? '');
  return node === null ? [] : bridgesOf(node);
};

function ownersOfMacs(topology: Topology): ReadonlyMap<Mac, Port> {
  const entries = topology.hosts.flatMap(({ name, devices }) =>
    devices.flatMap(({ name: dev, mac, link }) =>
      link.kind === 'loopback' ? [] : [[mac, { host: name, dev }] as const],
    ),
  );
  return new Map(entries);
}

export function askTtl(step: Step, { host, packet, before, after }: EventOf<'ttl-lowered'>): Question | null {
  const ttls = [before.ttl + 1, before.ttl, after.ttl, after.ttl - 1].filter((ttl) => ttl >= 0 && ttl <= 255);
  const ttl = (value: number): Choice => ({ kind: 'ttl', ttl: value });
  const made = inOrder(ttl(after.ttl), ttls.map(ttl));
  return made === null
    ? null
    : {
        id: `ttl ${host} ${step.index}`,
        kind: 'ttl',
        asked: { kind: 'ttl', host, ttl: before.ttl },
        packet,
        step: step.index,
        evidence: step.index,
        ...made,
      };
}

/** As a frame leaves by a network card: will the very same frame be on the other node's card? */
export function askOnDevice(trace: Trace, step: Step, event: EventOf<'frame-sent'>): Question | null {
  const { topology } = trace.initial;
  const isCard = ({ host, dev }: Port): boolean => {
    const owner = hostNamed(topology, host);
    return owner !== null && deviceNamed(owner, dev)?.link.kind === 'nic';
  };
  const from: Port = { host: event.host, dev: event.dev };
  const at = topology.capturePoints.find((point) => point.host !== from.host && isCard(point));
  if (at === undefined || !isCard(from)) return null;
  const seen = trace.steps.find(
    ({ index, event: later }) =>
      index > step.index &&
      later.kind === 'frame-received' &&
      later.host === at.host &&
      later.dev === at.dev &&
      later.packet === event.packet &&
      later.frame.dst === event.frame.dst &&
      later.frame.src === event.frame.src,
  );
  const made = inOrder({ kind: seen === undefined ? 'no' : 'yes' }, [{ kind: 'yes' }, { kind: 'no' }]);
  return made === null
    ? null
    : {
        id: `on-device ${from.host} ${at.host} ${at.dev} ${step.index}`,
        kind: 'on-device',
        asked: { kind: 'on-device', from, at: { host: at.host, dev: at.dev } },
        packet: event.packet,
        step: step.index,
        evidence: seen?.index ?? step.index,
        ...made,
      };
}
