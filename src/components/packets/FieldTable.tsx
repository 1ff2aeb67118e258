import type { Field } from '../../engine/wire/types';
import { useApp } from '../../store/store';
import { byFocus, byMouse } from '../shared/pointing';
import tones from '../shared/tones.module.css';
import styles from './Packets.module.css';
import type { Source } from './sources';
import { useTexts } from './texts';
import { namedText } from './words';

interface Props {
  readonly fields: readonly Field[];
  readonly names: Source['names'];
}

/** Every field of a frame, in the order of its bytes. Pointing at one points at its bytes, and the other way round. */
export function FieldTable({ fields, names }: Props) {
  const { text, t } = useTexts();
  const pointed = useApp((s) => s.fieldUnderPointer);
  return (
    <table className={styles.fields}>
      <caption className={styles.caption}>{t.fields}</caption>
      <thead className="visually-hidden">
        <tr>
          <th scope="col">{t.field}</th>
          <th scope="col">{t.value}</th>
        </tr>
      </thead>
      <tbody>
        {fields.map(({ name, text: value, at, length }) => {
          const meaning = text.fields.meaning(name, value);
          return (
            <tr
              key={`${name} ${at} ${length}`}
              className={pointed === name ? styles.pointed : undefined}
              {...byMouse(name)}
            >
              <th scope="row" title={name}>
                <button type="button" className={styles.fieldName} {...byFocus(name)}>
                  {text.fields.name(name)}
                </button>
              </th>
              <td>
                {namedText(value, names)}
                {meaning !== null && <span className={tones.quiet}> {meaning}</span>}
              </td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}
