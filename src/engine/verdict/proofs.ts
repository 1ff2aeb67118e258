/** Commands that prove a verdict on a real cluster, with what they would print there. They only look; repairs.ts changes. */
import { formatIpv4, type Ipv4 } from '../addr/ipv4';
import { unreachable } from '../base/result';
import { tableOption } from '../net/netfilter';
import { segmentOf } from '../topology/places';
import { hostNamed, ownerOf } from '../topology/topology';
import { leaseFor } from '../topology/wanted-route';
import type { Loss } from './loss';
import { type Proof, proof } from './proof';
import { decisionAt, decisions, routeGet } from './proof-route';
import { chainHead, countersOf, forwardingSysctl, linkProof, rpFilter } from './proof-state';
import type { Scene } from './verdict';

export function proofsOf(scene: Scene): readonly Proof[] {
  const { loss } = scene.verdict;
  const found =
    loss === null ? [...unsent(scene), ...oddities(scene)] : [...causesOf(scene, loss), ...countersOf(scene, loss)];
  return found.filter((one, i) => found.findIndex(({ host, line }) => host === one.host && line === one.line) === i);
}

/** Refused before there was a packet: only the route table can have done that. */
function unsent(scene: Scene): readonly Proof[] {
  const { host, target, outcome } = scene.verdict;
  return outcome === 'refused-locally' && target !== null
    ? routeGet(scene, host, scene.trace.steps.length - 1, { dst: target, src: null, inDev: null })
    : [];
}

function causesOf(scene: Scene, loss: Loss): readonly Proof[] {
  const { host, reason, header } = loss;
  switch (reason.kind) {
    case 'no-route':
    case 'blackhole-route':
    case 'prohibit-route':
    case 'unreachable-route':
    case 'not-for-this-host':
      return loss.made && header === null
        ? routeGet(scene, host, loss.step, { dst: reason.dst, src: null, inDev: null })
        : decisions(scene, loss);
    case 'forwarding-off':
      return [...decisionAt(scene, loss, reason.dev), forwardingSysctl(scene, loss, reason.dev)];
    case 'source-not-reachable':
      return [
        ...decisionAt(scene, loss, reason.dev),
        ...routeGet(scene, host, loss.step, { dst: reason.src, src: null, inDev: null }),
        rpFilter(scene, loss, reason.dev),
      ];
    case 'martian-source':
      return [proof(host, 'link', 'ip -4 addr show')];
    case 'ttl-expired':
      return [eachHop(scene), ...(scene.verdict.ways.loops.length > 0 ? decisions(scene, loss) : [])];
    case 'too-big':
    case 'receiver-mtu':
    case 'link-down':
    case 'no-cable':
      return loss.dev === null ? [] : [linkProof(scene, loss, loss.dev)];
    case 'rule':
      return [proof(host, 'chain', `iptables ${tableOption(reason.table)}-nvL ${reason.hook}`)];
    case 'policy':
      return [
        proof(
          host,
          'chain',
          `iptables ${tableOption(reason.table)}-nvL ${reason.hook}`,
          chainHead(scene, host, reason),
        ),
      ];
    case 'neighbour-failed':
      return neighbourProofs(scene, loss, reason.nextHop, reason.dev);
    case 'no-tunnel-peer':
      return loss.dev === null ? [] : [proof(host, 'neighbour', `bridge fdb show dev ${loss.dev}`)];
    case 'no-port':
      return loss.dev === null ? [] : [proof(host, 'bridge-ports', `bridge link show`)];
    case 'source-guard':
      return betweenCards(scene, reason.segment);
    case 'no-listener':
      return [proof(host, 'ports', `ss -ln${reason.protocol === 'udp' ? 'u' : 't'}`)];
    case 'not-for-this-mac':
      return [proof(host, 'link', 'ip link show')];
    case 'no-process':
    case 'incomplete-fragments':
    case 'bad-checksum':
      return [];
    default:
      return unreachable(reason);
  }
}

const eachHop = ({ verdict: { host, target } }: Scene): Proof =>
  proof(host, 'each-hop', `traceroute -n -I ${target === null ? '' : formatIpv4(target)}`.trim());

function neighbourProofs(scene: Scene, loss: Loss, nextHop: Ipv4, dev: string): readonly Proof[] {
  const { host, header, step } = loss;
  const ip = formatIpv4(nextHop);
  const entry = proof(host, 'neighbour', `ip neigh show ${ip} dev ${dev}`, `${ip} dev ${dev} FAILED`);
  const direct = header?.dst === nextHop;
  const owner = ownerOf(scene.topology, nextHop);
  const theirLink = owner === null ? [] : [linkProof(scene, { ...loss, host: owner.host }, owner.dev)];
  const pods = direct ? [proof(null, 'pods', 'kubectl get pods -A -o wide')] : [];
  const ports = direct && !loss.made ? [proof(host, 'bridge-ports', 'bridge link show')] : [];
  const decision =
    direct || header === null ? [] : routeGet(scene, host, step, { dst: header.dst, src: null, inDev: null });
  return [entry, ...decision, ...theirLink, ...ports, ...pods];
}

/** The frame is on the sender's card and not on the receiver's. */
function betweenCards({ verdict, topology }: Scene, segment: string): readonly Proof[] {
  const passage = verdict.request?.fate.kind === 'lost' ? verdict.request : verdict.answer;
  const last = passage?.hops.at(-1);
  if (passage === null || last?.outDev == null) return [];
  const dst = passage.fate.kind === 'lost' ? passage.fate.loss.header?.dst : undefined;
  const lease = dst === undefined ? null : leaseFor(topology, dst);
  const far = lease === null ? null : hostNamed(topology, lease.node);
  const card = far?.devices.find((device) => segmentOf(device) === segment);
  const filter = dst === undefined ? 'icmp' : `host ${formatIpv4(dst)}`;
  const there =
    far === null || card === undefined ? [] : [proof(far.name, 'frame-missing', `tcpdump -ni ${card.name} ${filter}`)];
  return [proof(last.host, 'frame-leaves', `tcpdump -ni ${last.outDev} ${filter}`), ...there];
}

/** Everything arrived, and yet something is not as it should be. */
function oddities(scene: Scene): readonly Proof[] {
  const { verdict, topology, trace } = scene;
  const proofs: Proof[] = [];
  for (const { on, after } of verdict.ways.detours) {
    const passage = on === 'request' ? verdict.request : verdict.answer;
    const dst = passage?.fate.kind === 'delivered' ? passage.fate.header.dst : null;
    if (dst === null) continue;
    proofs.push(...routeGet(scene, after, trace.steps.length - 1, { dst, src: null, inDev: null }));
    const end = passage?.hops.at(-1);
    if (end?.inDev != null)
      proofs.push(
        proof(end.host, 'arrival-ttl', `tcpdump -nvi ${end.inDev} host ${formatIpv4(dst)}`, `ttl ${passage?.ttl}`),
      );
  }
  for (const { host, field, after } of verdict.rewrites) {
    if (field !== 'src' || hostNamed(topology, host) === null) continue;
    const dev = verdict.request?.hops.find((hop) => hop.host === host)?.outDev ?? null;
    proofs.push(proof(host, 'chain', 'iptables -t nat -nvL POSTROUTING'));
    if (dev !== null) proofs.push(proof(host, 'source-changed', `tcpdump -ni ${dev} src ${formatIpv4(after)}`));
  }
  return proofs;
}
