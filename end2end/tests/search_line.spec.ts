/** The search line: completion, filters as words, all filters as text. */
import { expect, expectAccessible, open, searchLine, signIns, test } from "../support";

test("columns, operators and values are offered while one writes", async ({ page }) => {
  await open(page, signIns());
  const line = searchLine(page);
  await line.pressSequentially("app");
  const options = page.getByRole("listbox", { name: "Suggestions" }).getByRole("option");
  await expect(options.first()).toHaveText(/application:\s*Application/);
  await expect(line).toHaveAttribute("aria-expanded", "true");
  await page.keyboard.press("ArrowDown");
  await expect(line).toHaveAttribute("aria-activedescendant", "completion-0");
  await expectAccessible(page, ".filters");
  await page.keyboard.press("Enter");
  await expect(line).toHaveValue("application:");
  await expect(options.filter({ hasText: "contains:" })).toHaveCount(2);
  await line.pressSequentially("off");
  await expect(options.first()).toContainText("Off");
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  await expect(line).toHaveValue(/^application:"?[^"]*Off[^"]*"? $/);
  await expect(page.getByRole("listbox", { name: "Suggestions" })).toBeHidden();
  await page.keyboard.press("Enter");
  await expect.poll(() => new URL(page.url()).searchParams.get("f")).toMatch(/^application:in:.*Off/);
  await expect(line).toHaveValue("");
});

test("Escape closes what is offered and keeps what is written", async ({ page }) => {
  await open(page, signIns());
  const line = searchLine(page);
  await line.pressSequentially("status:");
  const list = page.getByRole("listbox", { name: "Suggestions" });
  await expect(list.getByRole("option").first()).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(list).toBeHidden();
  await expect(line).toHaveValue("status:");
});

test("words become pills and free text, and go back into a line", async ({ page }) => {
  await open(page, signIns());
  const line = searchLine(page);
  await line.fill("status:failure app:contains:teams 203.0.113.7");
  await line.press("Enter");
  const address = signIns("f=status:in:failure", "f=application:contains:teams", "q=203.0.113.7");
  await expect(page).toHaveURL(address);
  await expect(page.locator("#pill-status")).toHaveText("Status: Failure");
  await expect(line).toHaveValue("203.0.113.7");
  await page.getByRole("button", { name: "Edit as text" }).click();
  const text = page.getByRole("textbox", { name: "Filters and search" });
  await expect(text).toHaveValue("status:failure application:contains:teams 203.0.113.7");
  await text.fill("~status:failure");
  await page.keyboard.press("Control+Enter");
  await expect(page).toHaveURL(signIns("f=~status:in:failure"));
  await expect(page.locator(".pill.paused")).toContainText("Failure");
});

test("what names a field and is no filter is said", async ({ page }) => {
  await open(page, signIns());
  await searchLine(page).fill("code:abc");
  await searchLine(page).press("Enter");
  await expect(page.getByRole("alert")).toContainText("code:abc");
});
