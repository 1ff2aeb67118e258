/** nc -u -wN: one datagram, then whatever comes back within N seconds. Source: OpenBSD netcat, nc(1). */
import type { Ipv4 } from '../../addr/ipv4';
import { PROTOCOL } from '../../wire/ipv4';
import * as udp from '../../wire/udp';
import { sendIp } from '../ip-output';
import { nextPort } from '../next-draw';
import type { Run } from '../run';
import { current, end, newProcess, type ProcessBase, print, put, wakeAfter } from './lifecycle';

export interface NcOptions {
  readonly dst: Ipv4;
  readonly port: number;
  readonly text: string; // what is piped in
  readonly waitUs: number; // -w
}

export interface NcProcess extends ProcessBase {
  readonly kind: 'nc';
  readonly options: NcOptions;
  readonly ports: readonly number[]; // its own
}

export function startNc(run: Run, host: string, command: string, options: NcOptions): void {
  const srcPort = nextPort(run, host);
  const process: NcProcess = { ...newProcess(run, host, command), kind: 'nc', options, ports: [srcPort] };
  const data = Uint8Array.from(options.text, (character) => character.charCodeAt(0) & 0xff);
  put(run, process);
  const failed = sendIp(run, host, {
    what: { kind: 'udp', srcPort, dstPort: options.port },
    cause: null,
    src: null,
    dst: options.dst,
    protocol: PROTOCOL.udp,
    ttl: 64,
    tos: 0,
    pmtu: 'want',
    id: 'draw',
    purpose: 'send',
    payload: (src) => {
      const header = { srcPort, dstPort: options.port, length: udp.HEADER_LENGTH + data.length, checksum: 0 };
      return udp.serialize(udp.withChecksum(header, data, src, options.dst), data);
    },
  });
  const now = current(run, process);
  if (now === null) return;
  if (failed === null) wakeAfter(run, now, options.waitUs);
  else {
    print(run, host, 'nc: connect: Network is unreachable');
    end(run, now, 1);
  }
}

/** Nothing more came in time. */
export const ncAlarm = (run: Run, process: NcProcess): void => end(run, process, 0);

/** An answer is printed as a count of bytes, since its words are the service's own; an ICMP error ends nc. */
export function ncWake(run: Run, process: NcProcess): void {
  put(run, { ...process, inbox: [] });
  for (const heard of process.inbox) {
    if (heard.kind === 'reply') print(run, process.host, process.options.text);
    else {
      print(run, process.host, 'read: Connection refused');
      end(run, process, 1);
      return;
    }
  }
}
