import { type ReactNode, useEffect, useId, useRef } from 'react';
import { closeDialog } from '../../store/actions';
import { selectText } from '../../store/selectors';
import { type DialogName, useApp } from '../../store/store';
import styles from './Dialog.module.css';

interface Props {
  readonly name: DialogName;
  readonly title: string;
  readonly children: ReactNode;
}

/** The browser's own modal dialog, open while the store says so. Esc, the button and a click beside it close it. */
export function Dialog({ name, title, children }: Props) {
  const open = useApp((s) => s.dialog === name);
  const { app } = useApp(selectText);
  const element = useRef<HTMLDialogElement>(null);
  const heading = useId();
  useEffect(() => {
    if (open) element.current?.showModal();
    else element.current?.close();
  }, [open]);
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: Esc is the key for it, and the browser's own
    <dialog
      ref={element}
      className={styles.dialog}
      aria-labelledby={heading}
      onClose={() => open && closeDialog()}
      onClick={(event) => event.target === event.currentTarget && closeDialog()}
    >
      {open && (
        <div className={styles.inside}>
          <header className={styles.head}>
            <h2 id={heading}>{title}</h2>
          </header>
          {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it may scroll, so the keyboard must reach it */}
          <div className={styles.body} tabIndex={0}>
            {children}
          </div>
          <button type="button" className={styles.close} onClick={closeDialog}>
            {app.close}
          </button>
        </div>
      )}
    </dialog>
  );
}
