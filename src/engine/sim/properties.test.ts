/** What must hold for every cluster, fault and command: clusters from src/engine/testing/random-cluster.ts. */
import { describe, expect, test } from 'vitest';
import { randomCluster } from '../testing/random-cluster';
import { headerChecksum } from '../wire/ipv4';
import { seeded } from './draws';
import type { Event } from './event';
import { STEPS_MAX, simulate } from './simulate';
import type { Trace } from './trace';

const SEEDS = Array.from({ length: 150 }, (_, i) => i + 1);

function traceOf(seed: number, stepsMax = STEPS_MAX): Trace {
  const { topology, commands } = randomCluster(seed);
  const trace = simulate(topology, { run: commands }, seeded(seed), stepsMax);
  if (!trace.ok) throw new Error(`seed ${seed}: ${JSON.stringify(trace.error)}`);
  return trace.value;
}

const traces = new Map(SEEDS.map((seed) => [seed, traceOf(seed)]));
const all = [...traces.entries()];

/** For every frame sent, what came of it: how often it arrived, was dropped on the way, or is still pending. */
function accountOf(trace: Trace): readonly string[] {
  const lost: string[] = [];
  const open = new Map<string, number>();
  const key = (event: { packet: number }): string => `${event.packet}`;
  for (const { event, index } of trace.steps) {
    if (event.kind === 'frame-sent') open.set(key(event), index);
    else if (event.kind !== 'packet-made' && 'packet' in event && event.packet !== null) open.delete(`${event.packet}`);
  }
  const pending = new Set(
    trace.steps.at(-1)?.after.pending.flatMap(({ task }) => ('packet' in task ? [`${task.packet}`] : [])),
  );
  for (const [packet, index] of open)
    if (!pending.has(packet)) lost.push(`packet ${packet}, sent at step ${index}, vanished`);
  return lost;
}

/** Every packet made ends: delivered, dropped, cut up or carried; read, if it is ARP; or still waiting when time is over. */
function unendedOf(trace: Trace): readonly string[] {
  const made = new Set<number>();
  for (const { event } of trace.steps) {
    if (event.kind === 'packet-made') made.add(event.packet);
    if (ENDS.has(event.kind) && 'packet' in event && event.packet !== null) made.delete(event.packet);
    if (event.kind === 'reassembled') for (const part of event.from) made.delete(part);
  }
  const last = trace.steps.at(-1)?.after;
  for (const { task } of last?.pending ?? []) if ('packet' in task) made.delete(task.packet);
  for (const host of last?.hosts.values() ?? []) {
    for (const slot of host.neighbours.values()) for (const waiting of slot.queue) made.delete(waiting.id);
    for (const part of host.fragments) made.delete(part.id);
  }
  return [...made].map((id) => `packet ${id} has no end`);
}
const ENDS = new Set<Event['kind']>(['delivered', 'dropped', 'fragmented', 'encapsulated', 'decapsulated', 'arp-read']);

describe('on random clusters with random faults', () => {
  test('no frame vanishes: each is received, dropped with a reason, or still in flight', () => {
    for (const [seed, trace] of all) expect({ seed, lost: accountOf(trace) }).toEqual({ seed, lost: [] });
  });

  test('no packet is forgotten inside a host', () => {
    for (const [seed, trace] of all) expect({ seed, lost: unendedOf(trace) }).toEqual({ seed, lost: [] });
  });

  test('TTL falls by exactly one per routed hop, addresses stay, and the checksum stays right', () => {
    for (const [seed, trace] of all) {
      for (const { event } of trace.steps) {
        if (event.kind !== 'ttl-lowered') continue;
        const { before, after } = event;
        expect({ seed, ttl: after.ttl, src: after.src, dst: after.dst }).toEqual({
          seed,
          ttl: before.ttl - 1,
          src: before.src,
          dst: before.dst,
        });
        expect(after.checksum).toBe(headerChecksum(after));
      }
    }
  });

  test('time never runs back, and steps are numbered', () => {
    for (const [, trace] of all) {
      trace.steps.forEach((step, i) => {
        expect(step.index).toBe(i);
        expect(step.atUs).toBeGreaterThanOrEqual(trace.steps[i - 1]?.atUs ?? 0);
      });
    }
  });

  test('two runs give equal traces', () => {
    for (const seed of SEEDS.slice(0, 30)) {
      const text = (trace: Trace): string => JSON.stringify(trace.steps.map(({ event, atUs }) => [atUs, event]));
      expect(text(traceOf(seed))).toBe(text(traces.get(seed) as Trace));
    }
  });

  test('every command ends, and says so', () => {
    for (const [seed, trace] of all) {
      const count = (kind: Event['kind']): number => trace.steps.filter(({ event }) => event.kind === kind).length;
      expect({ seed, complete: trace.complete, ended: count('command-ended') }).toEqual({
        seed,
        complete: true,
        ended: count('command-started'),
      });
    }
  });

  test('a limit on steps is kept and said', () => {
    const trace = traceOf(3, 20);
    expect([trace.steps.length, trace.complete]).toEqual([20, false]);
  });
});
