/** Keyboard shortcuts, the command bar by keyboard, and the field that finds anything. */
import type { Page } from "@playwright/test";
import { expect, expectAccessible, open, pane, row, rowIds, signIns, test } from "../support";

const sheet = (page: Page) => page.getByRole("dialog", { name: "Keyboard shortcuts" });

test("? shows the keys, and they do what it says", async ({ page }) => {
  await open(page, signIns());
  const ids = await rowIds(page);
  await page.keyboard.press("?");
  await expect(sheet(page)).toBeVisible();
  await expect(sheet(page)).toContainText("Next row");
  await expectAccessible(page, "#shortcuts");
  await page.keyboard.press("Escape");
  await expect(sheet(page)).toBeHidden();
  await page.keyboard.press("j");
  await page.keyboard.press("j");
  await expect(row(page, String(ids[1])).locator(":focus")).toBeAttached();
  await page.keyboard.press("k");
  await expect(row(page, String(ids[0])).locator(":focus")).toBeAttached();
  await page.keyboard.press("o");
  await expect(pane(page)).toContainText(String(ids[0]));
  await page.keyboard.press("j");
  await expect(pane(page)).toContainText(String(ids[1]));
  await page.keyboard.press("Escape");
  await page.keyboard.press("c");
  await expect(page.getByRole("dialog", { name: "Columns" })).toBeVisible();
  await page.keyboard.press("Escape");
  await page.keyboard.press("g");
  await page.keyboard.press("/");
  await expect(page.locator("#find")).toBeFocused();
});

test("letters are letters where one writes", async ({ page }) => {
  await open(page, signIns());
  await page.locator("#search-line").click();
  await page.keyboard.type("crj?");
  await expect(page.locator("#search-line")).toHaveValue("crj?");
  await expect(page.getByRole("dialog")).toHaveCount(0);
});

test("they can be switched off, which is remembered, and Ctrl+K stays", async ({ page }) => {
  await open(page, signIns());
  await page.getByRole("link", { name: "Keyboard shortcuts" }).click();
  await sheet(page).getByRole("switch").uncheck();
  await page.keyboard.press("Escape");
  await page.keyboard.press("c");
  await page.keyboard.press("?");
  await page.reload();
  await expect(page.locator("html[data-hydrated=true]")).toBeAttached();
  await page.keyboard.press("?");
  await page.keyboard.press("c");
  await page.keyboard.press("Control+k");
  await expect(page.locator("#find")).toBeFocused();
  await expect(page.getByRole("dialog")).toHaveCount(0);
  await page.getByRole("link", { name: "Keyboard shortcuts" }).click();
  await expect(sheet(page).getByRole("switch")).not.toBeChecked();
  await sheet(page).getByRole("switch").check();
  await page.keyboard.press("Escape");
  await page.keyboard.press("?");
  await expect(sheet(page)).toBeVisible();
});

test("the field in the top bar looks through all kinds of a month", async ({ page }) => {
  await open(page, "/import");
  await page.keyboard.press("Control+k");
  await page.keyboard.type("198.51.100.7");
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/\/sign-ins\?tab=all&noise=workloads&range=1mo&q=198\.51\.100\.7$/);
});

test("the command bar is one stop of Tab, with arrows between commands", async ({ page }) => {
  await open(page, signIns());
  const bar = page.getByRole("toolbar", { name: "Commands" });
  await page.locator("main .tabs a").last().focus();
  await page.keyboard.press("Tab");
  const first = bar.locator(".cmd").first();
  await expect(first).toBeFocused();
  await page.keyboard.press("ArrowRight");
  await expect(bar.getByRole("link", { name: "Import" })).toBeFocused();
  await page.keyboard.press("End");
  await expect(bar.getByRole("button", { name: "Share" })).toBeFocused();
  await page.keyboard.press("ArrowRight");
  await expect(first).toBeFocused();
  await page.keyboard.press("ArrowLeft");
  await page.keyboard.press("Home");
  await expect(first).toBeFocused();
  await page.keyboard.press("ArrowRight");
  await page.keyboard.press("Tab");
  expect(await bar.evaluate((element) => element.contains(document.activeElement))).toBe(false);
  await page.keyboard.press("Shift+Tab");
  await expect(bar.getByRole("link", { name: "Import" })).toBeFocused();
});

test.describe("without scripts", () => {
  test.use({ javaScriptEnabled: false });
  test.beforeEach(({ watch }) => watch.allow(/vestibule\.[0-9a-f]+\.js csp$/));

  test("the keys are a page, and the switch is kept", async ({ page }) => {
    await page.goto(signIns());
    await page.getByRole("link", { name: "Keyboard shortcuts" }).click();
    await expect(page.getByRole("heading", { level: 1, name: "Keyboard shortcuts" })).toBeVisible();
    await page.getByRole("switch").uncheck();
    await page.getByRole("button", { name: "Apply" }).click();
    await expect(page.locator("html")).toHaveAttribute("data-shortcuts", "off");
    await expect(page.getByRole("switch")).not.toBeChecked();
  });
});
