/**
 * `kubectl get pods -o wide`, also with -A. Columns stand where the heading has them; a copy from a web page may have
 * lost the padding, so that a single blank stands between columns. Source: Kubernetes pkg/printers/internalversion/printers.go.
 *
 *   NAMESPACE   NAME                        READY   STATUS    RESTARTS     AGE    IP           NODE              NOMINATED NODE   READINESS GATES
 *   default     cni-test-777bbd57c8-7jxzs   1/1     Running   3 (5d ago)   2m36s  10.244.1.4   node1.whale.com   <none>           <none>
 */
import { readIpv4 } from '../../addr/ipv4';
import type { PodSpec } from '../../flannel/cluster-spec';
import { type Importer, Notes, wordsOf } from '../importer';
import { Columns } from './kubectl-columns';

const HEADING = /^\s*(?:NAMESPACE\s+)?NAME\s+READY\s+STATUS\s+RESTARTS\s/;
/** A row without its heading: name, ready, status, restarts, age, address, node. */
const ROW =
  /^\s*(?:(\S+)\s+)?(?:pod\/)?([a-z\d][a-z\d.-]*)\s+\d+\/\d+\s+(\S+)\s+\d+(?:\s+\(\S+ ago\))?\s+\S+\s+([\d.]+|<none>)\s+(\S+)/;
/** Phases after which a pod's address is no longer its own. */
const ENDED = /^(?:Completed|Succeeded|Failed|Error|Evicted|OOMKilled|ContainerStatusUnknown)$/;

export const kubectlPods: Importer = {
  name: 'kubectl-pods',
  tool: 'kubectl get pods -o wide',
  prints: (command) => isGet(command, /^(?:po|pods?)$/),
  starts: (line) => HEADING.test(line) || ROW.test(line),
  read: (lines, command) => {
    const notes = new Notes();
    let columns: Columns | null = null;
    for (const [at, line] of lines.entries()) {
      if (line.trim() === '') continue;
      if (HEADING.test(line)) {
        columns = new Columns(line);
        continue;
      }
      const pod = (columns === null ? null : byColumns(columns, line)) ?? byShape(line);
      if (pod === null) notes.skip(at);
      else
        notes.add(at, { kind: 'pod', pod: pod.namespace === null ? { ...pod, namespace: namespaceOf(command) } : pod });
    }
    return notes;
  },
};

/** `kubectl get WHAT`, as a table. */
export function isGet(command: readonly string[], what: RegExp): boolean {
  const [tool = '', ...rest] = command;
  if (!/(?:^|\/)(?:kubectl|oc|k)$/.test(tool) || !rest.includes('get')) return false;
  if (
    command.some((word) =>
      /^(?:-o|--output)?=?(?:json|yaml|name|jsonpath.*|custom-columns.*)$/.test(word.replace(/^-o(?==?\w)/, '')),
    )
  )
    return false;
  return rest.some((word) => what.test(word));
}

function namespaceOf(command: readonly string[]): string | null {
  const at = command.findIndex((word) => word === '-n' || word === '--namespace');
  return at === -1 ? null : (command[at + 1] ?? null);
}

function byColumns(columns: Columns, line: string): PodSpec | null {
  const cell = (name: string): string | null => columns.cell(line, name);
  const name = cell('NAME');
  if (name === null || !/^\d+\/\d+$/.test(cell('READY') ?? '') || wordsOf(name).length !== 1) return null;
  return podOf(cell('NAMESPACE'), name, cell('STATUS') ?? '', cell('IP') ?? '', cell('NODE') ?? '');
}

function byShape(line: string): PodSpec | null {
  const match = ROW.exec(line);
  if (match === null) return null;
  const [, namespace, name = '', status = '', ip = '', node = ''] = match;
  return podOf(namespace ?? null, name, status, ip, node);
}

const podOf = (namespace: string | null, name: string, status: string, ip: string, node: string): PodSpec => ({
  name: name.replace(/^pod\//, ''),
  namespace,
  ip: ENDED.test(status) ? null : readIpv4(ip),
  node: node === '' || node === '<none>' ? null : node,
  hostNetwork: false, // the table does not say
});
