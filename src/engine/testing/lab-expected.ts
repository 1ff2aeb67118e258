/**
 * What a diagnosis of a lab scenario should name first, by what was done to the cluster: the commands that broke it and what
 * the scenario says came of it. By the type of fault, so that other recordings of the same types are judged in the same way.
 */
import type { Diagnosis } from '../diagnosis/diagnose';
import type { CauseKind, Finding } from '../diagnosis/finding';

export interface Done {
  readonly mode: string;
  readonly nodes_in_different_subnets: boolean;
  readonly faults: readonly { readonly on: string; readonly host?: string; readonly command: string }[];
  readonly commands: readonly { readonly in: string; readonly host?: string; readonly command: string }[];
  readonly expected: {
    readonly request_delivered: boolean;
    readonly reply_delivered: boolean;
    readonly reason: string | null;
  };
}

/** `host` null: several names are right, such as that of the node which asks and that of the one which is down. */
export type Expected = { readonly kind: 'all-well' } | { readonly kind: CauseKind; readonly host: string | null };

const POD_ROUTE = String.raw`(?:\d+\.){3}\d+/\d+`;

export function expectedOf(done: Done): Expected {
  const { faults, expected } = done;
  const isAnswered = expected.request_delivered && expected.reply_delivered;
  const on = (pattern: RegExp): string | null => faults.find(({ command }) => pattern.test(command))?.on ?? null;
  const replaced = faults.filter(({ command }) => /ip route replace .* via/.test(command));
  if (done.nodes_in_different_subnets) return { kind: 'nodes-not-adjacent', host: 'node1' };
  if (done.mode === 'vxlan') return { kind: 'overlay-vxlan', host: null };
  if (done.mode === 'ipip') return { kind: 'overlay-ipip', host: null };
  const strict = on(/rp_filter=1/);
  if (strict !== null) return { kind: 'rp-filter', host: strict };
  if (replaced.length > 1) return { kind: 'routing-loop', host: null };
  if (replaced.length === 1) return { kind: 'wrong-next-hop', host: replaced[0]?.on ?? null };
  const off = on(/ip_forward=0/);
  if (off !== null) return { kind: 'forwarding-off', host: off };
  const rejecting = on(/-j REJECT/);
  if (rejecting !== null) return { kind: 'forward-reject', host: rejecting };
  const dropping = on(/-P FORWARD DROP/);
  if (dropping !== null && !isAnswered)
    return { kind: isOneNode(done) ? 'bridge-netfilter' : 'forward-drop', host: dropping };
  for (const [type, kind] of [
    ['blackhole', 'route-blackhole'],
    ['prohibit', 'route-prohibit'],
  ] as const) {
    const at = on(new RegExp(`ip route add ${type} ${POD_ROUTE}`));
    if (at !== null) return { kind, host: at };
  }
  const missing = on(new RegExp(`ip route del ${POD_ROUTE}`));
  if (missing !== null) return { kind: missing.startsWith('pod') ? 'no-local-route' : 'route-missing', host: missing };
  return linkFault(done) ?? question(done);
}

function linkFault({ faults }: Done): Expected | null {
  const small = faults.filter(({ command }) => /ip link set \S+ mtu/.test(command));
  if (small.length > 1) return { kind: 'mtu-smaller', host: small[0]?.on ?? null };
  if (small[0] !== undefined) return { kind: 'receiver-mtu', host: small[0].on };
  const down = faults.find(({ command }) => /ip link set \S+ down/.test(command));
  if (down !== undefined) return { kind: down.on.startsWith('pod') ? 'destination-down' : 'next-hop-down', host: null };
  const off = faults.find(({ command }) => /nomaster/.test(command));
  if (off !== undefined) return { kind: 'veth-off-bridge', host: off.on };
  const masked = faults.find(({ command }) => /-A POSTROUTING -s \S+ ! -o \S+ -j MASQUERADE/.test(command));
  return masked === undefined ? null : { kind: 'masquerade', host: masked.on };
}

/** Nothing was broken: it is what was asked, if anything. */
function question({ commands, expected }: Done): Expected {
  const asked = commands.at(-1);
  const reason = expected.reason ?? '';
  if (/traceroute/.test(asked?.command ?? '')) return { kind: 'all-well' };
  if (/TTL expired/.test(reason)) return { kind: 'ttl-too-small', host: asked?.in ?? null };
  if (/stale neighbour/.test(reason)) return { kind: 'next-hop-down', host: null };
  if (/ARP/.test(reason)) return { kind: 'destination-absent', host: null };
  if (/no listener/.test(reason)) return { kind: 'port-closed', host: null };
  if (/no route back/.test(reason)) return { kind: 'no-way-back', host: null };
  return { kind: 'all-well' };
}

const isOneNode = ({ commands }: Done): boolean => /\.3$/.test(commands.at(-1)?.command ?? '');

export type Rank = 'first' | 'among' | 'missed';

/** A host by its place in the lab, or by its own name where transcripts tell it. */
function namesOf({ faults, commands }: Done, host: string): readonly string[] {
  const known = [...faults, ...commands.map((one) => ({ ...one, on: one.in }))];
  return [host, ...known.flatMap((one) => (one.on === host && one.host !== undefined ? [one.host] : []))];
}

export function rankOf({ findings }: Diagnosis, expected: Expected, done: Done): Rank {
  const faults = findings.filter(({ severity }) => severity !== 'note');
  if (expected.kind === 'all-well') return findings[0]?.kind === 'all-well' ? 'first' : 'missed';
  const isRight = ({ kind, host }: Finding['causes'][number]): boolean =>
    kind === expected.kind &&
    (expected.host === null || (host !== null && namesOf(done, expected.host).includes(host)));
  const [top] = faults;
  if (top?.causes[0] !== undefined && isRight(top.causes[0])) return 'first';
  return faults.some(({ causes }) => causes.some(isRight)) ? 'among' : 'missed';
}
