/** What a packet is and the TTL it has at a step, for the label that travels with it. */
import { packetOf } from '../../engine/sim/event';
import { packetsOf, type Trace } from '../../engine/sim/trace';
import type { Catalogue } from '../../i18n';
import { packetName } from '../../i18n/sentence-values';

export function pillAt(trace: Trace, index: number, text: Catalogue): string | null {
  const event = trace.steps[index]?.event;
  const packet = event === undefined ? null : packetOf(event);
  const what = packet === null ? undefined : packetsOf(trace).get(packet)?.what;
  if (packet === null || what === undefined) return null;
  const ttl = ttlAt(trace, index, packet);
  return ttl === null ? packetName(text, what) : `${packetName(text, what)} · TTL ${ttl}`;
}

function ttlAt(trace: Trace, index: number, packet: number): number | null {
  for (let i = index; i >= 0; i -= 1) {
    const event = trace.steps[i]?.event;
    if (event === undefined || packetOf(event) !== packet) continue;
    if (event.kind === 'ttl-lowered') return event.after.ttl;
    if (event.kind === 'packet-made') return event.header?.ttl ?? null;
    if (event.kind === 'frame-sent' || event.kind === 'frame-received')
      return event.frame.body.kind === 'ipv4' ? event.frame.body.header.ttl : null;
  }
  return null;
}
