/** The run as a text to take home: a table of its steps, as CSV for a spreadsheet or as Markdown. */
import { packetOf } from '../engine/sim/event';
import { packetsOf } from '../engine/sim/trace';
import { eventSentence } from '../i18n/sentence';
import { contextAt, packetName } from '../i18n/sentence-values';
import { save } from './download';
import { selectSession, selectText } from './selectors';
import { type AppState, useApp } from './store';

const BOM = '\ufeff'; // a spreadsheet takes a file without it for one of its own eight-bit encodings

function rowsOf(s: AppState, hide: (text: string) => string): readonly (readonly string[])[] {
  const { trace } = selectSession(s);
  const text = selectText(s);
  const packets = packetsOf(trace);
  return trace.steps.map((step) => {
    const packet = packetOf(step.event);
    const made = packet === null ? undefined : packets.get(packet);
    const cells = [
      String(step.index + 1),
      (step.atUs / 1000).toFixed(3),
      step.event.host,
      text.panel.stage[step.event.kind],
      made === undefined ? '' : packetName(text, made.what),
      eventSentence(step.event, contextAt(trace, step, text)).replaceAll('**', ''),
    ];
    return cells.map(hide);
  });
}

/** RFC 4180. A cell that a spreadsheet would take for a formula gets a quote in front. */
export function toCsv(rows: readonly (readonly string[])[]): string {
  const cell = (text: string): string => {
    const safe = /^[=+\-@\t]/.test(text) ? `'${text}` : text;
    return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
  };
  return `${BOM}${rows.map((row) => row.map(cell).join(',')).join('\r\n')}\r\n`;
}

export function toMarkdown([head = [], ...rows]: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string =>
    `| ${cells.map((text) => text.replaceAll('|', '\\|')).join(' | ')} |`;
  return `${[line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n')}\n`;
}

export function saveTrace(
  format: 'csv' | 'markdown',
  columns: readonly string[],
  hide: (text: string) => string,
): void {
  const rows = [columns, ...rowsOf(useApp.getState(), hide)];
  if (format === 'csv') save('trace.csv', toCsv(rows), 'text/csv');
  else save('trace.md', toMarkdown(rows), 'text/markdown');
}
