/** Proofs by what a kernel keeps: sysctls, devices, counters. */
import type { DropReason } from '../sim/drop';
import { hostIn } from '../sim/world';
import type { Loss } from './loss';
import { type Proof, proof } from './proof';
import { hostAt } from './proof-route';
import type { Scene } from './verdict';

/** The larger of the two values counts, so that is the one to look for. */
export function rpFilter(scene: Scene, { host, step }: Loss, dev: string): Proof {
  const sysctls = hostAt(scene, host, step)?.sysctls;
  const [all, own] = [sysctls?.rpFilterAll ?? 0, sysctls?.perDevice.get(dev)?.rpFilter ?? 0];
  const prints = `net.ipv4.conf.${all >= own ? 'all' : dev}.rp_filter = ${Math.max(all, own)}`;
  return proof(host, 'sysctl', `sysctl net.ipv4.conf.all.rp_filter net.ipv4.conf.${dev}.rp_filter`, prints);
}

/** The switch of all devices, or this device's own where that one is on. */
export function forwardingSysctl(scene: Scene, { host, step }: Loss, dev: string): Proof {
  const key =
    hostAt(scene, host, step)?.sysctls.ipForward === true ? `net.ipv4.conf.${dev}.forwarding` : 'net.ipv4.ip_forward';
  return proof(host, 'sysctl', `sysctl ${key}`, `${key} = 0`);
}

export function linkProof(scene: Scene, { host, step }: Loss, dev: string): Proof {
  const device = hostAt(scene, host, step)?.devices.find(({ name }) => name === dev);
  const prints = device === undefined ? null : device.up ? `mtu ${device.mtuBytes}` : 'state DOWN';
  return proof(host, 'link', `ip link show ${dev}`, prints);
}

export function countersOf({ trace }: Scene, { host, counter }: Loss): readonly Proof[] {
  switch (counter?.kind) {
    case 'nstat': {
      const world = trace.steps.at(-1)?.after;
      const count = world === undefined ? undefined : hostIn(world, host).counters.get(counter.name);
      return [
        proof(
          host,
          'counter',
          `nstat -az ${counter.name}`,
          count === undefined ? null : nstatLine(counter.name, count),
        ),
      ];
    }
    case 'device':
      return [proof(host, 'counter', `ip -s -s link show ${counter.dev}`)];
    case 'proc':
      return [proof(host, 'counter', `cat /proc/net/stat/${counter.file}`)];
    default:
      return []; // rules and policies show theirs with the chain
  }
}

/** As nstat prints it: name, value, rate. */
const nstatLine = (name: string, count: number): string =>
  `${name.padEnd(32)}${String(count).padEnd(16)}${'0.0'.padStart(6)}`;

type Place = Pick<Extract<DropReason, { readonly kind: 'policy' }>, 'table' | 'hook'>;

/** The chain's head line with its policy's counter, after all that this run sent. */
export function chainHead({ trace }: Scene, host: string, { table, hook }: Place): string {
  const headers = trace.steps.flatMap(({ event }) =>
    event.kind === 'dropped' &&
    event.host === host &&
    event.reason.kind === 'policy' &&
    event.reason.table === table &&
    event.reason.hook === hook
      ? (event.header ?? [])
      : [],
  );
  const bytes = headers.reduce((sum, { totalLength }) => sum + totalLength, 0);
  return `Chain ${hook} (policy DROP ${headers.length} packets, ${bytes} bytes)`;
}
