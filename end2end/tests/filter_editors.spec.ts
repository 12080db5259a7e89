/** Editors of filters: values with their numbers, the tree of client apps, adding, turning, pausing. */
import { apiRows, DAY, expect, expectAccessible, open, openEditor, openList, signIns, test } from "../support";

const filters = (url: string) => new URL(url).searchParams.getAll("f");

test("values are counted under the other filters, and looked for while one types", async ({ page, request }) => {
  await open(page, signIns("f=status:in:failure"));
  const editor = await openList(page, "Application");
  const rows = await apiRows(request, `${DAY}&f=status:in:failure`);
  const counts = new Map<string, number>();
  for (const row of rows) {
    counts.set(String(row.application), (counts.get(String(row.application)) ?? 0) + 1);
  }
  const [most] = [...counts].sort((left, right) => right[1] - left[1]);
  const first = editor.getByRole("listbox").getByRole("option").first();
  await expect(first).toContainText(String(most?.[1]));
  await expect(editor.locator("footer")).toContainText(`${counts.size} values`);
  const matching = [...counts].filter(([name]) => name.toLowerCase().includes("off"));
  const field = editor.getByRole("textbox", { name: "Find a value" });
  await field.pressSequentially("off");
  await expect(editor.getByRole("listbox").getByRole("option")).toHaveCount(matching.length);
  const number = matching.reduce((sum, [, count]) => sum + count, 0);
  await expect(editor.locator("footer")).toContainText(`${matching.length} of ${counts.size} match, ${number} sign-in`);
  const name = String(matching[0]?.[0]);
  await editor.getByRole("listbox").getByRole("option", { name }).click();
  await field.fill("no such application");
  await expect(editor).toContainText("No value matches.");
  await editor.getByRole("button", { name: "Apply" }).click();
  await expect.poll(() => filters(page.url())).toEqual(["status:in:failure", `application:in:${name}`]);
});

test("a list is walked by arrows and letters, applied by Control and Enter, given up by Escape", async ({ page }) => {
  await open(page, signIns());
  const pill = page.getByRole("button", { name: "Application: None" });
  await pill.focus();
  await page.keyboard.press("Enter");
  const editor = page.getByRole("dialog", { name: "Application" });
  await expect(editor.getByRole("listbox")).toBeVisible();
  await expect(editor.getByRole("textbox", { name: "Find a value" })).toBeFocused();
  await page.keyboard.press("ArrowDown");
  await expect(editor.getByRole("listbox").getByRole("option").first()).toBeFocused();
  await page.keyboard.press("End");
  await expect(editor.getByRole("listbox").getByRole("option").last()).toBeFocused();
  await page.keyboard.press("Home");
  await page.keyboard.press("Space");
  await expect(editor.getByRole("listbox").getByRole("option").first()).toHaveAttribute("aria-selected", "true");
  await page.keyboard.press("Escape");
  await expect(editor).toBeHidden();
  await expect(pill).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(editor.getByRole("listbox")).toBeVisible();
  await expect(editor.getByRole("listbox").getByRole("option").first()).toHaveAttribute("aria-selected", "false");
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Space");
  await page.keyboard.press("Control+Enter");
  await expect.poll(() => filters(page.url()).length).toBe(1);
  await expect(page.locator("#pill-application")).toBeFocused();
});

test("client apps are ticked by group", async ({ page, request }) => {
  await open(page, signIns());
  await page.getByRole("button", { name: "Add filter" }).click();
  const list = page.getByRole("dialog", { name: "Add filter" });
  await expect(list.getByRole("textbox", { name: "Find a field" })).toBeFocused();
  await page.keyboard.type("client app");
  await expect(list.getByRole("button")).toHaveText(["Client app"]);
  await page.keyboard.press("Enter");
  const editor = page.getByRole("dialog", { name: "Client app" });
  await expect(editor.getByRole("tree")).toBeVisible();
  await expectAccessible(page, "[data-pill=client_app]");
  const group = editor.getByRole("treeitem", { name: "Legacy authentication clients" });
  await editor.getByRole("treeitem", { name: /^IMAP4/ }).click();
  await expect(group).toHaveAttribute("aria-checked", "mixed");
  await group.click();
  await expect(group).toHaveAttribute("aria-checked", "true");
  await expect(editor.getByRole("treeitem", { name: /^POP3/ })).toHaveAttribute("aria-checked", "true");
  await editor.getByRole("button", { name: "Apply" }).click();
  await expect(page.locator(".pill", { hasText: "Client app" })).toContainText(", +11");
  const [filter] = filters(page.url());
  const rows = await apiRows(request, `${DAY}&f=${encodeURIComponent(String(filter))}`);
  await expect(page.locator(".gridfoot b")).toHaveText(String(rows.length));
});

test("every field opens an editor", async ({ page }) => {
  test.slow();
  await open(page, signIns());
  await page.getByRole("button", { name: "Add filter" }).click();
  const list = page.getByRole("dialog", { name: "Add filter" });
  const names = await list.getByRole("button").allInnerTexts();
  expect(names.length).toBeGreaterThan(60);
  await page.keyboard.press("Escape");
  for (const name of names) {
    await page.getByRole("button", { name: "Add filter" }).click();
    await list.getByRole("button", { name, exact: true }).click();
    const editor = page.getByRole("dialog", { name, exact: true });
    await expect(editor).toBeVisible();
    await expect(editor.locator("[data-asked], form:not([data-listed])")).toHaveCount(1);
    await page.keyboard.press("Escape");
    await expect(editor).toBeHidden();
  }
});

test("a pill is removed, turned and paused by keyboard, and what changed is said", async ({ page }) => {
  await open(page, signIns("f=status:in:failure", "f=city:in:Oslo"));
  const status = page.locator("#pill-status");
  await status.focus();
  await page.keyboard.press("Shift+F10");
  const editor = page.getByRole("dialog", { name: "Status" });
  await expect(editor.getByRole("link", { name: "Turn into" })).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(signIns("f=status:nin:failure", "f=city:in:Oslo"));
  await expect(page.locator("#said")).toHaveText(/sign-ins, filter Status is not Failure added, filter Status is Failure removed/);
  await openEditor(page, "Status");
  await editor.getByRole("link", { name: "Pause" }).click();
  await expect(page.locator(".pill.paused")).toContainText("Failure");
  await page.locator("#pill-status").click();
  await page.getByRole("link", { name: "Resume" }).click();
  await expect(page.locator(".pill.paused")).toHaveCount(0);
  await page.locator("#pill-city").focus();
  await page.keyboard.press("Delete");
  await expect(page).toHaveURL(signIns("f=status:nin:failure"));
  await expect(page.locator("#said")).toHaveText(/filter City is Oslo removed/);
  await expect(page.getByRole("button", { name: "Add filter" })).toBeFocused();
});

test("a pill keeps its width while it is edited", async ({ page }) => {
  await open(page, signIns());
  const pill = page.locator(".pill", { has: page.locator("#pill-application") });
  const before = await pill.boundingBox();
  const editor = await openList(page, "Application");
  await editor.getByRole("listbox").getByRole("option").first().click();
  expect(await pill.boundingBox()).toEqual(before);
  await expectAccessible(page, "[data-pill=application]");
});
