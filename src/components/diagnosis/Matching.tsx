import type { MatchingProgress } from '../../engine/diagnosis/worker-messages';
import type { MatchingTexts } from '../../i18n/matching';
import { cancelDiagnosis } from '../../store/diagnosis';
import styles from './Diagnosis.module.css';

interface Props {
  readonly progress: MatchingProgress | null;
  readonly texts: MatchingTexts;
}

/** What the worker is at while there is no diagnosis yet, and a way to stop it. */
export function Matching({ progress, texts }: Props) {
  if (progress === null) return null;
  const { stage, files, packets } = progress;
  return (
    <div className={styles.findings}>
      <p role="status">{texts.stages[stage](files, packets)}</p>
      <progress aria-label={texts.matching} />{' '}
      <button type="button" aria-label={texts.cancel} onClick={cancelDiagnosis}>
        {texts.cancelShort}
      </button>
    </div>
  );
}
