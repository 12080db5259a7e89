/** The tabs of the pane of one sign-in, what stands in them, and what can be done with values. */
import {
  apiRows,
  DAY,
  expect,
  expectAccessible,
  expectNoSidewaysScroll,
  graphSignIn,
  ndjson,
  open,
  pane,
  row,
  signIns,
  test,
  testAlone,
} from "../support";
import type { Page } from "@playwright/test";

/** A sign-in of the demo tenant that a policy blocked; seed and end of the demo are fixed. */
const BLOCKED = "e05ff9f0-2c3a-4405-9443-fa49c2d96503";

const tab = (page: Page, name: string) => pane(page).getByRole("tab", { name, exact: true });
const panel = (page: Page) => pane(page).locator("#pane-panel");

/** The value behind a label of the pane. */
const value = (page: Page, label: string) =>
  panel(page).locator("dt", { hasText: new RegExp(`^${label}$`) }).locator("xpath=following-sibling::dd[1]");

test("each tab has an address and says what belongs there", async ({ page }) => {
  await open(page, signIns(`row=${BLOCKED}`));
  await expect(tab(page, "Basic info")).toHaveAttribute("aria-selected", "true");
  await expect(value(page, "Sign-in error code")).toHaveText("53000");
  for (const [name, address, words] of [
    ["Location", "location", "IP address"],
    ["Device info", "device", "Operating System"],
    ["Authentication Details", "authentication", "Authentication method detail"],
    ["Conditional Access", "conditional-access", "CA003 Finance apps: require compliant device"],
    ["Report-only", "report-only", "CA011 Pilot: block device code flow"],
    ["Additional details", "additional", "Authentication processing details"],
    ["Timeline", "timeline", "this sign-in"],
  ] as const) {
    await tab(page, name).click();
    await expect(page).toHaveURL(signIns(`row=${BLOCKED}`, `pane=${address}`));
    await expect(tab(page, name)).toHaveAttribute("aria-selected", "true");
    await expect(panel(page)).toContainText(words);
    await expect(pane(page).getByRole("tab", { selected: true })).toHaveCount(1);
  }
});

test("arrows, Home and End walk the tabs, and one of them is in the order of Tab", async ({ page }) => {
  await open(page, signIns(`row=${BLOCKED}`));
  await tab(page, "Basic info").focus();
  for (const [key, name] of [
    ["ArrowRight", "Location"],
    ["ArrowRight", "Device info"],
    ["ArrowLeft", "Location"],
    ["End", "Timeline"],
    ["ArrowRight", "Basic info"],
    ["ArrowLeft", "Timeline"],
    ["Home", "Basic info"],
  ] as const) {
    await page.keyboard.press(key);
    await expect(tab(page, name)).toBeFocused();
    await expect(tab(page, name)).toHaveAttribute("aria-selected", "true");
    await expect(panel(page)).toHaveAccessibleName(name);
  }
  await expect(pane(page).locator("[role=tab][tabindex='0']")).toHaveCount(1);
  await page.keyboard.press("Tab");
  await expect(panel(page)).toBeFocused();
});

test("a policy opens in place and says what matched and what was not met", async ({ page }) => {
  await open(page, signIns(`row=${BLOCKED}`, "pane=conditional-access"));
  const policy = panel(page).getByRole("link", { name: "CA003 Finance apps: require compliant device", exact: true });
  await expect(policy).toHaveAttribute("aria-expanded", "false");
  await policy.focus();
  await page.keyboard.press("Enter");
  await expect(policy).toHaveAttribute("aria-expanded", "true");
  await expect(policy).toBeFocused();
  const details = panel(page).getByRole("table", { name: "CA003 Finance apps: require compliant device" });
  await expect(details.getByRole("row", { name: /^Application/ })).toContainText("Matched");
  await expect(details.getByRole("row", { name: /^Compliant device/ })).toContainText("Not satisfied");
  await expectAccessible(page, ".flyout");
  await expect(panel(page).getByRole("link", { name: "Open in the Entra admin center" })).toHaveAttribute(
    "href",
    /PolicyBlade\/policyId\/[0-9a-f-]{36}$/,
  );
  await page.keyboard.press("Enter");
  await expect(details).toHaveCount(0);
});

