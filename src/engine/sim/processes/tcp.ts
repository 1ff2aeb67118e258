/**
 * TCP as a short exchange needs it: handshake, one request, the answer in segments, close, reset where nothing listens,
 * and SYN repeated while unanswered. RFC 9293 sections 3.5 to 3.6 and 3.10; Linux net/ipv4/tcp_input.c, tcp_output.c.
 * Not modelled: congestion control, windows that fill, loss of data segments.
 */
import type { Ipv4 } from '../../addr/ipv4';
import { NO_BYTES } from '../../base/bytes';
import { hash32 } from '../../base/random';
import { unreachable } from '../../base/result';
import { PROTOCOL } from '../../wire/ipv4';
import * as tcp from '../../wire/tcp';
import { writeOptions } from '../../wire/tcp-options';
import { routeFor } from '../addresses';
import { sendIp } from '../ip-output';
import { confirmNeighbour } from '../neighbours';
import { nextIpId } from '../next-draw';
import type { Run } from '../run';
import type { Packet } from '../world';
import { tellClient } from './tcp-news';

export type TcpState = 'syn-sent' | 'syn-received' | 'established' | 'closing' | 'closed';

export interface TcpSocket {
  readonly number: number;
  readonly process: number | null; // the client's process; null = a listener's
  readonly src: Ipv4;
  readonly srcPort: number;
  readonly dst: Ipv4;
  readonly dstPort: number;
  readonly state: TcpState;
  readonly sendNext: number; // sequence numbers, modulo 2^32
  readonly receiveNext: number;
  readonly ipId: number; // Linux counts up by one a packet from a random start
  readonly mss: number;
  readonly attempts: number; // of the SYN
  readonly timer: number;
  readonly replyBytes: number; // what a listener answers a request with
}

const { syn, ack, fin, rst, psh } = tcp.TCP_FLAG;
const FIRST_RETRY_US = 1_000_000; // RFC 6298 section 2; doubles each time
export const SYN_RETRIES = 6; // net.ipv4.tcp_syn_retries
const HEADERS_BYTES = 40 + 12; // IP, TCP and the time stamp option

const save = (run: Run, host: string, socket: TcpSocket): void =>
  run.update(host, { sockets: new Map(run.host(host).sockets).set(socket.number, socket) });

interface Segment {
  readonly flags: number;
  readonly data?: Uint8Array;
}

/** Sends a segment of this connection and moves `sendNext` past it. */
function send(
  run: Run,
  host: string,
  socket: TcpSocket,
  { flags, data = NO_BYTES }: Segment,
  purpose: 'send' | 'answer',
): TcpSocket {
  const opening = (flags & syn) !== 0;
  const answering = opening && (flags & ack) !== 0;
  const header: tcp.Tcp = {
    srcPort: socket.srcPort,
    dstPort: socket.dstPort,
    seq: socket.sendNext,
    ack: (flags & ack) === 0 ? 0 : socket.receiveNext,
    reserved: 0,
    flags,
    window: opening ? 64_240 : 502,
    checksum: 0,
    urgentPointer: 0,
    options: optionsOf(run, opening, socket),
  };
  const occupies = data.length + ((flags & (syn | fin)) === 0 ? 0 : 1);
  const after = {
    ...socket,
    sendNext: (socket.sendNext + occupies) >>> 0,
    ipId: answering ? socket.ipId : (socket.ipId + 1) & 0xffff,
  };
  save(run, host, after);
  sendIp(run, host, {
    what: { kind: 'tcp', flags: tcp.formatFlags(flags), payloadBytes: data.length },
    cause: null,
    src: socket.src,
    dst: socket.dst,
    protocol: PROTOCOL.tcp,
    ttl: 64,
    tos: 0,
    pmtu: 'want',
    id: answering ? 0 : socket.ipId,
    purpose,
    payload: (src) => tcp.serialize(tcp.withChecksum(header, data, src, socket.dst), data),
  });
  return run.host(host).sockets.get(socket.number) ?? after;
}

function optionsOf(run: Run, opening: boolean, socket: TcpSocket): Uint8Array {
  const timestamps = { kind: 'timestamps', value: Math.floor(run.world.nowUs / 1000) + 1, echo: 0 } as const;
  return opening
    ? writeOptions([
        { kind: 'mss', bytes: socket.mss },
        { kind: 'sack-permitted' },
        timestamps,
        { kind: 'nop' },
        { kind: 'window-scale', shift: 10 },
      ])
    : writeOptions([{ kind: 'nop' }, { kind: 'nop' }, timestamps]);
}

