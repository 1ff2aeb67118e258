import { describe, expect, test } from 'vitest';
import { formatIpv4 } from '../addr/ipv4';
import { formatPrefix } from '../addr/prefix';
import { wayOf } from '../analysis/way';
import { openSession } from '../comparison/session';
import { breakBy, type FaultId } from '../topology/faults';
import { article } from '../topology/scenarios/article';
import type { Choice, Question, QuestionKind } from './question';
import { questionsOf, roundOf } from './questions';

const PING = 'pod1: ping -c 1 10.244.2.2';

function asked(command = PING, ...faults: readonly FaultId[]): readonly Question[] {
  const way = wayOf(article, PING);
  if (way === null) throw new Error('the article has both pods');
  const { topology, command: other } = breakBy(article, way, faults);
  const line = other ?? command;
  return questionsOf(openSession({ topology, command: line, typed: true, captures: [] }).trace, topology, line);
}

const rightOf = ({ choices, right }: Question): Choice | undefined => choices[right];
const answers = (questions: readonly Question[], kind: QuestionKind) =>
  questions.filter((one) => one.kind === kind).map((one) => ({ asked: one.asked, right: said(rightOf(one)) }));

function said(choice: Choice | undefined): string {
  if (choice === undefined) return '';
  switch (choice.kind) {
    case 'route':
      return formatPrefix(choice.route.dst);
    case 'next-hop':
      return formatIpv4(choice.ip);
    case 'mac':
      return choice.mac;
    case 'ttl':
      return String(choice.ttl);
    case 'files':
      return choice.points.join(' ');
    case 'line':
      return choice.text;
    default:
      return choice.kind;
  }
}

// What the article prints: route -n of pod1 and node1, and the recorded captures' MACs and TTLs.
describe('questions about the article’s ping', () => {
  const all = asked();

  test('which row wins, at the pod and at each node, there and back', () => {
    expect(answers(all, 'route').map(({ right }) => right)).toEqual([
      '10.244.0.0/16',
      '10.244.2.0/24',
      '10.244.2.0/24',
      '10.244.0.0/16',
      '10.244.1.0/24',
      '10.244.1.0/24',
    ]);
  });
  test('the next hop is the gateway of the pod, then the node, then the pod itself', () => {
    expect(
      answers(all, 'next-hop')
        .map(({ right }) => right)
        .slice(0, 3),
    ).toEqual(['10.244.1.1', '192.168.0.82', '10.244.2.2']);
  });
  test('the destination MAC is that of the next hop, never of the far pod before the last link', () => {
    expect(
      answers(all, 'dst-mac')
        .map(({ right }) => right)
        .slice(0, 3),
    ).toEqual(['5e:c1:b9:a7:b8:56', '00:0c:29:d7:0c:82', '32:00:56:84:0a:28']);
  });
  test('TTL falls by one at each node', () => {
    expect(answers(all, 'ttl').map(({ right }) => right)).toEqual(['63', '62', '63', '62']);
  });
  test('the frame on node1’s card is the frame on node2’s', () => {
    expect(answers(all, 'on-device').map(({ right }) => right)).toEqual(['yes', 'yes']);
  });
  test('all four files hold it, and ping prints ttl=62', () => {
    expect(answers(all, 'held').map(({ right }) => right)).toEqual(['pod1 node1 node2 pod2']);
    expect(answers(all, 'printed').map(({ right }) => right)).toEqual(['64 bytes from 10.244.2.2: icmp_seq=1 ttl=62']);
  });
  test('wrong answers are there to be taken: the default route, the far pod’s MAC, the TTL as it came', () => {
    const choices = (kind: QuestionKind, host: string) =>
      all.find((one) => one.kind === kind && 'host' in one.asked && one.asked.host === host)?.choices.map(said);
    expect(choices('route', 'node1')).toContain('0.0.0.0/0');
    expect(choices('dst-mac', 'node1')).toContain('32:00:56:84:0a:28');
    expect(choices('next-hop', 'node1')).toContain('192.168.0.1');
    expect(choices('ttl', 'node1')).toContain('64');
  });
});

describe('questions about a broken cluster', () => {
  test.each([
    ['route-missing', 'pod1 node1', 'silence'],
    ['forwarding-off-near', 'pod1', 'silence'],
    ['forwarding-off-far', 'pod1 node1 node2', 'silence'],
    ['next-hop-down', 'pod1', 'From 10.244.1.1 icmp_seq=1 Destination Host Unreachable'],
    ['no-route-at-all', 'pod1', 'From 10.244.1.1 icmp_seq=1 Destination Net Unreachable'],
    ['return-route-missing', 'pod1 node1 node2 pod2', 'silence'],
  ] as const)('%s: the files and the line the user sees', (fault, files, line) => {
    const all = asked(PING, fault);
    expect(answers(all, 'held').map(({ right }) => right)).toEqual([files]);
    expect(answers(all, 'printed').map(({ right }) => right)).toEqual([line]);
  });
  test('without the route the default row wins, and the frame does not reach node2', () => {
    const all = asked(PING, 'route-missing');
    expect(answers(all, 'route').map(({ right }) => right)).toContain('0.0.0.0/0');
    expect(answers(all, 'on-device').map(({ right }) => right)).toContain('no');
  });
});

describe('every question', () => {
  const every = [asked(), asked(PING, 'route-missing'), asked(PING, 'rp-filter'), asked('pod2: ping -c 3 10.244.1.4')];
  test('has two to seven choices, all different, and a right one', () => {
    for (const question of every.flat()) {
      const texts = question.choices.map(said);
      expect(new Set(texts).size, question.id).toBe(texts.length);
      expect(texts.length).toBeGreaterThanOrEqual(2);
      expect(texts.length).toBeLessThanOrEqual(7);
      expect(rightOf(question)).toBeDefined();
    }
  });
  test('has an id of its own, and is the same each time', () => {
    for (const questions of every) expect(new Set(questions.map(({ id }) => id)).size).toBe(questions.length);
    expect(asked()).toEqual(asked());
  });
  test('the right one is not always at the same place', () => {
    const places = every
      .flat()
      .filter(({ kind }) => kind === 'dst-mac' || kind === 'next-hop')
      .map(({ right }) => right);
    expect(new Set(places).size).toBeGreaterThan(2);
  });
});

describe('roundOf', () => {
  test('asks one question at a decision, and only of the kinds wanted', () => {
    const round = roundOf(asked(), []);
    expect(new Set(round.map(({ step }) => step)).size).toBe(round.length);
    expect(roundOf(asked(), ['ttl']).map(({ kind }) => kind)).toEqual(['ttl', 'ttl', 'ttl', 'ttl']);
  });
  test('a command that sends nothing asks nothing', () => {
    expect(asked('node1: ip route del 10.244.2.0/24')).toEqual([]);
  });
});
