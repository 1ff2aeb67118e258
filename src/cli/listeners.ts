/** `--listen 'HOST: tcp PORT'`: a service that a topology does not show by itself. */
import { hostNamed, type Listener, type Topology } from '../engine/topology/topology';
import { UsageError } from './usage-error';

/** Bytes of a TCP service's answer where none are given: a small page. */
const REPLY_BYTES = 3200;

export function withListeners(topology: Topology, texts: readonly string[]): Topology {
  let hosts = topology.hosts;
  for (const text of texts) {
    const { host, listener } = readListener(text);
    if (hostNamed(topology, host) === null) throw new UsageError({ kind: 'unknown-host', host });
    hosts = hosts.map((one) => (one.name === host ? { ...one, listeners: [...one.listeners, listener] } : one));
  }
  return { ...topology, hosts };
}

function readListener(text: string): { readonly host: string; readonly listener: Listener } {
  const match = /^\s*([^:\s]+):\s*(?:tcp\s+(\d{1,5})(?:\s+(\d{1,6}))?|udp\s+(\d{1,5})(\s+echo)?)\s*$/.exec(text);
  const [, host = '', tcp, reply, udp, echo] = match ?? [];
  const port = Number(tcp ?? udp);
  if (match === null || port < 1 || port > 65535) throw new UsageError({ kind: 'bad-listener', text });
  const listener: Listener =
    tcp === undefined
      ? { protocol: 'udp', port, echo: echo !== undefined }
      : { protocol: 'tcp', port, replyBytes: Number(reply ?? REPLY_BYTES) };
  return { host, listener };
}
