/** Small screens: everything is there, within reach, and nothing scrolls the page sideways. */
import { expect, expectAccessible, expectNoSidewaysScroll, open, signIns, test } from "../support";

for (const width of [390, 320]) {
  test.describe(`${width} wide`, () => {
    test.use({ viewport: { width, height: 844 }, hasTouch: true });

    test("the navigation is a drawer", async ({ page }) => {
      await open(page, signIns());
      await expectNoSidewaysScroll(page);
      const navigation = page.getByRole("navigation", { name: "Main" });
      await expect(navigation).toBeHidden();
      await page.getByRole("button", { name: "Menu" }).tap();
      await expect(navigation).toBeVisible();
      await expectAccessible(page, ".sidenav");
      await navigation.getByRole("link", { name: "Import" }).tap();
      await expect(page).toHaveURL("/import");
      await expect(navigation).toBeHidden();
      await expectNoSidewaysScroll(page);
    });

    test("commands without room are in a menu, and work there", async ({ page }) => {
      await open(page, signIns());
      const bar = page.getByRole("toolbar", { name: "Commands" });
      expect(await bar.evaluate((element) => element.scrollWidth - element.clientWidth)).toBe(0);
      await bar.getByRole("button", { name: "More" }).tap();
      const menu = page.locator("#more-commands");
      await menu.getByRole("button", { name: "Share" }).tap();
      const share = page.getByRole("dialog", { name: "Share this view" });
      await expect(share.getByRole("textbox", { name: "Link" })).toHaveValue(/\/sign-ins\?/);
      await expect(share).toBeInViewport({ ratio: 1 });
      await page.keyboard.press("Escape");
      await page.keyboard.press("Escape");
      // A wider window takes them back, in their order.
      await page.setViewportSize({ width: 1200, height: 844 });
      await expect(bar.getByRole("button", { name: "More" })).toBeHidden();
      await expect(bar.locator(":scope > .cmd, :scope > .anchor > .cmd")).toHaveText([
        "Download",
        "Import",
        "Columns",
        "Group",
        "Refresh",
        "Live",
        "Save view",
        "Share",
        "More",
      ]);
    });

    test("columns take the whole width, and move by touch", async ({ page }) => {
      await open(page, signIns());
      await page.keyboard.press("c");
      const columns = page.getByRole("dialog", { name: "Columns" });
      expect((await columns.boundingBox())?.width).toBe(width);
      await columns.getByRole("button", { name: "Move User up" }).tap();
      await columns.getByRole("button", { name: "Save" }).tap();
      await expect(page).toHaveURL(/cols=user,date/);
      await expectNoSidewaysScroll(page);
    });

    test("the field that finds anything is there", async ({ page }) => {
      await open(page, signIns());
      await page.locator("#find").fill("teams");
      await page.keyboard.press("Enter");
      await expect(page).toHaveURL(/q=teams/);
      await expectNoSidewaysScroll(page);
    });
  });
}
