/** Everything that works without scripts: reading, paging, sorting, filtering, opening, importing. */
import type { Page } from "@playwright/test";
import {
  apiRows,
  DAY,
  expect,
  graphSignIn,
  ndjson,
  openEditor,
  pane,
  row,
  rowIds,
  signIns,
  test,
  testAlone,
} from "../support";

test.use({ javaScriptEnabled: false });
testAlone.use({ javaScriptEnabled: false });

// A browser without scripts refuses to load the module that the page announces.
test.beforeEach(({ watch }) => watch.allow(/vestibule\.[0-9a-f]+\.js csp$/));
testAlone.beforeEach(({ watch }) => watch.allow(/vestibule\.[0-9a-f]+\.js csp$/));

const firstHundred = (page: Page, rows: { request_id: string }[], from = 0) =>
  expect.poll(() => rowIds(page)).toEqual(rows.slice(from, from + 100).map((found) => found.request_id));

test("a hundred rows, and no control that needs scripts", async ({ page, request }) => {
  await page.goto(signIns());
  await firstHundred(page, await apiRows(request, DAY));
  await expect(page.locator("html")).not.toHaveAttribute("data-hydrated");
  await page.goto(signIns(`row=${(await rowIds(page))[0]}`));
  await expect(pane(page)).toBeVisible();
  await expect(pane(page).locator(".script-only").filter({ visible: true })).toHaveCount(0);
});

test("load more leads to the rows that follow, and back", async ({ page, request }) => {
  const rows = await apiRows(request, DAY);
  await page.goto(signIns());
  await page.getByRole("link", { name: "Load 100 more" }).click();
  await firstHundred(page, rows, 100);
  await page.getByRole("link", { name: "Load 100 more" }).click();
  await firstHundred(page, rows, 200);
  await expect(page.locator(".gridfoot")).toContainText(", 100 shown");
  await page.getByRole("link", { name: "Back to the first page" }).click();
  await firstHundred(page, rows);
});

test("headers sort", async ({ page, request }) => {
  await page.goto(signIns());
  await page.getByRole("columnheader", { name: "User" }).getByRole("link").click();
  await expect(page.getByRole("columnheader", { name: "User" })).toHaveAttribute("aria-sort", "ascending");
  await firstHundred(page, await apiRows(request, `${DAY}&sort=user`));
});

test("rows open and close", async ({ page }) => {
  await page.goto(signIns());
  const [, second] = await rowIds(page);
  await row(page, String(second)).getByRole("link").click();
  await expect(pane(page)).toContainText(String(second));
  await expect(row(page, String(second))).toHaveAttribute("aria-selected", "true");
  await pane(page).getByText("Record as it came").click();
  await expect(pane(page).locator("pre")).toBeVisible();
  await pane(page).getByRole("link", { name: "Close" }).click();
  await expect(pane(page)).toHaveCount(0);
});

test("forms of the filter bar end at the canonical address", async ({ page, request }) => {
  await page.goto(signIns());
  const users = await openEditor(page, "User");
  await users.getByRole("textbox", { name: "Value" }).fill("a, b");
  await users.getByRole("button", { name: "Apply" }).click();
  await expect.poll(() => new URL(page.url()).searchParams.getAll("f")).toEqual([String.raw`user:contains:a\, b`]);
  await expect(page.locator(".empty")).toContainText("No sign-ins match");
  await page.getByRole("link", { name: "Remove filter User" }).click();
  const status = await openEditor(page, "Status");
  await status.getByRole("checkbox", { name: "Failure" }).check();
  await status.getByRole("button", { name: "Apply" }).click();
  await expect(page).toHaveURL(signIns("f=status:in:failure"));
  await firstHundred(page, await apiRows(request, `${DAY}&f=status:in:failure`));
  await page.getByRole("link", { name: "Reset filters" }).click();
  const date = await openEditor(page, "Date");
  await date.getByLabel("To", { exact: true }).fill("2026-11-24 02:10:30");
  await date.getByRole("button", { name: "Apply" }).click();
  const range = "from=2026-11-23T10:42:00Z&to=2026-11-24T02:10:30Z";
  await expect(page).toHaveURL(`/sign-ins?${range}`);
  await firstHundred(page, await apiRows(request, range));
});

