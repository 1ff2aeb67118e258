/** A diagnosis as the JSON that `hopscope compare --help` lists field by field. */

import type { CaptureProblem } from '../engine/capture/open';
import type { Cause, Finding } from '../engine/diagnosis/finding';
import { formatMacNumber } from '../engine/matching/hosts-seen';
import type { Edit } from '../engine/topology/edits';
import type { CliTexts } from '../i18n/cli';
import type { Compared } from './compare';

const FORMAT = 'hopscope-diagnosis';
const VERSION = 1;

export const plain = (text: string): string => text.replaceAll('**', '');

export function diagnosisJson(
  { seen, diagnosis, model }: Compared,
  problems: readonly { readonly file: string; readonly problem: CaptureProblem }[],
  text: CliTexts,
) {
  const pointAt = (host: string | null): string | null =>
    seen.points.find((point) => host !== null && (point.host === host || point.name === host))?.name ?? null;
  const name = (file: number): string => seen.points[file]?.name ?? '';
  return {
    format: FORMAT,
    version: VERSION,
    points: seen.order.map((file) => {
      const { own, kind } = seen.vantages[file] ?? { own: null, kind: 'unknown' };
      const point = seen.points[file];
      return {
        name: point?.name,
        file: point?.file,
        host: point?.host,
        packets: point?.columns.table.rows,
        mac: own === null ? null : formatMacNumber(own),
        kind,
      };
    }),
    findings: diagnosis.findings.map((finding) => findingJson(finding, text, pointAt)),
    flows: diagnosis.flows,
    clocks: diagnosis.clocks.map((clock) => ({ ...clock, from: name(clock.from), to: name(clock.to) })),
    model: model === null ? null : { command: model.session.command, agrees: model.agrees },
    problems,
  };
}

type PointAt = (host: string | null) => string | null;

function findingJson(finding: Finding, text: CliTexts, pointAt: PointAt) {
  const { kind, severity, flow, host, values, evidence, causes } = finding;
  return {
    kind,
    severity,
    text: plain(text.diagnosis.findings[kind](values)),
    flow,
    host,
    point: pointAt(host),
    values,
    evidence: evidence.map((one) => ({ ...one, packet: one.packet + 1 })),
    causes: causes.map((cause) => causeJson(cause, text, pointAt)),
  };
}

function causeJson({ kind, host, dev, values, from, check, repair }: Cause, text: CliTexts, pointAt: PointAt) {
  return {
    kind,
    host,
    point: pointAt(host),
    dev,
    text: plain(text.diagnosis.causes[kind](values)),
    tells: text.diagnosis.tells[kind],
    values,
    from,
    check: check.map(({ host: at, line, prints, shows }) => ({ host: at, command: line, prints, shows })),
    repair: repair.map((one) => ({
      kind: one.kind,
      text: text.diagnosis.repairs[one.kind],
      commands: one.edits.flatMap(commandOf),
      instead: one.command,
    })),
  };
}

/** An edit typed at a host; the others are made elsewhere, as the repair's text says. */
export function commandOf(edit: Edit): readonly { readonly host: string; readonly command: string }[] {
  if (edit.kind !== 'line') return [];
  const at = edit.line.indexOf(': ');
  return [{ host: edit.line.slice(0, at), command: edit.line.slice(at + 2) }];
}
