/** A finding in sentences: the catalogue holds the texts; here one is picked for each kind and its values are formatted. */
import { formatIpv4 } from '../engine/addr/ipv4';
import { formatPrefix } from '../engine/addr/prefix';
import { unreachable } from '../engine/base/result';
import type { Evidence, Finding } from '../engine/findings/finding';
import type { InterfaceAddress, Port } from '../engine/net/device';
import type { Route } from '../engine/net/route';
import { formatRoute } from '../engine/net/route-text';
import type { Catalogue } from './index';
import { num, plain } from './sentence-values';
import { sayVerdict } from './sentence-verdict';

export interface SaidFinding {
  readonly title: string;
  readonly lead: string; // what was seen, and why it matters
  readonly tried: readonly string[]; // what became of the ping; empty where none was tried
  readonly printed: readonly string[]; // what whoever typed it sees
}

export function sayFinding({ node, evidence, consequence }: Finding, text: Catalogue): SaidFinding {
  const { finish } = text.names;
  const said = { title: text.findings.kinds[evidence.kind].title, lead: finish(saysOf(node, evidence, text)) };
  if (consequence === null) return { ...said, tried: [], printed: [] };
  const { verdict, trace, topology, repaired, command } = consequence;
  const { title, lead, why } = sayVerdict(verdict, trace, topology, text);
  const after = repaired === null ? [] : [repaired === 'answered' ? text.findings.mends : text.findings.doesNotMend];
  const isMending = verdict.outcome !== 'answered';
  return {
    ...said,
    tried: [
      text.findings.tried(command),
      text.names.join([`**${title}**:`, lead]),
      ...why.map((one) => one.text),
      ...(isMending ? after : []),
    ],
    printed: verdict.printed,
  };
}

const route = formatRoute;
const address = ({ ip, prefixLen }: InterfaceAddress): string => `${formatIpv4(ip)}/${prefixLen}`;
const port = ({ host, dev }: Port): string => `${host} ${dev}`;
const routeOrNull = (one: Route | null): string | null => (one === null ? null : route(one));

function saysOf(node: string, evidence: Evidence, text: Catalogue): string {
  const t = text.findings.kinds;
  switch (evidence.kind) {
    case 'route-missing':
      return t[evidence.kind].says({ node, routes: evidence.expected.map(route), peers: evidence.peers });
    case 'route-wrong':
    case 'route-refusing': {
      const { actual, expected, peer } = evidence;
      return t[evidence.kind].says({ node, actual: route(actual), expected: route(expected), peer });
    }
    case 'route-stale':
      return t[evidence.kind].says({ node, actual: route(evidence.actual) });
    case 'route-foreign':
      return t[evidence.kind].says({ node, actual: route(evidence.actual), peer: evidence.peer });
    case 'own-subnet-elsewhere': {
      const { subnet, bridge, actual } = evidence;
      return t[evidence.kind].says({ node, subnet: formatPrefix(subnet), bridge, actual: routeOrNull(actual) });
    }
    case 'pod-no-route':
      return t[evidence.kind].says(evidence);
    case 'link-down':
      return t[evidence.kind].says(evidence);
    case 'veth-off-bridge':
      return t[evidence.kind].says({ node, ...evidence });
    case 'veth-unpaired':
      return t[evidence.kind].says({ node, dev: evidence.dev, peer: port(evidence.peer) });
    case 'bridge-address': {
      const { bridge, actual, expected } = evidence;
      const has = actual === null ? null : address(actual);
      return t[evidence.kind].says({ node, bridge, actual: has, expected: address(expected) });
    }
    case 'mtu-below-pods': {
      const { dev, mtuBytes, podMtuBytes } = evidence;
      return t[evidence.kind].says({ node, dev, mtu: num(mtuBytes), podMtu: num(podMtuBytes) });
    }
    case 'mtu-differs': {
      const { dev, mtuBytes, othersBytes } = evidence;
      return t[evidence.kind].says({ node, dev, mtu: num(mtuBytes), others: num(othersBytes) });
    }
    case 'forwarding-off': {
      const key = evidence.dev === null ? 'net.ipv4.ip_forward' : `net.ipv4.conf.${evidence.dev}.forwarding`;
      return t[evidence.kind].says({ node, key });
    }
    case 'forward-drop':
      return t[evidence.kind].says({ node, rule: evidence.rule === null ? null : plain(evidence.rule) });
    case 'forward-reject':
    case 'pod-traffic-rewritten':
      return t[evidence.kind].says({ node, rule: plain(evidence.rule) });
    case 'rp-filter-strict': {
      const { dev, peer, back } = evidence;
      return t[evidence.kind].says({ node, dev, peer, back: routeOrNull(back) ?? text.findings.audit.nothing });
    }
    case 'nodes-apart': {
      const { nodes, others, othersNet } = evidence;
      const own = address(evidence.address);
      return t[evidence.kind].says({ nodes, address: own, others, othersNet: formatPrefix(othersNet) });
    }
    case 'backend-mixed':
      return t[evidence.kind].says({ node, backend: evidence.backend, others: evidence.others });
    case 'not-managed':
    case 'pod-cidr-missing':
      return t[evidence.kind].says({ node });
    case 'pod-cidr-outside': {
      const { podCidr, network } = evidence;
      return t[evidence.kind].says({ node, podCidr: formatPrefix(podCidr), network: formatPrefix(network) });
    }
    case 'pod-cidr-shared':
      return t[evidence.kind].says({ node, podCidr: formatPrefix(evidence.podCidr), other: evidence.other });
    case 'pod-outside-cidr': {
      const { pod, ip, podCidr } = evidence;
      return t[evidence.kind].says({ node, pod, ip: formatIpv4(ip), podCidr: formatPrefix(podCidr) });
    }
    case 'public-ip-shared':
      return t[evidence.kind].says({ node, ip: formatIpv4(evidence.ip), others: evidence.others });
    case 'public-ip-elsewhere': {
      const { publicIp, dev, ip } = evidence;
      return t[evidence.kind].says({ node, publicIp: formatIpv4(publicIp), dev, ip: formatIpv4(ip) });
    }
    case 'address-duplicate':
      return t[evidence.kind].says({ ip: formatIpv4(evidence.ip), at: evidence.at.map(port) });
    case 'mac-duplicate':
      return t[evidence.kind].says({ mac: evidence.mac, at: evidence.at.map(port) });
    default:
      return unreachable(evidence);
  }
}
