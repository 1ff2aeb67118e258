/** The texts of the page and, beside them, those of the packet list, which come with it. */
import type { Catalogue } from '../../i18n';
import { type PacketTexts, packetTexts } from '../../i18n/packets';
import { selectText } from '../../store/selectors';
import { useApp } from '../../store/store';

export function useTexts(): { readonly text: Catalogue; readonly t: PacketTexts } {
  const text = useApp(selectText);
  const lang = useApp((s) => s.lang);
  return { text, t: packetTexts(lang) };
}
