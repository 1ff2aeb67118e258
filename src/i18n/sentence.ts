/**
 * Events in words. The catalogue holds the texts; here a text is picked by what happened and its values are formatted.
 * `explainEvent` gives the sentence and, apart from it, the reason; `eventSentence` gives both as one.
 */

import { isBroadcast, isMulticast } from '../engine/addr/mac';
import type { Event, EventKind, EventOf } from '../engine/sim/event';
import { bridgeName, deviceOf, sayBridged, sayFrameSent } from './sentence-link';
import { sayNeighbourChange, sayNeighbourLookup } from './sentence-neighbour';
import { because, becauseWithheld, sayPacketMade } from './sentence-packets';
import { explainRoute } from './sentence-route';
import {
  addressIn,
  checksumDelta,
  hex16,
  hostOf,
  ip,
  macOwner,
  macText,
  num,
  ownerName,
  packetLabel,
  placeName,
  plain,
  type Said,
  type SentenceContext,
  said,
} from './sentence-values';

type Sayings = { readonly [K in EventKind]: (event: EventOf<K>, context: SentenceContext) => Said };

export function explainEvent(event: Event, context: SentenceContext): Said {
  const say = SAY[event.kind] as (event: Event, context: SentenceContext) => Said;
  const { lead, why } = say(event, context);
  const { finish } = context.text.names;
  return { lead: finish(lead), why: why === null ? null : finish(why) };
}

export function eventSentence(event: Event, context: SentenceContext): string {
  const { lead, why } = explainEvent(event, context);
  return why === null ? lead : context.text.names.join([lead, why]);
}

