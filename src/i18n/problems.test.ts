import { describe, expect, test } from 'vitest';
import { openCapture } from '../engine/capture/open';
import { catalogue, LANGS, loadCatalogue } from '.';

await Promise.all(LANGS.map(loadCatalogue));

describe.each(LANGS)('what is said of a damaged file (%s)', (lang) => {
  const { problems } = catalogue(lang);
  test('names byte and packet, and what was kept', () => {
    const { what, kept } = problems.capture({
      kind: 'cut-in-packet',
      severity: 'error',
      packet: 4,
      offset: 270,
      have: 30,
      need: 98,
    });
    expect(what).toContain('270');
    expect(what).toContain('98');
    expect(kept).toContain('3');
  });
  test('tells a text file from a capture by its first bytes', () => {
    const opened = openCapture(new TextEncoder().encode('tcpdump: listening on eth0'));
    if (opened.ok) throw new Error('a text was taken for a capture');
    const { what, todo } = problems.capture(opened.error);
    expect(what).toContain('74 63 70 64');
    expect(todo).toContain('tcpdump -w');
  });
});
