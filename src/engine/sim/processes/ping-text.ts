/** ping's own words, as iputils prints them (ping/ping.c, pr_icmph; ping_common.c, finish). They are output, not explanation. */
import { formatIpv4, ipv4FromNumber } from '../../addr/ipv4';
import { ICMP_TYPE } from '../../wire/icmp';
import type { HeardError } from '../task';

const UNREACHABLE: Readonly<Record<number, string>> = {
  0: 'Destination Net Unreachable',
  1: 'Destination Host Unreachable',
  2: 'Destination Protocol Unreachable',
  3: 'Destination Port Unreachable',
  5: 'Source Route Failed',
  6: 'Destination Net Unknown',
  7: 'Destination Host Unknown',
  8: 'Source Host Isolated',
  9: 'Destination Net Prohibited',
  10: 'Destination Host Prohibited',
  11: 'Destination Net Unreachable for Type of Service',
  12: 'Destination Host Unreachable for Type of Service',
  13: 'Packet filtered',
};

export function errorText({ type, code, rest }: HeardError): string {
  switch (type) {
    case ICMP_TYPE.destinationUnreachable:
      return code === 4
        ? `Frag needed and DF set (mtu = ${rest & 0xffff})`
        : (UNREACHABLE[code] ?? `Dest Unreachable, Bad Code: ${code}`);
    case ICMP_TYPE.timeExceeded:
      return code === 0 ? 'Time to live exceeded' : 'Frag reassembly time exceeded';
    case ICMP_TYPE.redirect:
      return `Redirect ${code === 0 ? 'Network' : 'Host'}(New nexthop: ${formatIpv4(ipv4FromNumber(rest))})`;
    default:
      return `Bad ICMP type: ${type}`;
  }
}

/** C's %g with six digits: 100, 0, 33.3333. */
export const percent = (value: number): string => String(Number(value.toPrecision(6)));

/** The last line: round trips, how many echoes were under way at once, or nothing. */
export function rttLine(rttsUs: readonly number[], pipe: number): string {
  const pipeText = pipe > 1 ? `pipe ${pipe}` : '';
  if (rttsUs.length === 0) return pipeText;
  const mean = rttsUs.reduce((a, b) => a + b, 0) / rttsUs.length;
  const squares = rttsUs.reduce((a, b) => a + b * b, 0) / rttsUs.length;
  const deviation = Math.sqrt(Math.max(0, squares - mean * mean));
  const ms = [Math.min(...rttsUs), mean, Math.max(...rttsUs), deviation].map((us) => (us / 1000).toFixed(3));
  return `rtt min/avg/max/mdev = ${ms.join('/')} ms${pipeText === '' ? '' : `, ${pipeText}`}`;
}
