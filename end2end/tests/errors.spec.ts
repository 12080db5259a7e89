/** The error book: found by code, by a pasted error page and by words; its numbers are those of the blade. */
import type { Page } from "@playwright/test";
import { apiRows, DAY, expect, expectAccessible, expectNoSidewaysScroll, hydrated, open, pane, signIns, test } from "../support";

const article = (page: Page) => page.locator(".book article");
const find = (page: Page) => page.getByRole("searchbox", { name: "Code, error text or words" });

test("the codes that were seen are listed with their numbers, and one opens beside them", async ({ page, request }) => {
  await open(page, `/errors?${DAY}`);
  const codes = page.locator("#codes").getByRole("link");
  const first = codes.first();
  const code = Number(await first.locator("code").textContent());
  const count = Number((await first.locator(".n").textContent())?.replaceAll(",", ""));
  const rows = await apiRows(request, `${DAY}&tabs=all&f=error_code:eq:${code}`);
  expect(rows).toHaveLength(count);
  await first.click();
  await expect(page).toHaveURL(new RegExp(`/errors/${code}\\?`));
  await expect(first).toHaveAttribute("aria-current", "true");
  await expect(article(page)).toContainText(`AADSTS${code}`);
  const open_them = article(page).getByRole("link", { name: /^Open .* sign-ins?$/ });
  await expect(open_them).toHaveText(`Open ${count} sign-in${count === 1 ? "" : "s"}`);
  await open_them.click();
  await expect(page).toHaveURL(new RegExp(`f=error_code:eq:${code}`));
  await expect(page.locator(".gridfoot")).toContainText(`${count} sign-ins`);
});

test("a whole error page is pasted, and its code opens", async ({ page }) => {
  await open(page, "/errors");
  await find(page).fill("Sorry, we are having trouble signing you in. AADSTS50105: Your administrator. Request Id: 1234");
  await find(page).press("Enter");
  await expect(page).toHaveURL(/\/errors\/50105/);
  await expect(page.locator("#code-title")).toHaveText("Not assigned to the app");
  await expect(article(page)).toContainText("App owner");
});

test("words find pages, and the lists narrow by class and by who acts", async ({ page }) => {
  await open(page, "/errors?codes=all");
  const codes = page.locator("#codes").getByRole("link");
  const all = await codes.count();
  expect(all).toBeGreaterThan(360);
  await page.getByRole("button", { name: "Class: Any" }).click();
  await page.locator("#class-menu").getByRole("link", { name: "May be an attack" }).click();
  await expect(page.getByRole("button", { name: "Class: May be an attack" })).toBeVisible();
  expect(await codes.count()).toBeLessThan(40);
  await page.getByRole("button", { name: "Class: May be an attack" }).click();
  await page.locator("#class-menu").getByRole("link", { name: "Any" }).click();
  // The menu of the page that comes is another one.
  await expect(page.getByRole("button", { name: "Class: Any" })).toBeVisible();
  await page.getByRole("button", { name: "Who acts: Any" }).click();
  await page.locator("#acts-menu").getByRole("link", { name: "Device owner" }).click();
  await expect(codes.filter({ hasText: "53000" })).toBeVisible();
  await find(page).fill("compliant");
  await find(page).press("Enter");
  // What is listed before holds the word too, and what is written is that of the page that comes.
  await expect(page).toHaveURL(/find=compliant/);
  await expect(page.locator("#main")).not.toHaveAttribute("aria-busy", "true");
  await expect(codes.first()).toContainText("compliant");
  await find(page).fill("zebra umbrella");
  await find(page).press("Enter");
  await expect(page.getByText("No code fits.")).toBeVisible();
});

test("the page is copied for a ticket", async ({ page, context }) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  await open(page, "/errors/50126");
  await page.getByRole("button", { name: "Copy for a ticket" }).click();
  await expect(page.locator(".toast")).toHaveText("Copied");
  const copied = await page.evaluate(() => navigator.clipboard.readText());
  expect(copied).toContain("AADSTS50126: Wrong user name or password");
  expect(copied).toContain("Who acts: The person");
});

