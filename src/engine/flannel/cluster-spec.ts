/**
 * What flannel and Kubernetes were told: nodes with their leases as the Node objects carry them, and the pods that run on
 * them. This is how a cluster should be; a `Topology` is how it is. A field that no source gave is null.
 */
import type { Ipv4 } from '../addr/ipv4';
import type { Prefix } from '../addr/prefix';

export interface NodeSpec {
  readonly name: string;
  readonly podCidr: Prefix | null;
  readonly publicIp: Ipv4 | null; // annotation public-ip: the address peers use as next hop
  readonly backend: string | null; // annotation backend-type
  readonly managed: boolean | null; // annotation kube-subnet-manager; a node without it gives no lease event
  readonly internalIp: Ipv4 | null;
  readonly ready: boolean | null;
}

export interface PodSpec {
  readonly name: string;
  readonly namespace: string | null;
  readonly ip: Ipv4 | null;
  readonly node: string | null;
  readonly hostNetwork: boolean;
}

export interface ClusterSpec {
  readonly network: Prefix | null; // net-conf.json's Network
  readonly backend: string | null; // net-conf.json's Backend.Type
  readonly nodes: readonly NodeSpec[];
  readonly pods: readonly PodSpec[];
}
