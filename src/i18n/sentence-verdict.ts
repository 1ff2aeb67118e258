/** A verdict in sentences: the catalogue holds the texts; here one is picked for each fact and its values are formatted. */

import type { Trace } from '../engine/sim/trace';
import { ownerOf, type Topology } from '../engine/topology/topology';
import type { ErrorSeen } from '../engine/verdict/exchange';
import type { Loss } from '../engine/verdict/loss';
import type { Verdict } from '../engine/verdict/verdict';
import type { Catalogue } from './index';
import { because, becauseWithheld } from './sentence-packets';
import { addressIn, contextAt, ip, plain } from './sentence-values';

/** A sentence, and the step that shows what it says. */
export interface VerdictSentence {
  readonly text: string;
  readonly step: number | null;
}

export interface SaidVerdict {
  readonly title: string;
  readonly lead: string;
  readonly why: readonly VerdictSentence[]; // where and why it was lost, what was rewritten, who said so
  readonly mark: readonly string[]; // what the kernel counts
  readonly ways: readonly string[];
}

export function sayVerdict(verdict: Verdict, trace: Trace, topology: Topology, text: Catalogue): SaidVerdict {
  const t = text.verdict;
  const { outcome, host, loss } = verdict;
  const values = { host, target: targetOf(verdict, topology) };
  const { title, lead } = t.outcome[outcome];
  const finish = text.names.finish;
  return {
    title,
    lead: finish(lead(values)),
    why: [
      ...(loss === null ? [] : sayLoss(verdict, loss, trace, text)),
      ...(verdict.error === null ? [] : [sayError(verdict.error, trace, text)]),
      ...sayWithheld(verdict, trace, text),
      ...verdict.rewrites.map(({ host: at, field, before, after, step }) => ({
        text: t.rewrite[field]({ host: at, before: ip(before), after: ip(after) }),
        step,
      })),
    ].map((one) => ({ ...one, text: finish(one.text) })),
    mark: loss === null ? [] : sayMark(loss, text).map(finish),
    ways: sayWays(verdict, text).map(finish),
  };
}

/** The other end, by name where it has one. */
function targetOf({ request, command }: Verdict, topology: Topology): string {
  const fate = request?.fate;
  const address = addressIn(command) ?? (fate?.kind === 'delivered' ? fate.header.dst : null);
  return address === null ? '' : (ownerOf(topology, address)?.host ?? ip(address));
}

function sayLoss(verdict: Verdict, loss: Loss, trace: Trace, text: Catalogue): readonly VerdictSentence[] {
  const step = trace.steps[loss.step];
  if (step === undefined) return [];
  const what = verdict.request?.fate.kind === 'lost' ? 'request' : 'answer';
  const reason = because(loss.reason, contextAt(trace, step, text));
  const lost = text.verdict.lost({ what, host: loss.host, stage: text.verdict.stage[loss.stage], reason });
  return [
    { text: lost, step: loss.step },
    ...(loss.bridged && loss.stage === 'forward' ? [{ text: text.verdict.bridged, step: loss.step }] : []),
  ];
}

function sayError(error: ErrorSeen, trace: Trace, text: Catalogue): VerdictSentence {
  const number = `${error.type}/${error.code}`;
  const said = text.verdict.error({
    host: error.host,
    from: ip(error.from),
    name: text.names.icmp[number] ?? text.names.icmpOther,
    number,
    what: error.about,
  });
  const step = trace.steps.find(({ event }) => event.kind === 'packet-made' && event.packet === error.packet);
  return {
    text: error.heard ? said : text.names.join([said, text.verdict.errorUnheard]),
    step: step?.index ?? null,
  };
}

/** Why nobody is told: the error was held back, or none is due. */
function sayWithheld(verdict: Verdict, trace: Trace, text: Catalogue): readonly VerdictSentence[] {
  const { withheld, loss, error, outcome } = verdict;
  if (withheld === null) {
    const silent = loss !== null && error === null && (outcome === 'request-lost' || outcome === 'reply-lost');
    return silent ? [{ text: text.verdict.silent, step: null }] : [];
  }
  const step = trace.steps.find(
    ({ event }) => event.kind === 'error-withheld' && event.host === withheld.host && event.why === withheld.why,
  );
  if (step === undefined) return [];
  const why = becauseWithheld(withheld.why, contextAt(trace, step, text));
  return [{ text: text.verdict.withheld({ host: withheld.host, why }), step: step.index }];
}

function sayMark({ host, counter, skbReason }: Loss, text: Catalogue): readonly string[] {
  const t = text.verdict;
  return [
    counter === null ? t.noCounter : t.counter[counter.kind]({ host, name: plain(counter.name) }),
    ...(skbReason === null ? [] : [t.skbReason({ reason: skbReason })]),
  ];
}

function sayWays({ ways, request, answer }: Verdict, text: Catalogue): readonly string[] {
  const t = text.verdict.ways;
  const { requestOnly, answerOnly, requestTtl, answerTtl, detours, loops, asymmetric } = ways;
  const arrived = request?.fate.kind === 'delivered' && answer?.fate.kind === 'delivered';
  return [
    ...(arrived && !asymmetric && detours.length === 0 ? [t.same] : []),
    ...(requestOnly.length > 0 ? [t.requestOnly(requestOnly)] : []),
    ...(answerOnly.length > 0 ? [t.answerOnly(answerOnly)] : []),
    ...(asymmetric && requestTtl !== null && answerTtl !== null && requestTtl !== answerTtl
      ? [t.ttl({ request: String(requestTtl), answer: String(answerTtl) })]
      : []),
    ...detours.map(({ on, host, after, segment }) => t.detour({ what: on, host, after, segment })),
    ...(loops.length > 0 ? [t.loop(loops)] : []),
  ];
}
