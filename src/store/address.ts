/**
 * Keeps the address and the store in step. A short hash stands in plain, for people to read and change; a long one is packed
 * (`#z=…`), since many programs cut or break long addresses. What fits in neither is said, and the address then holds only
 * where one was: never half of what is shown as if it were all.
 */
import { isLoaded, loadCatalogue } from '../i18n';
import { restore } from './actions';
import { isControlPlaneLoaded, loadControlPlane } from './control-plane';
import { beginBusy, whileBusy } from './environment';
import { CHANGES_MAX, changesIn, isOwnIn, type Kept, readHash, writeHash } from './hash';
import { type AppState, INITIAL, type LinkNotice, useApp } from './store';

const PACKED = '#z=';
const PLAIN_MAX = 1500; // characters; with where the page stands still below the 2,000 that are said to work everywhere
const WRITE_DELAY_MS = 200; // browsers allow about 100 writes in 30 seconds; a held key makes more

/** What an address asks for, in plain, and what is to be said of it. */
export interface Link {
  readonly hash: string;
  readonly notice: LinkNotice | null;
}

export const isPacked = (hash: string): boolean => hash.startsWith(PACKED);

/** A link that asks for more than this page does is not carried out in part. */
export function linkIn(hash: string): Link {
  return changesIn(hash) > CHANGES_MAX ? { hash: '', notice: { kind: 'too-long' } } : { hash, notice: null };
}

export async function unpacked(hash: string): Promise<Link> {
  const { unpack } = await whileBusy(import('./packed-text'));
  const plain = await whileBusy(unpack(hash.slice(PACKED.length)));
  return plain.ok ? linkIn(plain.value) : { hash: '', notice: { kind: plain.error } };
}

/** What an address says of a fresh page, in the reader's own language. */
function freshIn(lang: Kept['lang']): Kept {
  const { scenario, command, typed, mode, timeline, changes, stepIndex, stepSize, panel, presenting, lecture } =
    INITIAL;
  return { scenario, command, typed, mode, timeline, changes, stepIndex, stepSize, lang, panel, presenting, lecture };
}

let fresh = freshIn(INITIAL.lang);
let held = ''; // what the address says, in plain
let turn = 0; // an answer to what was asked before the last turn comes too late
let isTaking = false;
let hasNoLink = false;
let settled = () => {};
let timer: ReturnType<typeof setTimeout> | undefined;
let writing: Promise<void> = Promise.resolve();

/** In plain, whatever its length: for another page to hold. */
export function addressOf(changed: Partial<Kept>, more = ''): string {
  const hash = writeHash({ ...useApp.getState(), ...changed }, fresh);
  const page = location.href.split('#', 1)[0] ?? '';
  return page + (more === '' ? hash : hash === '' ? `#${more}` : `${hash}&${more}`);
}

/** The address of this very moment; null where there is none, which is then said. */
export async function addressNow(): Promise<string | null> {
  if (timer !== undefined) void write();
  await writing;
  if (hasNoLink) useApp.setState({ linkNotice: { kind: 'no-link' } });
  return hasNoLink ? null : location.href;
}

/** Takes the link the page was opened with, then keeps address and store in step. Call after its language is known. */
export function startAddress(first: Link): void {
  fresh = freshIn(useApp.getState().lang);
  take(first);
  window.addEventListener('hashchange', onHashChange);
  window.addEventListener('pagehide', writePlain);
  useApp.subscribe(() => {
    if (timer === undefined) settled = beginBusy();
    clearTimeout(timer);
    timer = setTimeout(() => void write(), WRITE_DELAY_MS);
  });
}

async function onHashChange(): Promise<void> {
  turn += 1;
  const mine = turn;
  isTaking = true; // until then the address is not written: it would be lost
  const link = isPacked(location.hash) ? await unpacked(location.hash) : linkIn(location.hash);
  if (mine === turn) take(link);
}

/** Shows what a link asks for: at once, or when what it needs has been loaded. */
function take({ hash, notice }: Link): void {
  turn += 1;
  const mine = turn;
  isTaking = true;
  const asked = readHash(hash);
  const { lang = fresh.lang, timeline = null } = asked;
  const isOwn = isOwnIn(hash);
  const needs = [
    ...(isLoaded(lang) ? [] : [loadCatalogue(lang)]),
    ...(timeline === null || isControlPlaneLoaded() ? [] : [loadControlPlane()]),
    // The user's own cluster is not in a link, but this tab may still have it.
    ...(isOwn && useApp.getState().own === null
      ? [import('./own-cluster').then(({ restoreOwn }) => restoreOwn())]
      : []),
  ];
  const show = () => {
    if (mine !== turn) return;
    isTaking = false;
    held = hash;
    const isGone = isOwn && useApp.getState().own === null;
    const unknown = changesIn(hash) - (asked.changes?.length ?? 0);
    const said: LinkNotice | null =
      notice ?? (isGone ? { kind: 'own-cluster' } : unknown > 0 ? { kind: 'unknown-changes', count: unknown } : null);
    // Nothing of another cluster's makes sense on this one.
    restore({ ...shownBy(isGone ? { lang } : asked), linkNotice: said });
  };
  if (needs.length === 0) show();
  else {
    if (isLoaded(lang)) restore({ lang });
    void whileBusy(Promise.all(needs)).then(show);
  }
}

/** An address says what differs from a fresh page: nothing of what was shown before another link is part of that. */
const shownBy = (asked: Partial<Kept>): Partial<AppState> => ({ ...fresh, undone: [], ...asked });

async function write(): Promise<void> {
  clearTimeout(timer);
  timer = undefined;
  const done = settled;
  if (!isTaking) writing = put(writeHash(useApp.getState(), fresh));
  await writing;
  done();
}

/** `plain`: what is shown. Where it is packed, something newer may come in between. */
async function put(plain: string): Promise<void> {
  turn += 1;
  const mine = turn;
  if (plain === held) return;
  const packed = plain.length > PLAIN_MAX ? await packedOf(plain) : plain;
  if (mine !== turn) return;
  held = plain;
  replaceHash(packed ?? writeHash(whereOne(useApp.getState()), fresh));
  const had = hasNoLink;
  hasNoLink = packed === null;
  if (hasNoLink && !had) useApp.setState({ linkNotice: { kind: 'no-link' } });
  if (!hasNoLink && had && useApp.getState().linkNotice?.kind === 'no-link') useApp.setState({ linkNotice: null });
}

async function packedOf(plain: string): Promise<string | null> {
  if (changesIn(plain) > CHANGES_MAX) return null;
  const { pack } = await import('./packed-text');
  const packed = await pack(plain);
  return packed === null ? null : `${PACKED}${packed}`;
}

/** Without whatever may be of any length. */
const whereOne = ({ scenario, lang, mode, panel, presenting }: Kept): Kept => ({
  ...fresh,
  scenario,
  lang,
  mode,
  panel,
  presenting,
});

/** A page that is left cannot wait for packing. */
function writePlain(): void {
  const plain = writeHash(useApp.getState(), fresh);
  if (isTaking || hasNoLink || plain === held) return;
  held = plain;
  replaceHash(plain);
}

function replaceHash(hash: string): void {
  if (hash === location.hash) return;
  history.replaceState(null, '', hash === '' ? location.pathname + location.search : hash);
}
