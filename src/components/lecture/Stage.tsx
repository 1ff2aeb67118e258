import { type ReactNode, useEffect, useRef } from 'react';
import { openLecture, togglePresenting } from '../../store/actions';
import { switchView, toggleBlank, toggleSpotlight, useLecture } from '../../store/lecture';
import { openSpeaker } from '../../store/speaker';
import { useApp } from '../../store/store';
import { toggleFullScreen } from './full-screen';
import styles from './Stage.module.css';
import { useTexts } from './texts';

interface Props {
  readonly title: string; // of the tool; not shown while presenting
  readonly children: ReactNode;
  readonly steps: ReactNode; // what moves through it: buttons and where we are
  readonly hasViews: boolean;
  readonly scrolls?: boolean; // holds more than any screen
  readonly tools?: ReactNode; // shown only while not presenting
}

/** The frame of every screen of a lecture: large and without anything else while presenting, else with a head to leave by. */
export function Stage({ title, children, steps, hasViews, scrolls = false, tools }: Props) {
  const { lecture, text } = useTexts();
  const presenting = useApp((s) => s.presenting);
  const blank = useLecture((s) => s.blank);
  const view = useLecture((s) => s.view);
  const spotlight = useLecture((s) => s.spotlight);
  const swipe = useSwipe();
  const t = lecture.stage;
  return (
    <div className={presenting ? `${styles.stage} ${styles.presenting}` : styles.stage} ref={swipe}>
      {!presenting && (
        <header className={styles.head}>
          <h1 className={styles.title}>
            {text.app.title} <span>{title}</span>
          </h1>
          {tools}
          <button type="button" onClick={togglePresenting} title={t.presentHint}>
            {t.present} <kbd>P</kbd>
          </button>
          <button type="button" onClick={() => openLecture(null)}>
            {t.leave} <kbd>Esc</kbd>
          </button>
        </header>
      )}
      <main className={scrolls ? `${styles.main} ${styles.scrolls}` : styles.main} aria-label={title}>
        {presenting && (
          <h1 className="visually-hidden">
            {text.app.title} {title}
          </h1>
        )}
        {children}
      </main>
      {(steps !== null || presenting) && (
        <nav className={styles.foot} aria-label={t.controls}>
          {steps}
          {presenting && (
            <span className={styles.keys}>
              {hasViews && (
                <KeyButton label={t.view[view === 'decision' ? 'matrix' : 'decision']} name="V" onClick={switchView} />
              )}
              <KeyButton label={t.spotlight} name="L" onClick={toggleSpotlight} pressed={spotlight} />
              <KeyButton label={t.blank} name="B" onClick={toggleBlank} pressed={blank} />
              <KeyButton label={t.fullScreen} name="F" onClick={toggleFullScreen} />
              <KeyButton label={t.speaker} name="S" onClick={openSpeaker} />
              <KeyButton label={t.leavePresenting} name="P" onClick={togglePresenting} />
            </span>
          )}
        </nav>
      )}
      {presenting && spotlight && <Spotlight />}
      {blank && <button type="button" className={styles.blank} onClick={toggleBlank} aria-label={t.unblank} />}
    </div>
  );
}

interface KeyButtonProps {
  readonly label: string;
  readonly name: string;
  readonly onClick: () => void;
  readonly pressed?: boolean;
}

const KeyButton = ({ label, name, onClick, pressed }: KeyButtonProps) => (
  <button type="button" onClick={onClick} aria-label={label} title={`${label} (${name})`} aria-pressed={pressed}>
    {name}
  </button>
);

/** A light around the pointer; everything else goes dim. */
function Spotlight() {
  const element = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const move = ({ clientX, clientY }: PointerEvent) => {
      element.current?.style.setProperty('--x', `${clientX}px`);
      element.current?.style.setProperty('--y', `${clientY}px`);
    };
    window.addEventListener('pointermove', move);
    return () => window.removeEventListener('pointermove', move);
  }, []);
  return <div className={styles.spotlight} ref={element} aria-hidden="true" />;
}

const SWIPE_MIN = 60; // px

/** A swipe steps as the clicker's keys do; the keys know what a step is here. */
function useSwipe() {
  const element = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const stage = element.current;
    if (stage === null) return;
    let start: { readonly x: number; readonly y: number } | null = null;
    const down = ({ pointerType, clientX, clientY, target }: PointerEvent) => {
      const scrolls = target instanceof Element && target.closest('input, select, textarea, pre') !== null;
      start = pointerType === 'touch' && !scrolls ? { x: clientX, y: clientY } : null;
    };
    const up = ({ clientX, clientY }: PointerEvent) => {
      if (start === null) return;
      const [dx, dy] = [clientX - start.x, clientY - start.y];
      start = null;
      if (Math.abs(dx) < SWIPE_MIN || Math.abs(dy) > Math.abs(dx) / 2) return;
      stage.dispatchEvent(new KeyboardEvent('keydown', { key: dx < 0 ? 'PageDown' : 'PageUp', bubbles: true }));
    };
    stage.addEventListener('pointerdown', down);
    stage.addEventListener('pointerup', up);
    return () => {
      stage.removeEventListener('pointerdown', down);
      stage.removeEventListener('pointerup', up);
    };
  }, []);
  return element;
}