test("steps, policies and other sign-ins of the timeline have verbs", async ({ page, request }) => {
  await open(page, signIns(`row=${BLOCKED}`, "pane=conditional-access"));
  const name = "CA003 Finance apps: require compliant device";
  const cell = panel(page).locator("td.acts", { hasText: name });
  await cell.hover();
  await expectAccessible(page, ".flyout");
  await cell.getByRole("link", { name: `Only ${name}` }).click();
  await expect(page).toHaveURL(new RegExp(`f=conditional_access_policies:eq:.*row=${BLOCKED}&pane=conditional-access$`));
  const filter = new URL(page.url()).searchParams.get("f") ?? "";
  const left = await apiRows(request, `${DAY}&f=${encodeURIComponent(filter)}`);
  await expect(page.locator(".gridfoot b")).toHaveText(left.length.toLocaleString("en"));
  await tab(page, "Authentication Details").click();
  await expect(panel(page)).toHaveAccessibleName("Authentication Details");
  const method = panel(page).locator("td.acts").first();
  await method.hover();
  await method.getByRole("link", { name: /^Without / }).click();
  await expect(page).toHaveURL(/f=authentication_methods:ne:[^&]*$/);
});

test("the pane says where the row stands and leads to the rows around it, in the same tab", async ({ page, request }) => {
  const rows = (await apiRows(request, DAY)).map((found) => found.request_id);
  await open(page, signIns(`row=${rows[2]}`, "pane=location"));
  await expect(pane(page).locator(".pos")).toHaveText(`3 of ${rows.length.toLocaleString("en")}`);
  await pane(page).getByRole("link", { name: "Next sign-in" }).click();
  await expect(page).toHaveURL(signIns(`row=${rows[3]}`, "pane=location"));
  await expect(pane(page).locator(".pos")).toContainText("4 of ");
  await pane(page).getByRole("link", { name: "Previous sign-in" }).click();
  await expect(page).toHaveURL(signIns(`row=${rows[2]}`, "pane=location"));
  await page.keyboard.press("Alt+ArrowUp");
  await expect(page).toHaveURL(signIns(`row=${rows[1]}`, "pane=location"));
  await expect(row(page, String(rows[1]))).toHaveAttribute("aria-selected", "true");
});

test("a row that the grid does not hold has neighbours too", async ({ page, request }) => {
  const rows = (await apiRows(request, DAY)).map((found) => found.request_id);
  const last = rows.length - 1;
  await open(page, signIns(`row=${rows[last]}`));
  await expect(row(page, String(rows[last]))).toHaveCount(0);
  await expect(pane(page).getByRole("button", { name: "Next sign-in" })).toHaveAttribute("aria-disabled", "true");
  await page.keyboard.press("Alt+ArrowUp");
  await expect(page).toHaveURL(signIns(`row=${rows[last - 1]}`));
});

test("values are narrowed to, left out and copied", async ({ page, context, request }) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  await open(page, signIns(`row=${BLOCKED}`));
  const application = value(page, "Application");
  await expect(application.locator(".verbs")).toHaveCSS("opacity", "0");
  await application.hover();
  await expect(application.locator(".verbs")).toHaveCSS("opacity", "1");
  await application.getByRole("button", { name: "Copy Tidewater ERP" }).click();
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe("Tidewater ERP");
  const only = application.getByRole("link", { name: "Only Tidewater ERP" });
  await page.mouse.move(0, 0);
  await only.focus();
  await expect(application.locator(".verbs")).toHaveCSS("opacity", "1");
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(signIns("f=application:eq:Tidewater+ERP", `row=${BLOCKED}`));
  const those = await apiRows(request, `${DAY}&f=application:eq:Tidewater%20ERP`);
  await expect(page.locator(".gridfoot")).toContainText(`${those.length} sign-ins`);
  await expect(pane(page).locator(".pos")).toContainText(` of ${those.length}`);
  await value(page, "Status").hover();
  await value(page, "Status").getByRole("link", { name: "Without Failure" }).click();
  await expect(page).toHaveURL(signIns("f=application:eq:Tidewater+ERP", "f=status:ne:failure"));
  await expect(pane(page)).toHaveCount(0);
});

