/** Light and dark: the system's, or the one that the reader chose. */
import type { Page } from "@playwright/test";
import { expect, hydrated, open, signIns, test } from "../support";

/** Lightness of what lies under the grid, 0 to 255. */
async function lightness(page: Page): Promise<number> {
  const canvas = await page.locator("main").evaluate((main) => {
    const context = document.createElement("canvas").getContext("2d");
    if (!context) throw new Error("no canvas");
    context.fillStyle = getComputedStyle(main).backgroundColor;
    context.fillRect(0, 0, 1, 1);
    return [...context.getImageData(0, 0, 1, 1).data.slice(0, 3)];
  });
  return canvas.reduce((sum, part) => sum + part, 0) / canvas.length;
}

async function choose(page: Page, theme: string) {
  await page.getByRole("button", { name: "Theme" }).click();
  // The answer is the same page again: wait until the old one is gone.
  await Promise.all([page.waitForEvent("load"), page.getByRole("button", { name: theme, exact: true }).click()]);
  await hydrated(page);
}

for (const [system, other] of [
  ["light", "Dark"],
  ["dark", "Light"],
] as const) {
  test.describe(`on a ${system} system`, () => {
    test.use({ colorScheme: system });

    test("the page follows the system until a choice is made, and keeps the choice", async ({ page }) => {
      const isLight = async () => (await lightness(page)) > 128;
      await open(page, signIns());
      expect(await isLight()).toBe(system === "light");
      await choose(page, other);
      await expect(page).toHaveURL(signIns());
      expect(await isLight()).toBe(other === "Light");
      await page.reload();
      await hydrated(page);
      expect(await isLight()).toBe(other === "Light");
      await open(page, "/import");
      await expect(page.locator("html")).toHaveAttribute("data-theme", other.toLowerCase());
      await page.getByRole("button", { name: "Theme" }).click();
      await expect(page.locator("#theme-menu [aria-current=true]")).toHaveText(other);
      await page.keyboard.press("Escape");
      await choose(page, "As the system");
      await expect(page).toHaveURL("/import");
      await expect(page.locator("html")).not.toHaveAttribute("data-theme");
      expect(await isLight()).toBe(system === "light");
    });
  });
}

test("an invented theme in the cookie is no theme", async ({ page, context, baseURL }) => {
  await context.addCookies([{ name: "vestibule_theme", value: "x%22onload=alert(1)", url: String(baseURL) }]);
  await open(page, signIns());
  await expect(page.locator("html")).not.toHaveAttribute("onload");
  await expect(page.locator("html")).not.toHaveAttribute("data-theme");
});
