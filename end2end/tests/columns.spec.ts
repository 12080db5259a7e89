/** Choosing columns and their widths: by pointer, by keyboard, and without scripts. */
import type { Page } from "@playwright/test";
import { expect, expectAccessible, open, row, rowIds, signIns, test } from "../support";

const pane = (page: Page) => page.getByRole("dialog", { name: "Columns" });
const headers = (page: Page) => page.locator("table.grid thead th > a, table.grid thead th:not(:has(a))");
const labels = async (page: Page) => (await headers(page).allInnerTexts()).map((label) => label.trim());

async function openPane(page: Page) {
  await page.getByRole("toolbar", { name: "Commands" }).getByRole("link", { name: "Columns" }).click();
  await expect(pane(page)).toBeVisible();
  return pane(page);
}

/** Labels of the chosen columns in the pane, in their order. */
const chosen = (page: Page) => page.locator("form.columns .shown li:has(:checked) .t").allInnerTexts();

test("a column is found, added, and put first; the address and the next visit have it", async ({ page }) => {
  await open(page, signIns());
  const columns = await openPane(page);
  await expect(columns.getByRole("searchbox")).toBeFocused();
  await columns.getByRole("searchbox").fill("correlation");
  await expect(columns.getByRole("checkbox")).toHaveCount(1);
  await columns.getByRole("checkbox", { name: "Correlation ID" }).check();
  await columns.getByRole("searchbox").fill("");
  await expect.poll(() => chosen(page)).toHaveLength(10);
  const line = columns.locator("li", { hasText: "Correlation ID" });
  for (let step = 0; step < 9; step += 1) {
    await line.hover();
    await line.getByRole("button", { name: "Move Correlation ID up" }).click();
  }
  await expect(page.locator("#said")).toHaveText("Correlation ID is column 1 of 10");
  await columns.getByRole("checkbox", { name: "Authentication requirement" }).uncheck();
  await columns.getByRole("button", { name: "Save" }).click();
  await expect(columns).toHaveCount(0);
  const expected = ["Correlation ID", "Date", "User", "Application", "Status", "Reason", "IP address", "Location", "Conditional Access"];
  await expect.poll(() => labels(page)).toEqual(expected);
  expect(new URL(page.url()).searchParams.get("cols")).toMatch(/^correlation_id,date,user,/);
  // Another visit says nothing of columns: those that were chosen are remembered, and said in the address.
  await open(page, signIns());
  await expect.poll(() => labels(page)).toEqual(expected);
  expect(new URL(page.url()).searchParams.get("cols")).toMatch(/^correlation_id,date,user,/);
  // Each kind of sign-in has its own.
  await open(page, signIns("tab=serviceprincipal"));
  expect(await labels(page)).not.toContain("Correlation ID");
});

test("defaults forget the choice", async ({ page }) => {
  await open(page, signIns("cols=user,date"));
  const columns = await openPane(page);
  await expect.poll(() => chosen(page)).toEqual(["User", "Date"]);
  await columns.getByRole("button", { name: "Defaults" }).click();
  await expect.poll(() => chosen(page)).toHaveLength(9);
  await columns.getByRole("button", { name: "Save" }).click();
  await expect(page).toHaveURL(signIns());
  await expect.poll(() => labels(page)).toHaveLength(9);
});

test("a column is dragged to another place", async ({ page }) => {
  await open(page, signIns());
  const columns = await openPane(page);
  const handle = (label: string) => columns.locator("li", { hasText: label }).first().locator(".handle");
  const to = await handle("Date").boundingBox();
  await handle("Status").hover();
  await page.mouse.down();
  await page.mouse.move(Number(to?.x) + 6, Number(to?.y) + 6, { steps: 12 });
  await page.mouse.up();
  await expect.poll(() => chosen(page)).toEqual(
    expect.arrayContaining(["Status", "Date", "User", "Application"]),
  );
  expect((await chosen(page))[0]).toBe("Status");
  await columns.getByRole("button", { name: "Save" }).click();
  await expect.poll(async () => (await labels(page))[0]).toBe("Status");
});

test("the last column cannot be taken away, and Cancel changes nothing", async ({ page }) => {
  await open(page, signIns("cols=user"));
  const columns = await openPane(page);
  await columns.getByRole("checkbox", { name: "User", exact: true }).uncheck();
  await expect(columns.getByRole("button", { name: "Save" })).toBeDisabled();
  await expect(page.locator("#said, .toast").last()).toContainText("At least one column stays.");
  await columns.getByRole("link", { name: "Cancel" }).click();
  await expect(columns).toHaveCount(0);
  await expect(page).toHaveURL(signIns("cols=user"));
});

test("without Date the first column opens the row", async ({ page }) => {
  await open(page, signIns("cols=user,status"));
  const [first] = await rowIds(page);
  await row(page, String(first)).locator("td").nth(1).getByRole("link").click();
  await expect(page.locator(".flyout")).toContainText(String(first));
});

