/** What assistive software finds: axe in every state, light and dark, and the tree of the frame. */
import { expect, expectAccessible, graphSignIn, ndjson, open, openEditor, pane, signIns, test, testAlone } from "../support";

const BLOCKED = "e05ff9f0-2c3a-4405-9443-fa49c2d96503";

for (const colorScheme of ["light", "dark"] as const) {
  test.describe(colorScheme, () => {
    test.use({ colorScheme, contextOptions: { reducedMotion: "reduce" } });

    test("grid", async ({ page }) => {
      await open(page, signIns("f=status:in:failure,success", "f=user:ncontains:x", "sort=user"));
      await expectAccessible(page);
    });

    test("pane", async ({ page }) => {
      await open(page, signIns(`row=${BLOCKED}`));
      await expect(pane(page)).toBeVisible();
      await pane(page).getByText("Record as it came").click();
      await expectAccessible(page);
    });

    test("editors and menu", async ({ page }) => {
      await open(page, signIns());
      for (const label of ["User", "Status", "Date"]) {
        await openEditor(page, label);
        await expectAccessible(page, ".filters");
        await page.keyboard.press("Escape");
      }
      await page.getByRole("button", { name: "Theme" }).click();
      await expectAccessible(page, ".topbar");
    });

    test("problems and empty states", async ({ page, watch }) => {
      await open(page, signIns("f=user:contains:nobody", "f=colour:eq:red"));
      await expectAccessible(page);
      await open(page, "/sign-ins?from=2001-01-01T00:00:00Z&to=2001-01-02T00:00:00Z");
      await expectAccessible(page);
      watch.allow(/404/);
      await open(page, "/no-such-page");
      await expectAccessible(page);
    });
  });

  testAlone.describe(colorScheme, () => {
    testAlone.use({ colorScheme, contextOptions: { reducedMotion: "reduce" } });

    testAlone("import and its results", async ({ page }) => {
      await open(page, "/import");
      await expectAccessible(page);
      const file = ndjson("mixed.ndjson", [graphSignIn(1), '{"id": "broken']);
      const png = { name: "holiday.png", mimeType: "image/png", buffer: Buffer.from("\x89PNG\r\n\x1a\nxxxxxxxx", "latin1") };
      await page.getByLabel("Drop files to let them in").setInputFiles([file, png]);
      await page.getByRole("button", { name: "Import" }).click();
      await expect(page.locator("section.panel").getByRole("status")).toHaveText("Done");
      await expect(page.locator("section.panel tbody tr")).toHaveCount(1);
      await expectAccessible(page);
    });
  });
}

test("the table says what it is", async ({ page }) => {
  await open(page, signIns());
  await expect(page.getByRole("grid", { name: "Sign-ins" }).getByRole("columnheader")).toHaveCount(9);
  await expect(page.getByRole("search", { name: "Filters" })).toBeVisible();
  await expect(page.getByRole("toolbar", { name: "Commands" })).toBeVisible();
  await expect(page.getByRole("navigation", { name: "Main" }).locator("[aria-current=page]")).toHaveText("Sign-in logs");
});
