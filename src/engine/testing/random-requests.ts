/**
 * What is asked on a random cluster: one command or two, of every kind the model knows, between any two places. The
 * kernel's timers fire a random part of a second late, so everything here is over before the first ARP probes (5 s).
 */
import { formatIpv4, type Ipv4, ipv4FromNumber } from '../addr/ipv4';
import { type Prefix, prefixOf } from '../addr/prefix';
import type { Lease } from '../flannel/lease';
import { gatewayOf } from '../topology/build';
import { oneOf, type Pick } from './random-faults';

export interface Askable {
  readonly leases: readonly Lease[];
  readonly gateway: Ipv4;
  readonly lan: Prefix;
  readonly pods: readonly { readonly name: string; readonly ip: Ipv4 }[];
}

const SECONDS_IN_ALL = 4.4;

/** A command with the longest it may take. */
interface Request {
  readonly text: string;
  readonly seconds: number;
}

/** One, or two after another: the same again with warm tables, or something else. */
export function randomRequests(pick: Pick, cluster: Askable): readonly string[] {
  const first = request(pick, cluster);
  const second = pick(3) === 0 ? first : request(pick, cluster);
  const isShort = first.seconds + second.seconds <= SECONDS_IN_ALL;
  return (isShort && pick(2) === 0 ? [first, second] : [first]).map(({ text }) => text);
}

function request(pick: Pick, cluster: Askable): Request {
  const from = asker(pick, cluster);
  const { text, seconds } = oneOf(pick, MAKERS)(pick, formatIpv4(target(pick, cluster)));
  return { text: `${from}: ${text}`, seconds };
}

const asker = (pick: Pick, { pods, leases }: Askable): string =>
  pick(5) === 0 ? oneOf(pick, leases).node : oneOf(pick, pods).name;

/** Mostly pods; also what is not a pod, and what is not there. */
function target(pick: Pick, { pods, leases, gateway, lan }: Askable): Ipv4 {
  const lease = oneOf(pick, leases);
  const others: readonly Ipv4[] = [
    gateway,
    lease.publicIp,
    gatewayOf(lease.subnet),
    ipv4FromNumber(lease.subnet.base + 41),
    ipv4FromNumber(lan.base + 77),
    ipv4FromNumber(prefixOf(gateway, 8).base + 0x00ff_0102),
  ];
  return pick(2) === 0 ? oneOf(pick, pods).ip : oneOf(pick, others);
}

type Maker = (pick: Pick, to: string) => Request;

const MAKERS: readonly Maker[] = [ping, ping, ping, ping, ping, traceroute, traceroute, curl, nc];

const PING_SIZES = [0, 8, 16, 100, 1000, 1372, 1373, 1400, 1472, 1473, 2000, 2953, 4000];

function ping(pick: Pick, to: string): Request {
  const count = 1 + pick(3);
  const waitS = 1;
  const intervalS = pick(3) === 0 ? 0.2 : 1;
  const options = [
    `-c ${count} -W ${waitS}`,
    intervalS === 1 ? '' : `-i ${intervalS}`,
    pick(2) === 0 ? `-s ${oneOf(pick, PING_SIZES)}` : '',
    pick(3) === 0 ? `-M ${oneOf(pick, ['do', 'want', 'dont'])}` : '',
    pick(4) === 0 ? `-t ${1 + pick(9)}` : '',
    pick(6) === 0 ? `-Q ${oneOf(pick, ['0x10', '0xb8', '0x28'])}` : '',
    pick(8) === 0 ? '-n' : '',
  ].filter((option) => option !== '');
  return { text: `ping ${options.join(' ')} ${to}`, seconds: (count - 1) * intervalS * 1.05 + waitS };
}

/** -w is no whole number of seconds: then a token of the ICMP limit would be there or not by a hair. */
function traceroute(pick: Pick, to: string): Request {
  const hops = 2 + pick(5);
  const perHop = oneOf(pick, [1, 2, 3, 3]);
  const waitS = oneOf(pick, [1.3, 1.6]);
  const rounds = Math.ceil((hops * perHop) / 16);
  const method = pick(2) === 0 ? '-I ' : '';
  return { text: `traceroute -n ${method}-m ${hops} -q ${perHop} -w ${waitS} ${to}`, seconds: rounds * waitS };
}

function curl(pick: Pick, to: string): Request {
  return { text: `curl -s -m 2.5 http://${to}:${oneOf(pick, [8080, 8080, 80])}/`, seconds: 2.5 };
}

function nc(pick: Pick, to: string): Request {
  return { text: `printf hello | nc -u -w1 ${to} ${oneOf(pick, [9000, 9000, 9999])}`, seconds: 1 };
}
