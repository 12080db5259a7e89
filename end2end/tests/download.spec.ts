/** Downloads: from the menu to a file that has what the list shows. */
import { readFile } from "node:fs/promises";
import type { Page } from "@playwright/test";
import { apiRows, DAY, expect, expectAccessible, open, signIns, test } from "../support";

const menu = (page: Page) => page.getByRole("dialog", { name: "Download" });

async function openMenu(page: Page) {
  await page.getByRole("button", { name: "Download" }).click();
  await expect(menu(page)).toBeVisible();
}

async function saved(page: Page, choose: () => Promise<void>) {
  const begun = page.waitForEvent("download");
  await choose();
  const download = await begun;
  return { name: download.suggestedFilename(), text: await readFile(await download.path(), "utf8") };
}

test("the rows of the list come as CSV, in the order of the list", async ({ page, request }) => {
  const query = `${DAY}&f=status:in:failure&sort=user`;
  const rows = await apiRows(request, query);
  await open(page, signIns("f=status:in:failure", "sort=user", "cols=user,request_id"));
  await openMenu(page);
  await expect(menu(page).getByRole("heading", { level: 3 })).toHaveText(
    `${rows.length.toLocaleString("en")} sign-ins`,
  );
  const file = await saved(page, () => menu(page).getByRole("link", { name: /^CSV/ }).click());
  expect(file.name).toBe("InteractiveSignIns_Columns_2026-11-23_2026-11-24.csv");
  const lines = file.text.replace("\u{feff}", "").trimEnd().split("\r\n");
  expect(lines[0]).toBe("User,Request ID");
  expect(lines.slice(1).map((line) => line.split(",").at(-1))).toEqual(rows.map((row) => row.request_id));
  const note = page.locator(".toast.download");
  await expect(note).toContainText(file.name);
  await expect(note).toContainText(`Done: ${rows.length.toLocaleString("en")} rows`);
  await expect(page).toHaveURL(/sort=user/);
});

// A browser asks before one page saves more than ten files: they are chosen on two.
for (const [half, from, to] of [
  ["first", 0, 6],
  ["second", 6, 13],
] as const) {
  test(`every file of the menu arrives under its name, ${half} half`, async ({ page }) => {
    await open(page, signIns("f=user:starts:a"));
    await openMenu(page);
    await menu(page).getByText("One of the six alone").click();
    const links = menu(page).getByRole("link");
    await expect(links).toHaveCount(13);
    for (let index = from; index < to; index += 1) {
      // Choosing closes the menu.
      if (!(await menu(page).isVisible())) {
        await openMenu(page);
      }
      if ((await menu(page).locator("details").getAttribute("open")) === null) {
        await menu(page).getByText("One of the six alone").click();
      }
      const link = links.nth(index);
      const name = await link.getAttribute("download");
      const file = await saved(page, () => link.click());
      expect(file.name).toBe(name);
      expect(file.text.length).toBeGreaterThan(0);
    }
  });
}

test("by keyboard: open, choose, close", async ({ page }) => {
  await open(page, signIns("f=user:starts:a"));
  const button = page.getByRole("button", { name: "Download" });
  await button.focus();
  await page.keyboard.press("Enter");
  await expect(menu(page)).toBeVisible();
  await page.keyboard.press("Tab");
  await expect(menu(page).getByRole("link", { name: /^CSV/ })).toBeFocused();
  for (let step = 0; step < 4; step += 1) {
    await page.keyboard.press("Tab");
  }
  await expect(menu(page).getByRole("link", { name: /^NDJSON/ })).toBeFocused();
  const file = await saved(page, () => page.keyboard.press("Enter"));
  expect(file.name).toBe("InteractiveSignIns_2026-11-23_2026-11-24.ndjson");
  for (const line of file.text.trimEnd().split("\n")) {
    JSON.parse(line);
  }
  await page.keyboard.press("Escape");
  await expect(menu(page)).toBeHidden();
  await expect(button).toBeFocused();
});

test("a download that is refused says so", async ({ page, watch }) => {
  watch.allow(/503/);
  await page.route("**/api/v1/signins/download?**", (route) => route.fulfill({ status: 503, body: "full" }));
  await page.route("**/api/ui/part/download?**", (route) =>
    route.fulfill({ contentType: "text/html", body: '<div class="grow" data-ended="true"><p>Ended before</p></div>' }),
  );
  await open(page, signIns());
  await openMenu(page);
  await menu(page).getByRole("link", { name: /^CSV/ }).click();
  await expect(page.locator(".toast.download")).toContainText("Ended before");
});

for (const theme of ["light", "dark"] as const) {
  test(`the menu is accessible, ${theme}`, async ({ page }) => {
    await page.emulateMedia({ colorScheme: theme });
    await open(page, signIns());
    await openMenu(page);
    await menu(page).getByText("One of the six alone").click();
    await expectAccessible(page);
  });
}

test.describe("without scripts", () => {
  test.use({ javaScriptEnabled: false });
  // A browser without scripts refuses to load the module that the page announces.
  test.beforeEach(({ watch }) => watch.allow(/vestibule\.[0-9a-f]+\.js csp$/));

  test("the menu opens and its links download", async ({ page, request }) => {
    const rows = await apiRows(request, DAY);
    await page.goto(signIns());
    await openMenu(page);
    const file = await saved(page, () => menu(page).getByRole("link", { name: /^NDJSON/ }).click());
    expect(file.text.trimEnd().split("\n")).toHaveLength(rows.length);
  });
});
