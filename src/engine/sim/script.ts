/** The commands of a run, one after another. Those before the capture change the world but leave no steps. */
import { unreachable } from '../base/result';
import { type Change, configure } from '../topology/configure';
import type { Command, PlacedCommand } from './command';
import { startCurl } from './processes/curl';
import { nextCommand, print } from './processes/lifecycle';
import { startNc } from './processes/nc';
import { startPing } from './processes/ping';
import { startTraceroute } from './processes/traceroute';
import type { Run } from './run';
import type { HostState } from './world';

export interface ScriptLine extends PlacedCommand {
  readonly recorded: boolean;
}

/** Starts the next command, if there is one. */
export function startNextCommand(run: Run): void {
  const [line, ...rest] = run.world.script;
  if (line === undefined) return;
  run.world = { ...run.world, script: rest };
  run.recording = line.recorded;
  run.note({ kind: 'command-started', host: line.host, command: line.text });
  start(run, line.host, line.text, line.command);
}

function start(run: Run, host: string, text: string, command: Command): void {
  switch (command.kind) {
    case 'ping':
      startPing(run, host, text, command.options);
      return;
    case 'traceroute':
      startTraceroute(run, host, text, command.options);
      return;
    case 'curl':
      startCurl(run, host, text, command.options);
      return;
    case 'nc':
      startNc(run, host, text, command.options);
      return;
    case 'configure':
      applyChanges(run, host, text, command.changes);
      return;
    default:
      unreachable(command);
  }
}

/** A configuration command takes effect at once; the tool prints only when it refuses. */
function applyChanges(run: Run, host: string, text: string, changes: readonly Change[]): void {
  let refused: string | null = null;
  for (const change of changes) {
    const state = run.host(host);
    const result = configure(state.host, change);
    if (!result.ok) {
      refused = result.error;
      break;
    }
    run.update(host, { host: result.value, neighbours: neighboursAfter(state, change) });
  }
  run.note({ kind: 'configured', host, command: text, refused });
  if (refused !== null) print(run, host, refused);
  run.note({ kind: 'command-ended', host, command: text, status: refused === null ? 0 : 2 });
  nextCommand(run);
}

/** A device that goes down forgets its neighbours (neigh_ifdown). */
function neighboursAfter(state: HostState, change: Change): HostState['neighbours'] {
  if (change.kind !== 'link' || change.set.up !== false) return state.neighbours;
  return new Map([...state.neighbours].filter(([, slot]) => slot.dev !== change.dev));
}
