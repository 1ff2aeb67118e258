import type { Place } from '../../engine/topology/offers';
import { makeChange } from '../../store/actions';
import { offersIn } from '../../store/offers';
import { selectText } from '../../store/selectors';
import { useApp } from '../../store/store';
import styles from './Details.module.css';

/** What can be changed at this place: each is a change like any other, seen in the bar, undone and redone. */
export function Offers({ place, close }: { readonly place: Place; readonly close: () => void }) {
  const { changes: t } = useApp(selectText);
  const offers = offersIn(useApp.getState(), place);
  if (offers.length === 0) return null;
  return (
    <section className={styles.offers} aria-label={t.here}>
      <h3>{t.here}</h3>
      {offers.map((edit) => {
        const { host, text } = t.edit(edit);
        return (
          <button
            key={text}
            type="button"
            onClick={() => {
              close();
              makeChange({ fault: null, edits: [edit], isRepair: false });
            }}
          >
            {host === null ? text : <code>{text}</code>}
          </button>
        );
      })}
    </section>
  );
}
