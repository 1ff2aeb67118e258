import { STOP } from './chunks';
import type { CaptureProblem } from './types';

/** What a reader has to say in the end; the machines of one file share it. */
export interface Report {
  packets: number; // read so far
  readonly problem: CaptureProblem | null;
  /** Ends the reading; a machine answers with it. */
  stop(problem: CaptureProblem): typeof STOP;
  /** Something is odd, but reading goes on. The first of these is told, unless something ends the reading. */
  note(problem: CaptureProblem): void;
}

export function newReport(): Report {
  let stopped: CaptureProblem | null = null;
  let noted: CaptureProblem | null = null;
  return {
    packets: 0,
    get problem() {
      return stopped ?? noted;
    },
    stop(problem) {
      stopped ??= problem;
      return STOP;
    },
    note(problem) {
      if (noted === null || (noted.severity === 'note' && problem.severity === 'error')) noted = problem;
    },
  };
}
