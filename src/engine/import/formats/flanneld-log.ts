/**
 * flanneld's log, in the form of klog: severity, month and day, time, thread, file and line.
 * Sources: flannel main.go, pkg/backend/route_network.go, pkg/backend/common.go, pkg/lease/lease.go @cdf76059; klog v2.
 *
 *   I0111 17:09:04.933781       1 route_network.go:93] Subnet added: 10.244.2.0/24 via 192.168.0.82
 *   E0111 17:09:05.000112       1 route_network.go:141] Error adding route to {Ifindex: 2 Dst: 10.244.3.0/24 …}: network is unreachable
 */
import { ipv4FromNumber, readIpv4 } from '../../addr/ipv4';
import { prefixOf, readPrefix } from '../../addr/prefix';
import type { FlanneldEvent } from '../facts';
import { type Importer, Notes } from '../importer';

const LINE = /^\s*(?:\[?pod\/\S+\s+)?([IWEF])(\d{4} \d\d:\d\d:\d\d\.\d+)\s+\d+ ([\w./-]+\.go):\d+\] (.*)$/;

export const flanneldLog: Importer = {
  name: 'flanneld-log',
  tool: 'flanneld: kubectl logs -n kube-flannel POD',
  prints: (command) => command[0] === 'journalctl' && command.some((word) => /flannel/.test(word)),
  starts: (line) => LINE.test(line),
  read: (lines) => {
    const notes = new Notes();
    for (const [at, line] of lines.entries()) {
      if (line.trim() === '') continue;
      // journalctl puts its own time and unit before it.
      const [, severity, time, , message = ''] = LINE.exec(line.replace(/^.{0,80}? flanneld?\[\d+\]: /, '')) ?? [];
      if (severity === undefined || time === undefined) {
        notes.skip(at);
        continue;
      }
      const event = eventOf(message) ?? (/[EF]/.test(severity) ? ({ kind: 'failed', words: message } as const) : null);
      if (event === null) notes.skip(at, 'not-modelled');
      else notes.add(at, { kind: 'flanneld', time, event });
    }
    return notes;
  },
};

function eventOf(message: string): FlanneldEvent | null {
  for (const [form, read] of FORMS) {
    const match = form.exec(message);
    if (match !== null) return read(match[1] ?? '', match[2] ?? '', match[3] ?? '');
  }
  return null;
}

const FORMS: readonly (readonly [RegExp, (a: string, b: string, c: string) => FlanneldEvent | null])[] = [
  [
    /^Using interface with name (\S+) and address ([\d.]+)/,
    (dev, address) => {
      const ip = readIpv4(address);
      return ip === null ? null : { kind: 'interface', dev, ip };
    },
  ],
  [/^Found network config - Backend type: (\S+)/, (backend) => ({ kind: 'backend', backend })],
  [/^Subnet added: ([\d./]+) via ([\d.]+)/, (subnet, via) => leased('lease-added', subnet, via)],
  [/^Route recovered ([\d./]+) : ([\d.]+)/, (subnet, via) => leased('route-recovered', subnet, via)],
  [
    /^Subnet removed: ([\d./]+)/,
    (text) => {
      const subnet = readPrefix(text);
      return subnet === null ? null : { kind: 'lease-removed', subnet };
    },
  ],
  [
    /^Batch elem \[\d+\] is \{ lease\.Event\{Type:([01]), .{0,400}?IP:0x([\da-f]{1,8}), PrefixLen:0x([\da-f]{1,2})\}/,
    (type, base, length) => (type === '1' ? { kind: 'lease-removed', subnet: prefixOfHex(base, length) } : null),
  ],
  [/^(Replacing existing route to .+)$/, (words) => ({ kind: 'route-replaced', words })],
  [/^(Route to .+ already exists, skipping\.?)/, (words) => ({ kind: 'route-exists', words })],
  [/^(Error (?:adding|deleting|recovering) route .+)$/, (words) => ({ kind: 'route-failed', words })],
  [/^Ignoring non-\S+ subnet.{0,40}? type=(\S+)/, (backend) => ({ kind: 'other-backend', backend })],
  [/^Some iptables rules are missing/, () => ({ kind: 'rules-rebuilt' })],
  [/^Wrote subnet file to /, () => ({ kind: 'subnet-file-written' })],
];

function leased(kind: 'lease-added' | 'route-recovered', text: string, address: string): FlanneldEvent | null {
  const subnet = readPrefix(text);
  const via = readIpv4(address);
  return subnet === null || via === null ? null : { kind, subnet, via };
}

/** Go's %#v writes an address as a number, without leading zeros: 0xaf40000 is 10.244.0.0. */
const prefixOfHex = (base: string, length: string) =>
  prefixOf(ipv4FromNumber(Number.parseInt(base, 16)), Math.min(32, Number.parseInt(length, 16)));
