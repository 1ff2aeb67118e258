/** What a projector washes out: every colour of text in presenter mode at 7:1 or better on what lies behind it (WCAG 1.4.6). */
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

const read = (name: string): string => readFileSync(new URL(name, import.meta.url), 'utf8');

/** `--ink: light-dark(#121a24, #e8edf2)`, the later one counts. */
function tokens(theme: 0 | 1): ReadonlyMap<string, string> {
  const css = read('../theme.css') + read('./Stage.module.css');
  const found = css.matchAll(/(--[\w-]+):\s*light-dark\((#[0-9a-f]{6}),\s*(#[0-9a-f]{6})\)/g);
  return new Map([...found].map(([, name = '', light = '', dark = '']) => [name, theme === 0 ? light : dark]));
}

function luminance(hex: string): number {
  const [r = 0, g = 0, b = 0] = [1, 3, 5].map((at) => {
    const share = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

function contrast(a: string, b: string): number {
  const [high = 0, low = 0] = [luminance(a), luminance(b)].sort((x, y) => y - x);
  return (high + 0.05) / (low + 0.05);
}

const PAIRS = [
  ['--ink', '--paper'],
  ['--ink', '--box'],
  ['--ink', '--box-inner'],
  ['--ink', '--now-wash'],
  ['--ink-2', '--paper'],
  ['--ink-2', '--box'],
  ['--ink-2', '--box-inner'],
  ['--now-ink', '--now'],
  ['--now-ink', '--differ'],
  ['--now', '--box'],
  ['--changed', '--changed-wash'],
  ['--agree', '--paper'],
  ['--agree', '--box'],
  ['--agree', '--changed-wash'],
  ['--differ', '--paper'],
  ['--differ', '--differ-wash'],
] as const;

test.each(PAIRS.flatMap(([ink, ground]) => [[ink, ground, 0] as const, [ink, ground, 1] as const]))(
  '%s on %s (theme %i)',
  (ink, ground, theme) => {
    const known = tokens(theme);
    expect(contrast(known.get(ink) ?? '', known.get(ground) ?? '')).toBeGreaterThanOrEqual(7);
  },
);

test('black on white is 21:1', () => expect(contrast('#000000', '#ffffff')).toBeCloseTo(21));
