/**
 * axe finds nothing, whatever the reader's theme, contrast, language and window. `FACES=all` looks at every screen in every
 * face; otherwise each face looks at every ninth screen, so that each screen is seen in two faces.
 */
import AxeBuilder from '@axe-core/playwright';
import { expect, test } from '@playwright/test';
import { openScreen, SCREENS } from './screens';

const LOOKS = [
  ['light', { colorScheme: 'light' }],
  ['dark', { colorScheme: 'dark' }],
  ['high contrast', { colorScheme: 'dark', contrast: 'more' }],
] as const;
const WINDOWS = [
  ['desktop', { width: 1440, height: 900 }],
  ['phone', { width: 390, height: 844 }],
  ['presenter', { width: 1024, height: 768 }],
] as const;

const FACES = LOOKS.flatMap((look) =>
  (['en', 'zh'] as const).flatMap((lang) => WINDOWS.map((window) => ({ look, lang, window }))),
);

for (const [face, { look, lang, window }] of FACES.entries()) {
  test(`axe finds nothing: ${look[0]}, ${lang}, ${window[0]}`, async ({ page }) => {
    test.setTimeout(300_000); // axe looks at every element of every screen
    await page.emulateMedia({ ...look[1], reducedMotion: 'reduce' });
    await page.setViewportSize(window[1]);
    const found: unknown[] = [];
    for (const [place, screen] of SCREENS.entries()) {
      if (process.env.FACES !== 'all' && (place + face) % 9 !== 0) continue;
      await openScreen(page, screen, lang);
      // One page, no frames of others: the results need no page of their own to be put together, and what passes is not listed.
      const axe = new AxeBuilder({ page }).setLegacyMode(true).options({ resultTypes: ['violations'], preload: false });
      const { violations } = await (screen.alike === undefined ? axe : axe.exclude(screen.alike)).analyze();
      for (const { id, nodes } of violations)
        found.push([screen.name, id, nodes.length, nodes[0]?.target, nodes[0]?.failureSummary]);
    }
    expect(found).toEqual([]);
  });
}
