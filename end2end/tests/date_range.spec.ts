/** The date range: typed texts, the calendar, zones, moving and zooming. */
import { apiRows, expect, hydrated, open, openEditor, signIns, test } from "../support";

test("a range of one's own is typed, to the second", async ({ page, request }) => {
  await open(page, signIns());
  const editor = await openEditor(page, "Date");
  await expect(editor.getByLabel("From", { exact: true })).toBeFocused();
  await editor.getByLabel("From", { exact: true }).fill("2026-11-24 02:00:05");
  await editor.getByLabel("To", { exact: true }).fill("2026-11-24 02:10:30");
  await page.keyboard.press("Control+Enter");
  const range = "from=2026-11-24T02:00:05Z&to=2026-11-24T02:10:30Z";
  await expect(page).toHaveURL(`/sign-ins?${range}`);
  const expected = await apiRows(request, range);
  expect(expected.length).toBeGreaterThan(0);
  await expect(page.locator(".gridfoot b")).toHaveText(String(expected.length));
  const again = await openEditor(page, "Date");
  await expect(again.getByLabel("From", { exact: true })).toHaveValue("2026-11-24 02:00:05");
});

test("ages are kept as ages, and a name is found for them", async ({ page }) => {
  await open(page, signIns());
  const set = async (from: string, to: string) => {
    const editor = await openEditor(page, "Date");
    await editor.getByLabel("From", { exact: true }).fill(from);
    await editor.getByLabel("To", { exact: true }).fill(to);
    await editor.getByRole("button", { name: "Apply" }).click();
  };
  await set("now-3d", "");
  await expect(page).toHaveURL("/sign-ins?from=now-3d");
  await expect(page.locator(".pill.time")).toHaveText("Date: Last 3 days");
  await set("now-7d", "now");
  await expect(page).toHaveURL("/sign-ins?range=7d");
  await set("", "");
  await expect(page.locator(".pill.time")).toHaveText("Date: All time");
});

test("what is no moment is said, and the range stays", async ({ page }) => {
  await open(page, signIns());
  const editor = await openEditor(page, "Date");
  await editor.getByLabel("From", { exact: true }).fill("soon");
  await editor.getByRole("button", { name: "Apply" }).click();
  await expect(page.getByRole("alert")).toContainText("`soon` is not a moment");
});

test("the range is moved and widened", async ({ page }) => {
  await open(page, "/sign-ins?from=2026-11-24T02:00:00Z&to=2026-11-24T04:00:00Z");
  const move = async (name: string) => (await openEditor(page, "Date")).getByRole("link", { name }).click();
  await move("Earlier");
  await expect(page).toHaveURL("/sign-ins?from=2026-11-24T00:00:00Z&to=2026-11-24T02:00:00Z");
  await move("Zoom out");
  await expect(page).toHaveURL("/sign-ins?from=2026-11-23T23:00:00Z&to=2026-11-24T03:00:00Z");
});

test("days are chosen in the calendar by keyboard", async ({ page }) => {
  await open(page, "/sign-ins?from=2026-11-18T00:00:00Z&to=2026-11-19T00:00:00Z");
  const editor = await openEditor(page, "Date");
  const calendar = editor.getByRole("grid", { name: "Calendar" });
  await expect(calendar).toBeVisible();
  const day = (name: string) => calendar.getByRole("button", { name });
  await day("Thursday 19 November 2026").focus();
  await page.keyboard.press("ArrowUp");
  await expect(day("Thursday 12 November 2026")).toBeFocused();
  await page.keyboard.press("PageUp");
  await expect(day("Monday 12 October 2026")).toBeFocused();
  await page.keyboard.press("PageDown");
  await expect(day("Thursday 12 November 2026")).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(editor.getByLabel("From", { exact: true })).toHaveValue("2026-11-12");
  for (let step = 0; step < 2; step += 1) {
    await page.keyboard.press("Shift+ArrowRight");
  }
  await expect(editor.getByLabel("To", { exact: true })).toHaveValue("2026-11-14");
  await expect(day("Friday 13 November 2026")).toHaveAttribute("aria-pressed", "true");
  await page.keyboard.press("Control+Enter");
  await expect(page).toHaveURL("/sign-ins?from=2026-11-12T00:00:00Z&to=2026-11-15T00:00:00Z");
});

test.describe("elsewhere", () => {
  test.use({ timezoneId: "Europe/Oslo" });

  test("dates are typed and shown in the reader's zone, or in UTC when asked", async ({ page }) => {
    await page.goto(signIns());
    await expect(page.locator(".gridfoot")).toContainText("Times in Europe/Oslo");
    await hydrated(page);
    const time = page.locator("table.grid tbody time").first();
    await expect(time).toHaveAttribute("datetime", /\+01:00$/);
    const editor = await openEditor(page, "Date");
    await editor.getByLabel("From", { exact: true }).fill("2026-11-20");
    await editor.getByLabel("To", { exact: true }).fill("2026-11-20");
    await editor.getByRole("button", { name: "Apply" }).click();
    await expect(page).toHaveURL("/sign-ins?from=2026-11-19T23:00:00Z&to=2026-11-20T23:00:00Z");
    await (await openEditor(page, "Date")).getByRole("link", { name: "UTC" }).click();
    await expect(page.locator(".gridfoot")).toContainText("Times in UTC");
    await expect(time).toHaveAttribute("datetime", /Z$/);
    await expect(page).toHaveURL(/tz=utc/);
    const again = await openEditor(page, "Date");
    await expect(again.getByLabel("From", { exact: true })).toHaveValue("2026-11-19 23:00");
  });
});
