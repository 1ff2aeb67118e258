/**
 * Forwarding database of a bridge or switch: which port a MAC was last seen behind.
 * IEEE 802.1D learning as Linux does it (net/bridge/br_fdb.c): an entry moves at once when the MAC shows up elsewhere.
 * Model limit: entries do not age (Linux: 300 s), since no run here lasts that long.
 */
import type { Mac } from '../addr/mac';
import { isMulticast } from '../addr/mac';

/** MAC to port name. Tables are replaced, never changed in place. */
export type Fdb = ReadonlyMap<Mac, string>;

export const EMPTY_FDB: Fdb = new Map();

/** The table after a frame from `mac` came in by `port`; the same object when nothing new was learned. */
export function learn(fdb: Fdb, mac: Mac, port: string): Fdb {
  if (isMulticast(mac) || fdb.get(mac) === port) return fdb;
  return new Map(fdb).set(mac, port);
}

/** The port behind which `mac` was seen, or null: then the frame is flooded. */
export const lookup = (fdb: Fdb, mac: Mac): string | null => fdb.get(mac) ?? null;
