/**
 * `kubectl get nodes`, also with -o wide. Source: Kubernetes pkg/printers/internalversion/printers.go, printNode().
 *
 *   NAME              STATUS   ROLES           AGE   VERSION   INTERNAL-IP    EXTERNAL-IP   OS-IMAGE                KERNEL-VERSION          CONTAINER-RUNTIME
 *   node1.whale.com   Ready    <none>          12d   v1.24.0   192.168.0.81   <none>        CentOS Linux 7 (Core)   3.10.0-1160.el7.x86_64  docker://20.10.17
 */
import { readIpv4 } from '../../addr/ipv4';
import { type Importer, Notes } from '../importer';
import { isGet } from './kubectl-pods';

const HEADING = /^\s*NAME\s+STATUS\s+ROLES\s+AGE\s+VERSION/;
/** The columns up to the address hold no blanks, so words are enough. */
const ROW =
  /^\s*(?:node\/)?([a-z\d][a-z\d.-]*)\s+((?:Not)?Ready|Unknown)(?:,\S+)?\s+\S+\s+\S+\s+v\d\S*(?:\s+([\d.]+|<none>)(?=\s|$))?/;

export const kubectlNodes: Importer = {
  name: 'kubectl-nodes',
  tool: 'kubectl get nodes -o wide',
  prints: (command) => isGet(command, /^(?:no|nodes?)$/),
  starts: (line) => HEADING.test(line) || ROW.test(line),
  read: (lines) => {
    const notes = new Notes();
    for (const [at, line] of lines.entries()) {
      if (line.trim() === '' || HEADING.test(line)) continue;
      const [, name, status, address = ''] = ROW.exec(line) ?? [];
      if (name === undefined) {
        notes.skip(at);
        continue;
      }
      const node = {
        name,
        podCidr: null,
        publicIp: null,
        backend: null,
        managed: null,
        internalIp: readIpv4(address),
        ready: status === 'Ready',
      };
      notes.add(at, { kind: 'node', node });
    }
    return notes;
  },
};
