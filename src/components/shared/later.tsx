import { type ComponentType, useEffect, useState } from 'react';
import { beginBusy } from '../../store/environment';

/**
 * A part of the page that comes when it is first shown; the page counts as busy until it is drawn. It is drawn as soon as it
 * is there, where React's own `lazy` would hold it back for up to 300 ms.
 */
export function later<P extends object>(load: () => Promise<ComponentType<P>>): ComponentType<P> {
  let known: ComponentType<P> | null = null;
  return function Later(props: P) {
    const [Part, setPart] = useState(() => known);
    const [failure, setFailure] = useState<{ readonly error: unknown } | null>(null);
    useEffect(() => {
      if (Part !== null) return;
      load().then(
        (part) => {
          known = part;
          setPart(() => part);
        },
        (error: unknown) => setFailure({ error }),
      );
      return beginBusy();
    }, [Part]);
    if (failure !== null) throw failure.error;
    return Part === null ? null : <Part {...props} />;
  };
}
