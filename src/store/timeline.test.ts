/** The time line through actions and selectors, as the page uses it. */
import { beforeEach, describe, expect, test } from 'vitest';
import { importTexts } from '../engine/import/import';
import { reportShown } from '../engine/import/report-shown';
import { formatRoute } from '../engine/net/route-text';
import { nodesJson, podsText } from '../engine/testing/kubectl-text';
import { firstQuestion } from '../engine/topology/first-question';
import { hostNamed } from '../engine/topology/topology';
import { makeChange, openScenario, resetChanges, setMode } from './actions';
import { loadControlPlane, PLAYED_NODES_MAX } from './control-plane';
import { readHash, writeHash } from './hash';
import { OWN } from './scenarios';
import { selectCluster, selectMoment, selectPlayable, selectSession, selectTimeline, selectVerdict } from './selectors';
import { INITIAL, useApp } from './store';
import { closeTimeline, goToMoment, openExample } from './timeline';

await loadControlPlane(); // the page marks itself busy meanwhile, and there is no page here
const state = useApp.getState;
const TO_NODE2 = '10.244.2.0/24 via 192.168.0.82 dev ens33';
const routesOf = (node: string): readonly string[] =>
  (hostNamed(selectCluster(state()), node)?.routes ?? []).map(formatRoute);
const agreeing = () => selectSession(state()).comparison.totals.agrees;
const outcome = () => selectVerdict(state())?.outcome;

beforeEach(() => useApp.setState(INITIAL, true));

describe('a route deleted by hand', () => {
  beforeEach(() => openExample('route-deleted'));

  test('opens before anything has happened: the cluster is the article’s, its captures are compared', () => {
    expect(state().timeline).toEqual({ example: 'route-deleted', step: 0 });
    expect(state().panel).toBe('verdict');
    expect(outcome()).toBe('answered');
    expect(agreeing()).toBe(25);
  });
  test('the route is gone and the ping lost; ten seconds on both are back', () => {
    goToMoment(1);
    expect(routesOf('node1')).not.toContain(TO_NODE2);
    expect(outcome()).toBe('request-lost');
    goToMoment(2);
    expect(routesOf('node1')).toContain(TO_NODE2);
    expect(outcome()).toBe('answered');
    closeTimeline();
    expect(selectTimeline(state())).toBeNull();
    expect(selectCluster(state())).toBe(selectSession(state()).topology);
    expect(agreeing()).toBe(25);
  });
  test('another moment starts the run anew', () => {
    useApp.setState({ stepIndex: 30 });
    goToMoment(1);
    expect(state().stepIndex).toBe(0);
  });
  test('ends at its last step, and a link that asks for more counts as that', () => {
    goToMoment(99);
    expect(state().timeline?.step).toBe(2);
    useApp.setState({ timeline: { example: 'route-deleted', step: 99 } });
    expect(selectMoment(state())).toBe(2);
    expect(outcome()).toBe('answered');
  });
  test('what the user changes is changed at that moment', () => {
    goToMoment(1);
    makeChange({
      fault: null,
      edits: [{ kind: 'line', line: 'node1: ip route add 10.244.2.0/24 via 192.168.0.82 dev ens33' }],
      isRepair: true,
    });
    expect(outcome()).toBe('answered');
    goToMoment(2); // flanneld has added it by now: the kernel refuses a second one
    expect(outcome()).toBe('answered');
    expect(routesOf('node1').filter((row) => row === TO_NODE2)).toHaveLength(1);
  });
  test.each([
    ['another way to carry packets', () => setMode('vxlan')],
    ['another scenario', () => openScenario('article')],
    ['a reset', resetChanges],
  ])('%s closes it', (_, act) => {
    act();
    expect(state().timeline).toBeNull();
  });
  test('each moment is computed once', () => {
    goToMoment(1);
    const cluster = selectCluster(state());
    goToMoment(2);
    goToMoment(1);
    expect(selectTimeline(state())?.steps[0]?.topologyAfter).toBe(cluster);
    expect(selectCluster(state())).toBe(cluster);
  });
});

test('a node that joins is on the graph from its first step on', async () => {
  await openExample('join');
  const has = () => hostNamed(selectCluster(state()), 'node3') !== null;
  expect(has()).toBe(false);
  goToMoment(1);
  expect(has()).toBe(true);
});

describe('on the user’s own cluster', () => {
  const show = (nodes: number) => {
    const { topology, report, flannel } = importTexts([nodesJson(nodes), podsText(nodes, 1)]);
    const command = firstQuestion(topology) ?? '';
    useApp.setState({
      scenario: OWN,
      own: { topology, report: reportShown(report), flannel, texts: [], leftOut: [], command },
      command,
    });
  };
  test('its own nodes play, and its own ping is asked', async () => {
    show(3);
    expect(selectPlayable(state())).toBe('yes');
    await openExample('route-deleted');
    expect(outcome()).toBe('answered');
    goToMoment(1);
    expect(outcome()).not.toBe('answered');
    goToMoment(2);
    expect(outcome()).toBe('answered');
  });
  test.each([
    [1, 'too-few-nodes'],
    [PLAYED_NODES_MAX + 1, 'too-many-nodes'],
  ])('%i nodes: %s, and a link that asks for it all the same shows the cluster as it is', async (nodes, why) => {
    show(nodes);
    expect(selectPlayable(state())).toBe(why);
    await openExample('route-deleted');
    expect(selectTimeline(state())).toBeNull();
    expect(selectCluster(state()).hosts).toEqual(state().own?.topology.hosts);
  });
});

test('is opened on host-gw, asked in words that fit', async () => {
  setMode('same-node');
  expect(state().command).not.toBe(INITIAL.command);
  await openExample('delete');
  expect(state()).toMatchObject({ mode: 'host-gw', command: INITIAL.command });
});

describe('in the address', () => {
  test('what is written is read back', () => {
    const timeline = { example: 'route-deleted', step: 2 } as const;
    const hash = writeHash({ ...INITIAL, timeline }, INITIAL);
    expect(hash).toBe('#event=route-deleted&moment=2');
    expect(readHash(hash)).toEqual({ timeline });
  });
  test('the beginning needs no moment', () => {
    const timeline = { example: 'join', step: 0 } as const;
    expect(writeHash({ ...INITIAL, timeline }, INITIAL)).toBe('#event=join');
    expect(readHash('#event=join')).toEqual({ timeline });
    expect(readHash('#event=join&moment=x')).toEqual({ timeline });
  });
  test.each(['#event=nonsense&moment=2', '#moment=2', '#event='])('passes over %j', (hash) =>
    expect(readHash(hash)).toEqual({}),
  );
});