test("users, applications and addresses lead to pages of their own", async ({ page }) => {
  await open(page, signIns(`row=${BLOCKED}`));
  await expect(value(page, "User").getByRole("link", { name: "अर्जुन शर्मा", exact: true })).toHaveAttribute(
    "href",
    /^\/users\/[0-9a-f-]{36}\?from=/,
  );
  await expect(value(page, "Application").getByRole("link", { name: "Tidewater ERP", exact: true })).toHaveAttribute(
    "href",
    /^\/applications\/[0-9a-f-]{36}\?from=/,
  );
  await tab(page, "Location").click();
  await expect(value(page, "IP address").locator("a[href^='/ip/']")).toHaveText(/^[0-9a-f.:]+$/);
});

test("the meaning of the error code opens in place", async ({ page }) => {
  await open(page, signIns(`row=${BLOCKED}`));
  await panel(page).getByText("What 53000 means").click();
  await expect(panel(page)).toContainText("lets in only compliant devices");
  await expect(panel(page).getByText("DeviceNotCompliant")).toBeVisible();
  await panel(page).getByRole("link", { name: "Open in the error book" }).click();
  await expect(page).toHaveURL("/errors/53000");
});

test("the record is copied as JSON", async ({ page, context, request }) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  await open(page, signIns(`row=${BLOCKED}`, "pane=device"));
  await pane(page).getByRole("button", { name: "Copy as JSON" }).first().click();
  await expect(page.locator(".toast")).toHaveText("Copied");
  const stored = (await (await request.get(`/api/v1/signins/${BLOCKED}`)).json()) as { record: unknown };
  expect(JSON.parse(await page.evaluate(() => navigator.clipboard.readText()))).toEqual(stored.record);
});

test("the pane is widened, and stays so", async ({ page }) => {
  await page.setViewportSize({ width: 1440, height: 900 });
  await open(page, signIns(`row=${BLOCKED}`));
  const width = async () => (await pane(page).boundingBox())?.width;
  expect(await width()).toBe(592);
  const widen = pane(page).getByRole("button", { name: "Wide pane" });
  await widen.click();
  await expect(widen).toHaveAttribute("aria-pressed", "true");
  expect(await width()).toBe(940);
  await page.keyboard.press("Alt+ArrowDown");
  await expect(page).not.toHaveURL(new RegExp(BLOCKED));
  await page.reload();
  await expect(pane(page).getByRole("button", { name: "Wide pane" })).toHaveAttribute("aria-pressed", "true");
  expect(await width()).toBe(940);
});

test("on a phone the pane covers everything and is modal", async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await open(page, signIns(`row=${BLOCKED}`));
  await expect(pane(page)).toHaveAttribute("aria-modal", "true");
  expect((await pane(page).boundingBox())?.width).toBe(390);
  await expect(page.locator(".topbar")).toHaveAttribute("inert", "");
  await expectNoSidewaysScroll(page);
  await page.keyboard.press("Escape");
  await expect(pane(page)).toHaveCount(0);
  await expect(page.locator("[inert]")).toHaveCount(0);
  await page.setViewportSize({ width: 1440, height: 900 });
  await open(page, signIns(`row=${BLOCKED}`));
  await expect(pane(page)).toHaveAttribute("aria-modal", "false");
});

for (const scheme of ["light", "dark"] as const) {
  for (const address of [
    "pane=basic",
    "pane=location",
    "pane=device",
    "pane=authentication",
    "pane=conditional-access.3",
    "pane=report-only.9",
    "pane=additional",
    "pane=timeline",
    "compare=last-success",
  ]) {
    test(`${address} is accessible in the ${scheme} theme`, async ({ page }) => {
      await page.emulateMedia({ colorScheme: scheme, reducedMotion: "reduce" });
      await open(page, signIns(`row=${BLOCKED}`, address));
      await expectAccessible(page, ".flyout");
    });
  }
}

