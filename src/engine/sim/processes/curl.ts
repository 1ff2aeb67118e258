/** curl http://ADDRESS:PORT/: one request, the answer, and what curl says when there is none. Source: curl(1), exit codes. */
import { formatIpv4, type Ipv4 } from '../../addr/ipv4';
import { routeFor, sourceFor } from '../addresses';
import { nextPort } from '../next-draw';
import type { Run } from '../run';
import { end, newProcess, type ProcessBase, print, put, wakeAfter } from './lifecycle';
import { closeTcp, writeTcp } from './tcp';
import type { TcpNews } from './tcp-news';
import { connectTcp } from './tcp-open';

export interface CurlOptions {
  readonly dst: Ipv4;
  readonly port: number;
  readonly timeoutUs: number | null; // -m or --connect-timeout
}

export interface CurlProcess extends ProcessBase {
  readonly kind: 'curl';
  readonly options: CurlOptions;
  readonly startedUs: number;
  readonly ports: readonly number[];
  readonly socket: number | null;
  readonly news: readonly TcpNews[];
  readonly receivedBytes: number;
}

export function startCurl(run: Run, host: string, command: string, options: CurlOptions): void {
  const { host: config } = run.host(host);
  const { route } = routeFor(config, options.dst);
  const src = route === null ? null : sourceFor(config, route, options.dst);
  const srcPort = nextPort(run, host);
  const process: CurlProcess = {
    ...newProcess(run, host, command),
    kind: 'curl',
    options,
    startedUs: run.world.nowUs,
    ports: [srcPort],
    socket: null,
    news: [],
    receivedBytes: 0,
  };
  put(run, process);
  if (src === null || (route?.type !== 'unicast' && route?.type !== 'local')) {
    print(run, host, `curl: (7) Failed to connect to ${target(process)} after 0 ms: Couldn't connect to server`);
    end(run, process, 7);
    return;
  }
  if (options.timeoutUs !== null) wakeAfter(run, process, options.timeoutUs);
  const ends = { src, srcPort, dst: options.dst, dstPort: options.port };
  const socket = connectTcp(run, host, { process: process.number, ...ends });
  const now = run.world.processes.get(process.number);
  if (now?.kind === 'curl') put(run, { ...now, socket });
}

const target = ({ options }: CurlProcess): string => `${formatIpv4(options.dst)} port ${options.port}`;
const sinceStartMs = (run: Run, process: CurlProcess): number =>
  Math.round((run.world.nowUs - process.startedUs) / 1000);

/** The time allowed is over. */
export function curlAlarm(run: Run, process: CurlProcess): void {
  if (process.socket !== null) closeTcp(run, process.host, process.socket);
  print(
    run,
    process.host,
    `curl: (28) Failed to connect to ${target(process)} after ${sinceStartMs(run, process)} ms: Timeout was reached`,
  );
  end(run, process, 28);
}

export function curlWake(run: Run, process: CurlProcess): void {
  let { receivedBytes } = process;
  put(run, { ...process, news: [] });
  for (const news of process.news) {
    if (news.kind === 'connected') {
      if (process.socket !== null) writeTcp(run, process.host, process.socket, request(process));
    } else if (news.kind === 'data') {
      receivedBytes += news.bytes;
      const now = run.world.processes.get(process.number);
      if (now?.kind === 'curl') put(run, { ...now, receivedBytes });
    } else {
      finish(run, { ...process, receivedBytes }, news.kind);
      return;
    }
  }
}

function request({ options }: CurlProcess): Uint8Array {
  const text = `GET / HTTP/1.1\r\nHost: ${formatIpv4(options.dst)}:${options.port}\r\nUser-Agent: curl\r\nAccept: */*\r\n\r\n`;
  return Uint8Array.from(text, (character) => character.charCodeAt(0));
}

function finish(run: Run, process: CurlProcess, how: 'closed' | 'refused' | 'timed-out'): void {
  const { host, receivedBytes } = process;
  if (how === 'closed') {
    print(run, host, `(${receivedBytes} bytes of HTTP response)`);
    end(run, process, receivedBytes > 0 ? 0 : 52);
  } else {
    const why = how === 'refused' ? "Couldn't connect to server" : 'Connection timed out';
    print(
      run,
      host,
      `curl: (${how === 'refused' ? 7 : 28}) Failed to connect to ${target(process)} after ${sinceStartMs(run, process)} ms: ${why}`,
    );
    end(run, process, how === 'refused' ? 7 : 28);
  }
}
