/** Setting up, signing in and out, and what each role finds. */
import type { Page } from "@playwright/test";
import { expect, expectAccessible, graphSignIn, hydrated, ndjson, PASSWORD, testSignedIn } from "../support";

async function signIn(page: Page, username: string, password = PASSWORD) {
  await page.getByLabel("User name").fill(username);
  await page.getByLabel("Password").fill(password);
  await page.getByRole("button", { name: "Sign in" }).click();
}

const navigation = (page: Page) => page.getByRole("navigation", { name: "Main" });

testSignedIn("the first visit makes the first account, with the code that the server printed", async ({ page, server, watch }) => {
  watch.allow(/422/);
  await page.goto("/");
  await expect(page).toHaveURL("/set-up");
  await expectAccessible(page);
  const way = /\/set-up\?code=\w+/.exec(server.said())?.[0] ?? "";
  await page.goto(way);
  await expect(page.getByLabel("Your name")).toBeFocused();
  await page.keyboard.type("Ann Berg");
  await page.keyboard.press("Tab");
  await page.keyboard.type("ann");
  await page.keyboard.press("Tab");
  await page.keyboard.type("short");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("alert")).toContainText("at least 12 characters");
  await expect(page.getByLabel("Your name")).toHaveValue("Ann Berg");
  await page.getByLabel("Password").fill(PASSWORD);
  await page.getByRole("button", { name: "Make this account" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Overview");
  await hydrated(page);
  await expect(navigation(page).getByRole("link", { name: "Accounts" })).toBeVisible();
});

for (const colorScheme of ["light", "dark"] as const) {
  testSignedIn.describe(colorScheme, () => {
    testSignedIn.use({ people: { boss: "global_administrator" }, colorScheme, contextOptions: { reducedMotion: "reduce" } });

    testSignedIn("the way in and the pages of accounts are accessible", async ({ page, watch }) => {
      watch.allow(/422/);
      await page.goto("/accounts");
      await signIn(page, "boss", "something else");
      await expect(page.getByRole("alert")).toHaveText(/do not match\. After five attempts/);
      await expect(page.getByLabel("Password")).toBeFocused();
      await expectAccessible(page);
      await page.getByLabel("Password").fill(PASSWORD);
      await page.keyboard.press("Enter");
      await expect(page).toHaveURL("/accounts");
      await hydrated(page);
      await expectAccessible(page);
      await expect(page.locator("#rights tbody tr")).toHaveCount(8);
      await page.getByRole("link", { name: "Change boss" }).click();
      await expect(page.getByRole("region", { name: "Change boss" })).toBeVisible();
      await expectAccessible(page);
      await page.getByRole("button", { name: "Account of boss" }).click();
      await page.getByRole("link", { name: "Your account" }).first().click();
      await expect(page.getByRole("heading", { level: 1 })).toHaveText("Your account");
      await expectAccessible(page);
    });
  });
}

testSignedIn.describe("an administrator", () => {
  testSignedIn.use({ people: { boss: "global_administrator" } });

  testSignedIn("adds somebody, who signs in and finds what their role opens", async ({ page, browser, server, watch }) => {
    watch.allow(/422|403/);
    await page.goto("/accounts");
    await signIn(page, "boss");
    await hydrated(page);
    const form = page.locator("form", { has: page.getByRole("button", { name: "Add" }) });
    await form.getByLabel("Name", { exact: true }).fill("Bo <b>Lind</b>");
    await form.getByLabel("User name", { exact: true }).fill("bo");
    await form.getByLabel("First password").fill("short");
    await form.getByRole("checkbox", { name: "User", exact: true }).uncheck();
    await form.getByRole("checkbox", { name: "Reports Reader" }).check();
    await form.getByRole("button", { name: "Add" }).click();
    await expect(page.getByRole("alert")).toContainText("at least 12 characters");
    await form.getByLabel("First password").fill(PASSWORD);
    await form.getByRole("button", { name: "Add" }).click();
    await expect(page.locator("#accounts").getByRole("row", { name: /bo/ }).getByText("Reports Reader")).toBeVisible();

    const context = await browser.newContext({ baseURL: server.url });
    const other = await context.newPage();
    await other.goto("/sign-ins?range=7d");
    await signIn(other, "bo");
    await expect(other).toHaveURL("/sign-ins?range=7d");
    await hydrated(other);
    await expect(navigation(other).getByRole("link", { name: "Sign-in logs" })).toBeVisible();
    for (const closed of ["Import", "Accounts"]) {
      await expect(navigation(other).getByRole("link", { name: closed, exact: true })).toHaveCount(0);
    }
    await other.goto("/accounts");
    await expect(other.getByRole("heading", { name: "Your roles do not open this page" })).toBeVisible();

    // Their session ends while they look: the next click leads to where people sign in, and back.
    await other.goto("/sign-ins?range=7d");
    await hydrated(other);
    await page.getByRole("link", { name: /^Change Bo/ }).click();
    await page.getByRole("button", { name: "Disable" }).click();
    await expect(page.locator("#accounts").getByText("Disabled")).toBeVisible();
    await other.getByRole("link", { name: "Refresh" }).click();
    await expect(other).toHaveURL(/\/sign-in\?to=/);
    await signIn(other, "bo");
    await expect(other.getByRole("alert")).toContainText("do not match");
    await context.close();
  });

  testSignedIn("signs out from the menu, and Back shows nothing any more", async ({ page }) => {
    await page.goto("/account");
    await signIn(page, "boss");
    await hydrated(page);
    await page.getByRole("button", { name: "Account of boss" }).click();
    await page.getByRole("button", { name: "Sign out" }).click();
    await expect(page.getByRole("status")).toHaveText("You are signed out.");
    await page.goBack();
    await expect(page.getByRole("button", { name: "Sign in" })).toBeVisible();
  });
});

testSignedIn.describe("without scripts", () => {
  testSignedIn.use({ people: { boss: "global_administrator" }, javaScriptEnabled: false });
  testSignedIn.beforeEach(({ watch }) => watch.allow(/vestibule\.[0-9a-f]+\.js csp$/));

  testSignedIn("people sign in, change an account and sign out", async ({ page }) => {
    await page.goto("/accounts");
    await signIn(page, "boss");
    await expect(page).toHaveURL("/accounts");
    await page.getByRole("link", { name: "Change boss" }).click();
    const account = page.getByRole("region", { name: "Change boss" });
    await account.getByRole("checkbox", { name: "Security Reader" }).check();
    await account.getByRole("button", { name: "Save roles" }).click();
    await expect(page.locator("#accounts")).toContainText("Global Administrator, Security Reader");
    await page.getByRole("button", { name: "Account of boss" }).click();
    await page.getByRole("button", { name: "Sign out" }).click();
    await expect(page.getByRole("status")).toHaveText("You are signed out.");
  });
});

const person = { userId: "99999999-9999-4999-8999-999999999999", userPrincipalName: "eva@tests.example", userDisplayName: "Eva Ek" };
const norway = { city: "Oslo", state: "Oslo", countryOrRegion: "NO", geoCoordinates: null };
const nigeria = { city: "Lagos", state: "Lagos", countryOrRegion: "NG", geoCoordinates: null };
const chrome = { operatingSystem: "Windows 10", browser: "Chrome 131.0.0" };

testSignedIn.describe("My sign-ins", () => {
  testSignedIn.use({
    people: {
      boss: "global_administrator",
      eva: "user --name Eva --user-principal-name eva@tests.example --object-id 99999999-9999-4999-8999-999999999999",
    },
  });

  testSignedIn("are one's own, say what is unusual, and can be reported", async ({ page, browser, server, watch }) => {
    watch.allow(/403|422/);
    const ago = (hours: number) => new Date(Date.now() - hours * 3_600_000).toISOString();
    const usual = Array.from({ length: 20 }, (_, index) =>
      graphSignIn(index, { ...person, createdDateTime: ago(30 + index), location: norway, deviceDetail: chrome }),
    );
    const strange = graphSignIn(30, {
      ...person,
      createdDateTime: ago(1),
      appDisplayName: "Outlook <b>on the web</b>",
      location: nigeria,
      deviceDetail: chrome,
      status: { errorCode: 500121, failureReason: "x", additionalDetails: "MFA denied; user declined the authentication" },
    });
    // Somebody else of the same name.
    const other = graphSignIn(31, { userDisplayName: "Eva Ek", createdDateTime: ago(2), appDisplayName: "Not Eva's" });
    await page.goto("/import");
    await signIn(page, "boss");
    await hydrated(page);
    await page.getByLabel("Drop files to let them in").setInputFiles(ndjson("eva.ndjson", [...usual, strange, other]));
    await page.getByRole("button", { name: "Import" }).click();
    await expect(page.locator("section.panel", { hasText: "eva.ndjson" })).toContainText("Done");

    const context = await browser.newContext({ baseURL: server.url });
    const eva = await context.newPage();
    await eva.goto("/");
    await signIn(eva, "eva");
    await expect(eva).toHaveURL("/my-sign-ins");
    await hydrated(eva);
    await expect(eva.getByRole("heading", { name: "Worth a look" })).toBeVisible();
    const look = eva.locator("details.look");
    await expect(look).toHaveCount(1);
    await expect(look).toContainText("Outlook <b>on the web</b>");
    await expect(look).toContainText("Someone entered your password correctly");
    await expect(look).toContainText("Your first sign-in from this country");
    await expect(eva.locator("details.signin:not(.look)")).toHaveCount(21);
    await expect(eva.getByText("Not Eva's")).toHaveCount(0);
    await expectAccessible(eva);
    await eva.getByRole("searchbox", { name: "App, place, device or IP" }).fill("lagos");
    await eva.keyboard.press("Enter");
    await expect(eva.locator("details.signin")).toHaveCount(1);
    await eva.goto("/my-sign-ins");
    await hydrated(eva);
    await look.getByRole("button", { name: /^This wasn't me/ }).click();
    await expect(look).toHaveCount(0);
    const reported = eva.locator("details.signin").first();
    await reported.locator("summary").click();
    await expect(reported).toContainText("Change your password now");

    // Somebody else's cannot be spoken of, whatever its number.
    const stranger = await eva.request.post("/my-sign-ins/say", { form: { id: String(other.id), do: "not_me" }, maxRedirects: 0 });
    expect(stranger.status()).toBe(422);
    for (const closed of ["/sign-ins", `/sign-ins?from=&row=${other.id}`, "/person-reports"]) {
      expect((await eva.request.get(closed)).status(), closed).toBe(403);
    }

    await page.goto("/person-reports");
    await expect(page.getByRole("row", { name: /Eva/ })).toHaveCount(1);
    await expectAccessible(page);
    await page.getByRole("link", { name: String(strange.id) }).click();
    await expect(page.locator(".flyout")).toContainText("Eva Ek");
    await context.close();
  });

  testSignedIn("fit a phone", async ({ page }) => {
    await page.setViewportSize({ width: 390, height: 844 });
    await page.goto("/");
    await signIn(page, "eva");
    await expect(page.getByText("No sign-in of yours is here yet")).toBeVisible();
    const wide = await page.evaluate(() => document.documentElement.scrollWidth > innerWidth);
    expect(wide).toBe(false);
  });
});
