/** Layer 2 in words: devices, bridges, switches. */
import { isMulticast } from '../engine/addr/mac';
import { unreachable } from '../engine/base/result';
import type { EventOf } from '../engine/sim/event';
import { deviceNamed } from '../engine/topology/topology';
import { hostOf, ip, macText, ownerName, placeName, type Said, type SentenceContext, said } from './sentence-values';

export const deviceOf = (c: SentenceContext, host: string, dev: string) => {
  const found = hostOf(c, host);
  return found === null ? null : deviceNamed(found, dev);
};

export const bridgeName = (c: SentenceContext, host: string, bridge: string | null): string =>
  bridge === null ? placeName(c.text, c.world.topology, host) : `${host} ${bridge}`;

export function sayFrameSent({ host, dev, frame }: EventOf<'frame-sent'>, c: SentenceContext): Said {
  const t = c.text.events['frame-sent'];
  const device = deviceOf(c, host, dev);
  const src = device?.mac === frame.src ? `**${frame.src}**` : macText(c, frame.src);
  const values = { host, dev, src, dst: macText(c, frame.dst) };
  const link = device?.link ?? { kind: 'nic', segment: null };
  const own = device?.mac === frame.src && frame.body.kind === 'ipv4';
  const ends = frame.body.kind === 'ipv4' ? `${ip(frame.body.header.src)} → ${ip(frame.body.header.dst)}` : '';
  const routed = frame.body.kind === 'ipv4' && ownerName(c, frame.body.header.src) !== host;
  const why = own ? (routed ? t.whyRouted({ ips: ends }) : t.whyFirst({ ips: ends })) : null;
  switch (link.kind) {
    case 'nic':
      if (link.segment === null) return said(t.leadUnplugged(values))(c);
      return said(t.leadNic({ ...values, segment: c.text.names.segment(link.segment) }), why)(c);
    case 'veth':
      return said(t.leadVeth({ ...values, peer: `${link.peer.host} ${link.peer.dev}` }), why ?? t.whyVeth)(c);
    case 'bridge':
      return said(t.leadBridge(values), why)(c);
    case 'vxlan':
    case 'ipip':
      return said(t.leadTunnel(values))(c);
    case 'loopback':
      return said(t.leadLoopback({ host, dev }))(c);
    default:
      return unreachable(link);
  }
}

export function sayBridged(event: EventOf<'bridged'>, c: SentenceContext): Said {
  const t = c.text.events.bridged;
  const { host, inPort, known, outPorts } = event;
  const bridge = bridgeName(c, host, event.bridge);
  const values = { host, bridge, mac: macText(c, event.mac), ports: c.text.names.list(outPorts) };
  const hairpin = event.hairpin && inPort !== null && t.whyHairpin({ port: inPort });
  if (isMulticast(event.mac)) {
    const lead = outPorts.length === 0 ? t.leadUpOnly(values) : t.leadBroadcast(values);
    return said(lead, hairpin, event.toStack && t.whyCopyUp({ host }))(c);
  }
  if (event.toStack) return said(t.leadOwn({ ...values, mac: event.mac }), t.whyOwn)(c);
  const why = event.bridge === null ? t.lanWhy : t.whyBridgedOnly;
  if (known !== null && outPorts.length > 0) return said(t.leadKnown({ ...values, port: known }), hairpin, why)(c);
  if (known !== null) return said(t.leadSamePort({ ...values, port: known }))(c);
  return outPorts.length > 0 ? said(t.leadFlooded(values), hairpin)(c) : said(t.leadNowhere(values))(c);
}
