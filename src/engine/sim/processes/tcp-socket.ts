/** One end of a TCP connection, and how it sends a segment. Linux net/ipv4/tcp_output.c. */
import type { Ipv4 } from '../../addr/ipv4';
import { NO_BYTES } from '../../base/bytes';
import { hash32 } from '../../base/random';
import { PROTOCOL } from '../../wire/ipv4';
import * as tcp from '../../wire/tcp';
import { writeOptions } from '../../wire/tcp-options';
import { routeFor } from '../addresses';
import { sendIp } from '../ip-output';
import { nextIpId } from '../next-draw';
import type { Run } from '../run';

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
  readonly attempts: number; // of the SYN, or of what answers it, as far as its timer counts them
  readonly timer: number;
  readonly replyBytes: number; // what a listener answers a request with
}

const { syn, ack, fin } = tcp.TCP_FLAG;

export const save = (run: Run, host: string, socket: TcpSocket): void =>
  run.update(host, { sockets: new Map(run.host(host).sockets).set(socket.number, socket) });

interface Segment {
  readonly flags: number;
  readonly data?: Uint8Array;
}

/** Sends a segment of this connection and moves `sendNext` past it. */
export function send(
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

type Fresh = Pick<
  TcpSocket,
  'process' | 'src' | 'srcPort' | 'dst' | 'dstPort' | 'state' | 'receiveNext' | 'replyBytes'
>;

export function newSocket(run: Run, host: string, fresh: Fresh): TcpSocket {
  const number = Math.max(0, ...run.host(host).sockets.keys()) + 1;
  const { route } = routeFor(run.host(host).host, fresh.dst);
  const mtuBytes = (route?.dev == null ? null : run.device(host, route.dev))?.mtuBytes ?? 1500;
  const seed = run.world.draws.seed;
  const sendNext = hash32(seed, 'tcp-seq', host, number);
  return { ...fresh, number, sendNext, ipId: nextIpId(run, host), mss: mtuBytes - 40, attempts: 0, timer: 0 };
}
