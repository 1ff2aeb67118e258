import { type ReactNode, useId, useRef, useState } from 'react';
import styles from './Popover.module.css';

interface Props {
  readonly button: ReactNode;
  readonly label: string; // of what opens
  readonly className?: string | undefined; // of the button
  readonly wide?: boolean;
  /** What opens, made only then; `close` puts the focus back on the button. */
  readonly children: (close: () => void) => ReactNode;
}

/** A button and the native popover below it. Arrow keys, Home and End go from choice to choice; Esc and a click elsewhere close. */
export function Popover({ button, label, className, wide = false, children }: Props) {
  const id = useId();
  const [open, setOpen] = useState(false);
  const own = useRef<HTMLButtonElement>(null);
  const panel = useRef<HTMLDivElement>(null);
  const close = () => panel.current?.hidePopover();
  return (
    <>
      <button
        type="button"
        ref={own}
        className={className}
        popoverTarget={id}
        aria-haspopup="dialog"
        aria-expanded={open}
        aria-controls={id}
      >
        {button}
      </button>
      <div
        id={id}
        ref={panel}
        popover="auto"
        role="dialog"
        aria-label={label}
        className={wide ? `${styles.popover} ${styles.wide}` : styles.popover}
        onToggle={(event) => {
          const isOpen = event.newState === 'open';
          setOpen(isOpen);
          if (!isOpen) return;
          place(event.currentTarget, own.current);
        }}
        onKeyDown={moveFocus}
      >
        {open && children(close)}
      </div>
    </>
  );
}

const EDGE = 8; // px to the edge of the window

/** Below the button, as far left as it must be to fit; a narrow window gives it all its width. */
function place(panel: HTMLElement, button: HTMLElement | null): void {
  if (button === null) return;
  const { left, bottom } = button.getBoundingClientRect();
  panel.style.top = `${Math.min(bottom + 4, innerHeight * 0.4)}px`;
  const reach = (width: number) => Math.max(EDGE, Math.min(left, innerWidth - width - EDGE));
  panel.style.left = `${reach(panel.offsetWidth)}px`;
  // What is inside may come later, and be wider.
  new ResizeObserver((_, observer) => {
    if (!panel.matches(':popover-open')) observer.disconnect();
    else panel.style.left = `${reach(panel.offsetWidth)}px`;
  }).observe(panel);
}

function moveFocus(event: React.KeyboardEvent<HTMLElement>): void {
  const choices = [...event.currentTarget.querySelectorAll<HTMLElement>('button:not(:disabled)')];
  const at = choices.indexOf(document.activeElement as HTMLElement);
  const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: -1 }[event.key];
  if (to === undefined || choices.length === 0) return;
  event.preventDefault();
  choices.at(to % choices.length)?.focus();
}
