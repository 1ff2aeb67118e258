/** The checks that compare one number with another. */
import type { EventOf } from '../../engine/sim/event';
import { selectText } from '../../store/selectors';
import { useApp } from '../../store/store';
import tones from '../shared/tones.module.css';
import styles from './StepPanel.module.css';

interface ForwardingProps {
  readonly host: string;
  readonly dev: string;
  readonly on: boolean;
}

export function ForwardingCheck({ host, dev, on }: ForwardingProps) {
  const { panel } = useApp(selectText);
  const key = `net.ipv4.conf.${dev}.forwarding`;
  return (
    <div className={styles.box}>
      <h3 className={styles.caption}>{panel.numbers.forwarding}</h3>
      <pre className={styles.terminal}>
        <span className={styles.prompt}>{host}# </span>sysctl {key}
        {'\n'}
        <strong>
          {key} = {on ? 1 : 0}
        </strong>
      </pre>
    </div>
  );
}

export function MtuCheck({ dev, packetBytes, mtuBytes, df }: EventOf<'mtu-checked'>) {
  const { numbers: t } = useApp(selectText).panel;
  const fits = packetBytes <= mtuBytes;
  return (
    <div className={styles.box}>
      <table className={styles.table}>
        <caption className={styles.caption}>{t.mtuCaption}</caption>
        <tbody>
          <tr>
            <th scope="row">{t.packet}</th>
            <td>{t.bytes(String(packetBytes))}</td>
            <td className={fits ? tones.good : tones.bad}>{fits ? t.fits : t.tooBig}</td>
          </tr>
          <tr>
            <th scope="row">{t.mtu(dev)}</th>
            <td>{t.bytes(String(mtuBytes))}</td>
            <td>
              {t.df} {df ? t.set : t.clear}
            </td>
          </tr>
        </tbody>
      </table>
    </div>
  );
}
