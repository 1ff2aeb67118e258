/**
 * What was found for the last packets of one protocol, between the same addresses and ports. A capture holds few
 * conversations and very many packets; of two places for each the first is taken from whoever has it.
 */
import { finish, stir } from './packet-hash';
import type { PacketTable } from './packet-table';

const PLACES = 4096; // a power of two
const WORDS = 4; // protocol + 1, source, destination, ports

export class TupleMemory<T> {
  private readonly words = new Int32Array(WORDS * PLACES);
  private readonly values: (T | undefined)[] = new Array<undefined>(PLACES).fill(undefined);

  get(t: PacketTable, row: number): T | undefined {
    const place = placeOf(t, row);
    if (this.isAt(place, t, row)) return this.values[place];
    return this.isAt(place ^ 1, t, row) ? this.values[place ^ 1] : undefined;
  }

  set(t: PacketTable, row: number, value: T): void {
    const first = placeOf(t, row);
    const place = this.isFor(first, t, row) || !this.isFor(first ^ 1, t, row) ? first : first ^ 1;
    const at = WORDS * place;
    this.words[at] = (t.protocol[row] ?? 0) + 1;
    this.words[at + 1] = t.srcIp[row] ?? 0;
    this.words[at + 2] = t.dstIp[row] ?? 0;
    this.words[at + 3] = portsOf(t, row);
    this.values[place] = value;
  }

  private isFor(place: number, t: PacketTable, row: number): boolean {
    return this.words[WORDS * place] === 0 || this.isAt(place, t, row);
  }

  private isAt(place: number, t: PacketTable, row: number): boolean {
    const { words } = this;
    const at = WORDS * place;
    return (
      words[at] === (t.protocol[row] ?? 0) + 1 &&
      words[at + 1] === ((t.srcIp[row] ?? 0) | 0) &&
      words[at + 2] === ((t.dstIp[row] ?? 0) | 0) &&
      words[at + 3] === portsOf(t, row)
    );
  }
}

const portsOf = (t: PacketTable, row: number): number => ((t.srcPort[row] ?? 0) << 16) | (t.dstPort[row] ?? 0);

const placeOf = (t: PacketTable, row: number): number =>
  finish(stir(stir(stir(t.protocol[row] ?? 0, t.srcIp[row] ?? 0), t.dstIp[row] ?? 0), portsOf(t, row))) & (PLACES - 1);
