/** Signing in at a provider: there and back, what it says of people, signing out, and what can go wrong. */
import type { Page } from "@playwright/test";
import { entra, sayWho, signInAtProvider, testAtProvider } from "../provider/fixture";
import { expect, expectAccessible, hydrated, PASSWORD } from "../support";

const RETURN = /\/sign-in\/return\?/;

const heading = (page: Page) => page.getByRole("heading", { level: 1 });

/** The way back that the provider offers. */
async function wayBack(page: Page): Promise<string> {
  return (await page.getByRole("link", { name: "Back" }).getAttribute("href")) ?? "";
}

testAtProvider("somebody signs in, sees what their role opens, and signs out there as well", async ({ page, server, provider }) => {
  await page.goto("/sign-ins?range=7d");
  await expect(page).toHaveURL(/\/sign-in\?to=/);
  await expectAccessible(page);
  await signInAtProvider(page, "ann");
  await expect(page).toHaveURL("/sign-ins?range=7d");
  await hydrated(page);
  await expect(page.getByRole("link", { name: "Import", exact: true })).toHaveCount(0);
  const cookies = await page.context().cookies(server.url);
  for (const cookie of cookies.filter((cookie) => cookie.name.startsWith("__Host-vestibule"))) {
    expect([cookie.httpOnly, cookie.secure, cookie.sameSite], cookie.name).toEqual([true, true, "Lax"]);
  }

  await page.goto("/account");
  await hydrated(page);
  await expect(page.locator("dl")).toContainText(provider.issuer);
  await expect(page.locator("dl")).toContainText("Security Reader");
  await expect(page.locator("dl")).toContainText("ann@tests.example");
  await expect(page.getByLabel("New password")).toHaveCount(0);
  await expectAccessible(page);

  await page.getByRole("button", { name: "Account of Ann Berg" }).click();
  await page.getByRole("button", { name: "Sign out" }).click();
  await page.getByRole("button", { name: "Yes, sign me out" }).click();
  await expect(page.getByRole("status")).toHaveText("You are signed out.");
  await page.goto("/account");
  // Nobody is signed in there any more: the provider asks.
  await signInAtProvider(page, "ann");
  await expect(page).toHaveURL("/account");
});

testAtProvider("roles follow the provider, in every browser, and nobody changes them by hand", async ({ page, browser, server, provider, watch }) => {
  watch.allow(/403/);
  const admin = entra("Ann Berg", ["Vestibule.Admin"]);
  await provider.knows({ ann: admin });
  await page.goto("/accounts");
  await signInAtProvider(page, "ann");
  await hydrated(page);
  await page.getByRole("link", { name: "Change Ann Berg" }).click();
  const account = page.getByRole("region", { name: "Change Ann Berg" });
  await expect(account).toContainText(provider.issuer);
  await expect(account).toContainText("Global Administrator");
  await expect(account.getByRole("checkbox")).toHaveCount(0);
  await expect(account.locator("input[type=password]")).toHaveCount(0);
  await expectAccessible(page);

  await provider.knows({ ann: { ...admin, name: "Ann Lund", roles: ["Vestibule.Person", "Something else"] } });
  const context = await browser.newContext({ baseURL: server.url });
  const other = await context.newPage();
  await other.goto("/");
  await signInAtProvider(other, "ann");
  await expect(other).toHaveURL("/my-sign-ins");
  await page.goto("/accounts");
  await expect(page.getByRole("heading", { name: "Your roles do not open this page" })).toBeVisible();
  await expect(page.getByRole("button", { name: "Account of Ann Lund" })).toBeVisible();

  await provider.knows({ ann: { ...admin, roles: [] } });
  await other.context().clearCookies();
  await other.goto("/");
  await signInAtProvider(other, "ann");
  await expect(heading(other)).toHaveText("Your account has no role here");
  await expectAccessible(other);
  await page.goto("/account");
  await expect(page).toHaveURL(/\/sign-in\?to=/);
  await context.close();
});

for (const colorScheme of ["light", "dark"] as const) {
  testAtProvider.describe(colorScheme, () => {
    testAtProvider.use({ colorScheme });

    testAtProvider("who calls it off is told, and can try again or as somebody else", async ({ page, watch }) => {
      watch.allow(/403/);
      await page.goto("/account");
      await expectAccessible(page);
      await page.getByRole("button", { name: "Sign in with Example" }).click();
      await page.getByRole("button", { name: "Cancel" }).click();
      await expect(heading(page)).toHaveText("You were not signed in");
      await expect(page.getByText("the server's log says more under denied")).toBeVisible();
      await expectAccessible(page);
      await page.getByRole("button", { name: "Use another account" }).click();
      await sayWho(page, "ann");
      await expect(page).toHaveURL("/account");
    });
  });
}

