// How quickly the blade answers in a real browser: node bench/browser/measure.mjs --url … --until … [--rounds 20]
//
// What is measured is described in docs/BENCHMARKS.md. It ends with 1 where a limit is not held.
import { createRequire } from "node:module";
import { cpus, loadavg } from "node:os";
import { parseArgs } from "node:util";
import { clickToPaint, longTasks, markInPage, quantile, traced } from "./trace.mjs";

const { chromium } = createRequire(new URL("../../end2end/package.json", import.meta.url))("@playwright/test");
const { values: options } = parseArgs({
  options: {
    url: { type: "string" },
    until: { type: "string" },
    rounds: { type: "string", default: "20" },
  },
});
const rounds = Number(options.rounds);
const CLICK_LIMIT_MS = 100;
const FRAME_LIMIT_MS = 50;
/** Rows that are scrolled through. */
const SCROLLED_ROWS = 10_000;
/** The second value of the first open field: the first may leave the list as it is. */
const RAIL_VALUE = "[data-place=rail] details[open] .topvals li:nth-child(2) a.t";
/** How long the client is held back where it is asked what stands there without it, in milliseconds. */
const HELD_BACK_MS = 2_000;

const day = (days) => {
  const until = new Date(options.until);
  const from = new Date(until.getTime() - days * 24 * 3_600_000);
  return `from=${from.toISOString()}&to=${until.toISOString()}`;
};

const browser = await chromium.launch({
  executablePath: process.env.VESTIBULE_CHROMIUM,
  args: ["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync"],
});

async function open(address) {
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
  await page.addInitScript(markInPage);
  await page.goto(`${options.url}${address}`);
  await page.waitForSelector("html[data-hydrated=true]");
  return page;
}

/** Opens the same page again and again, and clicks on what a selector finds; one line of the table. */
async function clicks(title, address, selector, prepare = async () => {}) {
  const page = await open(address);
  const found = [];
  for (let round = 0; round <= rounds; round += 1) {
    await prepare(page);
    const events = await traced(page, async () => {
      await page.locator(selector).first().click();
      await page.waitForFunction(() => performance.getEntriesByName("bench-rows").length > 0);
      await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
    });
    // Once without the clock.
    if (round > 0) {
      found.push(...clickToPaint(events).slice(-1));
    }
    await page.goBack();
    await page.waitForSelector("main:not([aria-busy])");
    await page.waitForTimeout(100);
    await page.evaluate(() => performance.clearMarks());
  }
  await page.close();
  const painted = found.map(({ painted_ms }) => painted_ms);
  const rows = found.map(({ rows_ms }) => rows_ms);
  return { title, p50: quantile(painted, 0.5), p95: quantile(painted, 0.95), rows_p50: quantile(rows, 0.5) };
}

/** Opens the editor of Status and ticks its first option. */
async function openEditor(page) {
  await page.getByRole("button", { name: "Status: None" }).click();
  await page.locator("[role=dialog]:popover-open [role=option]").first().click();
}

/** Frames while the wheel turns through the rows. */
async function scrolling() {
  const page = await open(`/sign-ins?tab=noninteractive&every=off&${day(30)}`);
  await page.mouse.move(900, 600);
  const rowHeight = await page.locator("table.grid tbody tr").first().evaluate((row) => row.getBoundingClientRect().height);
  const distance = SCROLLED_ROWS * rowHeight;
  let frames = [];
  let reached = 0;
  const events = await traced(page, async () => {
    await page.evaluate(() => (window.benchFrames = []));
    // A turn of the wheel for each frame, about 6,000 pixels a second: fast reading, not a jump.
    for (let scrolled = 0; scrolled < distance; scrolled += 100) {
      await page.mouse.wheel(0, 100);
    }
    await page.waitForTimeout(500);
    [frames, reached] = await page.evaluate(() => [window.benchFrames, document.querySelector(".gridscroll").scrollTop]);
  });
  await page.close();
  return { frames, rows: Math.round(reached / rowHeight), tasks: longTasks(events, FRAME_LIMIT_MS) };
}

/** When the first rows and when the client were there, in milliseconds from the beginning of the load. */
async function firstRows() {
  const found = [];
  for (let round = 0; round < rounds; round += 1) {
    const page = await open(`/sign-ins?${day(1)}`);
    found.push(
      await page.evaluate(() => {
        const client = performance.getEntriesByType("resource").find(({ name }) => name.endsWith(".wasm"));
        return {
          rows_ms: window.benchFirstRows,
          paint_ms: performance.getEntriesByName("first-contentful-paint")[0]?.startTime,
          client_ms: client?.responseEnd,
          ready_ms: performance.now(),
        };
      }),
    );
    await page.close();
  }
  return found;
}

