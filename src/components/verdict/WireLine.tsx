import type { Verdict } from '../../engine/verdict/verdict';
import { openDialog } from '../../store/actions';
import { selectText, selectWire } from '../../store/selectors';
import { useApp } from '../../store/store';
import styles from './Verdict.module.css';

/** How large the request is on the wire, and how large it would be in host-gw. */
export function WireLine({ verdict }: { readonly verdict: Verdict }) {
  const { verdictPanel: t } = useApp(selectText);
  const seen = useApp(selectWire);
  const ended = verdict.outcome === 'answered' || verdict.outcome === 'delivered';
  if (seen === null || !(seen.wire || ended)) return null; // lost before it came to a wire
  return (
    <p className={styles.wire}>
      <span>
        {seen.wire
          ? t.wire(String(seen.bytes), seen.bytes === seen.plainBytes ? null : String(seen.plainBytes))
          : t.wireOff(String(seen.bytes))}
      </span>
      <button type="button" className={styles.small} onClick={() => openDialog('wire')}>
        {t.compare}
      </button>
    </p>
  );
}
