/** Reports of usage and insights: every number leads to as many sign-ins. */
import type { Page } from "@playwright/test";
import { apiRows, DAY, expect, expectAccessible, expectNoSidewaysScroll, open, test } from "../support";

const number = (text: string | null) => Number(text?.replaceAll(",", ""));
const line = (page: Page, name: string) => page.locator("#lines tbody tr").filter({ hasText: name });

test("an application opens with its days and its failures, and each number leads to its sign-ins", async ({ page, request }) => {
  await open(page, `/insights/applications?${DAY}`);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Application activity");
  const cells = line(page, "Tidewater ERP").locator("td");
  const [successful, failed] = [number(await cells.nth(1).textContent()), number(await cells.nth(2).textContent())];
  const rows = await apiRows(request, `${DAY}&f=application:eq:Tidewater+ERP&f=status:eq:success`);
  expect(rows).toHaveLength(successful);
  await line(page, "Tidewater ERP").getByRole("link", { name: "Tidewater ERP", exact: true }).click();
  const opened = page.locator("#open-line");
  await expect(opened.getByRole("heading", { level: 2, name: "Tidewater ERP" })).toBeVisible();
  await expect(line(page, "Tidewater ERP")).toHaveAttribute("aria-selected", "true");
  const failures = opened.locator("#failures tbody tr");
  let sum = 0;
  for (const text of await failures.locator("td:nth-of-type(2)").allTextContents()) {
    sum += number(text);
  }
  expect(sum).toBe(failed);
  const first = failures.first();
  const code = await first.locator("code").textContent();
  const count = number(await first.locator("td").nth(1).textContent());
  await first.locator("td").nth(1).getByRole("link").click();
  await expect(page).toHaveURL(new RegExp(`f=error_code:eq:${code}`));
  await expect(page.locator(".gridfoot")).toContainText(`${count} sign-in`);
});

test("lines are found, put in order by their heads, and the file has all of them", async ({ page, request }) => {
  await open(page, `/insights/applications?${DAY}`);
  await page.getByRole("columnheader", { name: "Success rate" }).getByRole("link").click();
  await expect(page.getByRole("columnheader", { name: "Success rate" })).toHaveAttribute("aria-sort", "descending");
  await page.getByRole("columnheader", { name: "Success rate" }).getByRole("link").click();
  await expect(page.getByRole("columnheader", { name: "Success rate" })).toHaveAttribute("aria-sort", "ascending");
  const lines = await page.locator("#lines tbody tr").count();
  const address = await page.getByRole("group", { name: "Download" }).getByRole("link", { name: "CSV" }).getAttribute("href");
  const file = await (await request.get(String(address))).text();
  expect(file.trim().split("\n")).toHaveLength(lines + 1);
  await page.getByRole("searchbox", { name: "Find a name or an ID" }).fill("tidewater");
  await page.getByRole("button", { name: "Find", exact: true }).click();
  await expect(page.locator("#lines tbody tr")).toHaveCount(1);
});

for (const report of ["applications", "policies", "adfs-applications", "service-principals", "credentials"]) {
  for (const colorScheme of ["light", "dark"] as const) {
    test.describe(colorScheme, () => {
      test.use({ colorScheme, contextOptions: { reducedMotion: "reduce" } });
      test(`${report} is accessible, also on a phone`, async ({ page }) => {
        await open(page, `/insights/${report}?${DAY}`);
        await expectAccessible(page);
        await page.setViewportSize({ width: 375, height: 700 });
        await expectNoSidewaysScroll(page);
      });
    });
  }
}
