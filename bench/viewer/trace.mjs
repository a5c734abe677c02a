/** Reads the cost of a page's frames from Chromium's own trace. */

/**
 * Runs something in a page and measures the frames that its main thread made meanwhile.
 *
 * @param {() => Promise<unknown>} action
 * @returns {Promise<{ work: number, gl: number }[]>} A frame each, milliseconds: `work`, the
 *   processor time of callbacks, style, layout, paint and commit; `gl`, how long it stood still
 *   for the GL renderer, which without a GPU shades on the same processor.
 */
export async function tracedFrames(browser, page, action) {
  await browser.startTracing(page, { categories: ['cc', 'blink', 'gpu', 'devtools.timeline', 'toplevel'] });
  await action();
  const { traceEvents } = JSON.parse((await browser.stopTracing()).toString());
  return framesOf(traceEvents);
}

/**
 * Runs something in a page and gives the tasks of its main thread meanwhile.
 *
 * @returns {Promise<number[]>} Milliseconds of processor time each.
 */
export async function tracedTasks(browser, page, action) {
  await browser.startTracing(page, {
    categories: ['devtools.timeline', 'disabled-by-default-devtools.timeline', 'toplevel']
  });
  await action();
  const { traceEvents } = JSON.parse((await browser.stopTracing()).toString());
  return tasksOf(traceEvents);
}

export function tasksOf(events) {
  return onMainThread(events)
    .filter(({ name }) => name === 'RunTask')
    .map(({ tdur = 0 }) => tdur / 1000);
}

/** The events of the threads on which pages run their scripts. */
function onMainThread(events) {
  const named = events.filter(
    ({ ph, name, args }) => ph === 'M' && name === 'thread_name' && args?.name === 'CrRendererMain'
  );
  const threads = new Set(named.map(({ pid, tid }) => `${pid}:${tid}`));
  return events.filter(({ ph, pid, tid }) => ph === 'X' && threads.has(`${pid}:${tid}`));
}

/**
 * @param {{ name: string, ph: string, pid: number, tid: number, ts: number,
 * dur?: number, tdur?: number, args?: { name?: string } }[]} events
 */
export function framesOf(events) {
  const onMain = onMainThread(events);
  const waits = onMain.filter(({ name }) => name === 'ImplementationBase::WaitForCmd');
  return onMain
    .filter(({ name }) => name === 'ProxyMain::BeginMainFrame')
    .map(({ pid, tid, ts, dur = 0, tdur = 0 }) => {
      const inside = waits.filter(wait => wait.pid === pid && wait.tid === tid && wait.ts >= ts && wait.ts < ts + dur);
      return { work: tdur / 1000, gl: inside.reduce((sum, wait) => sum + (wait.dur ?? 0), 0) / 1000 };
    });
}