test("a filter is added by a page with its editor open", async ({ page, request }) => {
  await page.goto(signIns());
  await page.getByRole("button", { name: "Add filter" }).click();
  await page.getByRole("dialog", { name: "Add filter" }).getByRole("button", { name: "City", exact: true }).click();
  const editor = page.getByRole("dialog", { name: "City" });
  await expect(editor).toBeVisible();
  await editor.getByRole("textbox", { name: "Value" }).fill("Oslo");
  await editor.getByRole("button", { name: "Apply" }).click();
  await expect(page).toHaveURL(signIns("f=city:contains:Oslo"));
  await firstHundred(page, await apiRows(request, `${DAY}&f=city:contains:Oslo`));
});

test("pills are turned round, paused and removed by links", async ({ page }) => {
  await page.goto(signIns("f=status:in:failure"));
  await (await openEditor(page, "Status")).getByRole("link", { name: "Turn into" }).click();
  await expect(page).toHaveURL(signIns("f=status:nin:failure"));
  await page.getByRole("button", { name: "Status is not Failure" }).click();
  await page.getByRole("link", { name: "Pause" }).click();
  await expect(page).toHaveURL(signIns("f=~status:nin:failure"));
  await expect(page.locator(".pill.paused")).toHaveText(/Failure/);
});

test("the search line takes filters and words", async ({ page }) => {
  await page.goto(signIns());
  await page.locator("#search-line").fill("status:failure app:contains:teams 203.0.113.7");
  await page.locator("#search-line").press("Enter");
  await expect(page).toHaveURL(signIns("f=status:in:failure", "f=application:contains:teams", "q=203.0.113.7"));
});

test("all filters are edited as one line", async ({ page }) => {
  await page.goto(signIns("f=status:in:failure", "q=oslo"));
  await page.getByRole("button", { name: "Edit as text" }).click();
  const line = page.getByRole("textbox", { name: "Filters and search" });
  await expect(line).toHaveValue("status:failure oslo");
  await line.fill('-status:failure user:"Ann Berg"');
  await page.getByRole("dialog", { name: "Filters as text" }).getByRole("button", { name: "Apply" }).click();
  await expect(page).toHaveURL(signIns("f=status:nin:failure", "f=user:in:Ann+Berg"));
});

test("the search field searches", async ({ page, request }) => {
  const [first] = await apiRows(request, DAY);
  await page.goto(signIns());
  await page.locator("#search-line").fill(String(first?.request_id));
  await page.locator("#search-line").press("Enter");
  await expect.poll(() => rowIds(page)).toEqual([first?.request_id]);
});

test("the theme is kept", async ({ page }) => {
  await page.goto(signIns());
  await page.getByRole("button", { name: "Theme" }).click();
  await page.getByRole("button", { name: "Dark" }).click();
  await expect(page).toHaveURL(signIns());
  await expect(page.locator("html")).toHaveAttribute("data-theme", "dark");
});

testAlone("the form of the import page imports, and the page follows by itself", async ({ page }) => {
  await page.goto("/import");
  const records = [graphSignIn(1), '{"id": "broken', graphSignIn(2)];
  await page.getByLabel("Drop files to let them in").setInputFiles(ndjson("plain.ndjson", records));
  await page.getByRole("button", { name: "Import" }).click();
  await expect(page).toHaveURL("/import/1");
  const panel = page.locator("section.panel.flush");
  await expect(panel.getByRole("status")).toHaveText("Done");
  await expect(panel).toContainText("2 rows in");
  await expect(panel.locator("tbody tr")).toHaveCount(1);
  await panel.getByRole("link", { name: "Show these sign-ins" }).first().click();
  await expect(page.locator("table.grid tbody tr[id]")).toHaveCount(2);
});
