/** What can be changed at one place of the picture with one click; anything else is typed at the host's prompt. */
import { formatPrefix } from '../addr/prefix';
import { unreachable } from '../base/result';
import type { Device } from '../net/device';
import type { Edit } from './edits';
import { podNetOf } from './places';
import { deviceNamed, type Host, hostNamed, segmentNamed, type Topology } from './topology';

export type Place =
  | { readonly kind: 'host' | 'stack'; readonly host: string }
  | { readonly kind: 'device'; readonly host: string; readonly dev: string }
  | { readonly kind: 'segment'; readonly segment: string };

const ROUTES_MAX = 6; // of which each could be deleted here
const USUAL_MTU = 1500; // bytes
const SMALLER_MTU = 1400;

/** Every one of these can be made on this topology. */
export function offersAt(topology: Topology, place: Place): readonly Edit[] {
  switch (place.kind) {
    case 'segment':
      return segmentOffers(topology, place.segment);
    case 'device': {
      const host = hostNamed(topology, place.host);
      const device = host === null ? null : deviceNamed(host, place.dev);
      return host === null || device === null ? [] : deviceOffers(topology, host, device);
    }
    case 'stack': {
      const host = hostNamed(topology, place.host);
      return host === null ? [] : stackOffers(host);
    }
    case 'host': {
      const host = hostNamed(topology, place.host);
      const takesPods = host?.role === 'node' && podNetOf(topology, host) !== null;
      return takesPods ? [{ kind: 'add-pod', node: place.host }] : [];
    }
    default:
      return unreachable(place);
  }
}

const line = (host: Host, command: string): Edit => ({ kind: 'line', line: `${host.name}: ${command}` });

function deviceOffers(topology: Topology, host: Host, device: Device): readonly Edit[] {
  const { name, link, mtuBytes, master } = device;
  if (link.kind === 'loopback') return [];
  const mtu = mtuBytes === USUAL_MTU ? SMALLER_MTU : USUAL_MTU;
  const at = { host: host.name, dev: name };
  const others = link.kind === 'nic' && link.segment === null ? topology.segments : [];
  return [
    line(host, `ip link set ${name} ${device.up ? 'down' : 'up'}`),
    line(host, `ip link set ${name} mtu ${mtu}`),
    ...(master === null ? [] : [line(host, `ip link set ${name} nomaster`)]),
    ...(link.kind === 'nic' && link.segment !== null ? [{ kind: 'plug', ...at, segment: null } as const] : []),
    ...others.map(({ name: segment }) => ({ kind: 'plug', ...at, segment }) as const),
  ];
}

function stackOffers(host: Host): readonly Edit[] {
  const routes = host.routes.filter(({ protocol }) => protocol !== 'kernel').slice(0, ROUTES_MAX);
  const deletions = routes.map(({ dst, metric }) =>
    line(
      host,
      `ip route del ${dst.len === 0 ? 'default' : formatPrefix(dst)}${metric === 0 ? '' : ` metric ${metric}`}`,
    ),
  );
  if (host.role === 'pod') return deletions;
  const drops = host.netfilter.filter.get('FORWARD')?.policy === 'drop';
  return [
    ...deletions,
    line(host, `sysctl -w net.ipv4.ip_forward=${host.sysctls.ipForward ? 0 : 1}`),
    line(host, `iptables -P FORWARD ${drops ? 'ACCEPT' : 'DROP'}`),
  ];
}

function segmentOffers(topology: Topology, name: string): readonly Edit[] {
  const segment = segmentNamed(topology, name);
  if (segment === null) return [];
  const hasNode = segment.ports.some(({ host }) => hostNamed(topology, host)?.role === 'node');
  return [
    ...(hasNode ? [{ kind: 'add-node', segment: name } as const] : []),
    { kind: 'source-guard', segment: name, on: !segment.sourceGuard },
  ];
}
