import { LINK_TYPE, linkTypeName } from '../../engine/capture/link-types';
import type { CaptureFile } from '../../engine/capture/types';
import type { Catalogue } from '../../i18n';
import { removeFile } from '../../store/actions';
import type { OpenedFile } from '../../store/capture-client';
import { openCaptures, packetsIn } from '../../store/compared-packets';
import type { FileProblem, LoadedFile } from '../../store/files';
import { selectText } from '../../store/selectors';
import { type AppState, useApp } from '../../store/store';
import { conversationText } from '../shared/conversation';
import styles from './Captures.module.css';
import { RolePicker } from './RolePicker';

export function FileCard({ file }: { readonly file: LoadedFile }) {
  const text = useApp(selectText);
  const { captures, reading } = text;
  const { name, capture, opened, problem } = file;
  const compared = useApp((s) => comparedOf(s, file.id));
  const part = useApp((s) => s.part);
  const about = part === null || part === 'none' ? null : conversationText(part.about);
  return (
    <li className={styles.file}>
      <div className={styles.fileHead}>
        <span className={styles.name}>{name}</span>
        <button type="button" aria-label={captures.remove(name)} onClick={() => removeFile(file.id)}>
          {captures.removeShort}
        </button>
      </div>
      {problem?.kind !== 'folder' && (
        <p className={styles.facts}>
          {[captures.size(file.sizeBytes), ...(capture === null ? [] : factsOf(capture, opened, captures))].map(
            (fact) => (
              <span key={fact}>{fact}</span>
            ),
          )}
        </p>
      )}
      {problem !== null && <Problem problem={problem} />}
      {compared !== null && compared < packetsIn(file) && (
        <p className={styles.remark}>{reading.compared(compared, packetsIn(file), about)}</p>
      )}
      {capture !== null && capture.linkType !== LINK_TYPE.ethernet && (
        <p className={styles.remark}>
          <span aria-hidden="true">⚠</span> {captures.notEthernet(capture.linkType, linkTypeName(capture.linkType))}
        </p>
      )}
      {capture !== null && <RolePicker file={file} />}
    </li>
  );
}

/** How many of the file's packets are compared. */
const comparedOf = (s: AppState, id: string): number | null =>
  openCaptures(s).find((file) => file.id === id)?.capture.packets.length ?? null;

function Problem({ problem }: { readonly problem: FileProblem }) {
  const { what, kept, todo } = problemText(problem, useApp(selectText));
  return (
    <p className={isRemark(problem) ? styles.remark : styles.problem}>
      <span aria-hidden="true">⚠</span> <b>{what}</b> {kept} {todo}
    </p>
  );
}

const isRemark = (problem: FileProblem): boolean =>
  problem.kind === 'tcpdump-notes' || ('severity' in problem && problem.severity === 'note');

function problemText(problem: FileProblem, { problems, drop }: Catalogue) {
  switch (problem.kind) {
    case 'folder':
      return problems.folder;
    case 'unreadable':
    case 'no-worker':
      return problems[problem.kind];
    case 'tcpdump-notes':
      return drop.tcpdumpNotes;
    case 'not-a-capture':
      return problem.looksLike === 'text' ? drop.noText(problems.capture(problem)) : problems.capture(problem);
    default:
      return problems.capture(problem);
  }
}

function factsOf(capture: CaptureFile, opened: OpenedFile | null, captures: Catalogue['captures']): readonly string[] {
  const format = captures.format(capture.format, capture.resolution, capture.byteOrder);
  const span = opened === null ? spanOf(capture) : indexedSpan(opened);
  return [
    format,
    captures.linkType(capture.linkType, linkTypeName(capture.linkType)),
    captures.packets(opened === null ? capture.packets.length : opened.index.count),
    ...(span === null ? [] : [spanText(span, captures)]),
  ];
}

/** Seconds of the earliest and the latest packet. */
type Span = readonly [first: number, last: number];

/** Packets of a file need not be in order of time. */
function spanOf({ packets }: CaptureFile): Span | null {
  if (packets.length === 0) return null;
  let [first, last] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const { seconds, nanoseconds } of packets) {
    const at = seconds + nanoseconds / 1e9;
    first = Math.min(first, at);
    last = Math.max(last, at);
  }
  return [first, last];
}

function indexedSpan({ index: { count, start, span } }: OpenedFile): Span | null {
  const at = start.seconds + start.nanoseconds / 1e9;
  return count === 0 ? null : [at + span.from / 1e9, at + span.to / 1e9];
}

const LAST_DATE_SECONDS = 8_640_000_000_000; // ECMA-262 section 21.4.1.1: a damaged time stamp may lie behind it

function spanText([first, last]: Span, captures: Catalogue['captures']): string {
  const start = new Date(Math.max(-LAST_DATE_SECONDS, Math.min(first, LAST_DATE_SECONDS)) * 1000)
    .toISOString()
    .slice(0, 19)
    .replace('T', ' ');
  return captures.span(start, (last - first).toFixed(3));
}
