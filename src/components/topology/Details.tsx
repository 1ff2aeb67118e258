import { useEffect, useRef } from 'react';
import type { GraphWords } from './content';
import styles from './Details.module.css';
import type { Facts } from './facts';
import { Offers } from './Offers';

export interface Opened {
  readonly facts: Facts;
  readonly beside: DOMRect; // the box on the screen
}

interface Props {
  readonly opened: Opened | null;
  readonly words: GraphWords;
  readonly onClose: () => void;
}

/** A native popover beside the box: Esc, a click elsewhere and its button close it, and the focus goes back. */
export function Details({ opened, words, onClose }: Props) {
  const ref = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const element = ref.current;
    if (element === null || opened === null) return;
    element.showPopover();
    place(element, opened.beside);
    element.querySelector('button')?.focus({ preventScroll: true });
  }, [opened]);
  return (
    <div
      ref={ref}
      popover="auto"
      role="dialog"
      aria-label={opened === null ? undefined : words.details(opened.facts.title)}
      className={styles.details}
      onToggle={(event) => event.newState === 'closed' && onClose()}
    >
      {opened !== null && (
        <>
          <div className={styles.head}>
            <strong>{opened.facts.title}</strong>
            <span>{opened.facts.kind}</span>
            <button type="button" aria-label={words.close} onClick={() => ref.current?.hidePopover()}>
              ×
            </button>
          </div>
          <dl>
            {opened.facts.facts.map((fact, i) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: two addresses of a device may be equal; the list never changes
              <div key={i}>
                <dt>{fact.name}</dt>
                <dd>
                  {fact.value}
                  {fact.assumed && <span className={styles.assumed}> † {words.assumedWord}</span>}
                </dd>
              </div>
            ))}
          </dl>
          <Offers place={opened.facts.place} close={() => ref.current?.hidePopover()} />
        </>
      )}
    </div>
  );
}

const EDGE = 8; // px to the edge of the window and to the box

/** Right of the box if there is room, else left of it, else wherever it fits. */
function place(element: HTMLElement, beside: DOMRect): void {
  const { width, height } = element.getBoundingClientRect();
  const right = beside.right + EDGE;
  const left = right + width + EDGE <= innerWidth ? right : beside.left - EDGE - width;
  const clamp = (value: number, size: number, room: number) => Math.max(EDGE, Math.min(value, room - size - EDGE));
  element.style.left = `${clamp(left, width, innerWidth)}px`;
  element.style.top = `${clamp(beside.top, height, innerHeight)}px`;
}
