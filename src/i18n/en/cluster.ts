/** The dialog for one's own cluster: what to paste, what came of it, and the way back to a real one. */
import type { ClusterFileError } from '../../engine/topology/file';
import { fileError } from './cluster-file';

const plural = (n: number, one: string, many = `${one}s`): string => `${n} ${n === 1 ? one : many}`;

export const cluster = {
  title: 'Your cluster',
  what: 'Paste what your terminals printed, in any order: prompts and all, or drop text files here. Whatever is missing is assumed and marked.',
  privacy: 'It is read in this tab and goes nowhere.',
  paste: 'Terminal output',
  placeholder:
    '[root@node1 ~]# ip route\ndefault via 192.168.0.1 dev ens33\n10.244.1.0/24 dev cni0 proto kernel scope link src 10.244.1.1\n…',
  read: 'Read it',
  choose: 'Choose files…',
  commands: 'What to type for a full picture',
  commandsWhere: { anywhere: 'where kubectl works', node: 'on each node', pod: 'for each pod of the way' },
  given: 'Read so far',
  pasted: (n: number): string => `pasted text ${n}`,
  lines: (n: number): string => plural(n, 'line'),
  takeOut: (name: string): string => `Take out ${name}`,
  nothing:
    'Nothing in it tells of a host. Expected are outputs such as “ip addr”, “ip route” or “kubectl get pods -o wide”.',
  noQuestion:
    'It names no two hosts with addresses, so there is nothing to send yet. Paste more; what is there is kept.',
  made: (v: { nodes: number; pods: number; others: number }): string =>
    [
      plural(v.nodes, 'node'),
      plural(v.pods, 'pod'),
      ...(v.others > 0 ? [`${plural(v.others, 'other machine')}`] : []),
    ].join(', '),
  fileRefused: (error: ClusterFileError): string => `The cluster file cannot be opened: ${fileError(error)}.`,
  scenario: (nodes: number, pods: number): string => `Your cluster · ${plural(nodes, 'node')}, ${plural(pods, 'pod')}`,
  tools: 'Take the shown cluster with you',
  saveFile: 'Save cluster file',
  saveFileWhat: 'JSON to open here again, your changes included.',
  saveLab: 'Build it here: script',
  saveLabWhat:
    'Makes this cluster from network namespaces on any Linux machine, runs the command, captures, and cleans up.',
  saveCollect: 'Collect: script',
  saveCollectWhat: 'Asks the real cluster for its state and four captures of one ping. Changes nothing there.',
  hideNames: 'In the cluster file, replace addresses, MACs and names by others; everything happens as before.',
  noLab: 'This command cannot be run by the script.',
};