testAtProvider("the way back works once, and in the browser that left", async ({ page, browser, server, provider, watch }) => {
  watch.allow(/400/);
  const back = page.waitForRequest(RETURN);
  await page.goto("/account");
  await signInAtProvider(page, "ann");
  await expect(page).toHaveURL("/account");
  await page.goto((await back).url());
  await expect(heading(page)).toHaveText("This way back is not good any more");
  await expectAccessible(page);
  // Nobody was signed out by that.
  await page.getByRole("link", { name: "Back to the sign-in page" }).click();
  await hydrated(page);

  await page.context().clearCookies();
  await provider.knows({ ann: entra("Ann Berg", ["Vestibule.Reader"]) }, true);
  await page.goto("/account");
  await signInAtProvider(page, "ann");
  const link = await wayBack(page);
  const context = await browser.newContext({ baseURL: server.url });
  const other = await context.newPage();
  await other.goto(link);
  await expect(heading(other)).toHaveText("This sign-in began in another browser");
  await other.goto("/account");
  await expect(other).toHaveURL(/\/sign-in\?to=/);
  await context.close();
  await page.goto(link);
  await expect(heading(page)).toHaveText("This way back is not good any more");
});

testAtProvider("two windows can be at the provider at once", async ({ page, context }) => {
  const second = await context.newPage();
  for (const window of [page, second]) {
    await window.goto("/account");
    await window.getByRole("button", { name: "Sign in with Example" }).click();
    await expect(window.getByLabel("Who are you?")).toBeVisible();
  }
  for (const window of [page, second]) {
    await sayWho(window, "ann");
    await expect(window).toHaveURL("/account");
  }
});

testAtProvider("a provider that is down is said to be, on the way there and on the way back", async ({ page, provider, watch }) => {
  watch.allow(/503/);
  await provider.knows({ ann: entra("Ann Berg", ["Vestibule.Reader"]) }, true);
  await provider.stop();
  await page.goto("/account");
  await page.getByRole("button", { name: "Sign in with Example" }).click();
  await expect(heading(page)).toHaveText("Your organisation does not answer");
  await expectAccessible(page);
  await provider.start();
  await expect(async () => {
    await page.getByRole("button", { name: "Try again" }).click();
    await expect(page.getByLabel("Who are you?")).toBeVisible({ timeout: 1_000 });
  }).toPass();
  await sayWho(page, "ann");
  const back = page.getByRole("link", { name: "Back" });
  await expect(back).toBeVisible();
  await provider.stop();
  await back.click();
  await expect(heading(page)).toHaveText("Your organisation does not answer");
  // Whoever has a password comes in all the same.
  await page.getByRole("link", { name: "Back to the sign-in page" }).click();
  await page.getByLabel("User name").fill("boss");
  await page.getByLabel("Password").fill(PASSWORD);
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
  await hydrated(page);
});

testAtProvider("an account that is disabled here stays out, and the record says so", async ({ page, browser, server, watch }) => {
  watch.allow(/403/);
  await page.goto("/account");
  await signInAtProvider(page, "ann");
  await expect(page).toHaveURL("/account");
  const context = await browser.newContext({ baseURL: server.url });
  const boss = await context.newPage();
  await boss.goto("/accounts");
  await boss.getByLabel("User name").fill("boss");
  await boss.getByLabel("Password").fill(PASSWORD);
  await boss.getByRole("button", { name: "Sign in", exact: true }).click();
  await hydrated(boss);
  await boss.getByRole("link", { name: "Change Ann Berg" }).click();
  await boss.getByRole("button", { name: "Disable" }).click();
  await expect(boss.locator("#accounts").getByText("Disabled")).toBeVisible();
  await page.goto("/account");
  await page.getByRole("button", { name: "Sign in with Example" }).click();
  await expect(heading(page)).toHaveText("Your account is disabled here");
  await boss.goto("/access-audit");
  await expect(boss.getByRole("row", { name: /ann@tests\.example.*Failed to sign in.*provider: account_disabled/ })).toBeVisible();
  await expect(boss.getByRole("row", { name: /ann@tests\.example.*Signed in.*provider/ })).toBeVisible();
  await context.close();
});

testAtProvider.describe("without passwords", () => {
  testAtProvider.use({ settings: ["--password-sign-in", "off"] });

  testAtProvider("there is the button alone, and a password that is sent lets nobody in", async ({ page, watch }) => {
    watch.allow(/403/);
    await page.goto("/sign-in");
    await expect(page.getByLabel("Password")).toHaveCount(0);
    await expectAccessible(page);
    const answer = await page.request.post("/sign-in", { form: { username: "boss", password: PASSWORD }, maxRedirects: 0 });
    expect(answer.status()).toBe(403);
    expect((await page.request.get("/account", { maxRedirects: 0 })).status()).toBe(303);
    await signInAtProvider(page, "ann");
    await hydrated(page);
  });
});

testAtProvider.describe("without scripts", () => {
  testAtProvider.use({ javaScriptEnabled: false });
  testAtProvider.beforeEach(({ watch }) => watch.allow(/vestibule\.[0-9a-f]+\.js csp$/));

  testAtProvider("somebody signs in at the provider, and out again", async ({ page }) => {
    await page.goto("/account");
    await signInAtProvider(page, "ann");
    await expect(page).toHaveURL("/account");
    await page.getByRole("button", { name: "Account of Ann Berg" }).click();
    await page.getByRole("button", { name: "Sign out" }).click();
    await page.getByRole("button", { name: "Yes, sign me out" }).click();
    await expect(page.getByRole("status")).toHaveText("You are signed out.");
  });
});
