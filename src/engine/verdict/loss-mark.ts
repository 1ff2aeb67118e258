/**
 * What a lost packet leaves behind: the counter that rises and the reason the kernel gives in the skb:kfree_skb tracepoint.
 * Sources: Linux include/net/dropreason-core.h (enum skb_drop_reason; the names are those without SKB_DROP_REASON_) and the
 * functions docs/outcomes.md names. Null: the kernel counts nothing of its own, or gives NOT_SPECIFIED.
 */
import { unreachable } from '../base/result';
import type { DropReason } from '../sim/drop';
import type { Stage } from './loss';

export type Counter =
  | { readonly kind: 'nstat'; readonly name: string } // nstat -az
  | { readonly kind: 'policy'; readonly name: string } // iptables -nvL CHAIN: its policy's packets
  | { readonly kind: 'rule'; readonly name: string } // iptables-save -c: the rule's own packets
  | { readonly kind: 'device'; readonly name: string; readonly dev: string } // ip -s -s link show DEV
  | { readonly kind: 'proc'; readonly name: string; readonly file: string }; // /proc/net/stat/FILE

export interface LossMark {
  readonly counter: Counter | null;
  readonly skbReason: string | null;
}

interface Where {
  readonly made: boolean; // on the host that made the packet
  readonly dev: string | null;
  readonly stage: Stage;
  readonly isHost: boolean; // not in a switch
}

const nstat = (name: string): Counter => ({ kind: 'nstat', name });
const proc = (file: string, name: string): Counter => ({ kind: 'proc', name, file });
const onDevice = (dev: string | null, name: string): Counter | null =>
  dev === null ? null : { kind: 'device', name, dev };
const mark = (counter: Counter | null, skbReason: string | null): LossMark => ({ counter, skbReason });

export function markOf(reason: DropReason, { made, dev, stage, isHost }: Where): LossMark {
  switch (reason.kind) {
    case 'no-route': // made here: the socket call fails before there is an skb
      return made ? mark(nstat('IpOutNoRoutes'), null) : mark(nstat('IpInNoRoutes'), 'IP_INNOROUTES');
    case 'blackhole-route':
    case 'prohibit-route':
    case 'unreachable-route':
      return mark(made ? null : proc('rt_cache', 'in_no_route'), null);
    case 'forwarding-off':
    case 'not-for-this-host':
      return mark(nstat('IpInAddrErrors'), 'IP_INADDRERRORS');
    case 'source-not-reachable':
      return mark(nstat('TcpExtIPReversePathFilter'), 'IP_RPFILTER');
    case 'martian-source':
      return mark(proc('rt_cache', 'in_martian_src'), 'IP_LOCAL_SOURCE'); // named since Linux 6.13
    case 'ttl-expired':
      return mark(nstat('IpInHdrErrors'), 'IP_INHDR');
    case 'too-big':
      return made ? mark(null, null) : mark(nstat('IpFragFails'), 'PKT_TOO_BIG');
    case 'rule':
      return mark({ kind: 'rule', name: reason.rule }, 'NETFILTER_DROP');
    case 'policy':
      return mark({ kind: 'policy', name: reason.hook }, 'NETFILTER_DROP');
    case 'neighbour-failed':
      return mark(proc('arp_cache', 'res_failed'), 'NEIGH_FAILED');
    case 'not-for-this-mac':
      return mark(onDevice(dev, 'otherhost_dropped'), 'OTHERHOST');
    case 'link-down':
      return stage === 'device-in' ? mark(onDevice(dev, 'rx_dropped'), 'DEV_READY') : mark(null, null);
    case 'receiver-mtu':
      return mark(onDevice(dev, 'rx_length_errors'), null);
    case 'no-tunnel-peer':
      return mark(onDevice(dev, 'tx_dropped'), 'NO_TX_TARGET');
    case 'no-port':
      return mark(null, isHost ? 'NO_TX_TARGET' : null); // br_flood names it since Linux 6.14
    case 'no-listener':
      return mark(nstat(reason.protocol === 'udp' ? 'UdpNoPorts' : 'TcpOutRsts'), 'NO_SOCKET');
    case 'no-process':
      return mark(null, reason.what === 'echo-reply' ? 'NO_SOCKET' : null);
    case 'incomplete-fragments':
      return mark(nstat('IpReasmFails'), 'FRAG_REASM_TIMEOUT');
    case 'bad-checksum':
      return mark(nstat('IpExtInCsumErrors'), 'IP_CSUM');
    case 'no-cable':
    case 'source-guard':
      return mark(null, null);
    default:
      return unreachable(reason);
  }
}
