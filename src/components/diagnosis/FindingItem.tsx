import type { Cause, Evidence, Finding } from '../../engine/diagnosis/finding';
import type { DiagnosisTexts } from '../../i18n/diagnosis';
import { makeChange } from '../../store/actions';
import { goToEvidence } from '../../store/diagnosis';
import { selectText } from '../../store/selectors';
import { useApp } from '../../store/store';
import { Explained } from '../shared/Explained';
import { Rich } from '../shared/Rich';
import tones from '../shared/tones.module.css';
import styles from './Diagnosis.module.css';

interface Props {
  readonly finding: Finding;
  readonly texts: DiagnosisTexts;
}

const MARK = { error: '✗', warning: '!', note: '·' } as const;
const EVIDENCE_MAX = 8;

/** What was found, the packets that show it, and the likely causes in order, each with how to tell and how to mend. */
export function FindingItem({ finding, texts }: Props) {
  const { kind, severity, values, evidence, causes } = finding;
  return (
    <li className={styles[severity]}>
      <p className={styles.lead}>
        <b>
          <span aria-hidden="true">{MARK[severity]} </span>
          {severity !== 'note' && `${texts.severity[severity]}: `}
        </b>
        <Explained text={texts.findings[kind](values)} />
        {severity !== 'note' && evidence.length > 0 && (
          <span className={styles.evidence}>
            {evidence.slice(0, EVIDENCE_MAX).map((one) => (
              <PacketButton key={`${one.file} ${one.packet}`} evidence={one} />
            ))}
          </span>
        )}
      </p>
      {severity !== 'note' && causes.length > 0 && (
        <ol className={styles.causes} aria-label={texts.heading.causes}>
          {causes.map((cause, i) => (
            <CauseItem key={`${cause.kind} ${cause.host}`} cause={cause} texts={texts} isFirst={i === 0} />
          ))}
        </ol>
      )}
    </li>
  );
}

function PacketButton({ evidence }: { readonly evidence: Evidence }) {
  const name = `${evidence.point} #${evidence.packet + 1}`;
  return (
    <button type="button" onClick={() => goToEvidence(evidence)}>
      {name}
    </button>
  );
}

/** The likeliest cause is open; the others say in one line what they are and what tells them apart. */
function CauseItem({
  cause,
  texts,
  isFirst,
}: {
  readonly cause: Cause;
  readonly texts: DiagnosisTexts;
  readonly isFirst: boolean;
}) {
  const { kind, values, from, check, repair } = cause;
  return (
    <li>
      <details open={isFirst}>
        <summary>
          <Rich text={texts.causes[kind](values)} />
        </summary>
        {from === 'model' && <p className={tones.quiet}>{texts.heading.fromModel}</p>}
        <p className={tones.quiet}>
          {texts.heading.tellsApart}: <Explained text={texts.tells[kind]} />
        </p>
        {check.map(({ host, line, prints, shows }) => (
          <p key={line}>
            {texts.heading.check}:{' '}
            <code>
              <span className={styles.prompt}>{host ?? texts.heading.anywhere}# </span>
              {line}
            </code>
            {prints !== null && <code className={tones.quiet}> → {prints}</code>}{' '}
            <span className={tones.quiet}>{texts.shows[shows]}</span>
          </p>
        ))}
        {repair.map((one) => (
          <RepairItem key={`${one.kind} ${one.command}`} repair={one} texts={texts} canBeTried={from === 'model'} />
        ))}
      </details>
    </li>
  );
}

interface RepairProps {
  readonly repair: Cause['repair'][number];
  readonly texts: DiagnosisTexts;
  /** Only a cluster that has the fault can show that it is mended. */
  readonly canBeTried: boolean;
}

function RepairItem({ repair, texts, canBeTried }: RepairProps) {
  const { changes, verdictPanel: t } = useApp(selectText);
  const { kind, edits, command } = repair;
  return (
    <p>
      {texts.heading.repair}: {texts.repairs[kind]}
      {edits.map(changes.edit).map(({ host, text }) => (
        <code key={`${host} ${text}`} className={styles.line}>
          {host !== null && <span className={styles.prompt}>{host}# </span>}
          {text}
        </code>
      ))}
      {command !== null && <code className={styles.line}>{command}</code>}
      {canBeTried && edits.length > 0 && (
        <button type="button" onClick={() => makeChange({ fault: null, edits, isRepair: true }, command)}>
          {t.tryIt}
        </button>
      )}
    </p>
  );
}
