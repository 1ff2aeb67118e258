import type { Trace } from '../../engine/sim/trace';

export interface PrintedLine {
  readonly step: number;
  readonly text: string;
  readonly typed: boolean; // the command itself
}

/** Everything at one host's prompt from the last start of the command on; with what ran before it, if it did. */
export function printedSteps(trace: Trace, host: string, command: string): readonly PrintedLine[] {
  const start = trace.steps.findLastIndex(
    ({ event }) => event.kind === 'command-started' && event.host === host && event.command === command,
  );
  return trace.steps.slice(Math.max(0, start)).flatMap(({ event, index }): readonly PrintedLine[] => {
    if (event.host !== host) return [];
    if (event.kind === 'command-started') return [{ step: index, text: event.command, typed: true }];
    return event.kind === 'printed' ? [{ step: index, text: event.text, typed: false }] : [];
  });
}
