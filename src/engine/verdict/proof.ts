/** What a proof is: a command that only looks, what it would print, and what that tells. proofs.ts finds them. */

/** What a proof's output tells. */
export type Shows =
  | 'route-taken' // the route it takes, here not the one that leads there
  | 'route-refused' // the routing decision itself says no
  | 'route-not-addable' // the kernel does not take flannel's route: the next hop is on no link
  | 'sysctl' // the value that decides
  | 'counter' // rises with every lost packet
  | 'chain' // the rules, with their counters
  | 'neighbour' // FAILED, no MAC
  | 'link' // state and MTU of a device
  | 'bridge-ports' // what hangs on the bridge
  | 'frame-leaves' // seen here …
  | 'frame-missing' // … and not here
  | 'each-hop' // every router on the way, by traceroute
  | 'source-changed' // the source address as it leaves
  | 'pods' // does a pod have this address
  | 'backend' // how flannel was told to carry pods' packets from node to node
  | 'nodes' // the nodes, their addresses and pod networks, and whether they are ready
  | 'ports' // what listens
  | 'annotations' // what flannel and Kubernetes say of the node
  | 'arrival-ttl'; // one lower for each router more

export interface Proof {
  readonly host: string | null; // null: wherever kubectl works
  readonly line: string;
  readonly prints: string | null; // the line to look for, where it can be told in advance
  readonly shows: Shows;
}

export const proof = (host: string | null, shows: Shows, line: string, prints: string | null = null): Proof => ({
  host,
  line,
  prints,
  shows,
});
