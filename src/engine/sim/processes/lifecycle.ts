/** Starting, keeping and ending processes; what they print. */
import type { Run } from '../run';
import type { Heard, Process } from './process';

/** Between a command's end and the start of the next: the time a shell takes. */
const SHELL_US = 20_000;
/** From a packet for a socket to the program that waits for it running again. */
const RUN_US = 1_000;
/** From a timer's expiry to the process that waited for it running again. */
const WAKE_US = 1_000;

export function put(run: Run, process: Process): void {
  run.world = { ...run.world, processes: new Map(run.world.processes).set(process.number, process) };
}

/** Ends a process with its exit status; the next command of the script follows. */
export function end(run: Run, process: Process, status: number): void {
  const processes = new Map(run.world.processes);
  processes.delete(process.number);
  run.world = { ...run.world, processes };
  run.note({ kind: 'command-ended', host: process.host, command: process.command, status });
  nextCommand(run);
}

export const nextCommand = (run: Run): void => run.later(SHELL_US, { kind: 'next-command' });

export const print = (run: Run, host: string, ...lines: readonly string[]): void => {
  for (const text of lines) run.note({ kind: 'printed', host, text });
};

/** What every process has. `alarm` counts the alarms set: an older one is out of date. */
export interface ProcessBase {
  readonly number: number;
  readonly host: string;
  readonly command: string;
  readonly alarm: number;
  readonly inbox: readonly Heard[];
}

/** A new process's common part, with the next free number. */
export function newProcess(run: Run, host: string, command: string): ProcessBase {
  const number = run.world.nextProcess;
  run.world = { ...run.world, nextProcess: number + 1 };
  return { number, host, command, alarm: 0, inbox: [] };
}

/** The process as it is now, or null once it has ended. */
export function current<P extends Process>(run: Run, process: P): P | null {
  return (run.world.processes.get(process.number) as P | undefined) ?? null;
}

export const wakeForInbox = (run: Run, process: Process): void =>
  run.later(RUN_US, { kind: 'wake', process: process.number });

/** Wakes a process by a kernel timer (schedule_timeout, as a socket's receive timeout uses). Replaces its alarm before. */
export function wakeByTimer<P extends Process>(run: Run, process: P, delayUs: number): P {
  const armed = { ...process, alarm: process.alarm + 1 };
  put(run, armed);
  run.byTimer(delayUs, { kind: 'alarm', process: process.number, alarm: armed.alarm }, WAKE_US);
  return armed;
}

/** Wakes a process after an exact time (setitimer, which uses the high-resolution clock). */
export function wakeAfter<P extends Process>(run: Run, process: P, delayUs: number): P {
  const armed = { ...process, alarm: process.alarm + 1 };
  put(run, armed);
  run.later(delayUs, { kind: 'alarm', process: process.number, alarm: armed.alarm });
  return armed;
}
