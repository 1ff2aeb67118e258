import { selectText } from '../../store/selectors';
import { useApp } from '../../store/store';
import { Dialog } from '../shared/Dialog';
import { Rich } from '../shared/Rich';
import styles from './HelpDialog.module.css';

export function HelpDialog() {
  const text = useApp(selectText).help;
  return (
    <Dialog name="help" title={text.title}>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: nothing else in it takes the focus, and it may scroll */}
      <div className={styles.help} tabIndex={0}>
        {text.intro.map((sentence) => (
          <p key={sentence}>
            <Rich text={sentence} />
          </p>
        ))}
        <h3>{text.keysTitle}</h3>
        <table>
          <thead className="visually-hidden">
            <tr>
              <th scope="col">{text.keyHeading}</th>
              <th scope="col">{text.actionHeading}</th>
            </tr>
          </thead>
          <tbody>
            {text.keys.map(({ keys, action }) => (
              <tr key={action}>
                <th scope="row">
                  {keys.map((key, i) => (
                    <span key={key}>
                      {i > 0 && ` ${text.or} `}
                      <kbd>{key}</kbd>
                    </span>
                  ))}
                </th>
                <td>{action}</td>
              </tr>
            ))}
          </tbody>
        </table>
        <h3>{text.graphTitle}</h3>
        <p>{text.graph}</p>
      </div>
    </Dialog>
  );
}
