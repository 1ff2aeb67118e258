import { useEffect, useRef, useState } from 'react';
import { openFiles } from '../../store/actions';
import { selectText } from '../../store/selectors';
import { useApp } from '../../store/store';
import styles from './Captures.module.css';
import { droppedOf } from './dropped';

/** Takes files dropped anywhere on the page. A miss must not make the browser leave the page for the file. */
export function DropTarget() {
  const [dragging, setDragging] = useState(false);
  const { captures } = useApp(selectText);
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
      void droppedOf(event).then(({ files, emptyFolders }) => openFiles(files, emptyFolders));
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
        {captures.dropNote}
      </p>
    </div>
  );
}

const hasFiles = (event: DragEvent): boolean => event.dataTransfer?.types.includes('Files') ?? false;
