/**
 * Kubernetes objects as JSON or YAML: `kubectl get nodes -o json|yaml`, `kubectl get pods -o json|yaml`, and manifests
 * such as kube-flannel.yml, whose ConfigMap holds net-conf.json. One object, several documents, or a List.
 * Sources: Kubernetes API reference v1 (Node, Pod, ConfigMap); flannel pkg/subnet/kube/annotations.go @cdf76059.
 *
 *   {"kind":"Node","metadata":{"name":"node1.whale.com","annotations":{
 *      "flannel.alpha.coreos.com/backend-type":"host-gw","flannel.alpha.coreos.com/kube-subnet-manager":"true",
 *      "flannel.alpha.coreos.com/public-ip":"192.168.0.81"}},"spec":{"podCIDR":"10.244.1.0/24"},
 *    "status":{"addresses":[{"type":"InternalIP","address":"192.168.0.81"}],"conditions":[{"type":"Ready","status":"True"}]}}
 */
import { readIpv4 } from '../../addr/ipv4';
import { readPrefix } from '../../addr/prefix';
import type { NodeSpec, PodSpec } from '../../flannel/cluster-spec';
import { fieldOf, isRecord, LineFinder, listOf, recordsOf, textOf } from '../documents';
import { type DocumentImporter, Notes } from '../importer';
import { configFact } from './net-conf';

const PREFIX = 'flannel.alpha.coreos.com/';

export const kubernetesObjects: DocumentImporter = {
  name: 'kubernetes-objects',
  tool: 'kubectl get … -o json|yaml, or a manifest',
  takes: (value) =>
    textOf(fieldOf(value, 'kind')) !== null &&
    (isRecord(fieldOf(value, 'metadata')) || Array.isArray(fieldOf(value, 'items'))),
  read: (values, lines) => {
    const notes = new Notes();
    const finder = new LineFinder(lines);
    for (const one of values.flatMap(objectsIn)) {
      const name = textOf(fieldOf(one, 'metadata', 'name')) ?? '';
      const at = finder.find(`"name": "${name}"`, `name: ${name}`);
      if (one.kind === 'Node' && name !== '') notes.add(at, { kind: 'node', node: nodeOf(one, name) });
      else if (one.kind === 'Pod' && name !== '') notes.add(at, { kind: 'pod', pod: podOf(one, name) });
      else if (one.kind === 'ConfigMap') {
        const config = textOf(fieldOf(one, 'data', 'net-conf.json'));
        const fact = config === null ? null : configIn(config);
        if (fact !== null) notes.add(finder.find('net-conf.json: |'), fact);
      }
    }
    return notes;
  },
};

/** A List's items, else the object itself. Items of a typed list (`NodeList`) may leave their kind out. */
function objectsIn(value: unknown): readonly Readonly<Record<string, unknown>>[] {
  const items = fieldOf(value, 'items');
  if (!Array.isArray(items)) return isRecord(value) ? [value] : [];
  const kind = /^(Node|Pod|ConfigMap)List$/.exec(textOf(fieldOf(value, 'kind')) ?? '')?.[1];
  return recordsOf(items).map((one) => (kind === undefined || one.kind !== undefined ? one : { ...one, kind }));
}

function nodeOf(node: unknown, name: string): NodeSpec {
  const annotation = (key: string): string | null => textOf(fieldOf(node, 'metadata', 'annotations', PREFIX + key));
  const cidrs = [...listOf(fieldOf(node, 'spec', 'podCIDRs')), fieldOf(node, 'spec', 'podCIDR')];
  const addresses = recordsOf(fieldOf(node, 'status', 'addresses'));
  const internal = addresses.flatMap(({ type, address }) =>
    type === 'InternalIP' ? (readIpv4(textOf(address) ?? '') ?? []) : [],
  );
  const ready = recordsOf(fieldOf(node, 'status', 'conditions')).find(({ type }) => type === 'Ready');
  return {
    name,
    podCidr: cidrs.map((text) => readPrefix(textOf(text) ?? '')).find((prefix) => prefix !== null) ?? null,
    publicIp: readIpv4(annotation('public-ip') ?? ''),
    backend: annotation('backend-type'),
    managed: annotation('kube-subnet-manager') === 'true',
    internalIp: internal[0] ?? null,
    ready: ready === undefined ? null : ready.status === 'True',
  };
}

/** A pod that has ended keeps its last address in its status, but no longer has it. */
function podOf(pod: unknown, name: string): PodSpec {
  const phase = fieldOf(pod, 'status', 'phase');
  const ip = readIpv4(textOf(fieldOf(pod, 'status', 'podIP')) ?? '');
  return {
    name,
    namespace: textOf(fieldOf(pod, 'metadata', 'namespace')),
    ip: phase === 'Succeeded' || phase === 'Failed' ? null : ip,
    node: textOf(fieldOf(pod, 'spec', 'nodeName')),
    hostNetwork: fieldOf(pod, 'spec', 'hostNetwork') === true,
  };
}

function configIn(text: string) {
  try {
    return configFact(JSON.parse(text));
  } catch {
    return null; // a template not filled in
  }
}
