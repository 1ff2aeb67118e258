import { describe, expect, test } from 'vitest';
import { languageOf } from './environment';

describe('languageOf', () => {
  test.each([
    [['zh-CN', 'en'], 'zh'],
    [['zh'], 'zh'],
    [['zh-Hant-TW'], 'zh'],
    [['en-GB', 'zh-CN'], 'en'],
    [['fr', 'de', 'zh-CN', 'en'], 'zh'],
    [['fr'], 'en'],
    [[], 'en'],
  ] as const)('%j gives %s', (preferred, lang) => expect(languageOf(preferred)).toBe(lang));
});
