/**
 * `ping` of iputils or BusyBox: a symptom. Source: iputils ping/ping_common.c, gather_statistics() and finish();
 * BusyBox networking/ping.c.
 *
 *   PING 10.244.2.2 (10.244.2.2) 56(84) bytes of data.
 *   64 bytes from 10.244.2.2: icmp_seq=1 ttl=62 time=0.512 ms
 *   From 10.244.1.1 icmp_seq=2 Destination Host Unreachable
 *   2 packets transmitted, 1 received, +1 errors, 50% packet loss, time 1001ms
 */
import { type Ipv4, readIpv4 } from '../../addr/ipv4';
import type { PingFact } from '../facts';
import { type Importer, Notes } from '../importer';

const HEADING = /^PING \S+ \(([\d.]+)\)/;
const REPLY = /^\d+ bytes from (?:\S+ \()?([\d.]+)\)?: (?:icmp_)?seq=\d+ ttl=(\d{1,3})/;
const ERROR = /^From (?:\S+ \()?([\d.]+)\)?:? icmp_seq=\d+ (.+)$/;
const SUMMARY = /^(\d{1,10}) packets transmitted, (\d{1,10}) (?:packets )?received/;
const OWN_ERROR = /^(?:ping: |connect: )(?!use |unknown )(.+)$/;
const KNOWN = /^(?:--- \S+ ping statistics ---|rtt min|round-trip min|pipe \d)/;

export const ping: Importer = {
  name: 'ping',
  tool: 'ping(8) of iputils or BusyBox',
  prints: (command) => /(?:^|\/)ping$/.test(command[0] ?? ''),
  starts: (line) => [HEADING, REPLY, ERROR, SUMMARY, KNOWN].some((form) => form.test(line)),
  read: (lines) => {
    const notes = new Notes();
    let open: { at: number; seen: Seen } | null = null;
    const close = () => {
      if (open !== null) notes.add(open.at, { kind: 'ping', ...open.seen });
      open = null;
    };
    for (const [at, whole] of lines.entries()) {
      const line = whole.trim();
      if (line === '') continue;
      if (HEADING.test(line)) close();
      const seen: Seen = open?.seen ?? { target: null, sent: null, received: null, ttl: null, errors: [] };
      if (take(line, seen)) open ??= { at, seen };
      else notes.skip(at);
    }
    close();
    return notes;
  },
};

type Seen = { -readonly [K in keyof Omit<PingFact, 'kind' | 'errors'>]: PingFact[K] } & {
  readonly errors: { from: Ipv4 | null; message: string }[];
};

/** Takes a line into what was seen; false where the line is not ping's. */
function take(line: string, seen: Seen): boolean {
  const [heading, reply, error, summary] = [HEADING, REPLY, ERROR, SUMMARY].map((form) => form.exec(line));
  if (heading) seen.target = readIpv4(heading[1] ?? '');
  else if (reply) {
    seen.target ??= readIpv4(reply[1] ?? '');
    seen.ttl ??= Number(reply[2]);
  } else if (error) addError(seen, readIpv4(error[1] ?? ''), error[2] ?? '');
  else if (summary) {
    seen.sent = Number(summary[1]);
    seen.received = Number(summary[2]);
  } else {
    const own = OWN_ERROR.exec(line)?.[1];
    if (own !== undefined) addError(seen, null, own);
    return own !== undefined || KNOWN.test(line);
  }
  return true;
}

/** The same complaint comes once for every request. */
function addError({ errors }: Seen, from: Ipv4 | null, message: string): void {
  if (errors.length < 64 && !errors.some((one) => one.from === from && one.message === message))
    errors.push({ from, message });
}
