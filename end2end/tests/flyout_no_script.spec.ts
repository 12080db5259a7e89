/** The pane of one sign-in without scripts: its tabs, policies, neighbours and verbs are links. */
import { apiRows, DAY, expect, pane, signIns, test } from "../support";

test.use({ javaScriptEnabled: false });

// A browser without scripts refuses to load the module that the page announces.
test.beforeEach(({ watch }) => watch.allow(/vestibule\.[0-9a-f]+\.js csp$/));

const BLOCKED = "e05ff9f0-2c3a-4405-9443-fa49c2d96503";

test("tabs, policies and the comparison are links", async ({ page }) => {
  await page.goto(signIns(`row=${BLOCKED}`));
  await pane(page).getByRole("tab", { name: "Conditional Access" }).click();
  await expect(page).toHaveURL(signIns(`row=${BLOCKED}`, "pane=conditional-access"));
  await pane(page).getByRole("link", { name: "CA003 Finance apps: require compliant device", exact: true }).click();
  await expect(pane(page).getByRole("row", { name: /^Compliant device/ })).toContainText("Not satisfied");
  await pane(page).getByRole("tab", { name: "Timeline" }).click();
  await expect(pane(page)).toContainText("this sign-in");
  await pane(page).getByRole("link", { name: "Compare with last success" }).click();
  await expect(pane(page).getByRole("heading", { name: "Compared with the last success" })).toBeVisible();
  await expect(pane(page).locator(".script-only:visible")).toHaveCount(0);
});

test("the rows around are links, and so are the verbs", async ({ page, request }) => {
  const rows = (await apiRows(request, DAY)).map((found) => found.request_id);
  await page.goto(signIns(`row=${rows[0]}`, "pane=location"));
  await expect(pane(page).getByRole("link", { name: "Previous sign-in" })).toHaveCount(0);
  await pane(page).getByRole("link", { name: "Next sign-in" }).click();
  await expect(page).toHaveURL(signIns(`row=${rows[1]}`, "pane=location"));
  const address = pane(page).locator("dt", { hasText: /^IP address$/ }).locator("xpath=following-sibling::dd[1]");
  const shown = await address.innerText();
  await address.getByRole("link", { name: `Only ${shown}` }).click();
  await expect(page).toHaveURL(new RegExp(`f=ip_address:eq:${shown}&row=${rows[1]}&pane=location$`));
});
