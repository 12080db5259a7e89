/** What comes out on paper. */
import { expect, open, signIns, test } from "../support";

const BLOCKED = "e05ff9f0-2c3a-4405-9443-fa49c2d96503";

test("the list is printed with what narrows it, without controls", async ({ page }) => {
  await open(page, signIns("f=status:in:failure"));
  await page.emulateMedia({ media: "print" });
  for (const gone of [".topbar", ".sidenav", ".cmdbar", ".crumbs .view"]) {
    await expect(page.locator(gone).first(), gone).toBeHidden();
  }
  await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
  await expect(page.getByRole("search", { name: "Filters" })).toContainText("Failure");
  for (const unset of await page.locator(".filters .pill.unset").all()) {
    await expect(unset).toBeHidden();
  }
  await expect(page.locator(".gridfoot")).toBeVisible();
  // All rows of the page, one below the other, none cut off by a box that scrolls.
  const [rows, box] = await page.evaluate(() => [
    document.querySelector("table.grid")?.getBoundingClientRect().height ?? 0,
    document.querySelector(".gridscroll")?.getBoundingClientRect().height ?? 0,
  ]);
  expect(box).toBeGreaterThanOrEqual(Number(rows) - 1);
  const pdf = await page.pdf({ format: "A4", landscape: true });
  expect(pdf.length).toBeGreaterThan(10_000);
});

test("an open sign-in is printed as a page", async ({ page }) => {
  await open(page, signIns(`row=${BLOCKED}`));
  await page.emulateMedia({ media: "print" });
  await expect(page.locator(".flyout h2")).toBeVisible();
  await expect(page.locator("table.grid")).toBeHidden();
  await expect(page.locator(".flyout .tools")).toBeHidden();
  const cut = await page.locator(".flyout > .in").evaluate((element) => element.scrollHeight - element.clientHeight);
  expect(cut).toBeLessThanOrEqual(1);
});
