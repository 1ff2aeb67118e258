/** What must be there before the first screen: its session, which is worked out while the reader's language is fetched. */
import { loadCatalogue } from '../i18n';
import { isPacked, linkIn, startAddress, unpacked } from './address';
import { loadControlPlane } from './control-plane';
import { languageOf, startEnvironment, whileBusy } from './environment';
import { isTimelineIn, langIn } from './hash';
import { startKeys } from './keys';
import { selectSession } from './selectors';
import { useApp } from './store';

export async function boot(): Promise<void> {
  const own = languageOf(navigator.languages);
  const link = isPacked(location.hash) ? await unpacked(location.hash) : linkIn(location.hash);
  const texts = Promise.all([loadCatalogue(own), loadCatalogue(langIn(link.hash) ?? own)]);
  if (isTimelineIn(link.hash)) await loadControlPlane();
  useApp.setState({ lang: own });
  startAddress(link);
  selectSession(useApp.getState());
  await texts;
  startEnvironment();
  startKeys();
  const stop = useApp.subscribe(({ files }) => {
    if (files.length === 0) return;
    stop();
    void whileBusy(import('./compared-part').then(({ followFiles }) => followFiles()));
  });
}
