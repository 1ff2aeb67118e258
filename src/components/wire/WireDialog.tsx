import type { OnWire } from '../../engine/verdict/on-wire';
import { closeDialog, setMode } from '../../store/actions';
import { type Carried, selectCarried } from '../../store/carried';
import { selectText } from '../../store/selectors';
import { useApp } from '../../store/store';
import { Dialog } from '../shared/Dialog';
import styles from './Wire.module.css';

/** One ping, carried in every way there is: what each adds to it. */
export function WireDialog() {
  const { wire } = useApp(selectText);
  const carried = useApp(selectCarried);
  const plain = carried.find(({ mode }) => mode === 'host-gw')?.seen?.bytes ?? 0;
  const most = Math.max(1, ...carried.map(({ seen }) => seen?.bytes ?? 0));
  return (
    <Dialog name="wire" title={wire.title}>
      <p className={styles.what}>{wire.what}</p>
      {carried.map((one) => (
        <Mode key={one.mode} carried={one} plain={plain} most={most} />
      ))}
    </Dialog>
  );
}

interface ModeProps {
  readonly carried: Carried;
  readonly plain: number; // bytes of the same packet in host-gw
  readonly most: number;
}

function Mode({ carried: { mode, command, seen }, plain, most }: ModeProps) {
  const { wire, changes } = useApp(selectText);
  const shown = useApp((s) => s.mode === mode);
  return (
    <section className={shown ? `${styles.mode} ${styles.shown}` : styles.mode} aria-label={wire.modes[mode]}>
      <header className={styles.head}>
        <h3>{wire.modes[mode]}</h3>
        {shown ? (
          <span className={styles.now}>● {wire.now}</span>
        ) : (
          <button
            type="button"
            aria-label={wire.showLabel(changes.modes[mode])}
            onClick={() => {
              setMode(mode);
              closeDialog();
            }}
          >
            {wire.show}
          </button>
        )}
      </header>
      {seen === null ? (
        <p>{wire.none}</p>
      ) : (
        <>
          <p className={styles.facts}>
            <b>{wire.bytes(seen.bytes)}</b>
            <span>{wire.more(seen.bytes - plain)}</span>
            <span>{seen.wire ? wire.at(seen) : wire.notOnWire(seen)}</span>
            <span>{wire.mtu(seen.mtuBytes)}</span>
            <code>{command.replace(': ', '# ')}</code>
          </p>
          <Layers seen={seen} most={most} />
        </>
      )}
    </section>
  );
}

/** Headers side by side; the longest frame takes the whole width. */
function Layers({ seen, most }: { readonly seen: OnWire; readonly most: number }) {
  const { wire } = useApp(selectText);
  return (
    <ol className={styles.layers} style={{ '--share': seen.bytes / most } as React.CSSProperties}>
      {seen.layers.map(({ kind, at, bytes, added }) => (
        <li key={at} className={added ? styles.added : styles.layer} style={{ flexGrow: bytes }}>
          <span>{wire.layer[kind]}</span>
          <span className={styles.size}>{bytes}</span>
          {added && <span className="visually-hidden">, {wire.added}</span>}
        </li>
      ))}
    </ol>
  );
}
