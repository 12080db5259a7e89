/** What people registered: every number opens the people it counts, also without scripts and on a phone. */
import { expect, expectAccessible, expectNoSidewaysScroll, open, test, testAlone } from "../support";

const BASE = "/insights/authentication-methods";
const MONTH = "from=2026-10-25T10:42:00Z&to=2026-11-24T10:42:00Z";
const number = (text: string | null) => Number(text?.match(/[\d,]+/)?.[0]?.replaceAll(",", ""));

test("tiles open the people they count", async ({ page, request }) => {
  await open(page, `${BASE}/registration?${MONTH}`);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Authentication methods activity");
  const without = page.locator("#mfa_capable-no");
  const people = number(await without.textContent());
  expect(people).toBeGreaterThan(10);
  await without.click();
  await expect(page).toHaveURL(/details\?mfa_capable=no/);
  await expect(page.locator("#numbers")).toContainText(`${people} of `);
  const answer = await request.get("/api/v1/insights/registration-details?mfa_capable=no");
  expect((await answer.json()).rows).toHaveLength(people);
  const address = await page.getByRole("group", { name: "Download" }).getByRole("link", { name: "CSV" }).getAttribute("href");
  const file = await (await request.get(String(address))).text();
  expect(file.trim().split("\r\n")).toHaveLength(people + 1);
});

test("people are narrowed by a form, put in order by their heads, and open", async ({ page }) => {
  await open(page, `${BASE}/details`);
  await page.getByLabel("Method registered").selectOption({ label: "Passkey (synced)" });
  await page.getByLabel("People").selectOption({ label: "Members" });
  await page.getByRole("button", { name: "Apply" }).click();
  await expect(page).toHaveURL(`${BASE}/details?type=member&auth_method=passKeySynced`);
  for (const text of await page.locator("#lines tbody tr").allTextContents()) {
    expect(text).toContain("Passkey (synced)");
  }
  await page.getByRole("columnheader", { name: "Reset capable" }).getByRole("link").click();
  await expect(page.getByRole("columnheader", { name: "Reset capable" })).toHaveAttribute("aria-sort", "descending");
  await page.locator("#lines tbody th a").first().click();
  await expect(page).toHaveURL(/\/users\//);
  await page.goBack();
  await page.locator("#reset-filters").click();
  await expect(page.locator("#numbers")).toContainText("1 to 100 of ");
  await page.locator("#after").click();
  await expect(page.locator("#numbers")).toContainText("101 to 200 of ");
});

test("recent registrations lead to their events", async ({ page }) => {
  await open(page, `${BASE}/registration?${MONTH}`);
  const first = page.locator("#recent .barlist li").first();
  const numbers = await first.locator(".n").textContent();
  const [registered, failed] = (numbers?.match(/\d+/g) ?? []).map(Number);
  await first.getByRole("link").click();
  await expect(page).toHaveURL(/events\?.*feature=registration/);
  await expect(page.locator("#numbers")).toContainText(`${Number(registered) + Number(failed)} of `);
});

testAlone("a list is brought in on the import page, and the pages say what was missing before", async ({ page }) => {
  await open(page, `${BASE}/registration?from=`);
  await expect(page.getByRole("heading", { name: "No list of people's methods is here yet" })).toBeVisible();
  await expect(page.getByRole("heading", { name: "What sign-ins show in the meantime" })).toBeVisible();
  await page.getByRole("link", { name: "Bring a list in" }).first().click();
  const ann = { id: "u1", userPrincipalName: "ann@x.example", isMfaCapable: true, isAdmin: false, methodsRegistered: ["fido2SecurityKey"] };
  await page.getByLabel("Files with lists").setInputFiles({
    name: "people.json",
    mimeType: "application/json",
    buffer: Buffer.from(JSON.stringify({ value: [ann] })),
  });
  await page.locator("#lists").getByRole("button", { name: "Bring in" }).click();
  await expect(page.locator(".banner")).toContainText("people.json: 1 person; 1 new, 0 changed");
  await open(page, `${BASE}/registration?from=`);
  await expect(page.locator("#methods")).toContainText("FIDO2 security key");
  await open(page, "/insights/lists");
  await page.getByText("Remove people.json").click();
  await page.getByRole("button", { name: "Remove this list" }).click();
  await expect(page.locator("#lines")).toContainText("No list is here yet.");
});

const PAGES = { registration: `${BASE}/registration?${MONTH}`, details: `${BASE}/details`, events: `${BASE}/events?${MONTH}` };
for (const colorScheme of ["light", "dark"] as const) {
  test.describe(colorScheme, () => {
    test.use({ colorScheme, contextOptions: { reducedMotion: "reduce" } });
    for (const [name, address] of Object.entries(PAGES)) {
      test(`${name} is accessible, also on a phone`, async ({ page }) => {
        await open(page, address);
        await expectAccessible(page);
        await page.setViewportSize({ width: 375, height: 700 });
        await expectNoSidewaysScroll(page);
      });
    }
  });
}

test.describe("without scripts", () => {
  test.use({ javaScriptEnabled: false });
  // A browser without scripts refuses to load the module that the page announces.
  test.beforeEach(({ watch }) => watch.allow(/vestibule\.[0-9a-f]+\.js csp$/));
  test("filters are a form", async ({ page }) => {
    await page.goto(`${BASE}/details`);
    await page.getByLabel("Multifactor capable").selectOption("no");
    await page.getByRole("button", { name: "Apply" }).click();
    await expect(page).toHaveURL(`${BASE}/details?mfa_capable=no`);
    await expect(page.locator("#lines tbody tr").first()).toContainText("None");
  });
});
