import { loadControlPlane } from '../../store/control-plane';
import { selectText } from '../../store/selectors';
import { useApp } from '../../store/store';
import { later } from '../shared/later';
import { Popover } from '../shared/Popover';
import styles from './Events.module.css';

const ExampleList = later(async () => {
  const [{ ExampleList: list }] = await Promise.all([import('./ExampleList'), loadControlPlane()]);
  return list;
});

/** What may happen to the cluster, for flanneld to answer. */
export function EventsMenu() {
  const { changes } = useApp(selectText);
  const button = (
    <>
      <svg className={styles.clock} width="16" height="16" viewBox="0 0 16 16" aria-hidden="true">
        <path d="M8 1.5a6.5 6.5 0 1 0 0 13 6.5 6.5 0 0 0 0-13zM8 4.5V8l2.5 2" />
      </svg>
      <span className={styles.words}>{changes.events} </span>▾
    </>
  );
  return (
    <Popover button={button} label={changes.eventsLabel} className={styles.open} wide>
      {(close) => <ExampleList close={close} />}
    </Popover>
  );
}
