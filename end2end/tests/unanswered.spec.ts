/** Clicks that the server does not answer. */
import { expect, expectAccessible, open, signIns, test } from "../support";

test("a click that the server does not answer says so in place of the rows, and is tried again", async ({ page, watch }) => {
  watch.allow(/\/api\/ui\/sheet|ERR_CONNECTION_REFUSED/);
  await open(page, signIns());
  await page.route("**/api/ui/sheet*", (route) => route.abort("connectionrefused"));
  await page.getByRole("columnheader", { name: "User", exact: true }).getByRole("link").click();
  const failure = page.getByRole("alert").filter({ hasText: "Could not read the page" });
  await expect(failure).toContainText("The server did not answer.");
  await expect(page).toHaveURL(signIns("sort=user"));
  await expect(page.locator("table.grid")).toHaveCount(0);
  await expect(page.locator(".gridfoot")).toContainText("Not read");
  await expect(page.getByRole("main")).not.toHaveAttribute("aria-busy");
  await expectAccessible(page, ".gridwrap");
  const again = failure.getByRole("link", { name: "Try again" });
  await expect(again).toBeFocused();
  await again.click();
  await expect(page.locator(".toast.problem")).toBeVisible();
  await expect(failure).toBeVisible();
  await page.unroute("**/api/ui/sheet*");
  await again.click();
  await expect(failure).toHaveCount(0);
  await expect(page.getByRole("columnheader", { name: "User", exact: true })).toHaveAttribute("aria-sort", "ascending");
  await expect(page.locator(".gridfoot")).toContainText(/^[\d,]+ sign-ins/);
  await expect(page.getByRole("region", { name: "Sign-ins over time" })).toBeVisible();
  // What was shown before the failure comes back, too.
  await page.goBack();
  await expect(page).toHaveURL(signIns());
  await expect(page.getByRole("columnheader", { name: "Date" })).toHaveAttribute("aria-sort", "descending");
  // Also where the page that does not come is another one.
  await page.route("**/api/ui/sheet*", (route) => route.abort("connectionrefused"));
  await page.getByRole("navigation", { name: "Main" }).getByRole("link", { name: "Users" }).click();
  await expect(failure).toBeVisible();
  await page.unroute("**/api/ui/sheet*");
  await again.click();
  await expect(page.getByRole("heading", { level: 1, name: "Users" })).toBeVisible();
});
