/** Which packets of which files are one: the cases that break a naive key. */
import { describe, expect, test } from 'vitest';
import { datagram, echo, icmpError, ipPacket, type Link, segment, toldFile } from '../testing/told-packets';
import { groupPackets } from './group';
import { rowAt } from './group-table';

type File = Parameters<typeof toldFile>[1];
const POD: Link = { from: 1, to: 2, ttl: 64 };
const WIRE: Link = { from: 3, to: 4, ttl: 63 };

/** For each packet its rows in the files, '-' where a file lacks it; packets that no file holds alone are left out. */
function rowsOf(...files: readonly File[]): readonly string[] {
  const { table, seen } = groupPackets(files.map((packets, i) => toldFile(`f${i}`, packets).columns.table));
  const rows: string[] = [];
  for (let group = 0; group < table.count; group += 1) {
    if (seen[group] === 0) continue;
    const found = files.map((_, file) => rowAt(table, group, file));
    rows.push(found.map((row) => (row < 0 ? '-' : row)).join(' '));
  }
  return rows;
}

describe('one packet', () => {
  test('MACs, TTL and checksums may change', () => {
    expect(rowsOf([echo(POD, 8, 1)], [echo(WIRE, 8, 1)])).toEqual(['0 0']);
  });

  test('an IP ID of 0 is no hindrance, and no key', () => {
    const zero = { id: 0 };
    expect(
      rowsOf(
        [echo({ ...POD, ...zero }, 8, 1), echo({ ...POD, ...zero }, 8, 2)],
        [echo({ ...WIRE, ...zero }, 8, 2), echo({ ...WIRE, ...zero }, 8, 1)],
      ),
    ).toEqual(['0 1', '1 0']);
  });

  test('source NAT: content and the other end tell', () => {
    expect(rowsOf([echo(POD, 8, 1)], [echo({ ...WIRE, src: '192.168.7.1' }, 8, 1)])).toEqual(['0 0']);
    expect(
      rowsOf(
        [segment(POD, { seq: 99, bytes: 5 })],
        [segment({ ...WIRE, src: '192.168.7.1' }, { seq: 99, bytes: 5, srcPort: 61000 })],
      ),
    ).toEqual(['0 0']);
  });

  test('destination NAT', () => {
    const data = Uint8Array.of(1, 2, 3);
    expect(
      rowsOf(
        [datagram({ ...POD, dst: '10.99.0.10' }, 5000, 53, data)],
        [datagram({ ...WIRE, dst: '10.1.2.9' }, 5000, 8053, data)],
      ),
    ).toEqual(['0 0']);
  });

  test('a shortened file still matches', () => {
    const [whole, cut] = [
      toldFile('a', [echo(POD, 8, 1, 600)]),
      toldFile('b', [echo(WIRE, 8, 1, 600)], { snapLength: 64 }),
    ];
    const { table } = groupPackets([whole.columns.table, cut.columns.table]);
    expect(table.count).toBe(1);
  });

  test('an ICMP error, by what it quotes, though the quote has another TTL', () => {
    const about = echo(WIRE, 8, 1);
    expect(rowsOf([icmpError(POD, 3, 1, about)], [icmpError(WIRE, 3, 1, about)])).toEqual(['0 0']);
    expect(rowsOf([icmpError(POD, 3, 1, about)], [icmpError(WIRE, 3, 1, echo(WIRE, 8, 2))]).length).toBe(2);
  });
});

describe('not one packet', () => {
  test('a retransmission that got through is told from the first one that did not, by its ID', () => {
    const one = (link: Link, id: number) => segment({ ...link, id }, { seq: 5, bytes: 10 });
    expect(rowsOf([one(POD, 20), one(POD, 21)], [one(WIRE, 21)])).toEqual(['0 -', '1 0']);
  });

  test('equal datagrams join in order', () => {
    const data = Uint8Array.of(9);
    const one = (link: Link) => datagram({ ...link, id: 0, us: 1 }, 5000, 53, data);
    const far = (link: Link) => datagram({ ...link, id: 0, us: 900_000 }, 5000, 53, data);
    expect(rowsOf([one(POD), far(POD)], [one(WIRE), far(WIRE)])).toEqual(['0 0', '1 1']);
  });

  test('other contents, other packets', () => {
    expect(rowsOf([echo(POD, 8, 1)], [echo(WIRE, 8, 2)])).toEqual(['0 -', '- 0']);
    const [a, b] = [Uint8Array.of(1), Uint8Array.of(2)];
    expect(rowsOf([datagram(POD, 1, 2, a)], [datagram(WIRE, 1, 2, b)])).toEqual(['0 -', '- 0']);
  });
});

test('the same packet once more in one file (a loop, -i any) stays one packet', () => {
  const files = [
    toldFile('a', [echo(POD, 8, 1), echo({ ...WIRE, us: 5 }, 8, 1), echo({ ...WIRE, ttl: 61, us: 9 }, 8, 1)]),
  ];
  const { table } = groupPackets(files.map(({ columns }) => columns.table));
  expect(table.count).toBe(1);
  expect([...(table.again[0] ?? [])]).toEqual([1, 2, 0]);
});

test('a super-frame counts as its segments, by sequence range, past a wrap of the numbers too', () => {
  const start = 2 ** 32 - 1000;
  const big = segment(POD, { seq: start, bytes: 3000 });
  const parts = [0, 1000, 2000].map((at, i) => segment({ ...WIRE, id: 50 + i }, { seq: start + at, bytes: 1000 }));
  const { table, seen } = groupPackets([
    toldFile('a', [big]).columns.table,
    toldFile('b', parts).columns.table,
    toldFile('c', parts.slice(0, 2)).columns.table,
  ]);
  expect(table.count).toBe(4);
  expect([...seen]).toEqual([0b011, 0b111, 0b111, 0b011]);
});

test('fragments belong to their datagram, and it is seen where they are', () => {
  const whole = echo({ ...POD, id: 77, df: false }, 8, 1, 1400);
  const cut = (mf: boolean, fragmentOffset: number, at: number, to: number) => {
    const bytes = whole.bytes.slice(34 + at, 34 + to);
    return { us: 1, bytes: fragment(bytes, mf, fragmentOffset) };
  };
  const {
    table,
    seen,
    whole: of,
  } = groupPackets([
    toldFile('a', [whole]).columns.table,
    toldFile('b', [cut(true, 0, 0, 800), cut(false, 800, 800, 1408)]).columns.table,
  ]);
  expect(table.count).toBe(3);
  expect(of).toEqual(Int32Array.of(0, 0, 0));
  expect(seen[0]).toBe(0b11);
});

function fragment(payload: Uint8Array, mf: boolean, fragmentOffset: number): Uint8Array {
  return ipPacket({ ...WIRE, id: 77, df: false, mf, fragmentOffset }, 1, payload).bytes;
}
