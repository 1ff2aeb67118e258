import { selectSession, selectText } from '../../store/selectors';
import { useApp } from '../../store/store';
import tones from '../shared/tones.module.css';

/** Whether the captures that are open bear the verdict out. */
export function Agreement() {
  const { comparison } = useApp(selectSession);
  const { verdictPanel: t } = useApp(selectText);
  if (!comparison.loaded.some(Boolean)) return null;
  const { totals } = comparison;
  const wrong = totals.differs + totals['not-predicted'] + totals['not-captured'];
  const count = wrong + totals.agrees;
  return wrong === 0 ? (
    <p className={tones.good}>{t.agrees(count)}</p>
  ) : (
    <p className={tones.bad}>{t.disagrees(wrong, count)}</p>
  );
}