/** Whether rows stand there while the client is held back. */
async function rowsWithoutClient() {
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
  await page.addInitScript(markInPage);
  await page.route("**/*.wasm", async (route) => {
    await new Promise((resolve) => setTimeout(resolve, HELD_BACK_MS));
    await route.continue();
  });
  await page.goto(`${options.url}/sign-ins?${day(1)}`, { waitUntil: "commit" });
  await page.waitForFunction(() => window.benchFirstRows !== undefined);
  const rows_ms = await page.evaluate(() => window.benchFirstRows);
  const is_before = await page.evaluate(() => document.documentElement.dataset.hydrated !== "true");
  await page.close();
  return { rows_ms, is_before };
}

const shown = (number) => (Number.isFinite(number) ? number.toFixed(1) : "–").padStart(9);
try {
  console.log(`${rounds} rounds, ${cpus()[0]?.model}, ${cpus().length} cores, Chromium ${browser.version()}; load before: ${loadavg().map((load) => load.toFixed(2)).join(" ")}`);
  const lines = [
    await clicks("value in the rail, 1 day", `/sign-ins?${day(1)}`, RAIL_VALUE),
    await clicks("value in the rail, 30 days", `/sign-ins?${day(30)}`, RAIL_VALUE),
    await clicks("option in an editor, 30 days", `/sign-ins?${day(30)}`, "[role=dialog]:popover-open button:has-text('Apply')", openEditor),
    await clicks("tab", `/sign-ins?${day(1)}`, "nav.tabs a:nth-of-type(3)"),
    await clicks("order by user, 30 days", `/sign-ins?${day(30)}`, "table.grid thead a:has-text('User')"),
  ];
  console.log(`\n${"ms from click".padEnd(26)}${"p50".padStart(9)}${"p95".padStart(9)}${"rows p50".padStart(10)}`);
  for (const line of lines) {
    console.log(`${line.title.padEnd(26)}${shown(line.p50)}${shown(line.p95)} ${shown(line.rows_p50)}`);
  }
  const { frames, rows, tasks } = await scrolling();
  console.log(`\nscrolling through ${rows.toLocaleString("en")} rows: ${frames.length} frames, p50 ${shown(quantile(frames, 0.5)).trim()}, p95 ${shown(quantile(frames, 0.95)).trim()}, p99 ${shown(quantile(frames, 0.99)).trim()}, longest ${shown(Math.max(...frames)).trim()} ms; tasks over ${FRAME_LIMIT_MS} ms: ${tasks.length}`);
  const first = await firstRows();
  const middle = (name) => shown(quantile(first.map((one) => one[name]), 0.5)).trim();
  console.log(`first rows after ${middle("rows_ms")} ms, first paint ${middle("paint_ms")}, client arrived ${middle("client_ms")}, took over ${middle("ready_ms")}`);
  const held = await rowsWithoutClient();
  console.log(`with the client held back for ${HELD_BACK_MS} ms: rows after ${shown(held.rows_ms).trim()} ms, ${held.is_before ? "before" : "after"} it took over`);
  // Each kind of click has to hold the limit, not all of them mixed; one that was never measured does not hold it.
  const click_ms = Math.max(...lines.map(({ p95 }) => p95));
  const frame_ms = quantile(frames, 0.95);
  console.log(`\nclick_to_paint_p95_ms=${click_ms.toFixed(1)} (limit ${CLICK_LIMIT_MS}) frame_p95_ms=${frame_ms.toFixed(1)} (limit ${FRAME_LIMIT_MS}) scrolled_rows=${rows}`);
  const broken = [
    ...lines.filter(({ p95 }) => !(p95 <= CLICK_LIMIT_MS)).map(({ title, p95 }) => `${title}: ${shown(p95).trim()} ms from click to paint`),
    ...(frame_ms <= FRAME_LIMIT_MS ? [] : [`scrolling: frames of ${shown(frame_ms).trim()} ms`]),
    ...(held.is_before ? [] : ["rows came only after the client had taken over"]),
  ];
  for (const limit of broken) {
    console.error(`not held: ${limit}`);
  }
  process.exitCode = broken.length > 0 ? 1 : 0;
} finally {
  await browser.close();
}
