/**
 * One name for each host. A node is `node1` at its prompt, `node1.whale.com` for Kubernetes and 192.168.0.81 for ssh; a
 * pod of a Deployment drags two hashes along. The short name is what people type; the long one stays as the label.
 */
import { formatIpv4, readIpv4 } from '../addr/ipv4';
import type { ClusterSpec } from '../flannel/cluster-spec';

export interface Names {
  /** The host's name in the cluster, for any name that a text calls it by. */
  readonly of: (name: string) => string;
  /** What Kubernetes calls it, where that differs. */
  readonly labelOf: (name: string) => string | null;
}

/** `told` has long names; `prompts` are the hosts at whose prompts something was typed. */
export function namesOf(told: ClusterSpec, prompts: readonly string[]): Names {
  const pods = new Set([
    ...told.pods.map(({ name }) => name),
    ...prompts.filter((name) => withoutHashes(name) !== name),
  ]);
  const nodes = new Set([...told.nodes.map(({ name }) => name), ...prompts.filter((name) => !pods.has(name))]);
  const short = new Map([...shortened([...nodes], withoutDomain), ...shortened([...pods], withoutHashes)]);
  const labels = new Map<string, string>();
  for (const [long, own] of short) if (long !== own) labels.set(own, long);
  const alias = new Map<string, string>();
  const nameOf = (name: string): string => short.get(name) ?? name;
  for (const { name, internalIp, publicIp } of told.nodes) {
    for (const ip of [internalIp, publicIp]) if (ip !== null) alias.set(formatIpv4(ip), nameOf(name));
  }
  // A pod without a network of its own prints its node's.
  for (const { name, node, hostNetwork } of told.pods) if (hostNetwork && node !== null) alias.set(name, nameOf(node));
  return { of: (name) => alias.get(name) ?? nameOf(name), labelOf: (name) => labels.get(name) ?? null };
}

/** Each name with its short form, or with itself where the short form would stand for two. */
function shortened(
  names: readonly string[],
  shorten: (name: string) => string,
): readonly (readonly [string, string])[] {
  const shorts = names.map(shorten);
  const meant = new Map<string, string | null>(); // null: more than one
  names.forEach((name, at) => {
    const short = shorts[at] ?? name;
    if (name === short) return; // the short form itself is the same host's
    const other = meant.get(short);
    if (other !== name) meant.set(short, other === undefined ? name : null);
  });
  return names.map((name, at) => {
    const short = shorts[at] ?? name;
    return [name, meant.get(short) === null ? name : short];
  });
}

/** `node1.whale.com` to `node1`; an address has no domain. */
const withoutDomain = (name: string): string => (readIpv4(name) === null ? (name.split('.', 1)[0] ?? name) : name);

/** Characters that Kubernetes draws names from: no vowels, none that look alike (k8s.io/apimachinery util/rand). */
const DRAWN = /^[bcdfghjklmnpqrstvwxz2456789]+$/;

/** `cni-test-777bbd57c8-7jxzs` to `cni-test-7jxzs`: the pod's own five letters tell it from its siblings. */
function withoutHashes(name: string): string {
  const own = name.lastIndexOf('-');
  const set = name.lastIndexOf('-', own - 1);
  const isPod =
    set > 0 &&
    name.length - own === 6 &&
    own - set > 6 &&
    own - set < 12 &&
    DRAWN.test(name.slice(own + 1)) &&
    DRAWN.test(name.slice(set + 1, own));
  return isPod ? name.slice(0, set) + name.slice(own) : name;
}
