/** Who talks to whom, as operators write it; the same in every language. */
import { formatIpv4, ipv4FromNumber } from '../../engine/addr/ipv4';
import type { Conversation } from '../../engine/matching/part';

const PROTOCOLS: Readonly<Record<number, string>> = { 1: 'ICMP', 6: 'TCP', 17: 'UDP' };

/** 'ping 10.244.1.2 → 10.244.2.2', 'TCP 10.244.1.2:40001 → 10.244.2.2:80' */
export function conversationText({ protocol, src, dst, srcPort, dstPort, echo }: Conversation): string {
  const what = echo === null ? (PROTOCOLS[protocol] ?? `IP ${protocol}`) : 'ping';
  const end = (ip: number, port: number | null): string =>
    `${formatIpv4(ipv4FromNumber(ip))}${port === null ? '' : `:${port}`}`;
  return `${what} ${end(src, srcPort)} → ${end(dst, dstPort)}`;
}
