import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { openCapture } from '../../engine/capture/open';
import { parseFilter } from '../../engine/filter/parse';
import { type Sifted, sift } from './sift';
import { type Opened, sourcesOf } from './sources';

const SAMPLES = new URL('../../../public/samples/article-ping/', import.meta.url);
const files = ['pod1', 'node1', 'node2', 'pod2'].map((name): Opened => {
  const opened = openCapture(new Uint8Array(readFileSync(new URL(`${name}.cap`, SAMPLES))));
  if (!opened.ok) throw new Error(JSON.stringify(opened.error));
  return { id: name, name: `${name}.cap`, capture: opened.value };
});
const sources = sourcesOf(files);

async function found(text: string, signal = new AbortController().signal): Promise<Sifted | null> {
  const filter = parseFilter(text);
  if (!filter.ok) throw new Error(text);
  let last: Sifted | null = null;
  await sift(
    sources,
    filter.value,
    ({ id }) => id,
    signal,
    (sifted) => {
      last = sifted;
    },
  );
  return last;
}

describe('a filter over all files of the sample', () => {
  // As `tcpdump -nr FILE FILTER | wc -l` counts them, over the four files or node1's alone.
  test.each([
    ['icmp', 8],
    ['arp', 17],
    ['icmp and point node1', 2],
    ['udp', 0],
  ])('%s finds %i', async (text, count) => {
    expect(await found(text)).toMatchObject({ found: count, asked: 25, isWhole: true });
  });

  test('marks what it found by the packet’s number', async () => {
    const sifted = await found('icmp');
    const numbers = [...(sifted?.passes.entries() ?? [])]
      .filter(([, passes]) => passes === 1)
      .map(([number]) => number);
    expect(numbers).toHaveLength(8);
    expect(numbers.slice(0, 2)).toEqual([3, 4]); // pod1.cap, packets 4 and 5
  });

  test('says nothing any more once it was stopped', async () => {
    const stop = new AbortController();
    stop.abort();
    expect(await found('icmp', stop.signal)).toBeNull();
  });
});
