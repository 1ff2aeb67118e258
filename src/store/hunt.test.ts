/** Find the fault on the user's own cluster: its own pods are asked, its own hosts are broken. */
import { beforeEach, describe, expect, test } from 'vitest';
import { hideFault, huntsOn } from '../engine/questions/hunt';
import { applyEdits } from '../engine/topology/edits';
import { article } from '../engine/topology/scenarios/article';
import type { Topology } from '../engine/topology/topology';
import { hideable, huntFor } from './hunt';
import { OWN } from './scenarios';
import { INITIAL, useApp } from './store';

function show(topology: Topology, command: string): string {
  useApp.setState({ own: { topology, report: null, flannel: null, texts: [], leftOut: [], command }, scenario: OWN });
  return command;
}

beforeEach(() => {
  useApp.setState(INITIAL);
});

describe('a hunt on the user’s own cluster', () => {
  test('hides what applies there, and asks its own ping', () => {
    const command = show(article, 'pod2: ping -c 1 10.244.1.4');
    expect(hideable(OWN)).toEqual(huntsOn(article, command));
    expect(hideable(OWN).length).toBeGreaterThan(5);
    const hunt = huntFor(OWN, hideFault('route-missing', 7));
    expect(hunt?.command).toContain('pod2: ping');
    expect(hunt?.edits).toEqual([{ kind: 'line', line: 'node2: ip route del 10.244.1.0/24' }]);
  });

  test('hides nothing where the ping fails already', () => {
    const broken = applyEdits(article, [{ kind: 'line', line: 'node1: ip route del 10.244.2.0/24' }]);
    if (!broken.ok) throw new Error('the route is there');
    show(broken.value, 'pod1: ping -c 1 10.244.2.2');
    expect(hideable(OWN)).toEqual([]);
    expect(huntFor(OWN, hideFault('rp-filter', 7))).toBeNull();
  });

  test('follows when another cluster is opened under the same link', () => {
    const code = hideFault('route-missing', 7);
    show(article, 'pod2: ping -c 1 10.244.1.4');
    const first = huntFor(OWN, code);
    show(article, 'pod1: ping -c 1 10.244.2.2');
    expect(huntFor(OWN, code)?.edits).not.toEqual(first?.edits);
  });
});
