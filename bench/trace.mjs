// Reads frames and tasks out of a trace of Chromium.

/** Half as long again as a frame of 60 a second: what takes longer is seen. */
const longAfter = (1000 / 60) * 1.5;

const milliseconds = (micro) => micro / 1000;

/** The events of the page's own process, and which thread is its main one. */
export function readTrace({ traceEvents }) {
  const mains = traceEvents.filter(
    ({ name, ph, args }) => name === 'thread_name' && ph === 'M' && args.name === 'CrRendererMain',
  );
  const busy = ({ pid, tid }) =>
    traceEvents.filter((event) => event.pid === pid && event.tid === tid && event.ph === 'X').length;
  // Spare renderers have a main thread as well; the page's is the one that works.
  const main = mains.toSorted((a, b) => busy(b) - busy(a))[0];
  if (main === undefined) throw new Error('the trace has no main thread of a page');
  return { events: traceEvents.filter(({ pid }) => pid === main.pid), main };
}

const quantile = (sorted, part) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? 0;

/** How the browser itself judged each frame that was due; one where nothing moved was not. */
function judged(events) {
  const states = events
    .filter(({ name, ph }) => name === 'PipelineReporter' && ph === 'b')
    .map(({ args }) => (args.frame_reporter ?? args.chrome_frame_reporter)?.state)
    .filter((state) => state !== undefined && state !== 'STATE_NO_UPDATE_DESIRED');
  return { due: states.length, dropped: states.filter((state) => state === 'STATE_DROPPED').length };
}

/**
 * Tasks of the main thread in their order: when each began (microseconds), how
 * long it took and how long it had a processor (milliseconds); other programs
 * of a busy machine make the difference.
 */
const tasksOf = (events, main) =>
  events
    .filter(({ name, ph, tid }) => tid === main.tid && ph === 'X' && name === 'RunTask')
    .map(({ ts, dur = 0, tdur = dur }) => ({
      start: ts,
      took: milliseconds(dur),
      worked: milliseconds(tdur),
    }))
    .sort((a, b) => a.start - b.start);

/** The tasks of each frame of the main thread added up, from one begin to the next. */
function timesOfFrames(events, main, tasks) {
  const begins = events
    .filter(({ name, tid }) => tid === main.tid && name === 'BeginMainThreadFrame')
    .map(({ ts }) => ts)
    .sort((a, b) => a - b);
  const frames = begins.map(() => ({ took: 0, worked: 0 }));
  let index = 0;
  for (const { start, took, worked } of tasks) {
    // A frame begins inside a task, which belongs to it.
    while (index + 1 < begins.length && begins[index + 1] <= start + took * 1000) index += 1;
    const frame = frames[index];
    if (frame !== undefined) {
      frame.took += took;
      frame.worked += worked;
    }
  }
  return frames;
}

/** Figures of a trace: shares are of 1, times in milliseconds. */
export function describeFrames({ events, main }) {
  const tasks = tasksOf(events, main);
  const frames = timesOfFrames(events, main, tasks);
  const work = frames.map(({ worked }) => worked).sort((a, b) => a - b);
  const { due, dropped } = judged(events);
  const share = (longer) => frames.filter(longer).length / Math.max(1, frames.length);
  return {
    frames: frames.length,
    long: share(({ took }) => took > longAfter),
    heavy: share(({ worked }) => worked > longAfter),
    dropped: dropped / Math.max(1, due),
    p50: quantile(work, 0.5),
    p95: quantile(work, 0.95),
    p99: quantile(work, 0.99),
    longest: Math.max(0, ...tasks.map(({ took }) => took)),
  };
}
