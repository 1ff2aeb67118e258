/** The layers of the stack joined (see `Layers` in run.ts), and the loop that takes one pending task after another. */
import { unreachable } from '../base/result';
import { receiveArp } from './arp-input';
import { sendArpReply } from './arp-output';
import { bridgeFromPort, bridgeFromStack } from './bridge';
import { linkFailure, sendIcmpError } from './icmp-error';
import { ipInput } from './ip-input';
import { sendParts } from './ip-output';
import { arrive } from './link';
import { neighbourTimer } from './neighbours';
import { alarm, wake } from './processes/process';
import { retransmit } from './processes/tcp-open';
import { resetWith } from './processes/tcp-reset';
import type { Layers, Run } from './run';
import { startNextCommand } from './script';
import { switchFrame } from './segment';
import type { Task } from './task';
import { tunnelTransmit } from './tunnel';

export const LAYERS: Layers = {
  bridgeFromPort,
  bridgeFromStack,
  tunnelTransmit,
  receiveArp,
  ipInput,
  linkFailure,
  rejectWith: sendIcmpError,
  resetWith,
};

/** Takes the earliest pending task; false when nothing is left that could still send a frame. */
export function advance(run: Run): boolean {
  const [next, ...rest] = run.world.pending;
  if (next === undefined || isAtRest(run)) return false;
  run.world = { ...run.world, nowUs: Math.max(next.atUs, run.world.nowUs), pending: rest };
  perform(run, next.task);
  return true;
}

function perform(run: Run, task: Task): void {
  switch (task.kind) {
    case 'frame-arrives':
      arrive(run, task.to.host, task.to.dev, task.packet, task.frame);
      return;
    case 'frame-at-switch':
      switchFrame(run, task.segment, task.from, task.packet, task.frame);
      return;
    case 'neighbour-timer':
      neighbourTimer(run, task.host, task.key, task.timer);
      return;
    case 'send-parts':
      sendParts(run, task.waiting);
      return;
    case 'proxy-answer': {
      const device = run.device(task.host, task.dev);
      if (device !== null) sendArpReply(run, task.host, device, task.request, task.cause);
      return;
    }
    case 'next-command':
      startNextCommand(run);
      return;
    case 'wake':
      wake(run, task.process);
      return;
    case 'retransmit':
      retransmit(run, task.host, task.socket, task.timer);
      return;
    case 'alarm':
      alarm(run, task.process, task.alarm);
      return;
    default:
      unreachable(task);
  }
}

/**
 * Nothing runs any more and only ageing is left: a reachable entry turning stale sends nothing.
 * Probes of a delayed entry do, so a run goes on until they are answered.
 */
function isAtRest(run: Run): boolean {
  const { world } = run;
  return (
    world.processes.size === 0 && world.script.length === 0 && world.pending.every(({ task }) => isAgeing(run, task))
  );
}

function isAgeing(run: Run, task: Task): boolean {
  if (task.kind === 'alarm' || task.kind === 'wake') return !run.world.processes.has(task.process);
  if (task.kind === 'retransmit') return run.host(task.host).sockets.get(task.socket)?.timer !== task.timer;
  if (task.kind !== 'neighbour-timer') return false;
  const slot = run.host(task.host).neighbours.get(task.key);
  return slot === undefined || slot.timer !== task.timer || slot.entry.state === 'reachable';
}
