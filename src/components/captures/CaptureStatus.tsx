import { LINK_TYPE } from '../../engine/capture/link-types';
import { openDialog } from '../../store/actions';
import { isComparedWhole, packetsIn } from '../../store/compared-packets';
import { OWN } from '../../store/scenarios';
import { selectClusterIsInferred, selectSession, selectShowsSample, selectText } from '../../store/selectors';
import { useApp } from '../../store/store';
import { conversationText } from '../shared/conversation';
import { pointName } from '../shared/points';
import styles from './Captures.module.css';

const TROUBLES_SHOWN = 2; // the dialog lists them all

/** One line that is always there: how many frames agree, and whatever is wrong with the files. */
export function CaptureStatus() {
  const files = useApp((s) => s.files);
  const reading = useApp((s) => s.reading.length);
  const part = useApp((s) => s.part);
  const showsSample = useApp(selectShowsSample);
  const { comparison, roles, inferred, command } = useApp(selectSession);
  const isInferred = useApp(selectClusterIsInferred);
  const isOwn = useApp((s) => s.scenario === OWN);
  const given = useApp((s) => s.command);
  const text = useApp(selectText);
  const { status } = text.captures;
  const { totals } = comparison;
  const words = text.matrix.totals;

  const about = part === null || part === 'none' ? null : conversationText(part.about);
  const total = files.reduce((sum, file) => sum + packetsIn(file), 0);
  const unread = files
    .filter(({ capture, problem }) => capture === null && problem?.kind !== 'tcpdump-notes')
    .map((file) => file.name);
  const empty = files.filter((file) => file.capture?.packets.length === 0);
  const lost = roles.filter(
    ({ file, point, evidence }) =>
      point === null && evidence.some(({ kind }) => kind === 'none') && !empty.some(({ id }) => id === file),
  );
  const twice = comparison.points.filter((point) => roles.filter((role) => role.point === point.id).length > 1);
  const troubles = [
    ...(unread.length > 0 ? [status.unread(unread)] : []),
    ...files.flatMap(({ name, capture }) => {
      if (capture === null) return [];
      if (capture.linkType !== LINK_TYPE.ethernet) return [status.notDecoded(name)];
      return capture.problem?.severity === 'error' ? [status.damaged(name)] : [];
    }),
    ...(lost.length > 0 ? [status.noRole(lost.map((role) => role.name))] : []),
    ...twice.map((point) => status.duplicate(pointName(point, comparison.points.indexOf(point)))),
  ];
  const notes = [
    ...(reading > 0 ? [text.reading.status(reading)] : []),
    ...(isComparedWhole(files) ? [] : [part === null ? text.reading.notYet(total) : text.reading.part(about, total)]),
    ...(empty.length > 0 ? [status.empty(empty.map((file) => file.name))] : []),
    ...(inferred === null ? [] : [isInferred ? status.inferred : status.corrected]),
    ...(command === given ? [] : [status.command(command)]),
  ];
  const setAside = showsSample && roles.length === 0; // of the cluster as it was before it was changed
  const source = setAside
    ? isOwn
      ? status.noFiles
      : status.setAside
    : showsSample
      ? status.sample(roles.length)
      : status.files(files.length);

  return (
    <div className={styles.status}>
      <output>
        <span className={styles.source}>{source}</span>
        {comparison.loaded.some(Boolean) ? (
          <>
            <span className={styles.good}>✓ {words.agrees(totals.agrees)}</span>
            <Count n={totals.differs} mark="✗" said={words.differs(totals.differs)} />
            <Count n={totals['not-predicted']} mark="✗" said={words['not-predicted'](totals['not-predicted'])} />
            <Count n={totals['not-captured']} mark="–" said={words['not-captured'](totals['not-captured'])} />
          </>
        ) : (
          !setAside && <span>{status.none}</span>
        )}
        {notes.map((note) => (
          <span key={note} className={styles.source}>
            {note}
          </span>
        ))}
        {troubles.slice(0, TROUBLES_SHOWN).map((trouble) => (
          <span key={trouble} className={styles.bad}>
            ⚠ {trouble}
          </span>
        ))}
        {troubles.length > TROUBLES_SHOWN && <span>{status.more(troubles.length - TROUBLES_SHOWN)}</span>}
      </output>
      {troubles.length + notes.length > 0 && (
        <button type="button" onClick={() => openDialog('captures')}>
          {status.open}
        </button>
      )}
    </div>
  );
}

function Count({ n, mark, said }: { readonly n: number; readonly mark: string; readonly said: string }) {
  return n === 0 ? <span>{said}</span> : <span className={styles.bad}>{`${mark} ${said}`}</span>;
}
