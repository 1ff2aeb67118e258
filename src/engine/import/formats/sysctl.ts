/**
 * `sysctl` of procps or BusyBox, and its files read one by one.
 *
 *   net.ipv4.ip_forward = 1
 *   sysctl: cannot stat /proc/sys/net/bridge/bridge-nf-call-iptables: No such file or directory
 */
import { type Importer, Notes } from '../importer';

const ROW = /^\s*(net\.[\w./-]+)\s*=(.*)$/;
const ABSENT = /^\s*sysctl: (?:cannot stat|error:) '?\/?(?:proc\/sys\/)?(net[\w./-]+)'?:? /;
const SPOKEN =
  /^(?:net\.ipv4\.ip_forward|net\.ipv4\.conf\..+\.(?:rp_filter|proxy_arp|forwarding)|net\.bridge\.bridge-nf-call-iptables)$/;

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
        if (SPOKEN.test(key)) notes.add(at, { kind: 'sysctl', key, value: value.trim() });
        else notes.skip(at, 'not-modelled');
      } else if (absent !== undefined) notes.add(at, { kind: 'sysctl', key: absent.replaceAll('/', '.'), value: null });
      else notes.skip(at);
    }
    return notes;
  },
};

const FILE = /^\/proc\/sys\/(net\/\S+)$/;
const NO_FILE = /^cat: (?:can't open '?)?\/proc\/sys\/(net\/[^:' ]+)'?: No such file/;

/**
 * The files behind it, by the command that prints them: a line a file.
 *
 *   [root@node1 ~]# cat /proc/sys/net/ipv4/ip_forward
 *   1
 */
export const procSys: Importer = {
  name: 'proc-sys',
  tool: 'cat /proc/sys/net/…',
  prints: ([tool, ...files]) => tool === 'cat' && files.length > 0 && files.every((file) => FILE.test(file)),
  starts: () => false,
  read: (lines, [, ...files]) => {
    const notes = new Notes();
    const waiting = files.flatMap((file) => FILE.exec(file)?.[1] ?? []).map((path) => path.replaceAll('/', '.'));
    for (const [at, line] of lines.entries()) {
      if (line.trim() === '') continue;
      const absent = NO_FILE.exec(line.trim())?.[1]?.replaceAll('/', '.');
      const key = absent === undefined ? waiting.shift() : absent;
      if (absent !== undefined) waiting.splice(waiting.indexOf(absent), 1);
      if (key === undefined) notes.skip(at);
      else if (absent === undefined && !SPOKEN.test(key)) notes.skip(at, 'not-modelled');
      else notes.add(at, { kind: 'sysctl', key, value: absent === undefined ? line.trim() : null });
    }
    return notes;
  },
};
