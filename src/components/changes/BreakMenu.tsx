import { selectText } from '../../store/selectors';
import { useApp } from '../../store/store';
import { later } from '../shared/later';
import { Popover } from '../shared/Popover';
import styles from './Changes.module.css';

const FaultList = later(async () => (await import('./FaultList')).FaultList);

export function BreakMenu() {
  const { changes } = useApp(selectText);
  return (
    <Popover button={<>{changes.break} ▾</>} label={changes.breakLabel} className={styles.break} wide>
      {(close) => <FaultList close={close} />}
    </Popover>
  );
}