test("a sign-in is compared with the last success of the same user", async ({ page, request }) => {
  const [before] = await apiRows(
    request,
    "from=&to=2026-11-24T10:42:00Z&f=username:eq:arjun.sharma@blr.brackwater.example&f=status:eq:success",
  );
  expect(before).toBeDefined();
  await open(page, signIns(`row=${BLOCKED}`));
  await pane(page).getByRole("link", { name: "Compare with last success" }).click();
  await expect(page).toHaveURL(signIns(`row=${BLOCKED}`, "compare=last-success"));
  await expect(pane(page).getByRole("heading", { name: "Compared with the last success" })).toBeVisible();
  const table = panel(page).getByRole("table", { name: /fields differ$/ });
  await expect(table.getByRole("row", { name: /^Differs Sign-in error code/ })).toContainText("53000");
  await expect(panel(page).locator(".sides")).toContainText("Success");
  await panel(page).getByRole("link", { name: "Back to the details" }).click();
  await expect(page).toHaveURL(signIns(`row=${BLOCKED}`));
  await expect(tab(page, "Basic info")).toHaveAttribute("aria-selected", "true");
});

const ID = "5e1f0000-0000-4000-8000-000000000007";
const step = (method: string, requirement: string) => ({
  authenticationStepDateTime: "2024-03-05T09:07:01Z",
  authenticationMethod: method,
  authenticationMethodDetail: "",
  succeeded: true,
  authenticationStepResultDetail: "MFA requirement satisfied by claim in the token",
  authenticationStepRequirement: requirement,
});

async function importRecords(page: Page, name: string, records: Record<string, unknown>[]): Promise<void> {
  await page.goto("/import");
  await page.getByLabel("Drop files to let them in").setInputFiles(ndjson(name, records));
  const begin = page.getByRole("button", { name: "Import" });
  if (await begin.isVisible()) {
    await begin.click();
  }
  // Earlier imports are listed there too.
  const panel = page.locator("section.panel").filter({ hasText: name });
  await expect(panel.getByRole("status")).toHaveText("Done");
}

testAlone("a record that changed has versions, and says what changed", async ({ page }) => {
  await importRecords(page, "first.ndjson", [graphSignIn(7, { authenticationDetails: [step("Password", "Primary authentication")] })]);
  const address = `/sign-ins?from=2024-03-05T00:00:00Z&to=2024-03-06T00:00:00Z&row=${ID}`;
  await open(page, address);
  await expect(pane(page).getByRole("tab", { name: /^Versions/ })).toHaveCount(0);
  await importRecords(page, "second.ndjson", [
    graphSignIn(7, {
      authenticationDetails: [step("Password", "Primary authentication"), step("Text message", "Multifactor authentication")],
      riskState: "atRisk",
    }),
  ]);
  await open(page, address);
  await tab(page, "Versions (2)").click();
  const versions = panel(page).getByRole("list", { name: "Versions" }).getByRole("listitem");
  await expect(versions).toHaveCount(2);
  await expect(versions.first()).toContainText("Current");
  await expect(versions.first()).toContainText("second.ndjson");
  await expect(versions.last()).toContainText("first.ndjson");
  const changes = panel(page).getByRole("table", { name: "Changed since the version before" });
  await expect(changes.getByRole("row", { name: /^Differs Risk state/ })).toHaveText(/None\s*At risk/);
  await expect(changes.getByRole("row", { name: /^Differs Step: Text message/ })).toBeVisible();
  await versions.last().getByRole("link", { name: "Version 1 of 2" }).click();
  await expect(versions.last()).toHaveAttribute("aria-current", "true");
  await expect(changes).toHaveCount(0);
  await expectAccessible(page, ".flyout");
});

testAlone("a record that is still settling says so until the fuller one has come", async ({ page }) => {
  const claim = step("Previously satisfied", "Multifactor authentication");
  const password = { ...step("Password", "Primary authentication"), authenticationStepResultDetail: "Correct password" };
  const createdDateTime = new Date(Date.now() - 4 * 60_000).toISOString();
  await importRecords(page, "early.ndjson", [graphSignIn(7, { createdDateTime, authenticationDetails: [claim] })]);
  await open(page, "/sign-ins?range=24h");
  const mark = row(page, ID).getByRole("img", { name: "Still settling" });
  await expect(mark).toHaveAttribute("title", /stored soon after the sign-in/);
  await expectAccessible(page, ".gridwrap");
  await open(page, `/sign-ins?range=24h&f=still_settling:eq:true&row=${ID}`);
  await expect(pane(page)).toContainText("Still settling: this record was stored soon after the sign-in");
  await importRecords(page, "whole.ndjson", [
    graphSignIn(7, {
      createdDateTime,
      authenticationDetails: [password, step("Text message", "Multifactor authentication")],
    }),
  ]);
  await open(page, `/sign-ins?range=24h&row=${ID}&pane=versions`);
  await expect(row(page, ID)).toBeVisible();
  await expect(mark).toHaveCount(0);
  await expect(pane(page)).not.toContainText("Still settling: this record");
  await expect(panel(page).getByRole("list", { name: "Versions" }).getByRole("listitem")).toHaveCount(2);
});

