/** Sizes of window: nothing makes the page scroll sideways, and what is needed stays within reach. */
import { expect, expectNoSidewaysScroll, open, openEditor, pane, signIns, test } from "../support";

const BLOCKED = "e05ff9f0-2c3a-4405-9443-fa49c2d96503";

for (const [width, height] of [
  [1366, 768],
  [1920, 1080],
  [390, 844],
] as const) {
  test.describe(`${width} x ${height}`, () => {
    test.use({ viewport: { width, height } });

    test("the blade fits", async ({ page }) => {
      await open(page, signIns("f=status:in:failure", "f=user:contains:a", "f=application:contains:outlook"));
      await expectNoSidewaysScroll(page);
      await expect(page.locator("table.grid tbody tr[id]").first()).toBeInViewport();
      await expect(page.locator(".gridfoot")).toBeInViewport();
      for (const label of ["Date", "User", "Status"]) {
        const editor = await openEditor(page, label);
        await expect(editor.getByRole("button", { name: "Apply" })).toBeInViewport({ ratio: 1 });
        await expect(editor.getByRole("heading")).toBeInViewport({ ratio: 1 });
        await expectNoSidewaysScroll(page);
        await page.keyboard.press("Escape");
      }
    });

    test("the pane fits", async ({ page }) => {
      await open(page, signIns(`row=${BLOCKED}`));
      await expect(pane(page).getByRole("link", { name: "Close" })).toBeInViewport({ ratio: 1 });
      await expect(pane(page).getByRole("heading", { level: 2 })).toBeInViewport({ ratio: 1 });
      await expectNoSidewaysScroll(page);
    });

    test("the import page and the empty states fit", async ({ page }) => {
      await open(page, "/import");
      await expect(page.getByRole("button", { name: "Import" })).toBeInViewport({ ratio: 1 });
      await expectNoSidewaysScroll(page);
      await open(page, signIns("f=user:contains:nobody has this name", "f=colour:eq:red"));
      await expect(page.locator(".empty")).toBeVisible();
      await expectNoSidewaysScroll(page);
    });
  });
}