test("all of it by keyboard", async ({ page }) => {
  await open(page, signIns());
  await page.getByRole("link", { name: "Columns" }).focus();
  await page.keyboard.press("Enter");
  await expect(pane(page).getByRole("searchbox")).toBeFocused();
  await pane(page).getByRole("checkbox", { name: "User", exact: true }).focus();
  await page.keyboard.press("Alt+ArrowUp");
  await expect.poll(async () => (await chosen(page)).slice(0, 2)).toEqual(["User", "Date"]);
  await expect(pane(page).getByRole("checkbox", { name: "User", exact: true })).toBeFocused();
  await page.keyboard.press("Tab");
  await expect(pane(page).getByRole("button", { name: "Move User up" })).toBeFocused();
  await page.keyboard.press("Escape");
  await expect(pane(page)).toHaveCount(0);
  await expect(page.getByRole("link", { name: "Columns" })).toBeFocused();
});

test("the pane is accessible", async ({ page }) => {
  await open(page, signIns("f=user:starts:a"));
  await openPane(page);
  await expectAccessible(page);
});

test.describe("widths", () => {
  const width = (page: Page, label: string) =>
    page.getByRole("columnheader", { name: label }).evaluate((header) => Math.round(header.getBoundingClientRect().width));

  test("by dragging an edge: at once, in the address, and at the next visit", async ({ page }) => {
    await open(page, signIns());
    const before = await width(page, "User");
    const asked: string[] = [];
    page.on("request", (request) => asked.push(new URL(request.url()).pathname));
    const questions = () => asked.filter((path) => !path.startsWith("/pkg/"));
    const grip = page.getByRole("columnheader", { name: "User" }).locator(".grip");
    const box = await grip.boundingBox();
    await page.mouse.move(Number(box?.x) + 4, Number(box?.y) + 8);
    await page.mouse.down();
    await page.mouse.move(Number(box?.x) + 64, Number(box?.y) + 8, { steps: 6 });
    await page.mouse.up();
    await expect.poll(() => width(page, "User")).toBe(before + 60);
    await expect.poll(() => new URL(page.url()).searchParams.get("widths")).toBe(`user:${before + 60}`);
    expect(questions(), "the rows are not asked for again").toEqual(["/preferences/columns"]);
    await open(page, signIns());
    await expect.poll(() => width(page, "User")).toBe(before + 60);
    expect(new URL(page.url()).searchParams.get("widths")).toBe(`user:${before + 60}`);
  });

  test("by keyboard, and a row that is opened then leaves them", async ({ page }) => {
    await open(page, signIns());
    const before = await width(page, "User");
    await page.getByRole("columnheader", { name: "User" }).getByRole("link").focus();
    for (let step = 0; step < 3; step += 1) {
      await page.keyboard.press("Alt+ArrowRight");
    }
    await expect.poll(() => width(page, "User")).toBe(before + 24);
    await expect(page.locator("#said")).toHaveText(`User, ${before + 24} pixels wide`);
    await expect.poll(() => new URL(page.url()).searchParams.get("widths")).toBe(`user:${before + 24}`);
    const [first] = await rowIds(page);
    await row(page, String(first)).getByRole("link").first().click();
    await expect(page.locator(".flyout")).toBeVisible();
    expect(await width(page, "User")).toBe(before + 24);
    await expect.poll(() => new URL(page.url()).searchParams.get("widths")).toBe(`user:${before + 24}`);
  });

  test("a width that is as usual again is no choice", async ({ page }) => {
    await open(page, signIns());
    await page.getByRole("columnheader", { name: "Status" }).getByRole("link").focus();
    await page.keyboard.press("Alt+ArrowRight");
    await expect.poll(() => new URL(page.url()).searchParams.has("widths")).toBe(true);
    await page.keyboard.press("Alt+ArrowLeft");
    await expect.poll(() => new URL(page.url()).searchParams.has("widths")).toBe(false);
  });
});

test.describe("without scripts", () => {
  test.use({ javaScriptEnabled: false });
  test.beforeEach(({ watch }) => watch.allow(/vestibule\.[0-9a-f]+\.js csp$/));

  test("columns are chosen and moved on a page of their own", async ({ page }) => {
    await page.goto(signIns("f=status:in:failure"));
    await page.getByRole("link", { name: "Columns" }).click();
    await expect(page.getByRole("heading", { level: 1, name: "Columns" })).toBeVisible();
    await page.getByRole("checkbox", { name: "Correlation ID" }).check();
    const line = page.locator("li", { hasText: "Reason" }).first();
    await line.hover();
    await line.getByRole("button", { name: "Move Reason up" }).click();
    await expect.poll(() => chosen(page)).toEqual(
      ["Date", "User", "Application", "Reason", "Status", "IP address", "Location", "Conditional Access", "Authentication requirement", "Correlation ID"],
    );
    await page.getByRole("button", { name: "Save" }).click();
    await expect.poll(async () => (await labels(page)).slice(3, 5)).toEqual(["Reason", "Status"]);
    expect(new URL(page.url()).searchParams.getAll("f")).toEqual(["status:in:failure"]);
    await page.goto(signIns());
    expect((await labels(page)).slice(3, 5)).toEqual(["Reason", "Status"]);
    await page.getByRole("link", { name: "Columns" }).click();
    await page.getByRole("button", { name: "Defaults" }).click();
    await expect(page).toHaveURL(signIns());
  });
});
