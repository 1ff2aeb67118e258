/** Who is who on a chain of links: pods at its ends, their nodes' bridges and cards between. */
import type { Ipv4 } from '../addr/ipv4';
import type { Mac } from '../addr/mac';
import { contains, prefixOf } from '../addr/prefix';
import { gatewayOf } from '../topology/build';
import type { Chain } from './chain';

export const POD_PREFIX_LEN = 24; // flannel's default SubnetLen

/** What is to be known of a host on the chain; null where no file tells. */
export interface End {
  readonly name: 'pod1' | 'pod2' | 'node1' | 'node2';
  readonly dev: string;
  readonly ip: Ipv4 | null;
  readonly mac: Mac | null;
}

export interface Cast {
  readonly pods: readonly (End & { readonly node: number })[];
  readonly nodes: readonly { readonly nic: End | null; readonly bridge: End | null }[];
}

export function castOf(chain: Chain): Cast {
  const { flow, links } = chain;
  const routers = links.length - 1;
  const [first, last] = [links[0] ?? null, links[routers] ?? null];
  const pod1: End = { name: 'pod1', dev: 'eth0', ip: flow.src, mac: first?.from ?? null };
  const pod2: End = { name: 'pod2', dev: 'eth0', ip: flow.dst, mac: last?.to ?? null };
  if (routers === 0) {
    const bridge: End = { name: 'node1', dev: 'cni0', ip: gatewayOf(prefixOf(flow.src, POD_PREFIX_LEN)), mac: null };
    return {
      pods: [
        { ...pod1, node: 0 },
        { ...pod2, node: 0 },
      ],
      nodes: [{ nic: null, bridge }],
    };
  }
  const bridge1 = bridgeOf(chain, 'node1', first?.to ?? null, flow.src);
  const bridge2 = bridgeOf(chain, 'node2', last?.from ?? null, flow.dst);
  if (routers === 1) {
    const isFromNode =
      last !== null && isGateway(chain, last.from, flow.dst) && !isGateway(chain, first?.to ?? null, flow.src);
    if (isFromNode) {
      const nic1: End = { name: 'node1', dev: 'ens33', ip: flow.src, mac: first?.from ?? null };
      const nic2 = nicOf(chain, 'node2', first?.to ?? null, nic1.mac);
      return {
        pods: [{ ...pod2, node: 1 }],
        nodes: [
          { nic: nic1, bridge: null },
          { nic: nic2, bridge: bridge2 },
        ],
      };
    }
    const nic2: End = { name: 'node2', dev: 'ens33', ip: flow.dst, mac: last?.to ?? null };
    const nic1 = nicOf(chain, 'node1', last?.from ?? null, nic2.mac);
    return {
      pods: [{ ...pod1, node: 0 }],
      nodes: [
        { nic: nic1, bridge: bridge1 },
        { nic: nic2, bridge: null },
      ],
    };
  }
  // More routers than two nodes: the ones between are left out, and the TTLs will say so.
  const [out, into] = [links[1] ?? null, links[routers - 1] ?? null];
  const nic1 = nicOf(chain, 'node1', out?.from ?? null, out?.to ?? null);
  const nic2 = nicOf(chain, 'node2', into?.to ?? null, into?.from ?? null);
  return {
    pods: [
      { ...pod1, node: 0 },
      { ...pod2, node: 1 },
    ],
    nodes: [
      { nic: nic1, bridge: bridge1 },
      { nic: nic2, bridge: bridge2 },
    ],
  };
}

const isGateway = ({ addresses }: Chain, own: Mac | null, pod: Ipv4): boolean =>
  own !== null && (addresses.get(own) ?? []).includes(gatewayOf(prefixOf(pod, POD_PREFIX_LEN)));

/** cni0: the address that ARP gives to this MAC within the pod's subnet, else the subnet's first one. */
function bridgeOf({ addresses }: Chain, name: 'node1' | 'node2', own: Mac | null, pod: Ipv4): End {
  const subnet = prefixOf(pod, POD_PREFIX_LEN);
  const ip = own === null ? undefined : addresses.get(own)?.find((one) => contains(subnet, one));
  return { name, dev: 'cni0', ip: ip ?? gatewayOf(subnet), mac: own };
}

/** ens33: the address ARP gives to this MAC, else what the other end asks for. */
function nicOf({ addresses, asks, flow }: Chain, name: 'node1' | 'node2', own: Mac | null, other: Mac | null): End {
  const isPodSide = (ip: Ipv4): boolean =>
    [flow.src, flow.dst].some((pod) => contains(prefixOf(pod, POD_PREFIX_LEN), ip));
  const claimed = own === null ? undefined : addresses.get(own)?.find((ip) => !isPodSide(ip));
  const wanted = other === null ? undefined : asks.get(other)?.find((ip) => !isPodSide(ip));
  return { name, dev: 'ens33', ip: claimed ?? wanted ?? null, mac: own };
}
