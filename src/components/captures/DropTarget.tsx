import { useEffect, useRef, useState } from 'react';
import { whileBusy } from '../../store/environment';
import { selectText } from '../../store/selectors';
import { useApp } from '../../store/store';
import styles from './Captures.module.css';
import { type Dropped, droppedOf } from './dropped';

/** Takes files dropped anywhere on the page. A miss must not make the browser leave the page for the file. */
export function DropTarget() {
  const [dragging, setDragging] = useState(false);
  const { captures, drop } = useApp(selectText);
  const overlay = useRef<HTMLDivElement>(null);

  useEffect(() => {
    const over = (event: DragEvent): void => {
      if (!hasFiles(event)) return;
      event.preventDefault();
      setDragging(true);
    };
    // Only leaving the window has nothing to enter.
    const leave = (event: DragEvent): void => {
      if (event.relatedTarget === null) setDragging(false);
    };
    const drop = (event: DragEvent): void => {
      setDragging(false);
      if (!hasFiles(event)) return;
      event.preventDefault();
      void take(droppedOf(event));
    };
    window.addEventListener('dragenter', over);
    window.addEventListener('dragover', over);
    window.addEventListener('dragleave', leave);
    window.addEventListener('drop', drop);
    return () => {
      window.removeEventListener('dragenter', over);
      window.removeEventListener('dragover', over);
      window.removeEventListener('dragleave', leave);
      window.removeEventListener('drop', drop);
    };
  }, []);

  // A popover stands above an open dialog too; a browser without popovers shows it below.
  useEffect(() => {
    if (dragging) overlay.current?.showPopover?.();
  }, [dragging]);

  if (!dragging) return null;
  return (
    <div ref={overlay} popover="manual" className={styles.overlay}>
      <p>
        <b>{captures.dropNow}</b>
        <br />
        {drop.note}
      </p>
    </div>
  );
}

const hasFiles = (event: DragEvent): boolean => event.dataTransfer?.types.includes('Files') ?? false;

async function take(dropped: Promise<Dropped>): Promise<void> {
  const [{ takeFiles }, { files, emptyFolders }] = await whileBusy(
    Promise.all([import('../../store/dropped-files'), dropped]),
  );
  await takeFiles(files, emptyFolders);
}
