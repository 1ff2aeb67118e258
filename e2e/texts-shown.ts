/** What the page shows of its texts, asked in the page itself: these functions are sent there, so each stands alone. */

/**
 * Elements with text of their own that is not shown whole: cut by their box or by one around them that does not scroll, or out
 * of the window's width. Where the whole is offered as a `title`, or by a pointer or the focus, nothing is lost.
 */
export function cutTexts(): readonly string[] {
  const SLACK = 1.5; // px: boxes are rounded, glyphs are not
  const found: string[] = [];
  const clips = (overflow: string): boolean => overflow === 'hidden' || overflow === 'clip';
  const open = document.querySelectorAll('dialog[open]');
  const root = [...open].at(-1) ?? document.body;
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
    const text = (node.textContent ?? '').trim();
    const element = node.parentElement;
    if (text === '' || element === null || element.closest('svg, option, textarea') !== null) continue;
    if (!element.checkVisibility({ opacityProperty: true, visibilityProperty: true })) continue;
    const range = document.createRange();
    range.selectNodeContents(node);
    const boxes = [...range.getClientRects()].filter(({ width, height }) => width > 0 && height > 0);
    if (boxes.length === 0) continue;
    const left = Math.min(...boxes.map((box) => box.left));
    const right = Math.max(...boxes.map((box) => box.right));
    const top = Math.min(...boxes.map((box) => box.top));
    const bottom = Math.max(...boxes.map((box) => box.bottom));
    let [scrollsX, scrollsY] = [false, false];
    let why = '';
    let hidden = false;
    for (
      let around: Element | null = element;
      around !== null && around !== document.body;
      around = around.parentElement
    ) {
      const { overflowX, overflowY, display, position, clipPath } = getComputedStyle(around);
      hidden = clipPath === 'inset(50%)'; // for screen readers alone, by this page's own way to do it
      if (hidden) break;
      if (display === 'contents' || display === 'inline') continue;
      const box = around.getBoundingClientRect();
      if (overflowX === 'auto' || overflowX === 'scroll') scrollsX = true;
      if (overflowY === 'auto' || overflowY === 'scroll') scrollsY = true;
      if (clips(overflowX) && !scrollsX && (right > box.right + SLACK || left < box.left - SLACK))
        why = 'cut at its side';
      if (clips(overflowY) && !scrollsY && (bottom > box.bottom + SLACK || top < box.top - SLACK))
        why = 'cut above or below';
      if (why !== '') {
        if (element.closest('[title]') === null) found.push(`${why}: ${text.slice(0, 60)} (in ${around.className})`);
        break;
      }
      if (position === 'fixed') break;
    }
    if (why === '' && !hidden && !scrollsX && (right > innerWidth + SLACK || left < -SLACK))
      found.push(`out of the window: ${text.slice(0, 60)}`);
  }
  return [...new Set(found)];
}

/** English sentences on the page: five Latin words in a row, two of which only a sentence needs. */
export function englishIn(): readonly string[] {
  const needed = /\b(?:the|is|are|was|of|and|with|that|this|which|what|when|where|has|have|its|an|does|to|for|not)\b/gi;
  const words = (document.body.innerText.match(/[a-z’'-]+(?:,? [a-z’'-]+){4,}/gi) ?? []) as readonly string[];
  return words.filter((run) => (run.match(needed) ?? []).length > 1);
}

/** The step with the longest sentence of each stage ('route lookup'), 1-based: their texts take turns in one place. */
export async function longestSteps(): Promise<readonly number[]> {
  const longest = new Map<string, readonly [length: number, at: number]>();
  const drawn = () => new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));
  for (let at = 1; ; at += 1) {
    const step = document.querySelector('section:has(> p + div > h2)');
    const stage = step?.querySelector('p > span:nth-child(2)')?.textContent ?? '';
    const length = step?.querySelector('p + div')?.textContent?.length ?? 0;
    if (length > (longest.get(stage)?.[0] ?? 0)) longest.set(stage, [length, at]);
    document.dispatchEvent(new KeyboardEvent('keydown', { key: 'ArrowRight', bubbles: true }));
    await drawn();
    const [now, of] = (document.querySelector('nav output, nav [role=status]')?.textContent ?? '')
      .split('/')
      .map(Number);
    if (now !== at + 1 || of === undefined) return [...longest.values()].map(([, where]) => where);
  }
}
