/**
 * `sysctl` of procps or BusyBox.
 *
 *   net.ipv4.ip_forward = 1
 *   sysctl: cannot stat /proc/sys/net/bridge/bridge-nf-call-iptables: No such file or directory
 */
import { type Importer, Notes } from '../importer';

const ROW = /^\s*(net\.[\w./-]+)\s*=(.*)$/;
const ABSENT = /^\s*sysctl: (?:cannot stat|error:) '?\/?(?:proc\/sys\/)?(net[\w./-]+)'?:? /;
const SPOKEN =
  /^\s*(?:net\.ipv4\.ip_forward|net\.ipv4\.conf\.[^=]+\.(?:rp_filter|proxy_arp|forwarding)|net\.bridge\.bridge-nf-call-iptables)\s*=/;

export const sysctl: Importer = {
  name: 'sysctl',
  tool: 'sysctl(8) of procps or BusyBox',
  prints: (command) => /(?:^|\/)sysctl$/.test(command[0] ?? ''),
  starts: (line) => ROW.test(line) || ABSENT.test(line),
  read: (lines) => {
    const notes = new Notes();
    for (const [at, line] of lines.entries()) {
      if (line.trim() === '') continue;
      const [, key, value] = ROW.exec(line) ?? [];
      const absent = ABSENT.exec(line)?.[1];
      if (key !== undefined && value !== undefined) {
        if (SPOKEN.test(line)) notes.add(at, { kind: 'sysctl', key, value: value.trim() });
        else notes.skip(at, 'not-modelled');
      } else if (absent !== undefined) notes.add(at, { kind: 'sysctl', key: absent.replaceAll('/', '.'), value: null });
      else notes.skip(at);
    }
    return notes;
  },
};
