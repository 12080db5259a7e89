/** The import page: from a chosen or dropped file to its counts and its refused records. */
import { readFile, writeFile } from "node:fs/promises";
import type { Page } from "@playwright/test";
import { apiRows, expect, graphSignIn, hydrated, ndjson, open, testAlone as test } from "../support";

/** The panel of the import that the address names. */
const panel = (page: Page) => page.locator("section.panel").first();

/** Chooses files, sends them, and waits until they are imported. */
async function bringIn(page: Page, ...files: { name: string; mimeType: string; buffer: Buffer }[]) {
  await page.getByLabel("Drop files to let them in").setInputFiles(files);
  const before = page.url();
  await page.getByRole("button", { name: "Import" }).click();
  // The page of an earlier import says that it is done, too.
  await expect(page).not.toHaveURL(before);
  await expect(page).toHaveURL(/\/import\/\d+$/);
  await expect(panel(page).getByRole("status")).toHaveText("Done", { timeout: 20_000 });
}

const BROKEN = '{"id": "broken, "createdDateTime": ';
const DATELESS = JSON.stringify(graphSignIn(30, { createdDateTime: "yesterday" }));

test("a chosen file is sent, read with a live bar, and counted", async ({ page, request }) => {
  await open(page, "/import");
  // What the bars said while they were there, whether or not the test looked at the right moment.
  await page.evaluate(() => {
    const seen: string[] = [];
    Object.assign(window, { seen });
    const look = () => document.querySelectorAll("progress").forEach((bar) => seen.push(bar.getAttribute("aria-label") ?? ""));
    new MutationObserver(look).observe(document.body, { subtree: true, childList: true, attributes: true });
  });
  const records = Array.from({ length: 8_000 }, (_, number) => graphSignIn(number, { userAgent: "long ".repeat(500) }));
  await bringIn(page, ndjson("many.ndjson", records));
  const seen = new Set(await page.evaluate(() => (window as unknown as { seen: string[] }).seen));
  expect(seen).toContain("Sending");
  expect([...seen].some((label) => label === "many.ndjson" || label === "This import")).toBe(true);
  await expect(panel(page).locator(".counts").first()).toContainText("8,000 rows in");
  await expect(panel(page)).toContainText("0 already here");
  await expect(panel(page)).toContainText("0 refused");
  await expect(page.locator("progress")).toHaveCount(0);
  expect(await apiRows(request, "from=2024-01-01T00:00:00Z&to=2024-12-31T00:00:00Z")).toHaveLength(8_000);
});

test("the link to the sign-ins of a file shows them all", async ({ page }) => {
  await open(page, "/import");
  await bringIn(page, ndjson("three.ndjson", [graphSignIn(1), graphSignIn(2), graphSignIn(3)]));
  await panel(page).getByRole("link", { name: "Show these sign-ins" }).first().click();
  await expect(page.locator("table.grid tbody tr[id]")).toHaveCount(3);
  await expect(page.locator(".end-of-list")).toHaveText("That is all: 3 sign-ins.");
  await expect(page.locator("table.grid tbody tr[id]").first()).toContainText("Person 3");
});

test("the list that is reached from an import pages, has its one Tab stop, and fits its commands", async ({ page }) => {
  await open(page, "/import");
  await bringIn(page, ndjson("many.ndjson", Array.from({ length: 230 }, (_, number) => graphSignIn(number))));
  await panel(page).getByRole("link", { name: "Show these sign-ins" }).first().click();
  const grid = page.locator("table.grid");
  await expect(grid).toHaveAttribute("data-keys", "");
  await expect(grid.locator('[tabindex="0"]')).toHaveCount(1);
  await expect(page.locator("[data-toolbar]")).toHaveAttribute("data-fitted", /\d/);
  await page.locator(".gridscroll").evaluate((element) => {
    element.scrollTop = element.scrollHeight;
  });
  await expect(grid.locator('tr[aria-rowindex="231"]')).toBeInViewport();
  await expect(grid.locator('tr[aria-rowindex="231"]')).toContainText("Person 0");
});

