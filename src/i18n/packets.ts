/** Texts of the packet list and of its filter. Not in the catalogue of the first screen: they come with the list. */
import { filter as enFilter } from './en/filter';
import { packets as en } from './en/packets';
import type { Lang } from './index';
import { filter as zhFilter } from './zh/filter';
import { packets as zh } from './zh/packets';

export type PacketTexts = typeof en & { readonly filterError: typeof enFilter.error };

const EN: PacketTexts = { ...en, filterError: enFilter.error };
const ZH: PacketTexts = { ...zh, filterError: zhFilter.error };

export const packetTexts = (lang: Lang): PacketTexts => (lang === 'zh' ? ZH : EN);
