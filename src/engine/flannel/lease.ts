/**
 * A lease: what one node's flanneld tells all others about itself. In Kubernetes it is the Node object's annotations
 * under `flannel.alpha.coreos.com/` together with its podCIDR.
 * Source: flannel pkg/subnet/kube/kube.go and pkg/lease/lease.go @cdf76059.
 */
import type { Ipv4 } from '../addr/ipv4';
import type { Prefix } from '../addr/prefix';

export type Backend = 'host-gw' | 'vxlan' | 'ipip' | 'other';

export interface Lease {
  readonly node: string;
  readonly subnet: Prefix; // the node's podCIDR
  readonly publicIp: Ipv4; // annotation public-ip: the address peers use as next hop
  readonly backend: Backend;
}

/** The annotation backend-type. Null: nobody said, and then it is taken for host-gw. */
export function backendNamed(name: string | null): Backend {
  if (name === null || name === 'host-gw') return 'host-gw';
  return name === 'vxlan' || name === 'ipip' ? name : 'other';
}
