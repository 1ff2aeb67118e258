import { expect, type Page } from '@playwright/test';

/** The goal is 50 ms (32 seen at most); a busy machine works slower, and no test is there to measure that. */
const LONG_TASK_MS = 100;

/**
 * What the page's main thread worked on for so long at a time that one feels it, from now on. Its own time counts: on a busy machine
 * a task also waits.
 */
export async function watchLongTasks(page: Page, longMs = LONG_TASK_MS): Promise<() => Promise<readonly number[]>> {
  const browser = page.context().browser();
  if (browser === null) throw new Error('no browser to trace');
  await browser.startTracing(page, { categories: ['toplevel', 'disabled-by-default-devtools.timeline'] });
  return async () => {
    const { traceEvents } = JSON.parse((await browser.stopTracing()).toString()) as { traceEvents: TraceEvent[] };
    const placeOf = ({ pid, tid }: TraceEvent): string => `${pid} ${tid}`;
    const isMain = ({ name, args }: TraceEvent): boolean => name === 'thread_name' && args?.name === 'CrRendererMain';
    const main = new Set(traceEvents.filter(isMain).map(placeOf));
    const tasks = traceEvents.filter((event) => event.name === 'RunTask' && main.has(placeOf(event)));
    expect(tasks.length).toBeGreaterThan(0);
    // The page's own code is made of modules. Scripts are what the test asks of it, and what that needs takes 200 ms at times.
    const scripts = traceEvents.filter((event) => event.name === 'EvaluateScript' && main.has(placeOf(event)));
    const own = tasks.filter(({ ts, dur = 0 }) => !scripts.some((one) => one.ts >= ts && one.ts <= ts + dur));
    return own.map(({ tdur = 0 }) => Math.round(tdur / 1000)).filter((ms) => ms > longMs);
  };
}

/** All in microseconds; `tdur`: of the thread's own time. */
interface TraceEvent {
  readonly name: string;
  readonly pid: number;
  readonly tid: number;
  readonly ts: number;
  readonly dur?: number;
  readonly tdur?: number;
  readonly args?: { readonly name?: string };
}
