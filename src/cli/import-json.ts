/** The import report as JSON; the help text names every key. Addresses are text, as people write them. */
import { formatIpv4, type Ipv4 } from '../engine/addr/ipv4';
import { formatPrefix, type Prefix } from '../engine/addr/prefix';
import type { ClusterSpec } from '../engine/flannel/cluster-spec';
import { asksFor, type Gap } from '../engine/import/asks';
import type { Fact, FlanneldEvent, Source } from '../engine/import/facts';
import type { Imported } from '../engine/import/import';
import { countsOf } from '../engine/import/read';

export function importJson(imported: Imported, files: readonly string[]) {
  const { topology, flannel, report } = imported;
  const at = ({ text, line }: Source) => ({ file: files[text] ?? '', line });
  return {
    hosts: topology.hosts.map(({ name, role, label, node }) => ({ name, role, label, node })),
    flannel: flannelJson(flannel),
    pieces: report.pieces.map((piece) => ({
      ...at(piece.source),
      lines: piece.lineCount,
      host: piece.host,
      command: piece.command,
      format: piece.format,
      added: Object.fromEntries(countsOf(piece)),
      unread: piece.unread.map(({ source, text, why }) => ({ line: source.line, text, why })),
    })),
    symptoms: report.pieces.flatMap(({ host, facts }) =>
      facts.flatMap(({ fact, source }) => {
        const values = symptomJson(fact);
        return values === null ? [] : [{ ...at(source), host, kind: fact.kind, ...values }];
      }),
    ),
    contradictions: report.contradictions.map(({ values, ...rest }) => ({
      ...rest,
      values: values.map(({ text, source }) => ({ text, ...at(source) })),
    })),
    asks: asksFor(imported).map(({ host, command, gaps }) => ({ host, command, gaps: gaps.map(gapJson) })),
  };
}

const ipText = (ip: Ipv4 | null): string | null => (ip === null ? null : formatIpv4(ip));
const prefixText = (prefix: Prefix | null): string | null => (prefix === null ? null : formatPrefix(prefix));

const flannelJson = ({ network, backend, nodes, pods }: ClusterSpec) => ({
  network: prefixText(network),
  backend,
  nodes: nodes.map((node) => ({
    ...node,
    podCidr: prefixText(node.podCidr),
    publicIp: ipText(node.publicIp),
    internalIp: ipText(node.internalIp),
  })),
  pods: pods.map((pod) => ({ ...pod, ip: ipText(pod.ip) })),
});

function symptomJson(fact: Fact): object | null {
  switch (fact.kind) {
    case 'ping':
      return {
        ...fact,
        target: ipText(fact.target),
        errors: fact.errors.map(({ from, message }) => ({ from: ipText(from), message })),
      };
    case 'traceroute':
      return { ...fact, target: ipText(fact.target), hops: fact.hops.map(ipText) };
    case 'route-answer':
      return { ...fact, dst: ipText(fact.dst), via: ipText(fact.via) };
    case 'flanneld':
      return { time: fact.time, event: eventJson(fact.event) };
    default:
      return null;
  }
}

const eventJson = (event: FlanneldEvent) => ({
  ...event,
  ...('ip' in event ? { ip: formatIpv4(event.ip) } : {}),
  ...('via' in event ? { via: formatIpv4(event.via) } : {}),
  ...('subnet' in event ? { subnet: formatPrefix(event.subnet) } : {}),
});

function gapJson(gap: Gap) {
  if (gap.kind === 'assumed') return { kind: gap.kind, ...gap.what, value: gap.value };
  return gap.kind === 'next-hop' ? { ...gap, ip: formatIpv4(gap.ip), prefix: formatPrefix(gap.prefix) } : gap;
}
