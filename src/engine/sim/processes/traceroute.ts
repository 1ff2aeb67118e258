/**
 * traceroute: probes with a growing TTL, three a hop, sixteen under way at once; by UDP to ports from 33434, or by ICMP
 * echo with -I. Source: traceroute 2.1 (Dmitry Butskoy), traceroute.c (do_it), mod-udp.c, mod-icmp.c.
 * All first sixteen are sent before any answer is read. UDP has a socket a probe and reads all answers at once; ICMP has
 * one socket and reads one answer, then sends one probe more, until the destination has answered.
 */
import { formatIpv4, type Ipv4 } from '../../addr/ipv4';
import * as icmp from '../../wire/icmp';
import { PROTOCOL } from '../../wire/ipv4';
import * as udp from '../../wire/udp';
import { sendIp } from '../ip-output';
import { nextIcmpId, nextPort } from '../next-draw';
import type { Run } from '../run';
import { current, end, newProcess, type ProcessBase, print, put, wakeAfter } from './lifecycle';
import type { Heard } from './process';

export interface TracerouteOptions {
  readonly dst: Ipv4;
  readonly method: 'udp' | 'icmp';
  readonly hopsMax: number; // -m
  readonly perHop: number; // -q
  readonly waitUs: number; // -w
}

export interface TracerouteProcess extends ProcessBase {
  readonly kind: 'traceroute';
  readonly options: TracerouteOptions;
  readonly icmpId: number | null;
  readonly ports: readonly number[]; // source port of each UDP probe
  readonly probes: readonly Probe[]; // those sent, in order
  readonly printed: number; // probes whose answer has been printed
  readonly endAt: number; // probes that will be sent at most
  readonly line: string; // the hop being printed
  readonly lineFrom: Ipv4 | null; // the address last printed on it
}

interface Probe {
  readonly sentAtUs: number;
  readonly answer:
    | { readonly from: Ipv4; readonly atUs: number; readonly mark: string; readonly final: boolean }
    | 'none'
    | null;
}

const AT_ONCE = 16;
const FIRST_PORT = 33434;
const DATA_BYTES = 32; // 60-byte packets
const FIRST_DATA_BYTE = { udp: 0x40, icmp: 0x48 } as const; // measured
/** Between two probes: longer than a round trip, since a real one is over before the next probe is built. */
const GAP_US = 250;

export function startTraceroute(run: Run, host: string, command: string, options: TracerouteOptions): void {
  const process: TracerouteProcess = {
    ...newProcess(run, host, command),
    kind: 'traceroute',
    options,
    icmpId: options.method === 'icmp' ? nextIcmpId(run, host) : null,
    ports: [],
    probes: [],
    printed: 0,
    endAt: options.hopsMax * options.perHop,
    line: '',
    lineFrom: null,
  };
  put(run, process);
  const dst = formatIpv4(options.dst);
  print(run, host, `traceroute to ${dst} (${dst}), ${options.hopsMax} hops max, 60 byte packets`);
  turn(run, process);
}

export const tracerouteAlarm = (run: Run, process: TracerouteProcess): void => turn(run, process);

/** An answer came; it is read when all probes that may be under way are out, and then one wake-up reads it. */
export function tracerouteWake(run: Run, process: TracerouteProcess): void {
  if (nextProbe(process) === null) turn(run, process);
}

/** One turn of the loop: send what may be sent, else read, else wait. */
function turn(run: Run, process: TracerouteProcess): void {
  if (nextProbe(process) !== null) {
    sendProbe(run, process);
    const sent = current(run, process);
    if (sent !== null) wakeAfter(run, sent, GAP_US);
    return;
  }
  const take = process.options.method === 'icmp' ? 1 : process.inbox.length;
  const read = process.inbox.slice(0, take).reduce(readAnswer, { ...process, inbox: process.inbox.slice(take) });
  const expired = expire(read, run.world.nowUs);
  const shown = printAnswered(run, expired);
  if (shown.printed >= shown.endAt) {
    end(run, shown, 0);
    return;
  }
  put(run, shown);
  if (shown.inbox.length > 0 || nextProbe(shown) !== null) wakeAfter(run, shown, GAP_US);
  else wakeAfter(run, shown, Math.max(1, oldestDeadline(shown) - run.world.nowUs));
}

/** Index of the probe to send next, or null while as many as allowed are under way, or all are sent. */
function nextProbe({ probes, endAt }: TracerouteProcess): number | null {
  const underWay = probes.filter(({ answer }) => answer === null).length;
  return probes.length < endAt && underWay < AT_ONCE ? probes.length : null;
}