testAlone("sign-ins of every kind with one correlation ID are one timeline", async ({ page }) => {
  await importRecords(page, "story.ndjson", [
    graphSignIn(7),
    graphSignIn(8, { status: { errorCode: 50074 }, signInEventTypes: ["nonInteractiveUser"], isInteractive: false }),
    graphSignIn(9, { status: { errorCode: 50126 } }),
    graphSignIn(10, { correlationId: "44444444-4444-4444-8444-444444444444" }),
  ]);
  await open(page, `/sign-ins?from=2024-03-05T00:00:00Z&to=2024-03-06T00:00:00Z&row=${ID}&pane=timeline`);
  const events = panel(page).getByRole("list", { name: "Timeline" }).getByRole("listitem");
  await expect(events).toHaveCount(3);
  await expect(events.nth(0)).toHaveText(/this sign-in.*Success\. User sign-ins \(interactive\)/);
  await expect(events.nth(1)).toHaveText(/Interrupted\. User sign-ins \(non-interactive\).*50074.*1 min 0 s later/);
  await expect(events.nth(2)).toHaveText(/Failure\..*Wrong user name or password 50126/);
  await expect(events.nth(0).getByRole("link")).toHaveCount(0);
  await events.nth(1).getByRole("link", { name: "Person 8 to Test application" }).click();
  await expect(page).toHaveURL(/row=5e1f0000-0000-4000-8000-000000000008&pane=timeline$/);
  await expect(events.nth(1)).toContainText("this sign-in");
  await events.nth(0).getByRole("link", { name: "Compare with the open one" }).click();
  await expect(panel(page).getByRole("heading", { name: "Compared with another sign-in" })).toBeVisible();
  await expect(panel(page).getByRole("row", { name: /^Differs Username/ })).toHaveText(/person8@tests\.example\s*person7@tests\.example/);
  // It is the first one of this user, so there is nothing to compare with.
  await page.goto(`/sign-ins?from=2024-03-05T00:00:00Z&to=2024-03-06T00:00:00Z&row=${ID}&compare=last-success`);
  await expect(panel(page)).toContainText("No successful sign-in of the same account before this one");
});

testAlone("hostile texts do no harm in any tab", async ({ page }) => {
  const hostile = `"><script>alert(1)</script><img src=x onerror=alert(2)>\u202eexe`;
  await importRecords(page, "hostile.ndjson", [
    graphSignIn(7, {
      userDisplayName: hostile,
      appDisplayName: hostile,
      userAgent: hostile.repeat(900),
      deviceDetail: { displayName: hostile, browser: hostile, operatingSystem: hostile },
      authenticationDetails: [step(hostile, hostile)],
      authenticationProcessingDetails: [{ key: hostile, value: hostile }],
      appliedConditionalAccessPolicies: [{ id: hostile, displayName: hostile, result: "failure", enforcedGrantControls: [hostile] }],
      networkLocationDetails: [{ networkType: hostile, networkNames: [hostile] }],
    }),
  ]);
  for (const name of ["basic", "location", "device", "authentication", "conditional-access.1", "additional", "timeline"]) {
    await open(page, `/sign-ins?from=2024-03-05T00:00:00Z&to=2024-03-06T00:00:00Z&row=${ID}&pane=${name}`);
    await expect(pane(page)).toBeVisible();
    await expect(pane(page).locator("img, script")).toHaveCount(0);
    expect(await pane(page).innerText()).not.toContain("\u202e");
    await expectNoSidewaysScroll(page);
  }
});