test("the filters of a list stand over its rows again after an import", async ({ page }) => {
  const range = "from=2024-03-05T00:00:00Z&to=2024-03-06T00:00:00Z";
  const filtered = `/sign-ins?${range}&f=user:contains:Person+2&sort=user`;
  const pill = page.getByRole("search").getByRole("button", { name: /^User contains/ });
  await open(page, "/import");
  await bringIn(page, ndjson("three.ndjson", [graphSignIn(1), graphSignIn(2), graphSignIn(3)]));
  await open(page, `/sign-ins?${range}&f=user:contains:Person+2`);
  await page.getByRole("columnheader", { name: "User", exact: true }).getByRole("link").click();
  await expect(page).toHaveURL(filtered);
  await page.getByRole("toolbar", { name: "Commands" }).getByRole("link", { name: "Import" }).click();
  await panel(page).getByRole("link", { name: "Show these sign-ins" }).first().click();
  await expect(page.locator("table.grid tbody tr[id]")).toHaveCount(3);
  await expect(pill).toHaveCount(0);
  // A link to the first list, as a saved view is one.
  await page.evaluate((address) => {
    const link = document.createElement("a");
    link.href = address;
    document.body.append(link);
    link.click();
    link.remove();
  }, filtered);
  await expect(page.locator("table.grid tbody tr[id]")).toHaveCount(1);
  await expect(pill).toHaveText("User contains Person 2");
});

test("dates of another year are shown whole", async ({ page }) => {
  await open(page, "/import");
  await bringIn(page, ndjson("old.ndjson", [graphSignIn(1, { createdDateTime: "2024-12-28T22:48:58Z" })]));
  await panel(page).getByRole("link", { name: "Show these sign-ins" }).first().click();
  const cell = page.locator("table.grid tbody td").nth(1);
  await expect(cell).toHaveText("28 Dec 2024 22:48:58");
  const [content, width] = await cell.evaluate((cell) => {
    const link = cell.querySelector("a") ?? cell;
    return [Math.max(cell.scrollWidth, link.scrollWidth), Math.max(cell.clientWidth, link.clientWidth)];
  });
  expect(content, "width of the date").toBeLessThanOrEqual(width ?? 0);
});

test("a second import of the same adds nothing", async ({ page }) => {
  const file = ndjson("twice.ndjson", [graphSignIn(1), graphSignIn(2)]);
  await open(page, "/import");
  await bringIn(page, file);
  await expect(panel(page)).toContainText("2 rows in");
  await bringIn(page, file);
  await expect(page).toHaveURL(/\/import\/2$/);
  await expect(panel(page)).toContainText("0 rows in");
  await expect(panel(page)).toContainText("2 already here");
});

test("refused records are listed with their reasons, and come back byte for byte", async ({ page }) => {
  await open(page, "/import");
  await bringIn(page, ndjson("mixed.ndjson", [graphSignIn(1), BROKEN, DATELESS, graphSignIn(2)]));
  await expect(panel(page)).toContainText("2 rows in");
  await expect(panel(page)).toContainText("2 refused");
  await expect(panel(page).getByText("2 refused records")).toBeVisible();
  const lines = panel(page).locator("tbody tr");
  await expect(lines).toHaveCount(2);
  await expect(lines.nth(0)).toContainText("line 2");
  await expect(lines.nth(0)).toContainText("not json");
  await expect(lines.nth(1)).toContainText("line 3");
  await expect(lines.nth(1)).toContainText("date is not a date");
  for (const [index, bytes] of [BROKEN, DATELESS].entries()) {
    const begun = page.waitForEvent("download");
    await lines.nth(index).getByRole("link", { name: "Download" }).click();
    expect(await readFile(await (await begun).path(), "utf8")).toBe(bytes);
  }
  const begun = page.waitForEvent("download");
  await page.getByRole("link", { name: "Download all as they were" }).click();
  const all = await readFile(await (await begun).path(), "utf8");
  const records = all.trim().split("\n").map((line) => (JSON.parse(line) as { record: string }).record);
  expect(new Set(records)).toEqual(new Set([BROKEN, DATELESS]));
});

test("refused records stay with the import that they came in", async ({ page }) => {
  await open(page, "/import");
  await bringIn(page, ndjson("first.ndjson", [graphSignIn(1), BROKEN]));
  await bringIn(page, ndjson("second.ndjson", [graphSignIn(2), DATELESS]));
  await open(page, "/import/1");
  await expect(panel(page).locator("tbody tr")).toHaveCount(1);
  await expect(panel(page).locator("tbody tr")).toContainText("not json");
});

test("a file that is dropped anywhere on the zone is taken", async ({ page }, info) => {
  const file = info.outputPath("dropped.json");
  await writeFile(file, JSON.stringify({ value: [graphSignIn(1), graphSignIn(2)] }));
  await open(page, "/import");
  const zone = page.locator("form.drop");
  const box = await zone.locator("h2").boundingBox();
  if (!box) throw new Error("the heading of the zone is not shown");
  // A drag from outside of the browser, which only its own protocol can begin.
  const browser = await page.context().newCDPSession(page);
  const data = { items: [], files: [file], dragOperationsMask: 1 };
  const drag = (type: "dragEnter" | "dragOver" | "drop") =>
    browser.send("Input.dispatchDragEvent", { type, x: box.x + box.width / 2, y: box.y + box.height / 2, data });
  await drag("dragEnter");
  await drag("dragOver");
  await expect(zone).toHaveClass(/\bover\b/);
  await drag("drop");
  await expect(zone).not.toHaveClass(/\bover\b/);
  await page.getByRole("button", { name: "Import" }).click();
  await expect(panel(page).getByRole("status")).toHaveText("Done");
  await expect(panel(page)).toContainText("dropped.json");
  await expect(panel(page)).toContainText("2 rows in");
});