function sendProbe(run: Run, process: TracerouteProcess): void {
  const { host, options, probes, icmpId } = process;
  const index = probes.length;
  const first = FIRST_DATA_BYTE[options.method];
  const data = Uint8Array.from({ length: DATA_BYTES }, (_, i) => (first + i) & 0xff);
  const srcPort = icmpId === null ? nextPort(run, host) : 0;
  const dstPort = FIRST_PORT + index;
  put(run, {
    ...process,
    probes: [...probes, { sentAtUs: run.world.nowUs, answer: null }],
    ports: icmpId === null ? [...process.ports, srcPort] : process.ports,
  });
  sendIp(run, host, {
    what: icmpId === null ? { kind: 'udp', srcPort, dstPort } : { kind: 'echo-request', seq: index + 1 },
    cause: null,
    src: null,
    dst: options.dst,
    protocol: icmpId === null ? PROTOCOL.udp : PROTOCOL.icmp,
    ttl: Math.floor(index / options.perHop) + 1,
    tos: 0,
    pmtu: 'dont',
    id: 'draw',
    purpose: 'send',
    payload: (src) => {
      if (icmpId !== null) return icmp.serialize(icmp.withChecksum(icmp.echo(8, icmpId, index + 1), data), data);
      const header = { srcPort, dstPort, length: udp.HEADER_LENGTH + data.length, checksum: 0 };
      return udp.serialize(udp.withChecksum(header, data, src, options.dst), data);
    },
  });
}

function readAnswer(process: TracerouteProcess, heard: Heard): TracerouteProcess {
  const index = process.options.method === 'icmp' ? heard.tag - 1 : heard.tag - FIRST_PORT;
  const probe = process.probes[index];
  if (probe === undefined || probe.answer !== null) return process;
  const expired = heard.kind === 'error' && heard.error.type === icmp.ICMP_TYPE.timeExceeded;
  const from = heard.kind === 'reply' ? heard.header.src : heard.error.from;
  const answer = { from, atUs: heard.atUs, mark: heard.kind === 'reply' ? '' : markOf(heard.error), final: !expired };
  const probes = process.probes.map((one, i) => (i === index ? { ...one, answer } : one));
  const hopEnd = (Math.floor(index / process.options.perHop) + 1) * process.options.perHop;
  return { ...process, probes, endAt: expired ? process.endAt : Math.min(process.endAt, hopEnd) };
}

/** What traceroute adds for an unreachable that is not the port it hoped for (traceroute(8)). */
function markOf({ type, code }: { readonly type: number; readonly code: number }): string {
  if (type !== icmp.ICMP_TYPE.destinationUnreachable || code === icmp.UNREACHABLE_CODE.port) return '';
  const marks: Readonly<Record<number, string>> = { 0: ' !N', 1: ' !H', 2: ' !P', 4: ' !F', 13: ' !X' };
  return marks[code] ?? ` !<${code}>`;
}

const expire = (process: TracerouteProcess, nowUs: number): TracerouteProcess => ({
  ...process,
  probes: process.probes.map((probe) =>
    probe.answer === null && nowUs >= probe.sentAtUs + process.options.waitUs
      ? { ...probe, answer: 'none' as const }
      : probe,
  ),
});

const oldestDeadline = ({ probes, options }: TracerouteProcess): number =>
  Math.min(...probes.filter(({ answer }) => answer === null).map(({ sentAtUs }) => sentAtUs + options.waitUs));

/** Prints every hop whose probes are all answered or given up, in order. */
function printAnswered(run: Run, process: TracerouteProcess): TracerouteProcess {
  let { printed, line, lineFrom } = process;
  const { perHop } = process.options;
  for (; printed < process.endAt; printed += 1) {
    const probe = process.probes[printed];
    if (probe === undefined || probe.answer === null) break;
    if (printed % perHop === 0) {
      line = String(printed / perHop + 1).padStart(2);
      lineFrom = null;
    }
    if (probe.answer === 'none') line += ' *';
    else {
      if (probe.answer.from !== lineFrom)
        line += `${' '}${printed % perHop === 0 ? ' ' : ''}${formatIpv4(probe.answer.from)}`;
      lineFrom = probe.answer.from;
      line += `  ${((probe.answer.atUs - probe.sentAtUs) / 1000).toFixed(3)} ms${probe.answer.mark}`;
    }
    if (printed % perHop === perHop - 1) print(run, process.host, line);
  }
  return { ...process, printed, line, lineFrom };
}
