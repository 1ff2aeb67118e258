/** From whom to whom a command goes. */
import { type Command, readCommands } from '../sim/command';
import type { Way } from '../topology/crossing';
import { ownerOf, type Topology } from '../topology/topology';

const destinationOf = (command: Command) => (command.kind === 'configure' ? null : command.options.dst);

/** By the last command of the line that sends something; null where nobody has the address it goes to. */
export function wayOf(topology: Topology, line: string): Way | null {
  const read = readCommands(line);
  const sends = read.ok ? read.value.filter(({ command }) => command.kind !== 'configure') : [];
  const last = sends.at(-1);
  const dst = last === undefined ? null : destinationOf(last.command);
  const owner = dst === null ? null : ownerOf(topology, dst);
  return last === undefined || owner === null ? null : { from: last.host, to: owner.host };
}
