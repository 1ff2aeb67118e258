/**
 * Plays events on a cluster: a complete time line of what flanneld on each node does about them. Same input, same line.
 * Source: flannel main.go, pkg/backend/route_network.go, pkg/subnet/kube/kube.go @cdf76059.
 *
 * Model limits: what is done because of something is done at the same moment; only flanneld's two checks take time. The
 * checks of all nodes that run when the line begins are counted from its beginning.
 */
import { unreachable } from '../base/result';
import type { ClusterSpec } from '../flannel/cluster-spec';
import type { Topology } from '../topology/topology';
import { podScheduled } from './cni';
import type { TimedEvent } from './event';
import { checkRoutes, checkRules, startFlannel, stopFlannel } from './flanneld';
import { addressChanged, joinCluster, leaveCluster, powerOff, typed } from './machines';
import { Play, ROUTE_CHECK_MS, RULE_CHECK_MS } from './state';
import type { Timeline } from './step';

/** So long after the last event the checks go on: each has its turn. */
const AFTER_MS = ROUTE_CHECK_MS;

export function playControlPlane(topology: Topology, spec: ClusterSpec, events: readonly TimedEvent[]): Timeline {
  const play = new Play(topology, spec);
  const ordered = [...events].sort((a, b) => a.atMs - b.atMs);
  for (const { atMs, event } of ordered) {
    checksUntil(play, atMs);
    play.nowMs = atMs;
    happen(play, event);
  }
  checksUntil(play, (ordered.at(-1)?.atMs ?? 0) + AFTER_MS + 1);
  return { initial: topology, steps: play.steps };
}

/** All checks due before that moment, in order of time, then of nodes. */
function checksUntil(play: Play, untilMs: number): void {
  for (;;) {
    const due = [...play.daemons.values()]
      .map((daemon) => ({ daemon, atMs: Math.min(daemon.routesAtMs, daemon.rulesAtMs) }))
      .sort((a, b) => a.atMs - b.atMs)[0];
    if (due === undefined || due.atMs >= untilMs) return;
    const { daemon, atMs } = due;
    play.nowMs = atMs;
    if (daemon.rulesAtMs === atMs) {
      daemon.rulesAtMs += RULE_CHECK_MS;
      checkRules(play, daemon);
    }
    if (daemon.routesAtMs === atMs) {
      daemon.routesAtMs += ROUTE_CHECK_MS;
      checkRoutes(play, daemon);
    }
  }
}

function happen(play: Play, event: TimedEvent['event']): void {
  if (event.kind === 'node-joins') {
    joinCluster(play, event);
    return;
  }
  const host = play.hostOf(event.node);
  if (host === null) {
    play.note(event.node, { kind: 'no-such-node' });
    return;
  }
  switch (event.kind) {
    case 'flannel-starts':
      startFlannel(play, host.name);
      return;
    case 'flannel-stops':
      stopFlannel(play, host.name);
      return;
    case 'pod-scheduled':
      podScheduled(play, host.name, event.pod);
      return;
    case 'node-deleted':
      leaveCluster(play, host.name);
      return;
    case 'powered-off':
      powerOff(play, host.name);
      return;
    case 'address-changed':
      addressChanged(play, host.name, event.address);
      return;
    case 'typed':
      typed(play, host.name, event.command);
      return;
    default:
      unreachable(event);
  }
}
