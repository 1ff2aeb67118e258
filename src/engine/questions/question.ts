/**
 * A question about a run, with its answer and answers that somebody might well give: each taken from the same tables as
 * the right one. All as data; the words are in src/i18n/lecture.
 */
import type { Ipv4 } from '../addr/ipv4';
import type { Mac } from '../addr/mac';
import type { Port } from '../net/device';
import type { Route } from '../net/route';
import type { PacketId } from '../sim/event';

export const QUESTION_KINDS = ['route', 'next-hop', 'dst-mac', 'ttl', 'on-device', 'held', 'printed'] as const;
export type QuestionKind = (typeof QUESTION_KINDS)[number];

export type Choice =
  | { readonly kind: 'route'; readonly route: Route }
  | { readonly kind: 'no-route' }
  | { readonly kind: 'next-hop'; readonly ip: Ipv4; readonly owner: Port | null }
  | { readonly kind: 'mac'; readonly mac: Mac; readonly owner: Port | null }
  | { readonly kind: 'ttl'; readonly ttl: number }
  | { readonly kind: 'yes' }
  | { readonly kind: 'no' }
  | { readonly kind: 'files'; readonly points: readonly string[] } // ids of capture points, in their order
  | { readonly kind: 'line'; readonly text: string } // of the command's output
  | { readonly kind: 'silence' }; // nothing but the statistics at the end

/** What a question names, so that its sentence has concrete values. */
export type Asked =
  | { readonly kind: 'route' | 'next-hop'; readonly host: string; readonly dst: Ipv4 }
  | { readonly kind: 'dst-mac'; readonly host: string; readonly dev: string; readonly nextHop: Ipv4 }
  | { readonly kind: 'ttl'; readonly host: string; readonly ttl: number } // as it came
  | { readonly kind: 'on-device'; readonly from: Port; readonly at: Port }
  | { readonly kind: 'held'; readonly host: string }
  | { readonly kind: 'printed'; readonly host: string; readonly command: string };

export interface Question {
  readonly id: string; // unique in a run, the same in every run of the same cluster and command
  readonly kind: QuestionKind;
  readonly asked: Asked;
  readonly packet: PacketId;
  readonly step: number; // the decision itself: what is shown before it is the state one step earlier
  readonly evidence: number; // the step whose sentence explains the answer
  readonly choices: readonly Choice[];
  readonly right: number; // index into `choices`
}

/** The same answer, spelled the same way. */
export function choiceKey(choice: Choice): string {
  switch (choice.kind) {
    case 'route': {
      const { dst, via, dev, metric } = choice.route;
      return `route ${dst.base}/${dst.len} ${via} ${dev} ${metric}`;
    }
    case 'next-hop':
      return `next-hop ${choice.ip}`;
    case 'mac':
      return `mac ${choice.mac}`;
    case 'ttl':
      return `ttl ${choice.ttl}`;
    case 'files':
      return `files ${choice.points.join(' ')}`;
    case 'line':
      return `line ${choice.text}`;
    default:
      return choice.kind;
  }
}
