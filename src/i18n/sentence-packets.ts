/** How packets begin and how they end, in words. */
import { unreachable } from '../engine/base/result';
import { tableOption } from '../engine/net/netfilter';
import type { DropReason, WithheldReason } from '../engine/sim/drop';
import type { EventOf } from '../engine/sim/event';
import {
  hex16,
  ip,
  macText,
  num,
  packetLabel,
  packetName,
  plain,
  type Said,
  type SentenceContext,
  said,
} from './sentence-values';

export function sayPacketMade(event: EventOf<'packet-made'>, c: SentenceContext): Said {
  const t = c.text.events['packet-made'];
  const { host, what, header, cause } = event;
  switch (what.kind) {
    case 'arp-request': {
      const values = { host, target: ip(what.target), sender: ip(what.sender) };
      if (what.unicast) return said(t.leadArpProbe(values), t.whyArpProbe)(c);
      const why = cause === null ? t.whyArpRequestPlain : t.whyArpRequest({ waiting: packetLabel(c, cause) });
      return said(t.leadArpRequest(values), why)(c);
    }
    case 'arp-reply':
      return said(t.leadArpReply({ host, target: ip(what.target), sender: ip(what.sender) }), t.whyArpReply)(c);
    default:
  }
  if (header === null) return said(t.leadPlain({ host, packet: packetName(c.text, what) }))(c);
  const ends = { host, src: ip(header.src), dst: ip(header.dst), ttl: num(header.ttl), id: hex16(header.id) };
  switch (what.kind) {
    case 'echo-request':
      return said(t.leadEchoRequest({ ...ends, seq: num(what.seq), df: header.df }), t.whyEchoRequest)(c);
    case 'echo-reply':
      return said(t.leadEchoReply({ ...ends, seq: num(what.seq) }), t.whyEchoReply)(c);
    case 'icmp-error': {
      const number = `${what.type}/${what.code}`;
      const lead = t.leadIcmpError({ ...ends, number, name: c.text.names.icmp[number] ?? c.text.names.icmpOther });
      if (cause === null) return said(lead)(c);
      const about = packetLabel(c, cause);
      const atTheEnd = c.packets.get(cause)?.header?.dst === header.src;
      return said(lead, atTheEnd ? t.whyIcmpError({ about }) : t.whyIcmpErrorRouter({ about, src: ends.src }))(c);
    }
    case 'udp':
      return said(t.leadUdp({ ...ends, ports: `${what.srcPort} → ${what.dstPort}` }))(c);
    case 'tcp':
      return said(t.leadTcp({ ...ends, flags: what.flags, bytes: num(what.payloadBytes) }))(c);
    case 'fragment':
      return said(t.leadFragment({ host, offset: num(what.offsetBytes), more: what.more }), t.whyFragment)(c);
    case 'tunnel':
      return said(t.leadTunnel({ ...ends, how: what.how === 'vxlan' ? 'VXLAN' : 'IP-in-IP' }), t.whyTunnel)(c);
    default:
      return unreachable(what);
  }
}

export function because(reason: DropReason, c: SentenceContext): string {
  const d = c.text.drops;
  switch (reason.kind) {
    case 'no-route':
    case 'blackhole-route':
    case 'prohibit-route':
    case 'unreachable-route':
    case 'not-for-this-host':
      return d[reason.kind].because({ dst: ip(reason.dst) });
    case 'forwarding-off':
    case 'link-down':
    case 'no-cable':
      return d[reason.kind].because({ dev: reason.dev });
    case 'source-not-reachable':
      return d[reason.kind].because({ ...reason, src: ip(reason.src) });
    case 'martian-source':
      return d[reason.kind].because({ src: ip(reason.src), dev: reason.dev });
    case 'ttl-expired':
      return d[reason.kind].because({ ttl: num(reason.ttl) });
    case 'too-big':
      return d[reason.kind].because({ bytes: num(reason.packetBytes), mtu: num(reason.mtuBytes) });
    case 'receiver-mtu':
      return d[reason.kind].because({ bytes: num(reason.frameBytes), mtu: num(reason.mtuBytes) });
    case 'rule':
      return d[reason.kind].because({ ...reason, rule: plain(`${tableOption(reason.table)}${reason.rule}`) });
    case 'policy':
      return d[reason.kind].because({ hook: reason.hook });
    case 'neighbour-failed':
      return d[reason.kind].because({ ip: ip(reason.nextHop), dev: reason.dev });
    case 'not-for-this-mac':
    case 'no-tunnel-peer':
    case 'no-port':
      return d[reason.kind].because({ mac: macText(c, reason.mac) });
    case 'source-guard':
      return d[reason.kind].because({ src: ip(reason.src), segment: reason.segment });
    case 'no-listener':
      return d[reason.kind].because({ protocol: reason.protocol, port: num(reason.port) });
    case 'no-process':
      return d[reason.kind].because({ what: d['no-process'].whats[reason.what] });
    case 'incomplete-fragments':
    case 'bad-checksum':
      return d[reason.kind].because({});
    default:
      return unreachable(reason);
  }
}

export function becauseWithheld(why: WithheldReason, { text }: SentenceContext): string {
  switch (why.kind) {
    case 'no-route-to-source':
      return text.withheld[why.kind].because({ ip: ip(why.src) });
    case 'rate-limited':
      return text.withheld[why.kind].because({ ip: ip(why.to) });
    default:
      return text.withheld[why.kind].because({});
  }
}