test("the verdict says why, from which fields, and leads on", async ({ page }) => {
  await open(page, signIns("f=error_code:eq:53000"));
  await page.locator("table.grid tbody tr[id]").first().getByRole("link").click();
  const verdict = pane(page).getByRole("region", { name: "Why?" });
  await expect(verdict).toContainText("Why did this fail?");
  await expect(verdict).toContainText("CA003 Finance apps: require compliant device");
  await expect(verdict).toContainText(/Certain, from \d fields/);
  await verdict.getByText("Fields used").click();
  await verdict.getByRole("link", { name: "Policies" }).click();
  await expect(page).toHaveURL(/pane=conditional-access/);
  await pane(page).getByRole("region", { name: "Why?" }).getByRole("link", { name: "Error 53000" }).click();
  await expect(page).toHaveURL(/\/errors\/53000/);
  await expect(article(page)).toContainText("Device is not compliant");
});

test("the reason of a row says why, and others like it are found by it", async ({ page }) => {
  await open(page, signIns("f=error_code:eq:500121"));
  const rows = page.locator("table.grid tbody tr[id]");
  const reason = rows.filter({ hasText: "Did not answer the push" }).first().locator("td.reason");
  await expect(reason).toContainText("500121");
  await reason.click();
  await page.keyboard.press("Shift+F10");
  const menu = page.getByRole("menu");
  await menu.getByRole("menuitem", { name: /^Only Verdict: Did not answer the push/ }).click();
  await expect(page).toHaveURL(/f=verdict:eq:push_unanswered/);
  await expect(rows.first().locator("td.reason")).toContainText("Did not answer the push");
  await expect(rows.filter({ hasNotText: "Did not answer the push" })).toHaveCount(0);
  await open(page, signIns("f=verdict:eq:claim_in_token"));
  await expect(rows.first().locator("td.reason")).toHaveText("No prompt: second factor in the token");
});

test("an interrupted sign-in says whether it went on", async ({ page }) => {
  await open(page, signIns("f=error_code:eq:50074"));
  await page.locator("table.grid tbody tr[id]").first().getByRole("link").click();
  const verdict = pane(page).getByRole("region", { name: "Why?" });
  await expect(verdict).toContainText("Why was this interrupted?");
  await expect(verdict).toContainText(/asked for a second factor/);
  await expect(verdict).toContainText(/It went on, and worked|did not succeed either|stopped here/);
});

test.describe("without scripts", () => {
  test.use({ javaScriptEnabled: false });
  test.beforeEach(({ watch }) => watch.allow(/vestibule\.[0-9a-f]+\.js csp$/));

  test("the book is found, narrowed and read", async ({ page }) => {
    await page.goto("/errors");
    await find(page).fill("AADSTS53003");
    await page.getByRole("button", { name: "Find", exact: true }).click();
    await expect(page.locator("#code-title")).toHaveText("Blocked by Conditional Access");
    await page.getByRole("button", { name: "Class: Any" }).click();
    await page.locator("#class-menu").getByRole("link", { name: "Settings" }).click();
    await expect(page).toHaveURL(/class=admin/);
  });
});

test("on a phone one thing is shown at a time", async ({ page }) => {
  await page.setViewportSize({ width: 375, height: 700 });
  await page.goto(`/errors?${DAY}`);
  await hydrated(page);
  await page.locator("#codes").getByRole("link").first().click();
  await expect(page.locator("#code-title")).toBeVisible();
  await expect(page.locator("#codes")).toBeHidden();
  await expectNoSidewaysScroll(page);
  await expectAccessible(page);
  await page.getByRole("link", { name: "All listed codes" }).click();
  await expect(page.locator("#codes")).toBeVisible();
});
