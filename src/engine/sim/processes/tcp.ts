/**
 * TCP as a short exchange needs it: handshake, one request, the answer in segments, close, reset where nothing listens.
 * RFC 9293 sections 3.5 to 3.6 and 3.10; Linux net/ipv4/tcp_input.c.
 * Not modelled: congestion control, windows that fill, loss of data segments.
 */
import { unreachable } from '../../base/result';
import * as tcp from '../../wire/tcp';
import { routeFor } from '../addresses';
import { confirmNeighbour } from '../neighbours';
import type { Run } from '../run';
import type { Packet } from '../world';
import { tellClient } from './tcp-news';
import { answerAgain, answerSyn } from './tcp-open';
import { sendReset } from './tcp-reset';
import { newSocket, save, send, type TcpSocket } from './tcp-socket';

const { syn, ack, fin, rst, psh } = tcp.TCP_FLAG;
const HEADERS_BYTES = 40 + 12; // IP, TCP and the time stamp option

/**
 * An ICMP error about a SYN ends the attempt at once (tcp_v4_err: any unreachable but 3/4, and time exceeded); about an
 * open connection it is only remembered (RFC 5461 section 2). False: no connection has these ends.
 */
export function hearTcpError(
  run: Run,
  host: string,
  quoted: Pick<TcpSocket, 'src' | 'srcPort' | 'dst' | 'dstPort'>,
  fatal: boolean,
): boolean {
  const socket = [...run.host(host).sockets.values()].find(
    (one) =>
      one.state !== 'closed' &&
      one.srcPort === quoted.srcPort &&
      one.dstPort === quoted.dstPort &&
      one.src === quoted.src &&
      one.dst === quoted.dst,
  );
  if (socket === undefined) return false;
  if (socket.state === 'syn-sent' && fatal) {
    save(run, host, { ...socket, state: 'closed', timer: socket.timer + 1 });
    tellClient(run, socket, { kind: 'refused' });
  }
  return true;
}

/** A client writes its request. */
export function writeTcp(run: Run, host: string, number: number, data: Uint8Array): void {
  const socket = run.host(host).sockets.get(number);
  if (socket?.state === 'established') send(run, host, socket, { flags: psh | ack, data }, 'send');
}

/** A client closes, or stops trying. */
export function closeTcp(run: Run, host: string, number: number): void {
  const socket = run.host(host).sockets.get(number);
  if (socket !== undefined) save(run, host, { ...socket, state: 'closed', timer: socket.timer + 1 });
}

export function receiveTcp(run: Run, host: string, packet: Packet): void {
  const parsed = tcp.parse(packet.payload, 0);
  if (!parsed.ok) return;
  const segment = parsed.value.header;
  const data = packet.payload.subarray(parsed.value.payloadAt);
  const { src, dst } = packet.header;
  const socket = [...run.host(host).sockets.values()].find(
    (one) =>
      one.state !== 'closed' &&
      one.srcPort === segment.dstPort &&
      one.dstPort === segment.srcPort &&
      one.dst === src &&
      one.src === dst,
  );
  if (socket !== undefined) {
    run.note({ kind: 'delivered', host, packet: packet.id, to: 'tcp', header: packet.header });
    if ((segment.flags & ack) !== 0) confirmNeighbour(run, host, src);
    onSegment(run, host, { ...socket, timer: socket.timer + 1 }, segment, data);
    return;
  }
  const listener = run
    .host(host)
    .host.listeners.find(({ protocol, port }) => protocol === 'tcp' && port === segment.dstPort);
  if (listener?.protocol === 'tcp' && (segment.flags & (syn | ack | rst)) === syn) {
    run.note({ kind: 'delivered', host, packet: packet.id, to: 'tcp', header: packet.header });
    const ends = { src: dst, srcPort: segment.dstPort, dst: src, dstPort: segment.srcPort };
    const receiveNext = (segment.seq + 1) >>> 0;
    const made = newSocket(run, host, {
      ...ends,
      process: null,
      state: 'syn-received',
      receiveNext,
      replyBytes: listener.replyBytes,
    });
    save(run, host, made);
    answerSyn(run, host, made);
    return;
  }
  const reason = { kind: 'no-listener', protocol: 'tcp', port: segment.dstPort } as const;
  run.note({ kind: 'dropped', host, packet: packet.id, dev: null, reason, header: packet.header });
  if ((segment.flags & rst) === 0) sendReset(run, host, packet, segment, data.length);
}

function onSegment(run: Run, host: string, socket: TcpSocket, segment: tcp.Tcp, data: Uint8Array): void {
  if ((segment.flags & rst) !== 0) {
    save(run, host, { ...socket, state: 'closed' });
    tellClient(run, socket, { kind: 'refused' });
    return;
  }
  switch (socket.state) {
    case 'syn-sent': {
      if ((segment.flags & (syn | ack)) !== (syn | ack)) return;
      const open = { ...socket, state: 'established' as const, receiveNext: (segment.seq + 1) >>> 0 };
      save(run, host, open);
      tellClient(run, send(run, host, open, { flags: ack }, 'answer'), { kind: 'connected' });
      return;
    }
    case 'syn-received':
      if ((segment.flags & ack) === 0) answerAgain(run, host, socket);
      else onOpen(run, host, socket, segment, data);
      return;
    case 'established':
    case 'closing':
      onOpen(run, host, socket, segment, data);
      return;
    case 'closed':
      return;
    default:
      unreachable(socket.state);
  }
}

function onOpen(run: Run, host: string, before: TcpSocket, segment: tcp.Tcp, data: Uint8Array): void {
  const ending = (segment.flags & fin) !== 0;
  const advance = data.length + (ending ? 1 : 0);
  const state = before.state === 'syn-received' ? 'established' : before.state;
  const socket = { ...before, state, receiveNext: (before.receiveNext + advance) >>> 0 } as const;
  save(run, host, socket);
  if (ending && state !== 'closing') {
    // The other side is done and so are we: its FIN is acknowledged by ours.
    save(run, host, { ...send(run, host, socket, { flags: fin | ack }, 'answer'), state: 'closed' });
    tellClient(run, socket, { kind: 'closed' });
    return;
  }
  if (advance === 0) return;
  const acked = send(run, host, socket, { flags: ack }, 'answer');
  if (ending) save(run, host, { ...acked, state: 'closed' });
  else if (before.process === null && before.state !== 'closing') answerRequest(run, host, acked);
  else tellClient(run, socket, { kind: 'data', bytes: data.length });
}

/** A listener's answer, cut to what the path takes, then its FIN. */
function answerRequest(run: Run, host: string, socket: TcpSocket): void {
  const { route } = routeFor(run.host(host).host, socket.dst);
  const out = route?.dev == null ? null : run.device(host, route.dev);
  const roomBytes = out?.txChecksumOffload === true ? socket.replyBytes : (out?.mtuBytes ?? 1500) - HEADERS_BYTES;
  let now = socket;
  for (let left = socket.replyBytes; left > 0; left -= roomBytes) {
    const data = new Uint8Array(Math.min(left, roomBytes)).fill(0x2e);
    now = send(run, host, now, { flags: left <= roomBytes ? psh | ack : ack, data }, 'answer');
  }
  save(run, host, { ...send(run, host, now, { flags: fin | ack }, 'answer'), state: 'closing' });
}
