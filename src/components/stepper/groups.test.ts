import { describe, expect, test } from 'vitest';
import { seeded } from '../../engine/sim/draws';
import { simulate } from '../../engine/sim/simulate';
import { article } from '../../engine/topology/scenarios/article';
import { groupsOf, hopMarks } from './groups';

const made = simulate(article, { run: ['pod1: ping -c 1 10.244.2.2'] }, seeded(1));
if (!made.ok) throw new Error('the article’s ping does not run');
const trace = made.value;

describe('groupsOf', () => {
  test('the article’s ping reads as request, ARP in three places, reply, late ARP', () => {
    const names = groupsOf(trace).map((group) => group.name);
    expect(names).toEqual(['request', 'arp', 'request', 'arp', 'request', 'arp', 'request', 'reply', 'lateArp']);
  });
  test('covers every step once', () => {
    const groups = groupsOf(trace);
    expect(groups[0]?.from).toBe(0);
    expect(groups.at(-1)?.to).toBe(trace.steps.length - 1);
    for (const [i, group] of groups.slice(1).entries()) expect(group.from).toBe((groups[i]?.to ?? 0) + 1);
  });
});

describe('hopMarks', () => {
  test('marks where a packet comes to another host', () => {
    const marks = hopMarks(trace, 1000);
    expect(marks.length).toBeGreaterThan(8);
    for (const index of marks) expect(index).toBeGreaterThan(0);
  });
  test('leaves them out where they would run together', () => expect(hopMarks(trace, 3)).toEqual([]));
});
