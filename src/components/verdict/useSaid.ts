import { useMemo } from 'react';
import type { Verdict } from '../../engine/verdict/verdict';
import { type SaidVerdict, sayVerdict } from '../../i18n/sentence-verdict';
import { selectSession, selectText } from '../../store/selectors';
import { useApp } from '../../store/store';

/** The verdict in the reader's language. */
export function useSaid(verdict: Verdict): SaidVerdict {
  const { trace, topology } = useApp(selectSession);
  const text = useApp(selectText);
  return useMemo(() => sayVerdict(verdict, trace, topology, text), [verdict, trace, topology, text]);
}
