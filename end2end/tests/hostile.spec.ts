/** Texts of logs that mean harm: nothing of them runs, and the page keeps its shape. */
import { expect, expectNoSidewaysScroll, graphSignIn, hydrated, ndjson, open, pane, row, testAlone as test } from "../support";

const RTL = "\u202e";
const SCRIPT = `<script>alert(1)</script><img src=x onerror="alert(2)"><b>bold</b>`;
const LONG = "Mozilla/5.0 " + "A".repeat(100_000);
const TEXTS: Record<string, unknown>[] = [
  { userDisplayName: SCRIPT, appDisplayName: "javascript:alert(3)" },
  { userDisplayName: `invoice${RTL}gpj.exe`, appDisplayName: "\u2066isolated" },
  { userDisplayName: "=HYPERLINK(\"http://127.0.0.1:1/\",\"x\")", appDisplayName: "@SUM(1+1)*cmd|' /C calc'!A0" },
  { userAgent: LONG, userDisplayName: "W".repeat(5_000), appDisplayName: "x".repeat(100_000) },
  { userDisplayName: "a\u0000b\u0007c\nd", appDisplayName: "</script><script>alert(4)</script>" },
  { userDisplayName: "Z\u0301\u0323\u0337".repeat(300), appDisplayName: "ﷺ".repeat(200) },
  { userDisplayName: "&lt;i&gt;", appDisplayName: "{{7*7}} ${7*7} %3Cb%3E" },
];
const NAME = "<img src=x onerror=alert(5)>.ndjson";
const RANGE = "from=2024-01-01T00:00:00Z&to=2024-12-31T00:00:00Z";

type ImportProgress = { state: string; summary: { new: number } };

test.beforeEach(async ({ request }) => {
  const file = ndjson(NAME, TEXTS.map((texts, number) => graphSignIn(number, texts)));
  const answer = await request.post("/api/imports", { headers: { accept: "application/json" }, multipart: { file } });
  expect(answer.status()).toBe(202);
  await expect
    .poll(async () => {
      // Sign-ins are counted before they are stored: only "done" says that they can be asked for.
      const { state, summary } = (await (await request.get("/api/imports/1")).json()) as ImportProgress;
      return state === "done" && summary.new;
    })
    .toBe(TEXTS.length);
});

const idOf = (number: number) => String(graphSignIn(number).id);

test("the grid shows them as text and keeps its shape", async ({ page }) => {
  await open(page, `/sign-ins?${RANGE}`);
  await expect(page.locator("table.grid tbody tr[id]")).toHaveCount(TEXTS.length);
  await expect(row(page, idOf(0))).toContainText(SCRIPT);
  await expect(page.locator("table.grid tbody").locator("script, img, b, i, iframe, style")).toHaveCount(0);
  await expect(page.locator('a[href^="javascript:"]')).toHaveCount(0);
  expect(await page.content()).not.toContain(RTL);
  await expect(row(page, idOf(1))).toContainText("invoice\ufffdgpj.exe");
  await expect(row(page, idOf(2))).toContainText("=HYPERLINK(");
  await expect(row(page, idOf(6))).toContainText("&lt;i&gt;");
  const heights = await page.locator("table.grid tbody tr[id]").evaluateAll((rows) => rows.map((row) => row.getBoundingClientRect().height));
  expect(Math.max(...heights), "height of the rows").toBeLessThanOrEqual(Math.min(...heights) + 1);
  await expectNoSidewaysScroll(page);
});

test("the panes show them as text and keep their shape", async ({ page }) => {
  for (let number = 0; number < TEXTS.length; number += 1) {
    await page.goto(`/sign-ins?${RANGE}&row=${idOf(number)}`);
    await hydrated(page);
    await expect(pane(page).getByRole("heading", { level: 2 })).toBeVisible();
    await expect(pane(page).locator("script, img, b, i, iframe, style")).toHaveCount(0);
    await pane(page).getByText("Record as it came").click();
    await expect(pane(page).locator("pre")).toBeVisible();
    const [content, width] = await pane(page)
      .locator("> .in")
      .evaluate((body) => [body.scrollWidth, body.clientWidth]);
    expect(content, `width of the pane of record ${number}`).toBeLessThanOrEqual(width ?? 0);
    await expectNoSidewaysScroll(page);
  }
});

test("pills, problems and the search field show what the address says as text", async ({ page }) => {
  const text = encodeURIComponent(SCRIPT);
  await open(page, `/sign-ins?${RANGE}&f=user:contains:${text}&f=${text}&q=${text}&sort=${text}`);
  await expect(page.getByLabel("Search these sign-ins")).toHaveValue(SCRIPT);
  await expect(page.locator("main").locator("script, img")).toHaveCount(0);
  await expect(page.getByRole("alert")).toContainText("<script>");
  await expectNoSidewaysScroll(page);
  const long = "y".repeat(3_000);
  await open(page, `/sign-ins?${RANGE}&f=user:contains:${long}&f=${long}&q=${long}`);
  await expectNoSidewaysScroll(page);
});

test("the import page shows the file's name as text", async ({ page }) => {
  await open(page, "/import/1");
  await expect(page.locator("section.panel li").first()).toContainText(NAME);
  await expect(page.locator("main").locator("script, img")).toHaveCount(0);
  await expectNoSidewaysScroll(page);
});
