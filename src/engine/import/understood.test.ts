/** What is taken for terminal output when it is dropped, and what is not. */
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { isUnderstood, readTexts } from './read';

const PROJECT = new URL('../../../', import.meta.url);

describe('isUnderstood', () => {
  test.each(['package.json', 'biome.json', 'LICENSE', 'index.html', 'src/components/theme.css', '.gitattributes'])(
    'not of %s, which tells of no cluster',
    (name) => {
      const text = readFileSync(new URL(name, PROJECT), 'utf8');
      const found = readTexts([text]).flatMap(({ format, facts }) => facts.map(({ fact }) => `${format} ${fact.kind}`));
      expect(found).toEqual([]);
      expect(isUnderstood(text)).toBe(false);
    },
  );
  test.each([
    ['a packet printed by tcpdump', '12:00:01 IP 10.244.1.4 > 10.244.2.2: ICMP echo request\n'],
    ['a table of other things', 'name,size,when\na.cap,542,2026-11-22\n'],
    ['YAML of something else', 'name: build\non: [push]\njobs:\n  test:\n    runs-on: linux\n'],
    ['prose', 'The node could not reach the pod.\nWe looked at the route and at the neighbour.\n'],
    ['nothing', ''],
  ])('not of %s', (_, text) => {
    expect(isUnderstood(text)).toBe(false);
  });
  test.each([
    ['a route table without a prompt', 'default via 192.168.0.1 dev ens33\n10.244.2.0/24 via 192.168.0.82 dev ens33\n'],
    ['kubectl get pods -o wide', 'NAME READY STATUS RESTARTS AGE IP NODE\npod1 1/1 Running 0 1d 10.244.1.4 node1\n'],
    ['flannel’s net-conf.json', '{"Network": "10.244.0.0/16", "Backend": {"Type": "host-gw"}}'],
  ])('of %s', (_, text) => {
    expect(isUnderstood(text)).toBe(true);
  });
});
