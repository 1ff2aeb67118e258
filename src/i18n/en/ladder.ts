import { formatIpv4 } from '../../engine/addr/ipv4';
import { unreachable } from '../../engine/base/result';
import type { PacketKind } from '../../engine/sim/event';

/** One short line, as tcpdump would put it. */
function packet(what: PacketKind): string {
  switch (what.kind) {
    case 'arp-request':
      return `ARP who-has ${formatIpv4(what.target)}${what.unicast ? ' (unicast)' : ''}`;
    case 'arp-reply':
      return `ARP ${formatIpv4(what.sender)} is-at`;
    case 'echo-request':
      return `echo request seq ${what.seq}`;
    case 'echo-reply':
      return `echo reply seq ${what.seq}`;
    case 'icmp-error':
      return `ICMP error ${what.type}/${what.code}`;
    case 'udp':
      return `UDP ${what.srcPort} → ${what.dstPort}`;
    case 'tcp':
      return `TCP ${what.flags}${what.payloadBytes > 0 ? ` ${what.payloadBytes} bytes` : ''}`;
    case 'fragment':
      return `fragment at byte ${what.offsetBytes}${what.more ? ', more follow' : ', the last'}`;
    case 'tunnel':
      return `${what.how} tunnel packet`;
    default:
      return unreachable(what);
  }
}

/** The ladder: every frame in order of time, capture points as columns. Also how packets are called in short. */
export const ladder = {
  title: 'Ladder',
  label: 'Every frame in order of time; Up and Down move between rows, Enter goes to the step',
  hint: '↑ ↓ move, Enter goes to that step',
  empty: 'No frame crosses a capture point in this run.',
  time: 'time, ms',
  timeLabel: (ms: string): string => `at ${ms} ms`,
  timeGuessed: (ms: string): string => `at about ${ms} ms, placed by its neighbours in the file`,
  frame: 'frame',
  packet,
  ttl: (from: string, to: string): string => (from === to ? `TTL ${from}` : `TTL ${from} → ${to}`),
  gap: (seconds: string): string => `${seconds} s without a frame`,
  from: (point: string): string => `from ${point}`,
  to: (points: string): string => `to ${points}`,
  seenAt: (point: string): string => `seen at ${point} only`,
  echo: 'echo of the frame above',
  echoLabel: 'the pod’s own broadcast, handed back by the bridge (hairpin)',
  unpredicted: 'nobody predicted it',
  now: 'now',
  verdict: {
    agrees: 'capture agrees',
    differs: 'capture differs',
    'not-captured': 'predicted, not captured',
    'not-predicted': 'captured, not predicted',
    'not-loaded': 'no capture opened for this point',
    'after-end': 'the capture ended before',
  },
};
