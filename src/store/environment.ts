/** What the page takes from the browser around it, and what it sets there: language, theme, and whether all is at rest. */
import { catalogue, type Lang } from '../i18n';
import { useApp } from './store';

/** The first of the reader's languages that the page has; English if none is. */
export function languageOf(preferred: readonly string[]): Lang {
  for (const tag of preferred) {
    if (/^zh\b/i.test(tag)) return 'zh';
    if (/^en\b/i.test(tag)) return 'en';
  }
  return 'en';
}

/** Keeps `<html lang>`, theme and title in step with the store, whose language is loaded. */
export function startEnvironment(): void {
  const root = document.documentElement;
  let shown = '';
  const show = () => {
    const { lang, theme } = useApp.getState();
    // To set an attribute to what it is would still make the browser look at every style again.
    if (shown === `${lang} ${theme}`) return;
    shown = `${lang} ${theme}`;
    const text = catalogue(lang).app;
    root.lang = lang === 'zh' ? 'zh-CN' : 'en';
    if (theme === 'auto') delete root.dataset.theme;
    else root.dataset.theme = theme;
    document.title = `${text.title} · ${text.tagline}`;
  };
  show();
  useApp.subscribe(show);
}

let busy = 1; // the page's own start, until `markStarted`
let started = false;

/**
 * Says that something moves or is waited for, until the function it returns is called. `<html data-idle="true">` is
 * what browser tests wait for.
 */
export function beginBusy(): () => void {
  let over = false;
  busy += 1;
  markIdle();
  return () => {
    if (over) return;
    over = true;
    busy -= 1;
    markIdle();
  };
}

/** Busy until the work is done or has failed. */
export function whileBusy<T>(work: Promise<T>): Promise<T> {
  return work.finally(beginBusy());
}

/** The first screen stands, and what it waits for has been asked for. */
export function markStarted(): void {
  if (started) return;
  started = true;
  busy -= 1;
  markIdle();
}

function markIdle(): void {
  document.documentElement.dataset.idle = String(busy === 0);
}
