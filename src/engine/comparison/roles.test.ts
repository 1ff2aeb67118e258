import { describe, expect, test } from 'vitest';
import { articleCapture, FOUR_POINTS, fourCaptures } from '../testing/article-captures';
import { labCaptures, openLab } from '../testing/lab-captures';
import { article } from '../topology/scenarios/article';
import { rolesOf } from './roles';
import type { SessionCapture } from './session';

const POINTS = ['pod1', 'node1', 'node2', 'pod2'];
const scenarios = [...new Set(labCaptures.map((capture) => capture.scenario))];

function filesOf(scenario: string, wanted: (name: string) => boolean): readonly SessionCapture[] {
  return labCaptures
    .filter((capture) => capture.scenario === scenario && wanted(capture.name))
    .map((lab) => ({ id: lab.name.split('/').at(-1) ?? '', name: '', capture: openLab(lab), role: null }))
    .filter(({ capture }) => capture.packets.length > 0);
}

describe.skipIf(scenarios.length === 0)('rolesOf finds the place of every capture of the lab by its packets', () => {
  test.each(scenarios)('%s', (scenario) => {
    const files = filesOf(scenario, (name) => POINTS.some((point) => name === `${scenario}/${point}`));
    // In an order that tells nothing, under names that tell nothing.
    const shuffled = [...files].reverse().map((file, i) => ({ ...file, name: `${i}.cap` }));
    const found = rolesOf(article, shuffled);
    expect(found.map(({ file, point }) => `${file} at ${point}`)).toEqual(
      found.map(({ file }) => `${file} at ${file}`),
    );
  });
});

describe('rolesOf', () => {
  const points = (files: readonly SessionCapture[]) => rolesOf(article, files).map(({ point }) => point);
  const kinds = (files: readonly SessionCapture[]) =>
    rolesOf(article, files).map(({ evidence }) => evidence.map(({ kind }) => kind));
  const ALL = [
    ...FOUR_POINTS,
    'extra/node1-veth5c905d55',
    'extra/node1-cni0',
    'extra/node2-cni0',
    'extra/node2-vethb2d98351',
  ].map(articleCapture);

  test('tells pod, veth and cni0 apart, whose frames are the same, by how long answers take', () => {
    expect(points(ALL.map((file) => ({ ...file, name: 'x' })))).toEqual(ALL.map(({ id }) => id));
  });
  test('is not misled by names', () => {
    const misnamed = fourCaptures().map((file, i) => ({ ...file, name: `${FOUR_POINTS[3 - i]}.cap` }));
    expect(points(misnamed)).toEqual(FOUR_POINTS);
  });
  test('says how it told the two ends of a segment apart', () => {
    expect(kinds(fourCaptures())[1]).toEqual(['own-mac', 'arp', 'ttl', 'timing', 'named']);
  });
  test('tells what the file itself says of its interface where that agrees with its packets', () => {
    const node1 = articleCapture('node1');
    const written = (name: string, addresses: readonly string[]) => {
      const interfaces = node1.capture.interfaces.map((one) => ({ ...one, name, addresses }));
      return rolesOf(article, [{ ...node1, name: 'x', capture: { ...node1.capture, interfaces } }])[0]?.evidence ?? [];
    };
    expect(written('ens33', ['10.0.0.9/8', '192.168.0.81/24'])).toEqual(
      expect.arrayContaining([
        { kind: 'written-name', name: 'ens33' },
        { kind: 'written-address', address: '192.168.0.81/24' },
      ]),
    );
    expect(written('eth0', ['192.168.0.82/24']).filter(({ kind }) => kind.startsWith('written'))).toEqual([]);
  });
  test('knows one card from its own and the other’s ARP questions, without any other file', () => {
    const alone = { ...articleCapture('node2'), name: 'x' };
    expect(points([alone])).toEqual(['node2']);
    expect(kinds([alone])[0]).toContain('asks');
  });
  test('takes a veth’s file for the pod’s where only the name tells otherwise', () => {
    const veth = articleCapture('extra/node1-veth5c905d55');
    expect(points([veth, { ...veth, name: 'x' }])).toEqual(['node1-veth5c905d55', 'node1-veth5c905d55']); // one file, twice
    expect(points([{ ...veth, name: 'x' }])).toEqual(['pod1']);
  });
  test('marks the second of two files of one place', () => {
    const twice = [articleCapture('pod2'), { ...articleCapture('pod2'), id: 'again', name: 'again.cap' }];
    expect(points(twice)).toEqual(['pod2', 'pod2']);
    expect(rolesOf(article, twice)[1]?.evidence).toContainEqual({ kind: 'second', than: 'pod2.cap' });
  });
  test('asks the names of two files of one link where no answer came back, in whatever order they were opened', () => {
    const asked = ['node1', 'node2'].map((name) => {
      const file = articleCapture(name);
      const packets = file.capture.packets.filter(({ bytes }) => bytes[13] === 0 && bytes[34] === 8); // echo requests
      return { ...file, capture: { ...file.capture, packets } };
    });
    expect(points(asked)).toEqual(['node1', 'node2']);
    expect(points([...asked].reverse())).toEqual(['node2', 'node1']);
  });
  test('follows the user', () => {
    const [pod1, node1, ...rest] = fourCaptures();
    if (pod1 === undefined || node1 === undefined) throw new Error('four captures');
    expect(points([{ ...pod1, role: 'node1-cni0' }, { ...node1, role: '' }, ...rest])).toEqual([
      'node1-cni0',
      null,
      'node2',
      'pod2',
    ]);
  });
  test('asks the name of a file that holds nothing', () => {
    const empty = (name: string) => ({
      ...articleCapture('pod1'),
      name,
      capture: { ...articleCapture('pod1').capture, packets: [] },
    });
    expect(points([empty('pod2.cap'), empty('node1-cni0.pcap'), empty('x.cap')])).toEqual(['pod2', 'node1-cni0', null]);
  });
  test('leaves out what shows no MACs', () => {
    const cooked = { ...articleCapture('pod1'), capture: { ...articleCapture('pod1').capture, linkType: 113 } };
    expect(rolesOf(article, [cooked])[0]).toMatchObject({
      point: null,
      evidence: [{ kind: 'link-type', linkType: 113 }],
    });
  });
});