export interface Connect {
  readonly process: number;
  readonly src: Ipv4;
  readonly srcPort: number;
  readonly dst: Ipv4;
  readonly dstPort: number;
}

/** Opens a connection: sends the SYN, repeats it while nothing answers. */
export function connectTcp(run: Run, host: string, { process, src, srcPort, dst, dstPort }: Connect): void {
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
}

type Fresh = Pick<
  TcpSocket,
  'process' | 'src' | 'srcPort' | 'dst' | 'dstPort' | 'state' | 'receiveNext' | 'replyBytes'
>;

function newSocket(run: Run, host: string, fresh: Fresh): TcpSocket {
  const number = Math.max(0, ...run.host(host).sockets.keys()) + 1;
  const { route } = routeFor(run.host(host).host, fresh.dst);
  const mtuBytes = (route?.dev == null ? null : run.device(host, route.dev))?.mtuBytes ?? 1500;
  const seed = run.world.draws.seed;
  const sendNext = hash32(seed, 'tcp-seq', host, number);
  return { ...fresh, number, sendNext, ipId: nextIpId(run, host), mss: mtuBytes - 40, attempts: 0, timer: 0 };
}

function armSyn(run: Run, host: string, socket: TcpSocket): void {
  if (socket.state !== 'syn-sent') return;
  const armed = { ...socket, attempts: socket.attempts + 1, timer: socket.timer + 1 };
  save(run, host, armed);
  run.byTimer(FIRST_RETRY_US * 2 ** socket.attempts, {
    kind: 'retransmit',
    host,
    socket: armed.number,
    timer: armed.timer,
  });
}

/** The SYN was not answered in time: again, or give up. */
export function retransmit(run: Run, host: string, number: number, timer: number): void {
  const socket = run.host(host).sockets.get(number);
  if (socket === undefined || socket.timer !== timer || socket.state !== 'syn-sent') return;
  if (socket.attempts > SYN_RETRIES) {
    save(run, host, { ...socket, state: 'closed' });
    tellClient(run, socket, { kind: 'timed-out' });
    return;
  }
  const again = { ...socket, sendNext: (socket.sendNext - 1) >>> 0 };
  armSyn(run, host, send(run, host, again, { flags: syn }, 'send'));
}

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
    send(run, host, made, { flags: syn | ack }, 'answer');
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

/** Nothing listens, or no such connection: RFC 9293 section 3.10.7.1. */
/**
 * A firewall's reset for a segment it refuses, in the name of whoever was to get it; none for a reset.
 * Source: Linux net/ipv4/netfilter/nf_reject_ipv4.c, nf_send_reset.
 */
export function resetWith(run: Run, host: string, about: Packet): void {
  const parsed = tcp.parse(about.payload, 0);
  if (!parsed.ok || (parsed.value.header.flags & rst) !== 0) return;
  sendReset(run, host, about, parsed.value.header, about.payload.length - parsed.value.payloadAt);
}

function sendReset(run: Run, host: string, packet: Packet, segment: tcp.Tcp, dataBytes: number): void {
  const { src, dst } = packet.header;
  const acked = (segment.flags & ack) !== 0;
  const occupies = dataBytes + ((segment.flags & (syn | fin)) === 0 ? 0 : 1);
  const header: tcp.Tcp = {
    srcPort: segment.dstPort,
    dstPort: segment.srcPort,
    seq: acked ? segment.ack : 0,
    ack: acked ? 0 : (segment.seq + occupies) >>> 0,
    reserved: 0,
    flags: acked ? rst : rst | ack,
    window: 0,
    checksum: 0,
    urgentPointer: 0,
    options: NO_BYTES,
  };
  sendIp(run, host, {
    what: { kind: 'tcp', flags: tcp.formatFlags(header.flags), payloadBytes: 0 },
    cause: packet.id,
    src: dst,
    dst: src,
    protocol: PROTOCOL.tcp,
    ttl: 64,
    tos: 0,
    pmtu: 'want',
    id: 0,
    purpose: 'answer',
    summed: true,
    payload: (from) => tcp.serialize(tcp.withChecksum(header, NO_BYTES, from, src)),
  });
}
