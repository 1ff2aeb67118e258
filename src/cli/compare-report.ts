/** A diagnosis as a report to read at a terminal. */

import type { Cause, Finding, FlowReport } from '../engine/diagnosis/finding';
import type { Seen } from '../engine/diagnosis/seen';
import type { ClockOffset } from '../engine/matching/clock';
import type { CliTexts } from '../i18n/cli';
import { clockTime } from '../i18n/clock-time';
import type { Compared } from './compare';
import { commandOf, plain } from './compare-json';

export function reportLines({ seen, diagnosis, model }: Compared, text: CliTexts): readonly string[] {
  const { heading } = text.diagnosis;
  return [
    ...seen.order.map((file) => {
      const point = seen.points[file];
      return `${(point?.name ?? '').padEnd(12)} ${point?.file ?? ''} (${point?.columns.table.rows ?? 0})`;
    }),
    ...(model === null ? [] : [modelLine(model.session.command, model.agrees, text)]),
    '',
    ...diagnosis.findings.flatMap((finding) => findingLines(finding, text)),
    `${heading.flows}:`,
    ...diagnosis.flows.map((flow) => `  ${flowLine(flow, text)}`),
    ...(diagnosis.clocks.length === 0 ? [] : [`${heading.clocks}:`]),
    ...diagnosis.clocks.flatMap((clock) => clockLines(seen, clock, text).map((line) => `  ${line}`)),
  ];
}

function modelLine(command: string, agrees: boolean, { diagnosis: { model } }: CliTexts): string {
  if (command === '') return model.nothing;
  return agrees ? model.agrees(command) : model.differs(command);
}

function findingLines(finding: Finding, text: CliTexts): readonly string[] {
  const { diagnosis } = text;
  const { kind, severity, values, evidence, causes } = finding;
  const head = `${diagnosis.severity[severity]}  ${plain(diagnosis.findings[kind](values))}  [${kind}]`;
  const seen = evidence.map(({ point, packet }) => `${point} ${packet + 1}`).join(', ');
  if (severity === 'note') return [head, ''];
  return [
    head,
    ...(seen === '' ? [] : [`  ${diagnosis.heading.evidence}: ${seen}`]),
    ...(causes.length === 0 ? [] : [`  ${diagnosis.heading.causes}:`]),
    ...causes.flatMap((cause, i) => causeLines(cause, i + 1, text)),
    '',
  ];
}

function causeLines(cause: Cause, number: number, { diagnosis }: CliTexts): readonly string[] {
  const { heading } = diagnosis;
  const { kind, values, from, check, repair } = cause;
  return [
    `  ${number}. ${plain(diagnosis.causes[kind](values))}  [${kind}]`,
    ...(from === 'model' ? [`     ${heading.fromModel}`] : []),
    `     ${heading.tellsApart}: ${diagnosis.tells[kind]}`,
    ...check.map(
      ({ host, line, prints, shows }) =>
        `     ${heading.check}: [${host ?? heading.anywhere}]# ${line}${prints === null ? '' : `   → ${prints}`}   (${diagnosis.shows[shows]})`,
    ),
    ...repair.flatMap((one) => [
      `     ${heading.repair}: ${diagnosis.repairs[one.kind]}`,
      ...one.edits.flatMap(commandOf).map(({ host, command }) => `       [${host}]# ${command}`),
      ...(one.command === null ? [] : [`       ${one.command}`]),
    ]),
  ];
}

function flowLine(flow: FlowReport, { diagnosis }: CliTexts): string {
  const { protocol, src, dst, port, requests, replies, requestsLastSeen, repliesLastSeen } = flow;
  const last = [...requestsLastSeen, ...repliesLastSeen].map(({ point, packets }) => `${point} ${packets}`).join(', ');
  return diagnosis.flow({ protocol, src, dst, port, requests, replies, reached: last });
}

function clockLines(seen: Seen, clock: ClockOffset, { diagnosis }: CliTexts): readonly string[] {
  const ends = { from: seen.points[clock.from]?.name ?? '', to: seen.points[clock.to]?.name ?? '' };
  const { offsetNs, uncertaintyNs, roundTripNs } = clock;
  if (offsetNs === null || uncertaintyNs === null || roundTripNs === null) return [diagnosis.noClock(ends)];
  return [
    diagnosis.clock({ ...ends, offset: clockTime(offsetNs), uncertainty: clockTime(uncertaintyNs) }),
    diagnosis.roundTrip({ ...ends, time: clockTime(roundTripNs) }),
  ];
}
