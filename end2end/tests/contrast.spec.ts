/** High contrast, by choice and by the system's wish, and forced colours: axe in every state. */
import type { Page } from "@playwright/test";
import { expect, expectAccessible, open, pane, signIns, test } from "../support";

const BLOCKED = "e05ff9f0-2c3a-4405-9443-fa49c2d96503";
/** Few rows: what axe looks at is the same in each. */
const FEW = "f=user:starts:a";

test.describe.configure({ timeout: 90_000 });

/** Contrast of words with what lies under them, by the definition of WCAG. */
const contrast = (page: Page, selector: string) =>
  page.locator(selector).first().evaluate((element) => {
    const canvas = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
    if (!canvas) throw new Error("no canvas");
    const luminance = (colour: string) => {
      canvas.fillStyle = colour;
      canvas.fillRect(0, 0, 1, 1);
      const [red, green, blue] = [...canvas.getImageData(0, 0, 1, 1).data].map((part) => {
        const share = part / 255;
        return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
      });
      return 0.2126 * Number(red) + 0.7152 * Number(green) + 0.0722 * Number(blue);
    };
    let under: Element | null = element;
    let ground = "rgba(0, 0, 0, 0)";
    while (under && /^(transparent|rgba\(.*, 0\))$/.test(ground)) {
      ground = getComputedStyle(under).backgroundColor;
      under = under.parentElement;
    }
    const [first, second] = [luminance(getComputedStyle(element).color), luminance(ground)];
    return (Math.max(first, second) + 0.05) / (Math.min(first, second) + 0.05);
  });

for (const colorScheme of ["light", "dark"] as const) {
  test.describe(colorScheme, () => {
    test.use({ colorScheme });

    test("high contrast is chosen in the menu", async ({ page }) => {
      await open(page, signIns());
      await page.getByRole("button", { name: "Theme" }).click();
      await Promise.all([page.waitForEvent("load"), page.getByRole("button", { name: "High contrast" }).click()]);
      await open(page, signIns("f=status:in:failure", FEW, `row=${BLOCKED}`));
      await expect(page.locator("html")).toHaveAttribute("data-theme", "contrast");
      await expect(pane(page)).toBeVisible();
      await expectAccessible(page);
      for (const words of [".crumbs li", ".gridfoot", "tbody td:nth-child(2)", "tbody td a", ".status.f", ".flyout dt"]) {
        expect(await contrast(page, words), words).toBeGreaterThanOrEqual(7);
      }
      await open(page, "/import");
      await expectAccessible(page);
    });

    test("high contrast is what the system wants", async ({ page }) => {
      await page.emulateMedia({ contrast: "more" });
      await open(page, signIns(FEW));
      await expectAccessible(page);
      expect(await contrast(page, ".gridfoot")).toBeGreaterThanOrEqual(7);
    });

    test("forced colours", async ({ page }) => {
      await page.emulateMedia({ forcedColors: "active" });
      await open(page, signIns(FEW));
      await page.keyboard.press("c");
      await expect(page.getByRole("dialog", { name: "Columns" })).toBeVisible();
      const edge = await page.locator(".pane").evaluate((element) => getComputedStyle(element).borderInlineStartWidth);
      expect(edge).toBe("1px");
      await expectAccessible(page);
    });
  });
}

test("who wants little motion gets none", async ({ page }) => {
  await page.emulateMedia({ reducedMotion: "reduce" });
  await open(page, signIns());
  const durations = await page.evaluate(() =>
    [...document.querySelectorAll("*")].map((element) => getComputedStyle(element).transitionDuration),
  );
  const slow = durations.flatMap((duration) => duration.split(", ")).filter((duration) => Number.parseFloat(duration) > 0.001);
  expect(slow).toEqual([]);
});