const SAY: Sayings = {
  'command-started': (event, c) => {
    const t = c.text.events['command-started'];
    const target = addressIn(event.command);
    const owner = target === null ? null : ownerName(c, target);
    const host = owner === null ? null : hostOf(c, owner);
    const lead = t.lead({ host: event.host, command: plain(event.command) });
    if (target === null || owner === null || owner === event.host) return said(lead)(c);
    const where = host?.node == null ? owner : c.text.names.podOn(owner, host.node);
    return said(lead, t.why({ host: event.host, ip: ip(target), owner: where }))(c);
  },
  printed: (event, c) => {
    const t = c.text.events.printed;
    if (event.text === '') return said(t.leadBlank(event))(c);
    return said(t.lead({ host: event.host, text: plain(event.text) }), whyPrinted(event, c))(c);
  },
  'command-ended': ({ host, command, status }, c) => {
    const t = c.text.events['command-ended'];
    const why = /^ping\b/.test(command) ? t.whyPing[status] : null;
    return said(t.lead({ host, command: plain(command), status: num(status) }), why)(c);
  },
  configured: ({ host, command, refused }, c) => {
    const t = c.text.events.configured;
    if (refused === null) return said(t.lead({ host, command: plain(command) }))(c);
    return said(t.leadRefused({ host, command: plain(command), answer: plain(refused) }))(c);
  },

  'packet-made': sayPacketMade,
  delivered: ({ host, packet, to, header }, c) => {
    const t = c.text.events.delivered;
    const values = { host, packet: packetLabel(c, packet), dst: ip(header.dst), ttl: num(header.ttl) };
    const why = to === 'icmp-echo' ? t['why-icmp-echo'] : to === 'icmp-error' ? t['why-icmp-error'] : null;
    return said(t[to](values), why)(c);
  },
  dropped: ({ host, packet, reason }, c) => {
    const place = placeName(c.text, c.world.topology, host); // a switch drops, too
    const values = { host: place, packet: packetLabel(c, packet), because: because(reason, c) };
    const lead = c.text.events.dropped.lead(values);
    return said(lead, c.text.drops[reason.kind].after)(c);
  },
  'error-withheld': ({ host, packet, why }, c) => {
    const values = { host, packet: packetLabel(c, packet), because: becauseWithheld(why, c) };
    return said(c.text.events['error-withheld'].lead(values), c.text.withheld[why.kind].after)(c);
  },

  'frame-sent': sayFrameSent,
  'frame-received': ({ host, dev, frame }, c) => {
    const t = c.text.events['frame-received'];
    const device = deviceOf(c, host, dev);
    const lead = t.lead({ host, dev, dst: macText(c, frame.dst) });
    if (device?.master != null) return said(lead, t.whyPort({ dev, bridge: device.master }))(c);
    if (device?.link.kind === 'bridge') return said(lead, t.whyBridge)(c);
    if (isBroadcast(frame.dst)) return said(lead, t.whyBroadcast)(c);
    if (frame.dst !== device?.mac) return said(lead, !isMulticast(frame.dst) && t.whyOther)(c);
    const from = device.link.kind === 'nic' ? macOwner(c.world.topology, frame.src) : null;
    return said(t.leadOwn({ host, dev, dst: frame.dst }), from !== null && t.whySame({ from }))(c);
  },

  'mac-learned': ({ host, bridge, mac, port, before }, c) => {
    const t = c.text.events['mac-learned'];
    const lead = t.lead({ bridge: bridgeName(c, host, bridge), mac: macText(c, mac), port });
    return said(lead, before === null ? t.why : t.whyMoved({ before }))(c);
  },
  bridged: sayBridged,
  'arp-read': ({ host, arp, verdict }, c) => {
    const t = c.text.events['arp-read'];
    const values = { host, target: ip(arp.targetIp), sender: ip(arp.senderIp), mac: macText(c, arp.senderMac) };
    if (verdict !== 'ignore') return said(t[verdict](values))(c);
    if (arp.operation !== 1) return said(t.ignoreReply(values))(c);
    return said(ownerName(c, arp.senderIp) === host ? t.ignoreOwn(values) : t.ignore(values))(c);
  },

  'neighbour-looked-up': sayNeighbourLookup,
  'neighbour-changed': sayNeighbourChange,

  'route-looked-up': explainRoute,
  'source-checked': ({ host, src, dev, mode, route, passed }, c) => {
    const t = c.text.events['source-checked'];
    const values = { host, src: ip(src), dev, passed, back: route?.dev ?? null };
    return said(mode === 1 ? t.leadStrict(values) : t.leadLoose(values))(c);
  },
  'forwarding-checked': ({ host, packet, dev, on }, c) => {
    const t = c.text.events['forwarding-checked'];
    const values = { host, packet: packetLabel(c, packet), dev };
    return on ? said(t.on(values), t.whyOn)(c) : said(t.off(values), t.whyOff)(c);
  },
  'ttl-lowered': ({ host, before, after }, c) => {
    const t = c.text.events['ttl-lowered'];
    const sums = { sumFrom: hex16(before.checksum), sumTo: hex16(after.checksum) };
    const delta = checksumDelta(c.text, before.checksum, after.checksum);
    return said(t.lead({ host, from: num(before.ttl), to: num(after.ttl), ...sums, delta }), t.why)(c);
  },
  'mtu-checked': ({ dev, packetBytes, mtuBytes, df }, c) => {
    const t = c.text.events['mtu-checked'];
    const values = { bytes: num(packetBytes), mtu: num(mtuBytes), dev };
    if (packetBytes <= mtuBytes) return said(t.fits(values), t.why)(c);
    return said(df ? t.tooBig(values) : t.cut(values))(c);
  },
  'hook-passed': ({ host, hook, bridge, seen, verdict }, c) => {
    const t = c.text.events['hook-passed'];
    const rules = seen.filter((rule) => !isPolicy(rule.text));
    const decided = rules.filter((rule) => rule.matched).at(-1);
    const values = { host, hook, verdict: t.verdict[verdict] };
    const byPolicy = isPolicy(seen.filter((rule) => rule.matched).at(-1)?.text ?? '');
    const why = bridge ? t.whyBridge : null;
    if (rules.length === 0) return said(t.leadEmpty(values), why)(c);
    if (byPolicy || decided === undefined) return said(t.leadPolicy({ ...values, count: num(rules.length) }), why)(c);
    const kept = decided.table === 'nat' && decided.text.endsWith('-j RETURN');
    return said(t.leadRule({ ...values, rule: plain(decided.text) }), why, kept && t.whyNat)(c);
  },
  translated: ({ host, packet, field, before, after, reply }, c) => {
    const t = c.text.events.translated;
    const values = { host, packet: packetLabel(c, packet), field, from: ip(before[field]), to: ip(after[field]) };
    return said(t.lead(values), reply ? t.whyReply : t.why)(c);
  },
  fragmented: ({ host, packet, dev, into }, c) =>
    said(c.text.events.fragmented.lead({ host, packet: packetLabel(c, packet), dev, count: num(into.length) }))(c),
  reassembled: ({ host, packet, from }, c) =>
    said(c.text.events.reassembled.lead({ host, packet: packetLabel(c, packet), count: num(from.length) }))(c),
  encapsulated: ({ host, packet, dev, outer }, c) => {
    const t = c.text.events.encapsulated;
    return said(t.lead({ host, packet: packetLabel(c, packet), dev, outer: packetLabel(c, outer) }), t.why)(c);
  },
  decapsulated: ({ host, packet, dev, inner }, c) => {
    const values = { host, packet: packetLabel(c, packet), dev, inner: packetLabel(c, inner) };
    return said(c.text.events.decapsulated.lead(values))(c);
  },
  'path-mtu-learned': ({ host, dst, mtuBytes }, c) => {
    const t = c.text.events['path-mtu-learned'];
    return said(t.lead({ host, dst: ip(dst), mtu: num(mtuBytes) }), t.why)(c);
  },
};

// ---- the user's side

/** Linux sends with TTL 64; what is missing was taken by routers. */
const INITIAL_TTL = 64;

function whyPrinted(event: EventOf<'printed'>, c: SentenceContext): string | null {
  const t = c.text.events.printed;
  const ttl = /\bttl=(\d+)/.exec(event.text)?.[1];
  if (ttl !== undefined) {
    const routers = INITIAL_TTL - Number(ttl);
    if (routers === 0) return t.whyNoRouter({ ttl });
    return routers > 0 ? t.whyRouters({ ttl, initial: num(INITIAL_TTL), routers: num(routers) }) : null;
  }
  if (!/^From /i.test(event.text)) return null;
  const from = addressIn(event.text.split(' ', 2)[1] ?? '');
  const owner = from === null ? null : ownerName(c, from);
  if (from === null || owner === null) return null;
  return owner === event.host ? t.whyFromSelf({ host: owner, ip: ip(from) }) : t.whyFrom({ ip: ip(from), owner });
}

const isPolicy = (rule: string): boolean => rule.startsWith(':');
