/** The texts of the page and, beside them, those of the lecture, which come with its screens. */
import type { Catalogue } from '../../i18n';
import { type LectureTexts, lectureTexts } from '../../i18n/lecture';
import { selectText } from '../../store/selectors';
import { useApp } from '../../store/store';

export function useTexts(): { readonly text: Catalogue; readonly lecture: LectureTexts } {
  const text = useApp(selectText);
  const lang = useApp((s) => s.lang);
  return { text, lecture: lectureTexts(lang) };
}
