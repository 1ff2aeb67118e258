import type { glossaryPage as en } from '../en/glossary-page';

export const glossaryPage: typeof en = { title: '词汇表', search: '查找词语', none: '没有这样的词。' };
