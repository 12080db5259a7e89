/** What somebody sees whose roles do not show everything: no policies, masked names, and names for a reason. */
import type { Page } from "@playwright/test";
import { expect, expectAccessible, graphSignIn, hydrated, ndjson, pane, PASSWORD, row, testSignedIn } from "../support";

async function signIn(page: Page, username: string) {
  await page.getByLabel("User name").fill(username);
  await page.getByLabel("Password").fill(PASSWORD);
  await page.getByRole("button", { name: "Sign in" }).click();
}

const policy = { id: "p", displayName: "Block legacy sign-in", result: "failure", enforcedGrantControls: ["Block"] };
const record = graphSignIn(1, {
  createdDateTime: new Date(Date.now() - 3_600_000).toISOString(),
  userDisplayName: "Eva Ek",
  userPrincipalName: "eva@tests.example",
  userId: "99999999-9999-4999-8999-999999999999",
  ipAddress: "198.51.100.77",
  status: { errorCode: 53003, failureReason: "x" },
  conditionalAccessStatus: "failure",
  appliedConditionalAccessPolicies: [policy],
});

/** Imports the record as the administrator, in a window of its own. */
async function bringIn(page: Page) {
  await page.goto("/import");
  await signIn(page, "boss");
  await hydrated(page);
  await page.getByLabel("Drop files to let them in").setInputFiles(ndjson("eva.ndjson", [record]));
  await page.getByRole("button", { name: "Import" }).click();
  await expect(page.locator("section.panel", { hasText: "eva.ndjson" })).toContainText("Done");
}

testSignedIn.describe("a Reports Reader", () => {
  testSignedIn.use({ people: { boss: "global_administrator", ria: "reports_reader" } });

  testSignedIn("finds no policies, neither in the pane nor among the columns", async ({ page, browser, server, watch }) => {
    watch.allow(/403/);
    await bringIn(page);
    const context = await browser.newContext({ baseURL: server.url });
    const ria = await context.newPage();
    await ria.goto("/sign-ins");
    await signIn(ria, "ria");
    await hydrated(ria);
    await expect(ria.getByRole("grid").getByText("Eva Ek")).toBeVisible();
    await row(ria, String(record.id)).getByRole("link").click();
    await expect(pane(ria).getByRole("tab", { name: "Location" })).toBeVisible();
    await expect(pane(ria).getByRole("tab", { name: "Conditional Access" })).toHaveCount(0);
    await expect(pane(ria)).not.toContainText("Block legacy sign-in");
    await ria.getByRole("link", { name: "Columns" }).click();
    await expect(ria.getByRole("dialog").getByText("Conditional Access", { exact: true }).first()).toBeVisible();
    await expect(ria.getByText("Deciding policy")).toHaveCount(0);
    // A link of somebody who may says why, and leads on.
    await ria.goto("/sign-ins?f=deciding_policy:eq:Block+legacy+sign-in&f=user:eq:Eva+Ek");
    await expect(ria.getByText("which your roles do not show")).toBeVisible();
    await expectAccessible(ria);
    await ria.getByRole("link", { name: "The same without it" }).click();
    await expect(ria.getByRole("grid").getByText("Eva Ek")).toBeVisible();
    await context.close();
  });
});

testSignedIn.describe("masked names", () => {
  testSignedIn.use({
    people: { boss: "global_administrator", sam: "security_reader" },
    more: ["--masked-roles", "security_reader"],
  });

  testSignedIn("stand for people until somebody says why they need to know", async ({ page, browser, server }) => {
    await bringIn(page);
    const context = await browser.newContext({ baseURL: server.url });
    const sam = await context.newPage();
    await sam.goto("/sign-ins");
    await signIn(sam, "sam");
    await hydrated(sam);
    const grid = sam.getByRole("grid");
    await expect(grid.getByText("198.51.100.0/24")).toBeVisible();
    await expect(grid.getByText(/^Person \w{12}$/)).toBeVisible();
    await row(sam, String(record.id)).getByRole("link").click();
    await expect(pane(sam)).toContainText("Names and addresses are masked");
    await expect(sam.locator("body")).not.toContainText("Eva Ek");
    await expectAccessible(sam);
    await pane(sam).getByText("Show who it was").click();
    await pane(sam).getByLabel("Why do you need to know?").first().fill("Ticket 4711, who was locked out?");
    await pane(sam).getByRole("button", { name: "Show it" }).first().click();
    await expect(pane(sam).getByRole("heading", { level: 2 })).toContainText("Eva Ek");
    await expect(grid.getByText("Eva Ek")).toBeVisible();
    await expect(grid.getByText("198.51.100.0/24")).toBeVisible();
    await page.goto("/access-audit");
    await expect(page.getByText("Ticket 4711, who was locked out?")).toBeVisible();
    await context.close();
  });
});
