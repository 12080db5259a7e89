// What the browser did, from its own trace: when something was clicked, when rows changed, when they were painted.

/** Categories of the trace that are needed. */
const CATEGORIES = ["devtools.timeline", "disabled-by-default-devtools.timeline.frame", "blink.user_timing"];

/**
 * Runs in every page before anything else: marks clicks, and changes of the rows, in the trace. Frames are counted
 * from one animation frame to the next while `benchFrames` is an array.
 */
export function markInPage() {
  addEventListener("click", () => performance.mark("bench-click"), { capture: true });
  const watch = () => {
    const isOfRows = (node) =>
      node.nodeType === 1 && (node.matches("tbody, tr, table.grid, [data-place=grid]") || node.querySelector("tbody, tr"));
    new MutationObserver((changes) => {
      if (changes.some((change) => [...change.addedNodes].some(isOfRows))) {
        performance.mark("bench-rows");
      }
    }).observe(document, { childList: true, subtree: true });
  };
  watch();
  let before = 0;
  const frame = (now) => {
    window.benchFrames?.push(now - before);
    before = now;
    if (window.benchFirstRows === undefined && document.querySelector("table.grid tbody tr")) {
      // The frame after this one has them on the screen.
      window.benchFirstRows = now;
    }
    requestAnimationFrame(frame);
  };
  requestAnimationFrame(frame);
}

/** Records a trace while `run` does something with the page; gives its events in the order of time. */
export async function traced(page, run) {
  const session = await page.context().newCDPSession(page);
  const events = [];
  session.on("Tracing.dataCollected", ({ value }) => events.push(...value));
  const ended = new Promise((resolve) => session.once("Tracing.tracingComplete", resolve));
  await session.send("Tracing.start", {
    transferMode: "ReportEvents",
    traceConfig: { includedCategories: CATEGORIES },
  });
  await run();
  await session.send("Tracing.end");
  await ended;
  await session.detach();
  return events.sort((left, right) => left.ts - right.ts);
}

/**
 * Milliseconds from each click to the end of the first paint after the rows had changed, and, of these, until the rows
 * had changed. Clicks that changed no rows are an error: the measurement would speak of something else.
 */
export function clickToPaint(events) {
  const isMark = (event, name) => event.cat?.includes("blink.user_timing") && event.name === name;
  const clicks = events.filter((event) => isMark(event, "bench-click"));
  return clicks.map((click, index) => {
    const until = clicks[index + 1]?.ts ?? Infinity;
    const later = events.filter((event) => event.ts >= click.ts && event.ts < until && event.pid === click.pid);
    const rows = later.find((event) => isMark(event, "bench-rows"));
    if (!rows) {
      throw new Error(`click ${index + 1} of ${clicks.length} changed no rows`);
    }
    const paint = later.find((event) => event.ts > rows.ts && event.name === "Paint");
    const drawn = later.find((event) => event.ts > (paint ?? rows).ts && event.name === "Commit");
    const last = drawn ?? paint;
    if (!last) {
      throw new Error(`rows of click ${index + 1} were not painted`);
    }
    const end = last.ts + (last.dur ?? 0);
    return { painted_ms: (end - click.ts) / 1000, rows_ms: (rows.ts - click.ts) / 1000 };
  });
}

/** Milliseconds of the longest tasks of the page, longest first. */
export function longTasks(events, over_ms = 50) {
  return events
    .filter((event) => event.name === "RunTask" && event.dur / 1000 > over_ms)
    .map((event) => event.dur / 1000)
    .sort((left, right) => right - left);
}

/** The value below which this share of the numbers lies. */
export function quantile(numbers, share) {
  const sorted = [...numbers].sort((left, right) => left - right);
  return sorted[Math.min(sorted.length - 1, Math.ceil(share * sorted.length) - 1)] ?? NaN;
}
