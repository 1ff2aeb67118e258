import styles from './Packets.module.css';
import { useTexts } from './texts';
import type { Sort } from './useRows';

const SORTS: readonly Sort[] = ['time', 'hop'];

export function SortChoice({ sort, onSort }: { readonly sort: Sort; readonly onSort: (sort: Sort) => void }) {
  const { t } = useTexts();
  return (
    <fieldset className={styles.sorts} aria-label={t.sort}>
      {SORTS.map((one) => (
        <button key={one} type="button" aria-pressed={sort === one} title={t.sortHelp[one]} onClick={() => onSort(one)}>
          {t.sorts[one]}
        </button>
      ))}
    </fieldset>
  );
}
