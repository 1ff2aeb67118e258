/**
 * `nstat` of iproute2: counters. They tell what happened, not how the cluster is built, so nothing is taken from them.
 *
 *   IpExtInNoECTPkts                1                  0.0
 */
import { type Importer, Notes } from '../importer';

const ROW = /^\s*[A-Z][A-Za-z0-9]+\s+\d+\s+\d+\.\d\s*$/;
const HEADING = /^#(?:kernel|\d+\.\d+)/;

export const nstat: Importer = {
  name: 'nstat',
  tool: 'nstat(8) of iproute2',
  prints: (command) => /(?:^|\/)nstat$/.test(command[0] ?? ''),
  starts: (line) => ROW.test(line) || HEADING.test(line),
  read: (lines) => {
    const notes = new Notes();
    for (const [at, line] of lines.entries()) {
      if (line.trim() !== '' && !ROW.test(line) && !HEADING.test(line)) notes.skip(at);
    }
    return notes;
  },
};
