import { type ReactNode, Suspense, useEffect } from 'react';
import { beginBusy } from '../../store/environment';

/** Around parts that come when they are first shown (`later`): the page counts as busy until they are drawn. */
export function Awaited({ children }: { readonly children: ReactNode }) {
  return <Suspense fallback={<Busy />}>{children}</Suspense>;
}

function Busy() {
  useEffect(beginBusy, []);
  return null;
}
