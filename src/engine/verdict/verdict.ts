/**
 * The verdict on a command: what became of its first packet and of the answer, where and why it was lost, what the user
 * sees, which capture files still hold it, how to prove the cause and how to repair it. All as data; the words are in src/i18n.
 */
import type { Ipv4 } from '../addr/ipv4';
import type { Trace } from '../sim/trace';
import type { Topology } from '../topology/topology';
import { type Ways, waysOf } from './detour';
import {
  answerTo,
  type ErrorSeen,
  type ErrorWithheld,
  errorAbout,
  type Passage,
  passageOf,
  type Rewrite,
  type Running,
  requestOf,
  rewritesOf,
  runOf,
  withheldAbout,
} from './exchange';
import { type Held, heldAt } from './held';
import type { Loss } from './loss';
import type { Proof } from './proof';
import { proofsOf } from './proofs';
import type { Repair } from './repair';
import { repairsOf } from './repairs';

export type Outcome =
  | 'answered'
  | 'delivered' // and nothing answers it, as with a datagram to a silent service
  | 'request-lost'
  | 'reply-lost'
  | 'error-answered' // lost or refused, and the sender was told by ICMP
  | 'refused-locally' // never left the sender
  | 'unfinished'; // the run ended first

export interface Verdict {
  readonly host: string;
  readonly command: string; // without the host
  readonly target: Ipv4 | null; // the address it asks for
  readonly outcome: Outcome;
  readonly request: Passage | null; // null: refused before there was a packet
  readonly answer: Passage | null;
  readonly loss: Loss | null; // of the request, else of the answer
  readonly error: ErrorSeen | null;
  readonly withheld: ErrorWithheld | null;
  readonly rewrites: readonly Rewrite[]; // of the request
  readonly ways: Ways;
  readonly held: readonly Held[];
  readonly printed: readonly string[]; // the command's own lines
  readonly tookUs: number | null; // null: it has not ended
  readonly status: number | null;
  readonly proveWith: readonly Proof[];
  readonly repairWith: readonly Repair[];
}

/** Null where the command sends nothing: it only configures, or the trace does not hold it. Never throws. */
export function verdictOf(trace: Trace, topology: Topology, command: string): Verdict | null {
  const run = runOf(trace, command);
  if (run === null) return null;
  const first = requestOf(trace, topology, run);
  const request = first === null ? null : passageOf(trace, topology, first);
  const reply = request === null ? null : answerTo(trace, request);
  const answer = reply === null ? null : passageOf(trace, topology, reply);
  const error = errorAbout(trace, topology, request, 'request') ?? errorAbout(trace, topology, answer, 'answer');
  const loss = lossIn(request) ?? lossIn(answer);
  const facts = {
    host: run.host,
    command: run.text,
    target: run.target,
    outcome: outcomeOf(request, answer, error, run),
    request,
    answer,
    loss,
    error,
    withheld: withheldAbout(trace, request, 'request') ?? withheldAbout(trace, answer, 'answer'),
    rewrites: request === null ? [] : rewritesOf(trace, request.packet),
    ways: waysOf(topology, request, answer),
    held: heldAt(trace, topology, {
      request: request?.packet ?? null,
      answer: answer?.packet ?? null,
      error: error?.packet ?? null,
    }),
    printed: run.steps.flatMap(({ event }) =>
      event.kind === 'printed' && event.host === run.host ? [event.text] : [],
    ),
    tookUs: run.end === null ? null : run.end.atUs - run.start.atUs,
    status: run.end?.event.kind === 'command-ended' ? run.end.event.status : null,
  };
  const scene = { trace, topology, verdict: facts };
  return { ...facts, proveWith: proofsOf(scene), repairWith: repairsOf(scene) };
}

/** What proofs and repairs are found from. */
export interface Scene {
  readonly trace: Trace;
  readonly topology: Topology;
  readonly verdict: Omit<Verdict, 'proveWith' | 'repairWith'>;
}

const lossIn = (passage: Passage | null): Loss | null => (passage?.fate.kind === 'lost' ? passage.fate.loss : null);

function outcomeOf(
  request: Passage | null,
  answer: Passage | null,
  error: ErrorSeen | null,
  { end }: Running,
): Outcome {
  if (request === null) return end === null ? 'unfinished' : 'refused-locally';
  if (answer?.fate.kind === 'delivered') return 'answered';
  if (answer !== null) return answer.fate.kind === 'lost' ? 'reply-lost' : 'unfinished';
  if (request.fate.kind === 'lost') {
    if (request.fate.loss.made) return 'refused-locally';
    return error?.about === 'request' && error.heard ? 'error-answered' : 'request-lost';
  }
  return request.fate.kind === 'delivered' ? 'delivered' : 'unfinished';
}
