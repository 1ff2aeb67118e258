/** What must be there before the first screen: the model and the reader's language, asked for at once and side by side. */
import { loadCatalogue } from '../i18n';
import { isPacked, linkIn, startAddress, unpacked } from './address';
import { loadControlPlane } from './control-plane';
import { languageOf, startEnvironment, whileBusy } from './environment';
import { isTimelineIn, langIn } from './hash';
import { startKeys } from './keys';
import { provideEngine } from './selectors';
import { useApp } from './store';

export async function boot(): Promise<void> {
  const own = languageOf(navigator.languages);
  const link = isPacked(location.hash) ? await unpacked(location.hash) : linkIn(location.hash);
  const wanted = langIn(link.hash) ?? own;
  const [engine] = await Promise.all([
    import('./engine'),
    loadCatalogue(own),
    loadCatalogue(wanted),
    isTimelineIn(link.hash) ? loadControlPlane() : null,
  ]);
  provideEngine(engine);
  startEnvironment(own);
  startAddress(link);
  startKeys();
  const stop = useApp.subscribe(({ files }) => {
    if (files.length === 0) return;
    stop();
    void whileBusy(import('./compared-part').then(({ followFiles }) => followFiles()));
  });
}
