/**
 * ping, as iputils 20221126 behaves: what it sends, when, what it prints, when it gives up.
 * Source: iputils ping/ping.c (pinger, main_loop, finish), ping_common.c.
 */
import { formatIpv4, type Ipv4 } from '../../addr/ipv4';
import * as icmp from '../../wire/icmp';
import { PROTOCOL } from '../../wire/ipv4';
import { routeFor, sourceFor } from '../addresses';
import { type SendError, sendIp } from '../ip-output';
import { nextIcmpId, nextPingData, startOfPing } from '../next-draw';
import type { Run } from '../run';
import { current, end, newProcess, type ProcessBase, print, put, wakeAfter, wakeByTimer } from './lifecycle';
import { errorText, percent, rttLine } from './ping-text';
import type { Heard } from './process';

export interface PingOptions {
  readonly dst: Ipv4;
  readonly count: number;
  readonly intervalUs: number;
  readonly dataBytes: number;
  readonly ttl: number;
  readonly lingerUs: number; // -W
  readonly pmtu: 'do' | 'want' | 'dont';
  readonly tos: number;
  readonly src: Ipv4 | null; // -I with an address
}

export interface PingProcess extends ProcessBase {
  readonly kind: 'ping';
  readonly options: PingOptions;
  readonly icmpId: number;
  readonly startedUs: number;
  readonly firstSeq: number;
  readonly sentAtUs: readonly number[]; // in the order of sequence numbers, from `firstSeq`
  readonly rttsUs: readonly number[];
  readonly errors: number;
  readonly pipe: number; // most echoes under way at once
}

const SEQ_MAX = 0xffff; // the field has 16 bits: then it begins again at 0
const TIMESTAMP_BYTES = 16; // a struct timeval, if the data has room for it
const MINIMUM_LINGER_US = 1_000_000;
/** What runs before the capture is there to warm the tables: it does not wait long for answers that never come. */
const UNSEEN_LINGER_US = 300_000;

export function startPing(run: Run, host: string, command: string, options: PingOptions): void {
  const { host: config } = run.host(host);
  const { route } = routeFor(config, options.dst);
  const src = route === null || route.type === 'unreachable' ? null : sourceFor(config, route, options.dst);
  const icmpId = nextIcmpId(run, host);
  const process: PingProcess = {
    ...newProcess(run, host, command),
    kind: 'ping',
    options,
    icmpId,
    firstSeq: startOfPing(run, host),
    startedUs: run.world.nowUs,
    sentAtUs: [],
    rttsUs: [],
    errors: 0,
    pipe: 0,
  };
  put(run, process);
  const refused = connectError(route?.type ?? null, src);
  if (refused !== null) {
    print(run, host, `ping: connect: ${refused}`);
    end(run, process, 2);
    return;
  }
  const dst = formatIpv4(options.dst);
  print(run, host, `PING ${dst} (${dst}) ${options.dataBytes}(${options.dataBytes + 28}) bytes of data.`);
  sendEcho(run, process);
}

/** ping first connects a socket to learn its source address; a refusing route fails there, with nothing sent. */
function connectError(type: string | null, src: Ipv4 | null): string | null {
  if (type === null || src === null) return 'Network is unreachable';
  if (type === 'blackhole') return 'Invalid argument';
  if (type === 'prohibit') return 'Permission denied';
  return type === 'unreachable' ? 'No route to host' : null;
}

function sendEcho(run: Run, process: PingProcess): void {
  const { options, host, icmpId, firstSeq } = process;
  const seq = (firstSeq + process.sentAtUs.length) & SEQ_MAX;
  const sent = { ...process, sentAtUs: [...process.sentAtUs, run.world.nowUs] };
  const data = echoData(run, host, options.dataBytes);
  put(run, sent);
  const failed = sendIp(run, host, {
    what: { kind: 'echo-request', seq },
    cause: null,
    src: options.src,
    dst: options.dst,
    protocol: PROTOCOL.icmp,
    ttl: options.ttl,
    tos: options.tos,
    pmtu: options.pmtu,
    id: options.pmtu === 'do' ? 0 : 'draw', // measured: ping -M do sends IP ID 0
    purpose: 'send',
    payload: () => icmp.serialize(icmp.withChecksum(icmp.echo(8, icmpId, seq), data), data),
  });
  const now = current(run, sent) ?? sent;
  const after = failed === null ? now : { ...now, errors: now.errors + 1 };
  put(run, after);
  if (failed !== null) print(run, host, `ping: ${sendErrorText(failed)}`);
  if (after.sentAtUs.length < options.count) wakeByTimer(run, after, options.intervalUs);
  else if (isDone(after)) finish(run, after);
  else wakeAfter(run, after, run.recording ? lingerUs(after) : UNSEEN_LINGER_US);
}

