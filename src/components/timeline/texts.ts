/** The texts of the page and, beside them, those of the time line, which come with its parts. */
import type { Catalogue } from '../../i18n';
import { timelineTexts } from '../../i18n/timeline';
import { selectText } from '../../store/selectors';
import { useApp } from '../../store/store';

export function useTexts(): { readonly text: Catalogue; readonly t: ReturnType<typeof timelineTexts> } {
  const text = useApp(selectText);
  const t = timelineTexts(useApp((s) => s.lang));
  return { text, t };
}
