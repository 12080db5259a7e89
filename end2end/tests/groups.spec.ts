/** Groups: the list, the people of one, the filter, and bringing some in. */
import type { Page } from "@playwright/test";
import { apiRows, DAY, expect, expectAccessible, graphSignIn, hydrated, ndjson, open, test, testAlone } from "../support";

/** The pill of the filter by group. */
const pill = (page: Page) => page.locator(".filters .pill").filter({ hasText: /^Group/ });

test("a group leads to the sign-ins of its people, and to those who did not sign in", async ({ page, request }) => {
  await open(page, `/groups?${DAY}`);
  await expectAccessible(page);
  const line = page.locator("table.directory tbody tr").filter({ hasText: "Office Hamburg" });
  const said = await line.locator("td").nth(1).textContent();
  await line.getByRole("link", { name: /sign-ins with Office Hamburg/ }).click();
  await expect(page).toHaveURL(/f=group:eq:Office\+Hamburg/);
  await expect(pill(page)).toContainText("Office Hamburg");
  const rows = await apiRows(request, `${DAY}&f=group:eq:Office+Hamburg`);
  expect(rows.length).toBeGreaterThan(0);
  expect(Number(said?.replaceAll(",", ""))).toBeGreaterThanOrEqual(rows.length);
  await open(page, `/groups?${DAY}`);
  await page.getByRole("link", { name: "Office Hamburg", exact: true }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Office Hamburg" })).toBeVisible();
  await expect(page.getByText(/of \d+ people signed in at that time/)).toBeVisible();
  await expect(page.getByRole("heading", { name: /without a sign-in/ })).toBeVisible();
  await expectAccessible(page);
  await page.getByRole("link", { name: "Open in sign-in logs" }).click();
  await expect(pill(page)).toContainText("Office Hamburg");
});

test("the filter is added, negated and combined like any other", async ({ page, request }) => {
  await open(page, `/sign-ins?${DAY}`);
  await page.getByRole("button", { name: "Add filter" }).click();
  const fields = page.getByRole("dialog", { name: "Add filter" });
  await fields.getByRole("textbox", { name: "Find a field" }).fill("group");
  await fields.getByRole("button", { name: "Group", exact: true }).click();
  const dialog = page.getByRole("dialog", { name: /Group/ });
  await dialog.getByRole("option", { name: /Guests/ }).click();
  await dialog.getByRole("button", { name: "Apply" }).click();
  await expect(pill(page)).toContainText("Guests");
  const kept = (await apiRows(request, `${DAY}&f=group:eq:Guests`)).length;
  const left = (await apiRows(request, `${DAY}&f=group:ne:Guests`)).length;
  const all = (await apiRows(request, DAY)).length;
  expect(kept).toBeGreaterThan(0);
  expect(kept + left).toBe(all);
});

testAlone("a list of members is brought in, read and removed", async ({ page }) => {
  await open(page, "/import");
  await page.getByLabel("Drop files to let them in").setInputFiles([
    ndjson("three.ndjson", [graphSignIn(1, { userId: "u1" }), graphSignIn(2, { userId: "u2" }), graphSignIn(3, { userId: "u3" })]),
  ]);
  await page.getByRole("button", { name: "Import" }).click();
  await expect(page.locator("section.panel").first().getByRole("status")).toHaveText("Done", { timeout: 20_000 });
  await open(page, "/groups?from=");
  await expect(page.getByText("No group is here yet")).toBeVisible();
  await page.getByLabel("Files").setInputFiles([
    { name: "members.csv", mimeType: "text/csv", buffer: Buffer.from("id,displayName\nu1,Ann\nu2,Bo\nu9,Never here\n") },
    { name: "photo.png", mimeType: "image/png", buffer: Buffer.from([137, 80, 78, 71, 0, 1, 2]) },
  ]);
  await page.getByRole("textbox", { name: /^Name of the group, for/ }).fill("Night <i>shift</i>");
  await page.getByRole("button", { name: "Bring in" }).click();
  await hydrated(page);
  await expect(page.getByText("members.csv: 1 group with 3 people.")).toBeVisible();
  await expect(page.getByText(/^photo\.png: no column says who/)).toBeVisible();
  await expectAccessible(page);
  await page.getByRole("link", { name: "Night <i>shift</i>", exact: true }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Night <i>shift</i>" })).toBeVisible();
  await page.getByText("Remove this group").click();
  await page.getByRole("button", { name: "Remove", exact: true }).click();
  await expect(page.getByText("No group is here yet")).toBeVisible();
});

test.describe("without scripts", () => {
  test.use({ javaScriptEnabled: false });
  test.beforeEach(({ watch }) => watch.allow(/vestibule\.[0-9a-f]+\.js csp$/));
  test("groups can be found, opened and filtered by", async ({ page }) => {
    await page.goto(`/groups?${DAY}`);
    await page.getByRole("searchbox", { name: "Name of the group" }).fill("admin");
    await page.getByRole("button", { name: "Find" }).click();
    await expect(page.locator("table.directory tbody tr")).toHaveCount(1);
    await page.getByRole("link", { name: "Administrators", exact: true }).click();
    await page.getByRole("link", { name: "Open in sign-in logs" }).click();
    await expect(pill(page)).toContainText("Administrators");
  });
});
