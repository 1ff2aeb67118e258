/** Long work on the page's own thread, in slices: between two of them the page draws and answers. */
import type { InParts } from '../engine/base/in-parts';

const SLICE_MS = 12;

export interface Breath {
  readonly isDue: boolean;
  /** Lets the page do what waits; then the next slice begins. */
  take(): Promise<void>;
}

export function newBreath(): Breath {
  let since = performance.now();
  return {
    get isDue() {
      return performance.now() - since > SLICE_MS;
    },
    async take() {
      await new Promise<void>((go) => setTimeout(go));
      since = performance.now();
    },
  };
}

/** All of the work. What is made of it begins with a slice of its own. */
export async function breathing<T>(work: InParts<T>): Promise<T> {
  const breath = newBreath();
  for (;;) {
    const { done, value } = work.next();
    if (done === true || breath.isDue) await breath.take();
    if (done === true) return value;
  }
}

/** Hands over what a generator returns, unless it is stopped before. Short work is done before anything is drawn. */
export function inSlices<T>(work: InParts<T>, signal: AbortSignal, done: (value: T) => void): void {
  const breath = newBreath();
  const go = (): void => {
    while (!signal.aborted) {
      const { done: isDone, value } = work.next();
      if (isDone === true) {
        done(value);
        return;
      }
      if (breath.isDue) {
        void breath.take().then(go);
        return;
      }
    }
  };
  go();
}
