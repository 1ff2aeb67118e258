/**
 * What was found for the last packets of one protocol, between the same addresses and ports. A capture holds few
 * conversations and very many packets; a place that two of them share is the later one's.
 */
import { finish, stir } from './packet-hash';
import type { PacketTable } from './packet-table';

const PLACES = 4096; // a power of two
const WORDS = 4; // protocol + 1, source, destination, ports

export class TupleMemory<T> {
  private readonly words = new Int32Array(WORDS * PLACES);
  private readonly values: T[] = [];

  get(t: PacketTable, row: number): T | undefined {
    const place = placeOf(t, row);
    const at = WORDS * place;
    const { words } = this;
    const isKnown =
      words[at] === (t.protocol[row] ?? 0) + 1 &&
      words[at + 1] === ((t.srcIp[row] ?? 0) | 0) &&
      words[at + 2] === ((t.dstIp[row] ?? 0) | 0) &&
      words[at + 3] === portsOf(t, row);
    return isKnown ? this.values[place] : undefined;
  }

  set(t: PacketTable, row: number, value: T): void {
    const place = placeOf(t, row);
    const at = WORDS * place;
    this.words[at] = (t.protocol[row] ?? 0) + 1;
    this.words[at + 1] = t.srcIp[row] ?? 0;
    this.words[at + 2] = t.dstIp[row] ?? 0;
    this.words[at + 3] = portsOf(t, row);
    this.values[place] = value;
  }
}

const portsOf = (t: PacketTable, row: number): number => ((t.srcPort[row] ?? 0) << 16) | (t.dstPort[row] ?? 0);

const placeOf = (t: PacketTable, row: number): number =>
  finish(stir(stir(stir(t.protocol[row] ?? 0, t.srcIp[row] ?? 0), t.dstIp[row] ?? 0), portsOf(t, row))) & (PLACES - 1);
