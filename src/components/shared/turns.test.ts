import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';

/** A page whose frames are painted when the test says so, and the module as it is when a page opens. */
async function opened() {
  let frames: (() => void)[] = [];
  vi.stubGlobal('document', { hidden: false });
  vi.stubGlobal('requestAnimationFrame', (frame: () => void) => frames.push(frame));
  const paint = () => {
    const due = frames;
    frames = [];
    for (const frame of due) frame();
    vi.runAllTimers();
  };
  return { ...(await import('./turns')), paint };
}

beforeEach(() => {
  vi.resetModules();
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

describe('parts that come after the first screen', () => {
  test('wait until it is painted', async () => {
    const { awaitTurn, beginTurns, paint } = await opened();
    const show = vi.fn();
    awaitTurn(show);
    paint();
    expect(show).not.toHaveBeenCalled();
    beginTurns();
    expect(show).not.toHaveBeenCalled();
    paint();
    expect(show).toHaveBeenCalledOnce();
  });

  test('come one after another, each once the one before is drawn and painted', async () => {
    const { awaitTurn, beginTurns, areTurnsOver, paint } = await opened();
    const [first, second] = [vi.fn(), vi.fn()];
    const drawn = awaitTurn(first);
    const drawnToo = awaitTurn(second);
    const gone = awaitTurn(vi.fn());
    beginTurns();
    paint();
    gone();
    paint();
    expect(first).toHaveBeenCalledOnce();
    expect(second).not.toHaveBeenCalled();
    drawn();
    expect(second).not.toHaveBeenCalled();
    paint();
    expect(second).toHaveBeenCalledOnce();
    expect(areTurnsOver()).toBe(false);
    drawnToo();
    paint();
    expect(areTurnsOver()).toBe(true);
  });

  test('are passed over when they are gone, waiting or in their turn', async () => {
    const { awaitTurn, beginTurns, paint } = await opened();
    const [first, second, third] = [vi.fn(), vi.fn(), vi.fn()];
    const gone = awaitTurn(first);
    const goneToo = awaitTurn(second);
    awaitTurn(third);
    goneToo();
    beginTurns();
    paint();
    gone();
    paint();
    expect(second).not.toHaveBeenCalled();
    expect(third).toHaveBeenCalledOnce();
  });

  test('begin anew for another first screen, once it is painted', async () => {
    const { awaitTurn, beginTurns, areTurnsOver, paint } = await opened();
    beginTurns();
    paint();
    expect(areTurnsOver()).toBe(true);
    const [first, second] = [vi.fn(), vi.fn()];
    const drawn = awaitTurn(first);
    const drawnToo = awaitTurn(second);
    expect(areTurnsOver()).toBe(false);
    expect(first).not.toHaveBeenCalled();
    paint();
    expect(first).toHaveBeenCalledOnce();
    expect(second).not.toHaveBeenCalled();
    drawn();
    paint();
    expect(second).toHaveBeenCalledOnce();
    drawnToo();
    paint();
    expect(areTurnsOver()).toBe(true);
  });
});
