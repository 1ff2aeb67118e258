/** The neighbour table in words. */
import { unreachable } from '../engine/base/result';
import { macOf, type Neighbour } from '../engine/net/neighbour';
import type { EventOf } from '../engine/sim/event';
import { ip, macText, num, packetLabel, type Said, type SentenceContext, said } from './sentence-values';

const stateName = (entry: Neighbour): string => entry.state.toUpperCase();

export function sayNeighbourLookup(event: EventOf<'neighbour-looked-up'>, c: SentenceContext): Said {
  const t = c.text.events['neighbour-looked-up'];
  const { host, dev, entry, verdict } = event;
  const values = { host, dev, ip: ip(event.ip), packet: packetLabel(c, event.packet) };
  const dst = c.packets.get(event.packet)?.header?.dst;
  const nextHop = dst !== undefined && dst !== event.ip && t.whyNextHop({ dst: ip(dst), ip: values.ip });
  if (verdict === 'wait') return said(t.leadWait(values), nextHop)(c);
  if (verdict === 'ask') return said(entry === null ? t.leadAsk(values) : t.leadAskFailed(values), nextHop)(c);
  const mac = macOf(entry);
  if (entry === null || mac === null) return said(t.leadUseNone(values))(c);
  const state = stateName(entry);
  const why =
    entry.state === 'stale'
      ? t.whyUseStale
      : entry.state === 'delay' || entry.state === 'probe'
        ? t.whyUseUnsure({ state })
        : t.whyUse;
  return said(t.leadUse({ ...values, mac: macText(c, mac), state }), why)(c);
}

export function sayNeighbourChange(event: EventOf<'neighbour-changed'>, c: SentenceContext): Said {
  const t = c.text.events['neighbour-changed'];
  const { host, dev, before, after, cause } = event;
  const mac = macOf(after);
  const values = {
    host,
    dev,
    ip: ip(event.ip),
    mac: mac === null ? '–' : macText(c, mac),
    before: before === null ? '–' : stateName(before),
    state: stateName(after),
    after: stateName(after),
    sent: 'probesSent' in after ? num(after.probesSent) : '1',
  };
  const probing = before?.state === 'probe';
  switch (cause) {
    case 'answered':
      return said(
        t.answered(values),
        probing ? t['why-answered-probe'] : before?.state === 'incomplete' && t['why-answered'],
      )(c);
    case 'no-answer':
      return said(t['no-answer'](values), probing ? t['why-no-answer-probe'] : t['why-no-answer'])(c);
    case 'heard-request':
      return said(t[cause](values), t['why-heard-request'])(c);
    case 'used-while-stale':
      return said(t[cause](values), t['why-used-while-stale'])(c);
    case 'delay-over':
      return said(t[cause](values), t['why-delay-over'])(c);
    case 'asked':
    case 'asked-again':
    case 'aged':
    case 'configured':
      return said(t[cause](values))(c);
    default:
      return unreachable(cause);
  }
}
