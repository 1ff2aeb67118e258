import { describe, expect, test } from 'vitest';
import { shortened, textWidth } from './text-width';

describe('textWidth', () => {
  test('a MAC address in a monospaced face takes 17 equal characters', () => {
    expect(textWidth('7a:0b:d4:4c:c5:68', { size: 10, mono: true })).toBeCloseTo(17 * 6.02);
  });
  test('a Chinese character is as wide as the text is high', () => {
    expect(textWidth('路由查找', { size: 13 })).toBe(52);
  });
  test('bold takes more than regular', () => {
    expect(textWidth('node1', { size: 13, bold: true })).toBeGreaterThan(textWidth('node1', { size: 13 }));
  });
});

describe('shortened', () => {
  test('leaves alone what fits', () => expect(shortened('eth0', 100, { size: 13 })).toBe('eth0'));
  test('ends with an ellipsis what does not, within the width', () => {
    const text = shortened('cni-test-777bbd57c8-7jxzs', 80, { size: 13 });
    expect(text).toMatch(/^cni-.*…$/);
    expect(textWidth(text, { size: 13 })).toBeLessThanOrEqual(80);
  });
});
