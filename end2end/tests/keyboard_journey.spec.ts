/** One piece of work without ever touching a pointer: find a failed sign-in, read why it failed, take it along. */
import { readFile } from "node:fs/promises";
import type { Locator, Page } from "@playwright/test";
import { apiRows, DAY, expect, open, pane, rowIds, signIns, test } from "../support";

/** Presses Tab until something has the focus; it has to be there within so many steps. */
async function tabTo(page: Page, wanted: Locator, most = 60, key = "Tab"): Promise<void> {
  for (let step = 0; step < most; step += 1) {
    if ((await wanted.count()) === 1 && (await wanted.evaluate((element) => element === document.activeElement))) {
      return;
    }
    await page.keyboard.press(key);
  }
  await expect(wanted, `within ${most} steps of ${key}`).toBeFocused();
}

test("open, filter, change columns, open a row, read why it failed, download", async ({ page, request }) => {
  test.slow();
  await open(page, signIns());

  // Filter: the pill, its editor, the value by its first letter.
  await tabTo(page, page.getByRole("button", { name: "Status: None" }));
  await page.keyboard.press("Enter");
  const editor = page.getByRole("dialog", { name: "Status" });
  await expect(editor.getByRole("option", { name: "Failure" })).toBeVisible();
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("f");
  await page.keyboard.press("Space");
  await page.keyboard.press("Control+Enter");
  await expect(page).toHaveURL(signIns("f=status:in:failure"));

  // Columns: the key, the search, the box, Save.
  await page.keyboard.press("c");
  const columns = page.getByRole("dialog", { name: "Columns" });
  await expect(columns.getByRole("searchbox")).toBeFocused();
  await page.keyboard.type("Correlation");
  await tabTo(page, columns.getByRole("checkbox", { name: "Correlation ID" }), 10);
  await page.keyboard.press("Space");
  await tabTo(page, columns.getByRole("button", { name: "Save" }), 140);
  await page.keyboard.press("Enter");
  await expect(page.getByRole("columnheader", { name: "Correlation ID" })).toBeAttached();

  // A row: past the fields, down two, open.
  const rows = await apiRows(request, `${DAY}&f=status:in:failure`);
  await expect.poll(async () => (await rowIds(page))[0]).toBe(rows[0]?.request_id);
  await tabTo(page, page.getByRole("link", { name: "Skip the fields" }), 120);
  await page.keyboard.press("Enter");
  await page.keyboard.press("Tab");
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  await expect(pane(page)).toContainText(String(rows[2]?.request_id));

  // Why: the pane has the focus, and its first words say it.
  await expect(pane(page).getByRole("heading", { level: 2 })).toBeFocused();
  await expect(pane(page)).toContainText("Failure");
  await tabTo(page, pane(page).locator("summary", { hasText: /^What \d+ means$/ }), 30);
  await page.keyboard.press("Enter");
  await expect(pane(page).locator("details[open]", { hasText: /^What \d+ means/ })).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(pane(page)).toHaveCount(0);

  // Download: the command bar is one stop, and its menu follows it.
  const bar = page.getByRole("toolbar", { name: "Commands" });
  await tabTo(page, bar.getByRole("button", { name: "Download" }), 140, "Shift+Tab");
  await page.keyboard.press("Enter");
  const link = page.getByRole("dialog", { name: "Download" }).getByRole("link", { name: /^NDJSON/ }).first();
  await tabTo(page, link, 10);
  const begun = page.waitForEvent("download");
  await page.keyboard.press("Enter");
  const lines = (await readFile(await (await begun).path(), "utf8")).trim().split("\n");
  expect(lines).toHaveLength(rows.length);
});
