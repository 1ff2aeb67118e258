/** What a TCP connection tells the program that opened it. */
import type { Run } from '../run';
import { put, wakeForInbox } from './lifecycle';
import type { TcpSocket } from './tcp-socket';

export type TcpNews =
  | { readonly kind: 'connected' }
  | { readonly kind: 'data'; readonly bytes: number }
  | { readonly kind: 'closed' }
  | { readonly kind: 'refused' }
  | { readonly kind: 'timed-out' };

/** Time a client takes from being connected to writing its request (measured with a small client: 5 to 8 ms). */
const THINK_US = 5_000;

/** Puts news where the program finds it when it runs again, a little later. */
export function tellClient(run: Run, socket: TcpSocket, news: TcpNews): void {
  const process = socket.process === null ? undefined : run.world.processes.get(socket.process);
  if (process?.kind !== 'curl') return;
  put(run, { ...process, socket: socket.number, news: [...process.news, news] });
  if (news.kind === 'connected') run.later(THINK_US, { kind: 'wake', process: process.number });
  else if (process.news.length === 0) wakeForInbox(run, process);
}
