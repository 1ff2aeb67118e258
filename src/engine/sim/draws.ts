/**
 * Values a host draws by chance: IP identification, ICMP identifier, client ports, ping's time stamps.
 * No model can predict them, so they are an argument of a run: drawn from a seed, or taken from captures
 * (`analysis/seen-draws.ts`), so that everything which follows from them (checksums) can be compared.
 */
import { hash32 } from '../base/random';

/** The n-th value each host drew, by host name; where a list ends the seed decides. */
export interface Draws {
  readonly seed: number;
  readonly ipIds: ReadonlyMap<string, readonly number[]>; // 0 … 65535, in the order packets were made
  readonly icmpIds: ReadonlyMap<string, readonly number[]>; // one per ping or traceroute
  readonly ports: ReadonlyMap<string, readonly number[]>; // client ports
  readonly pingData: ReadonlyMap<string, readonly Uint8Array[]>; // data of the n-th echo request, whole
  readonly pingStarts: ReadonlyMap<string, readonly number[]>; // first sequence number of each ping: it began before the captures
}

export const seeded = (seed: number): Draws => ({
  seed,
  ipIds: new Map(),
  icmpIds: new Map(),
  ports: new Map(),
  pingData: new Map(),
  pingStarts: new Map(),
});

/** A non-zero 16-bit value: Linux never picks IP ID 0 by itself (net/ipv4/route.c, __ip_select_ident). */
export const drawIpId = (draws: Draws, host: string, nth: number): number =>
  draws.ipIds.get(host)?.[nth] ?? 1 + (hash32(draws.seed, 'ip-id', host, nth) % 0xffff);

export const drawIcmpId = (draws: Draws, host: string, nth: number): number =>
  draws.icmpIds.get(host)?.[nth] ?? 1 + (hash32(draws.seed, 'icmp-id', host, nth) % 0xffff);

/** Linux's default net.ipv4.ip_local_port_range: 32768 to 60999. */
export const drawPort = (draws: Draws, host: string, nth: number): number =>
  draws.ports.get(host)?.[nth] ?? 32768 + (hash32(draws.seed, 'port', host, nth) % (60999 - 32768 + 1));

/** ping counts from 1 (iputils ping_common.c, pinger). */
export const pingStart = (draws: Draws, host: string, nth: number): number => draws.pingStarts.get(host)?.[nth] ?? 1;