function echoData(run: Run, host: string, dataBytes: number): Uint8Array {
  const seen = nextPingData(run, host);
  if (seen !== null && seen.length === dataBytes) return seen;
  const data = Uint8Array.from({ length: dataBytes }, (_, i) => i & 0xff);
  if (dataBytes >= TIMESTAMP_BYTES) {
    const view = new DataView(data.buffer);
    view.setUint32(0, Math.floor(run.world.nowUs / 1_000_000), true);
    view.setUint32(4, 0, true);
    view.setUint32(8, run.world.nowUs % 1_000_000, true);
    view.setUint32(12, 0, true);
  }
  return data;
}

function sendErrorText(error: SendError): string {
  switch (error.kind) {
    case 'message-too-long':
      return `local error: message too long, mtu=${error.mtuBytes}`;
    case 'net-unreachable':
      return 'sendmsg: Network is unreachable';
    case 'host-unreachable':
      return 'sendmsg: No route to host';
    case 'prohibited':
      return 'sendmsg: Permission denied';
    case 'invalid':
      return 'sendmsg: Invalid argument';
  }
}

/** Time to send the next echo, or to stop waiting for answers. */
export function pingAlarm(run: Run, process: PingProcess): void {
  if (process.sentAtUs.length < process.options.count) sendEcho(run, process);
  else finish(run, process);
}

/** ping runs again: first it sends what is due, then it reads what came (iputils main_loop). */
export function pingWake(run: Run, process: PingProcess): void {
  const { options, sentAtUs } = process;
  const due = sentAtUs.length < options.count && run.world.nowUs - (sentAtUs.at(-1) ?? 0) >= options.intervalUs;
  if (due) sendEcho(run, process);
  const inbox = current(run, process)?.inbox ?? [];
  for (const heard of inbox) {
    const now = current(run, process);
    if (now === null) return;
    put(run, { ...now, inbox: now.inbox.slice(1) });
    read(run, { ...now, inbox: now.inbox.slice(1) }, heard);
  }
}

function read(run: Run, process: PingProcess, heard: Heard): void {
  const after = heard.kind === 'reply' ? readReply(run, process, heard) : readError(run, process, heard);
  put(run, after);
  if (isDone(after)) finish(run, after);
}

function readReply(
  run: Run,
  process: PingProcess,
  { tag, header, bytes, atUs }: Extract<Heard, { kind: 'reply' }>,
): PingProcess {
  const rttUs = atUs - (process.sentAtUs[placeOf(process, tag)] ?? atUs);
  const text = `${bytes} bytes from ${formatIpv4(header.src)}: icmp_seq=${tag} ttl=${header.ttl} time=${milliseconds(rttUs)} ms`;
  print(run, process.host, text);
  return { ...acknowledged(process, tag), rttsUs: [...process.rttsUs, rttUs] };
}

function readError(run: Run, process: PingProcess, { tag, error }: Extract<Heard, { kind: 'error' }>): PingProcess {
  const redirect = error.type === icmp.ICMP_TYPE.redirect;
  print(run, process.host, `From ${formatIpv4(error.from)}${redirect ? ':' : ''} icmp_seq=${tag} ${errorText(error)}`);
  return redirect ? process : { ...acknowledged(process, tag), errors: process.errors + 1 }; // a redirect is told, not counted
}

const acknowledged = (process: PingProcess, seq: number): PingProcess => ({
  ...process,
  pipe: Math.max(process.pipe, process.sentAtUs.length - placeOf(process, seq)),
});

/** Which of the process's echoes has this sequence number, from 0. */
const placeOf = ({ firstSeq }: PingProcess, seq: number): number => (seq - firstSeq) & SEQ_MAX;

const isDone = ({ options, sentAtUs, rttsUs, errors }: PingProcess): boolean =>
  sentAtUs.length >= options.count && rttsUs.length + errors >= options.count;

/** How long ping waits after its last echo: -W, or twice the longest round trip, at least a second, once it heard anything. */
const lingerUs = ({ rttsUs, options }: PingProcess): number =>
  rttsUs.length === 0 ? options.lingerUs : Math.max(MINIMUM_LINGER_US, 2 * Math.max(...rttsUs));

function finish(run: Run, process: PingProcess): void {
  const { host, options, sentAtUs, rttsUs, errors, pipe } = process;
  const sent = sentAtUs.length;
  const spentUs = (sentAtUs.at(-1) ?? process.startedUs) - process.startedUs;
  const lost = percent(((sent - rttsUs.length) * 100) / sent);
  print(
    run,
    host,
    '',
    `--- ${formatIpv4(options.dst)} ping statistics ---`,
    `${sent} packets transmitted, ${rttsUs.length} received, ${errors > 0 ? `+${errors} errors, ` : ''}${lost}% packet loss, time ${Math.floor(spentUs / 1000)}ms`,
    rttLine(rttsUs, pipe),
  );
  end(run, process, rttsUs.length > 0 ? 0 : 1);
}

/** ping prints three decimals below 1 ms, two below 10, one below 100 (ping_common.c). */
function milliseconds(us: number): string {
  const ms = us / 1000;
  return ms.toFixed(ms >= 100 ? 0 : ms >= 10 ? 1 : ms >= 1 ? 2 : 3);
}
