/**
 * How a TCP connection opens: the SYN, what answers it, and both again while nothing comes back.
 * Source: RFC 9293 section 3.5; Linux net/ipv4/tcp_timer.c (tcp_retransmit_timer, tcp_write_timeout),
 * net/ipv4/inet_connection_sock.c (reqsk_timer_handler), net/ipv4/tcp_minisocks.c (tcp_check_req).
 */
import type { Ipv4 } from '../../addr/ipv4';
import { TCP_FLAG } from '../../wire/tcp';
import type { Run } from '../run';
import { tellClient } from './tcp-news';
import { newSocket, save, send, type TcpSocket } from './tcp-socket';

const { syn, ack } = TCP_FLAG;
const FIRST_RETRY_US = 1_000_000; // RFC 6298 section 2
const SYN_RETRIES = 6; // net.ipv4.tcp_syn_retries, which double the wait each time
const SYN_LINEAR = 4; // net.ipv4.tcp_syn_linear_timeouts: so many before them do not
const SYN_ACK_RETRIES = 5; // net.ipv4.tcp_synack_retries

export interface Connect {
  readonly process: number;
  readonly src: Ipv4;
  readonly srcPort: number;
  readonly dst: Ipv4;
  readonly dstPort: number;
}

/** Opens a connection: sends the SYN, repeats it while nothing answers. The socket's number. */
export function connectTcp(run: Run, host: string, { process, src, srcPort, dst, dstPort }: Connect): number {
  const socket = newSocket(run, host, {
    process,
    src,
    srcPort,
    dst,
    dstPort,
    state: 'syn-sent',
    receiveNext: 0,
    replyBytes: 0,
  });
  save(run, host, socket);
  armSyn(run, host, send(run, host, socket, { flags: syn }, 'send'));
  return socket.number;
}

/** Waits for the answer to a SYN: a second each of the first times, and twice as long each time after. */
const synWaitUs = (attempts: number): number => FIRST_RETRY_US * 2 ** Math.max(0, attempts - SYN_LINEAR);

function armSyn(run: Run, host: string, socket: TcpSocket): void {
  if (socket.state !== 'syn-sent') return;
  arm(run, host, { ...socket, attempts: socket.attempts + 1 }, synWaitUs(socket.attempts));
}

function arm(run: Run, host: string, socket: TcpSocket, waitUs: number): void {
  const armed = { ...socket, timer: socket.timer + 1 };
  save(run, host, armed);
  run.byTimer(waitUs, { kind: 'retransmit', host, socket: armed.number, timer: armed.timer });
}

/** A SYN came: it is answered, at once and until the answer is. */
export function answerSyn(run: Run, host: string, socket: TcpSocket): void {
  const sent = send(run, host, socket, { flags: syn | ack }, 'answer');
  arm(run, host, sent, FIRST_RETRY_US * 2 ** socket.attempts);
}

/** The same SYN once more: so is its answer, and the wait begins anew. */
export const answerAgain = (run: Run, host: string, socket: TcpSocket): void =>
  answerSyn(run, host, { ...socket, sendNext: (socket.sendNext - 1) >>> 0 });

/** A SYN, or what answers one, was not answered in time: again, or give up. */
export function retransmit(run: Run, host: string, number: number, timer: number): void {
  const socket = run.host(host).sockets.get(number);
  if (socket === undefined || socket.timer !== timer) return;
  if (socket.state === 'syn-received') {
    const again = { ...socket, attempts: socket.attempts + 1 };
    if (again.attempts > SYN_ACK_RETRIES) save(run, host, { ...socket, state: 'closed' });
    else answerAgain(run, host, again);
    return;
  }
  if (socket.state !== 'syn-sent') return;
  if (socket.attempts > SYN_RETRIES + SYN_LINEAR) {
    save(run, host, { ...socket, state: 'closed' });
    tellClient(run, socket, { kind: 'timed-out' });
    return;
  }
  const again = { ...socket, sendNext: (socket.sendNext - 1) >>> 0 };
  armSyn(run, host, send(run, host, again, { flags: syn }, 'send'));
}
