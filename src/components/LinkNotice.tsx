import { dismissLinkNotice, openDialog } from '../store/actions';
import { selectText } from '../store/selectors';
import { useApp } from '../store/store';
import styles from './LinkNotice.module.css';

/** What a link could not bring or take along, above whatever is shown, until it is put away. */
export function LinkNotice() {
  const { app, link: t } = useApp(selectText);
  const notice = useApp((s) => s.linkNotice);
  if (notice === null) return null;
  return (
    <div className={styles.notice} role="alert">
      <p>⚠ {notice.kind === 'unknown-changes' ? t[notice.kind](notice.count) : t[notice.kind]}</p>
      {notice.kind === 'no-link' && (
        <button type="button" className="primary" onClick={() => openDialog('cluster')}>
          {t.save}
        </button>
      )}
      <button type="button" onClick={dismissLinkNotice}>
        {app.close}
      </button>
    </div>
  );
}
