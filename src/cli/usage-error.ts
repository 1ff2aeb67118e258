/** What a command was given and cannot use. `main` prints it as one line and ends with status 2. */
import type { CliProblem } from '../i18n/cli';

export class UsageError extends Error {
  constructor(readonly problem: CliProblem) {
    super(problem.kind);
  }
}