test("a drag that leaves the zone leaves no mark", async ({ page }) => {
  await open(page, "/import");
  const transfer = await page.evaluateHandle(() => {
    const transfer = new DataTransfer();
    transfer.items.add(new File(["{}"], "left.json", { type: "application/json" }));
    return transfer;
  });
  const zone = page.locator("form.drop");
  await zone.dispatchEvent("dragover", { dataTransfer: transfer });
  await expect(zone).toHaveClass(/\bover\b/);
  await zone.dispatchEvent("dragleave", { dataTransfer: transfer });
  await expect(zone).not.toHaveClass(/\bover\b/);
});

test("a wrong kind of file says what it is", async ({ page }) => {
  await open(page, "/import");
  const png = Buffer.concat([Buffer.from("\x89PNG\r\n\x1a\n", "latin1"), Buffer.alloc(2_000, 7)]);
  await bringIn(
    page,
    { name: "holiday.png", mimeType: "image/png", buffer: png },
    { name: "nothing.json", mimeType: "application/json", buffer: Buffer.alloc(0) },
    ndjson("good.ndjson", [graphSignIn(1)]),
  );
  const line = (name: string) => panel(page).locator("li").filter({ hasText: name });
  await expect(line("holiday.png")).toContainText("this is not a sign-in log: it seems to be a PNG image");
  await expect(line("nothing.json")).toContainText("the file is empty");
  await expect(line("good.ndjson")).toContainText(/1 rows? in/);
});

test("records of other kinds are counted and named", async ({ page }) => {
  await open(page, "/import");
  const audit = {
    id: "Directory_1",
    category: "UserManagement",
    activityDisplayName: "Add user",
    activityDateTime: "2024-03-05T09:00:00Z",
    initiatedBy: { user: { userPrincipalName: "a@tests.example" } },
    targetResources: [],
  };
  await bringIn(page, { name: "audit.json", mimeType: "application/json", buffer: Buffer.from(JSON.stringify([audit])) });
  await expect(panel(page)).toContainText("1 of other kinds");
  await expect(panel(page).getByText(/not imported yet/)).toHaveCount(1);
});

test("nothing chosen sends nothing", async ({ page }) => {
  await open(page, "/import");
  await page.getByRole("button", { name: "Import" }).click();
  await expect(page).toHaveURL("/import");
  await expect(page.getByLabel("Drop files to let them in")).toBeFocused();
});

test("a server that went away is said to have, in words", async ({ page, watch }) => {
  watch.allow(/ERR_FAILED/);
  await open(page, "/import");
  await page.route("**/api/imports", (route) => route.abort());
  await page.getByLabel("Drop files to let them in").setInputFiles(ndjson("lost.ndjson", [graphSignIn(1)]));
  await page.getByRole("button", { name: "Import" }).click();
  await expect(page.getByRole("alert")).toHaveText("The files did not arrive. Check that the server is running and try again.");
});

test("what the server refuses is said in words, not as JSON", async ({ page, watch }) => {
  watch.allow(/413/);
  await open(page, "/import");
  await page.route("**/api/imports", (route) => route.fulfill({ status: 413, contentType: "text/plain", body: "the upload is larger than allowed" }));
  await page.getByLabel("Drop files to let them in").setInputFiles(ndjson("large.ndjson", [graphSignIn(1)]));
  await page.getByRole("button", { name: "Import" }).click();
  await expect(page.getByRole("alert")).toHaveText("the upload is larger than allowed");
});

test("an unknown number and the list of imports", async ({ page, watch }) => {
  watch.allow(/404.*\/import\/77|status of 404/);
  await open(page, "/import/77");
  await expect(page.locator(".banner")).toContainText("No import of this number");
  await open(page, "/import");
  await bringIn(page, ndjson("listed.ndjson", [graphSignIn(1)]));
  await page.getByRole("link", { name: "Import", exact: true }).click();
  await expect(page.getByRole("heading", { name: "Import 1" })).toBeVisible();
  await page.reload();
  await hydrated(page);
  await expect(page.getByText("listed.ndjson")).toBeVisible();
});
