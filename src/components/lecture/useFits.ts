import { useApp } from '../../store/store';
import { useMedia } from '../shared/useMedia';

/** While presenting nothing may scroll; a phone has no room for that. */
export function useFits(): boolean {
  const presenting = useApp((s) => s.presenting);
  return useMedia('(min-width: 48rem)') && presenting;
}
