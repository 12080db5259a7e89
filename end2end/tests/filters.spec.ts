/** The filter bar: pills with their editors, search, date. */
import { apiRows, cells, DAY, expect, hydrated, open, openEditor, openList, rowIds, searchLine, signIns, test } from "../support";

/** The filters of an address, unescaped. */
const filters = (url: string) => new URL(url).searchParams.getAll("f");

test("a text filter by its pill narrows the rows", async ({ page, request }) => {
  await open(page, signIns());
  const editor = await openList(page, "User");
  const field = editor.getByRole("textbox", { name: "Find a value" });
  await field.fill("rø");
  await field.press("Enter");
  await expect(editor).toBeHidden();
  await expect.poll(() => filters(page.url())).toEqual(["user:contains:rø"]);
  expect(page.url()).toContain("from=2026-11-23T10:42:00Z");
  const pill = page.getByRole("search").getByRole("button", { name: /^User\b/ });
  await expect(pill).toHaveText("User contains rø");
  const expected = await apiRows(request, `${DAY}&f=user:contains:r%C3%B8`);
  expect(expected.length).toBeGreaterThan(0);
  expect(expected.length).toBeLessThan(100);
  expect(expected.every((row) => row.user?.toLowerCase().includes("rø"))).toBe(true);
  await expect.poll(() => rowIds(page)).toEqual(expected.map((row) => row.request_id));
});

test("choices are ticked, and any of them suffices", async ({ page, request }) => {
  await open(page, signIns());
  const editor = await openList(page, "Status");
  await editor.getByRole("listbox").getByRole("option", { name: "Success" }).click();
  await editor.getByRole("listbox").getByRole("option", { name: "Interrupted" }).click();
  await editor.getByRole("button", { name: "Apply" }).click();
  await expect.poll(() => filters(page.url())).toEqual(["status:in:success,interrupted"]);
  const expected = await apiRows(request, `${DAY}&f=status:in:success,interrupted`);
  await expect(page.locator(".gridfoot b")).toHaveText(expected.length.toLocaleString("en"));
  expect(new Set(await cells(page, "Status"))).toEqual(new Set(["Success", "Interrupted"]));
  const again = await openList(page, "Status");
  await expect(again.getByRole("option", { name: "Success" })).toHaveAttribute("aria-selected", "true");
  await expect(again.getByRole("option", { name: "Failure" })).toHaveAttribute("aria-selected", "false");
});

test("a negated filter is drawn as one", async ({ page }) => {
  await open(page, signIns());
  const editor = await openList(page, "Application");
  await editor.getByRole("combobox", { name: "Operator" }).selectOption({ label: "does not contain" });
  await editor.getByRole("textbox", { name: "Value" }).fill("Outlook");
  await editor.getByRole("button", { name: "Apply" }).click();
  await expect(page.locator(".pill.negated")).toHaveText(/Application\s+does not contain\s+Outlook/);
  const applications = await cells(page, "Application");
  expect(applications.length).toBeGreaterThan(0);
  expect(applications.filter((name) => name.includes("Outlook"))).toEqual([]);
});

test("values may hold commas, colons and backslashes", async ({ page }) => {
  await open(page, signIns());
  const editor = await openList(page, "Application");
  await editor.getByRole("combobox", { name: "Operator" }).selectOption({ label: "contains" });
  const hard = String.raw`a,b:c\d&e=f%g`;
  await editor.getByRole("textbox", { name: "Value" }).fill(hard);
  await editor.getByRole("button", { name: "Apply" }).click();
  await expect(page.getByRole("search").getByRole("button", { name: /^Application\b/ })).toHaveText(`Application contains ${hard}`);
  await page.reload();
  await hydrated(page);
  await expect((await openEditor(page, "Application")).getByRole("textbox", { name: "Value" }).first()).toHaveValue(hard);
  await expect(page.getByRole("alert")).toHaveCount(0);
});

test("three filters hold together, go one by one, and all at once", async ({ page, request }) => {
  const [user, status, application] = ["f=user:contains:a", "f=status:in:failure", "f=application:contains:outlook"];
  await open(page, signIns(user, status, application));
  const all = await apiRows(request, [DAY, user, status, application].join("&"));
  expect(all.length).toBeGreaterThan(0);
  await expect(page.locator(".gridfoot b")).toHaveText(String(all.length));
  await page.getByRole("link", { name: "Remove filter User" }).click();
  await expect.poll(() => filters(page.url())).toEqual(["status:in:failure", "application:contains:outlook"]);
  const fewer = await apiRows(request, [DAY, status, application].join("&"));
  await expect(page.locator(".gridfoot b")).toHaveText(String(fewer.length));
  await page.getByRole("link", { name: "Reset filters" }).click();
  await expect(page).toHaveURL(signIns());
  await expect(page.getByRole("link", { name: "Reset filters" })).toHaveCount(0);
  await expect(page.getByRole("search").getByRole("button", { name: "Status: None" })).toBeVisible();
});

test("cancel gives up what was entered", async ({ page }) => {
  await open(page, signIns());
  const editor = await openList(page, "User");
  await editor.getByRole("combobox", { name: "Operator" }).selectOption({ label: "contains" });
  await editor.getByRole("textbox", { name: "Value" }).fill("never mind");
  await editor.getByRole("button", { name: "Cancel" }).click();
  await expect(editor).toBeHidden();
  expect(page.url()).toContain(signIns());
  const again = await openList(page, "User");
  await expect(again.getByRole("combobox", { name: "Operator" })).toHaveValue("in");
  await again.getByRole("combobox", { name: "Operator" }).selectOption({ label: "contains" });
  await expect(again.getByRole("textbox", { name: "Value" })).toHaveValue("");
});

test("an editor left empty filters nothing", async ({ page }) => {
  await open(page, signIns("f=user:contains:a"));
  const editor = await openEditor(page, "User");
  await editor.getByRole("textbox", { name: "Value" }).first().fill("");
  await editor.getByRole("button", { name: "Apply" }).click();
  await expect(page).toHaveURL(signIns());
});

test("the search field looks in names, applications, addresses and IDs", async ({ page, request }) => {
  await open(page, signIns());
  const [row] = await apiRows(request, DAY);
  for (const text of [row?.user, row?.ip_address, row?.request_id]) {
    const field = searchLine(page);
    await field.fill(String(text));
    await field.press("Enter");
    await expect.poll(() => new URL(page.url()).searchParams.get("q")).toBe(text);
    await expect(page.locator("table.grid tbody tr").first()).toHaveId(`row-${row?.request_id}`);
    await expect(field).toHaveValue(String(text));
  }
  await expect(page.locator("table.grid tbody tr")).toHaveCount(1);
});

test("quick ranges set the range and leave the editor", async ({ page }) => {
  await open(page, signIns("f=status:eq:failure"));
  const editor = await openEditor(page, "Date");
  await editor.getByRole("link", { name: "Last 7 days" }).click();
  await expect(editor).toBeHidden();
  await expect(page).toHaveURL("/sign-ins?range=7d&f=status:eq:failure");
  await expect(page.locator(".pill.time")).toHaveText("Date: Last 7 days");
  const again = await openEditor(page, "Date");
  await expect(again.getByRole("link", { name: "Last 7 days" })).toHaveAttribute("aria-current", "true");
});
