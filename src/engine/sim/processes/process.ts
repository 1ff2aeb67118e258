/**
 * Programs a user started, and what their sockets hear. Each program is a file here; this one hands things to the right
 * one. What a socket hears waits in the program's inbox until the program runs again, as on a real host.
 */
import { unreachable } from '../../base/result';
import * as icmp from '../../wire/icmp';
import * as ipv4 from '../../wire/ipv4';
import type * as udp from '../../wire/udp';
import { tupleOf } from '../conntrack';
import type { Run } from '../run';
import type { HeardError } from '../task';
import type { Packet } from '../world';
import { type CurlProcess, curlAlarm, curlWake } from './curl';
import { put, wakeForInbox } from './lifecycle';
import { type NcProcess, ncAlarm, ncWake } from './nc';
import { type PingProcess, pingAlarm, pingWake } from './ping';
import { hearTcpError } from './tcp';
import { type TracerouteProcess, tracerouteAlarm, tracerouteWake } from './traceroute';

export type Process = PingProcess | TracerouteProcess | CurlProcess | NcProcess;

/** A timer a process set has run out. */
export function alarm(run: Run, number: number, which: number): void {
  const process = run.world.processes.get(number);
  if (process === undefined || process.alarm !== which) return;
  switch (process.kind) {
    case 'ping':
      pingAlarm(run, process);
      return;
    case 'traceroute':
      tracerouteAlarm(run, process);
      return;
    case 'curl':
      curlAlarm(run, process);
      return;
    case 'nc':
      ncAlarm(run, process);
      return;
    default:
      unreachable(process);
  }
}

/** A process runs again because something is in its inbox. */
export function wake(run: Run, number: number): void {
  const process = run.world.processes.get(number);
  if (process === undefined) return;
  switch (process.kind) {
    case 'ping':
      pingWake(run, process);
      return;
    case 'traceroute':
      tracerouteWake(run, process);
      return;
    case 'curl':
      curlWake(run, process);
      return;
    case 'nc':
      ncWake(run, process);
      return;
    default:
      unreachable(process);
  }
}

/** What a socket hears: an answer, with its headers, or an ICMP error; `tag` is the sequence number or port it is about. */
export type Heard =
  | {
      readonly kind: 'reply';
      readonly tag: number;
      readonly header: ipv4.Ipv4Header;
      readonly bytes: number;
      readonly atUs: number;
    }
  | { readonly kind: 'error'; readonly tag: number; readonly error: HeardError; readonly atUs: number };

function hear(run: Run, process: Process, heard: Heard): void {
  put(run, { ...process, inbox: [...process.inbox, heard] });
  if (process.inbox.length === 0) wakeForInbox(run, process);
}

/** An echo reply arrived: the program whose identifier it carries hears it. False if there is none. */
export function hearReply(run: Run, host: string, packet: Packet, message: icmp.Icmp): void {
  const process = byIcmpId(run, host, icmp.identifierOf(message));
  if (process === null) {
    run.note({
      kind: 'dropped',
      host,
      packet: packet.id,
      dev: null,
      reason: { kind: 'no-process', what: 'echo-reply' },
      header: packet.header,
    });
    return;
  }
  const { header, payload } = packet;
  run.note({ kind: 'delivered', host, packet: packet.id, to: process.kind === 'ping' ? 'ping' : 'traceroute', header });
  const tag = icmp.sequenceOf(message) ?? 0;
  hear(run, process, { kind: 'reply', tag, header, bytes: payload.length, atUs: run.world.nowUs });
}

/** A UDP datagram for a client's port. False if no client has it. */
export function hearDatagram(run: Run, host: string, packet: Packet, header: udp.Udp, bytes: number): boolean {
  const process = byPort(run, host, header.dstPort);
  if (process === null) return false;
  run.note({ kind: 'delivered', host, packet: packet.id, to: 'udp', header: packet.header });
  hear(run, process, { kind: 'reply', tag: header.srcPort, header: packet.header, bytes, atUs: run.world.nowUs });
  return true;
}

/** An ICMP error arrived: whoever sent the packet it quotes hears it. */
export function hearError(run: Run, host: string, packet: Packet, error: HeardError, quote: Uint8Array): void {
  if (hearAboutTcp(run, host, error, quote)) {
    run.note({ kind: 'delivered', host, packet: packet.id, to: 'icmp-error', header: packet.header });
    return;
  }
  const about = quotedSender(run, host, quote);
  if (about === null) {
    run.note({
      kind: 'dropped',
      host,
      packet: packet.id,
      dev: null,
      reason: { kind: 'no-process', what: 'icmp-error' },
      header: packet.header,
    });
    return;
  }
  run.note({ kind: 'delivered', host, packet: packet.id, to: 'icmp-error', header: packet.header });
  hear(run, about.process, { kind: 'error', tag: about.tag, error, atUs: run.world.nowUs });
}

/** Whether the error is about a TCP connection of this host; the connection then knows. */
function hearAboutTcp(run: Run, host: string, { type, code }: HeardError, quote: Uint8Array): boolean {
  const ip = ipv4.parse(quote, 0);
  if (!ip.ok || ip.value.header.protocol !== ipv4.PROTOCOL.tcp) return false;
  const tuple = tupleOf(ip.value.header, quote.subarray(ip.value.payloadAt));
  const isFatal =
    type === icmp.ICMP_TYPE.timeExceeded ||
    (type === icmp.ICMP_TYPE.destinationUnreachable && code !== icmp.UNREACHABLE_CODE.fragmentationNeeded);
  return tuple !== null && hearTcpError(run, host, tuple, isFatal);
}

/** The host's own stack tells a local sender that its packet failed; nothing is on any wire. */
export function hearLocalError(run: Run, host: string, packet: Packet, error: HeardError): void {
  if (hearAboutTcp(run, host, error, ipv4.serialize(packet.header, packet.payload))) return;
  const about = quotedSender(run, host, ipv4.serialize(packet.header, packet.payload));
  if (about !== null) hear(run, about.process, { kind: 'error', tag: about.tag, error, atUs: run.world.nowUs });
}

/** Who sent the packet whose start this is: by ICMP identifier, or by the local port. */
function quotedSender(
  run: Run,
  host: string,
  quote: Uint8Array,
): { readonly process: Process; readonly tag: number } | null {
  const ip = ipv4.parse(quote, 0);
  if (!ip.ok) return null;
  const { header, payloadAt } = ip.value;
  if (header.protocol === ipv4.PROTOCOL.icmp) {
    const message = icmp.parse(quote, payloadAt);
    const process = message.ok ? byIcmpId(run, host, icmp.identifierOf(message.value.header)) : null;
    return process === null || !message.ok ? null : { process, tag: icmp.sequenceOf(message.value.header) ?? 0 };
  }
  if (quote.length < payloadAt + 4) return null;
  const word = (at: number): number => (quote[at] ?? 0) * 256 + (quote[at + 1] ?? 0);
  const process = byPort(run, host, word(payloadAt));
  return process === null ? null : { process, tag: word(payloadAt + 2) };
}

const find = (run: Run, matches: (process: Process) => boolean): Process | null =>
  [...run.world.processes.values()].find(matches) ?? null;

const byIcmpId = (run: Run, host: string, id: number | null): Process | null =>
  find(run, (process) => process.host === host && 'icmpId' in process && process.icmpId === id);

const byPort = (run: Run, host: string, port: number): Process | null =>
  find(run, (process) => process.host === host && 'ports' in process && process.ports.includes(port));
