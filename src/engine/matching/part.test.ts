/** Which packets of large files are set beside the model. */
import { describe, expect, test } from 'vitest';
import { arpFrame, datagram, echo, icmpError, type Link, segment, toldFile } from '../testing/told-packets';
import { groupPackets } from './group';
import { type Near, type Part, partOf } from './part';
import { PART_ROWS } from './part-size';

type File = Parameters<typeof toldFile>[1];
const POD: Link = { from: 1, to: 2, ttl: 64 };
const WIRE: Link = { from: 3, to: 4, ttl: 63 };
const SYN = 0x02;

function part(near: Near | null, ...files: readonly File[]): Part | null {
  return partOf(groupPackets(files.map((packets, i) => toldFile(`f${i}`, packets).columns.table)), near);
}

const rows = (found: Part | null): readonly (readonly number[])[] | undefined => found?.rows.map((one) => [...one]);

/** Echo request `n` on a link, a second after the one before. */
const ping = (link: Link, n: number) => echo({ ...link, us: n * 1e6 }, 8, n);
const pings = (link: Link, from: number, to: number): File =>
  Array.from({ length: to - from }, (_, i) => ping(link, from + i));
const noise = (n: number) => datagram({ ...POD, us: n * 1e6 }, 5000 + n, 53, Uint8Array.of(n));

describe('without a choice', () => {
  test('a file that begins later decides where the stretch begins in all of them', () => {
    expect(rows(part(null, pings(POD, 1, 9), pings(WIRE, 6, 9)))).toEqual([
      [5, 6, 7],
      [0, 1, 2],
    ]);
  });

  test('a ping among other traffic is taken, and nothing else', () => {
    const busy = [noise(1), segment(POD, { seq: 1, flags: SYN }), noise(2), ping(POD, 1), noise(3), ping(POD, 2)];
    expect(rows(part(null, busy, pings(WIRE, 1, 3)))).toEqual([
      [3, 5],
      [0, 1],
    ]);
  });

  test('without pings, the opening of a connection before a datagram', () => {
    const found = part(null, [
      noise(1),
      segment(POD, { seq: 9 }),
      segment(POD, { seq: 1, flags: SYN, srcPort: 40001 }),
    ]);
    expect(rows(found)).toEqual([[2]]);
    expect(found?.about).toMatchObject({ protocol: 6, srcPort: 40001, dstPort: 80, echo: null });
  });

  test('a file too long is taken as far as the model runs, and the others as far', () => {
    const found = rows(part(null, pings(POD, 1, 1001), pings(WIRE, 1, 1001)));
    expect(found?.map((one) => [one[0], one.at(-1), one.length])).toEqual([
      [0, PART_ROWS - 1, PART_ROWS],
      [0, PART_ROWS - 1, PART_ROWS],
    ]);
  });

  test('files without IPv4 have none', () => {
    expect(part(null, [arpFrame({ from: 1, to: 0xff }, 1, '10.1.1.2', '10.1.1.1')], [])).toBeNull();
  });
});

describe('from a packet on', () => {
  test('its conversation alone, both ways, wherever it is seen', () => {
    const [syn, back] = [
      segment({ ...POD }, { seq: 1, flags: SYN, srcPort: 40001 }),
      segment({ ...POD, src: '10.1.2.2', dst: '10.1.1.2' }, { seq: 7, srcPort: 80, dstPort: 40001 }),
    ];
    const found = part({ file: 0, row: 1 }, [ping(POD, 1), syn, segment(POD, { seq: 5 }), back], [syn, back]);
    expect(rows(found)).toEqual([
      [1, 3],
      [0, 1],
    ]);
  });

  test('the address translation on the way does not lose it', () => {
    const behind = { ...WIRE, src: '192.168.7.1' };
    expect(rows(part({ file: 0, row: 1 }, [noise(1), ping(POD, 1)], [noise(9), ping(behind, 1)]))).toEqual([[1], [1]]);
  });

  test('an ICMP error belongs to what it is about', () => {
    const sent = datagram(POD, 5000, 53, Uint8Array.of(1));
    const error = icmpError({ from: 2, to: 1, src: '10.1.1.1', dst: '10.1.1.2' }, 3, 3, sent);
    expect(rows(part({ file: 0, row: 0 }, [sent, noise(1), error]))).toEqual([[0, 2]]);
    expect(rows(part({ file: 0, row: 2 }, [sent, noise(1), error]))).toEqual([[2]]);
  });

  test('the ARP of those who carry it comes along, before and after, and no other', () => {
    const at = (us: number, link: Link) => ({ ...link, us });
    const asked = arpFrame(at(9e6, { from: 1, to: 0xff }), 1, '10.1.1.2', '10.1.1.1');
    const told = arpFrame(at(9.1e6, { from: 2, to: 1 }), 2, '10.1.1.1', '10.1.1.2');
    const other = arpFrame(at(9.2e6, { from: 7, to: 0xff }), 1, '10.1.1.7', '10.1.1.8');
    const late = arpFrame(at(15e6, { from: 2, to: 1 }), 1, '10.1.1.1', '10.1.1.2');
    const tooLate = arpFrame(at(25e6, { from: 2, to: 1 }), 1, '10.1.1.1', '10.1.1.2');
    const file = [asked, told, other, ping(POD, 10), late, tooLate];
    expect(rows(part({ file: 0, row: 3 }, file))).toEqual([[0, 1, 3, 4]]);
  });

  test('what never came to a file is not made up there', () => {
    expect(rows(part(null, pings(POD, 1, 4), [noise(1), noise(2)]))).toEqual([[0, 1, 2], []]);
  });
});
