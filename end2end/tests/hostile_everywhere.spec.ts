/** Records whose every text means harm, looked at in every column, every pane and on every page. */
import type { APIRequestContext, Page } from "@playwright/test";
import { apiRows, expect, expectNoSidewaysScroll, graphSignIn, ndjson, open, pane, testAlone as test } from "../support";

const SCRIPT = `"><script>alert(1)</script><img src=x onerror=alert(2)><svg onload=alert(3)>`;
const MARKED = `\u202e=cmd|'/C calc'!A0\u2066{{7*7}}</text></svg><a href="javascript:alert(4)">go</a>`;
const LONG = `Mozilla/5.0 ${"A".repeat(100_000)}`;
const RANGE = "from=2024-01-01T00:00:00Z&to=2024-12-31T00:00:00Z";
const PANES = ["basic", "location", "device", "authentication", "conditional-access", "report-only", "additional", "timeline"];
/** The kinds by their names in addresses and in records. */
const KINDS = {
  interactive: "interactiveUser",
  noninteractive: "nonInteractiveUser",
  serviceprincipal: "servicePrincipal",
  managedidentity: "managedIdentity",
} as const;
type Kind = keyof typeof KINDS;
/** Columns that hold no text of a record, or one that names the row. */
const NO_TEXT = [
  ...["date", "request_id", "status", "reason", "error_code", "latitude", "longitude", "autonomous_system_number"],
  ...["token_protection_code", "latency_ms", "through_global_secure_access", "compliant", "managed", "is_interactive"],
  ...["is_tenant_restricted", "flagged_for_review", "kind", "continuous_access_evaluation", "is_agent", "still_settling", "verdict"],
];

/** A record in which every text that the schema leaves free is the given one. */
function filled(minute: number, text: string, kind: Kind = "interactive"): Record<string, unknown> {
  const step = { authenticationMethod: text, authenticationMethodDetail: text, authenticationStepResultDetail: text, authenticationStepRequirement: text };
  const policy = { id: text, displayName: text, enforcedGrantControls: [text], enforcedSessionControls: [text], result: "failure", conditionsSatisfied: text };
  return graphSignIn(minute, {
    signInEventTypes: [KINDS[kind]],
    isInteractive: kind === "interactive",
    // A policy is only said to decide where the status is this one.
    conditionalAccessStatus: kind === "interactive" ? "failure" : text,
    signInIdentifier: text,
    signInIdentifierType: text,
    alternateSignInName: text,
    appOwnerTenantId: text,
    resourceServicePrincipalId: text,
    resourceOwnerTenantId: text,
    azureResourceId: text,
    homeTenantName: text,
    tenantId: text,
    ipAddressFromResourceProvider: text,
    globalSecureAccessIpAddress: text,
    originalTransferMethod: text,
    clientCredentialType: text,
    tokenProtectionStatusDetails: { signInSessionStatus: text, signInSessionStatusCode: 1002 },
    sessionId: text,
    clientSessionId: text,
    originalRequestId: text,
    riskState: text,
    riskLevelAggregated: text,
    riskLevelDuringSignIn: text,
    servicePrincipalCredentialKeyId: text,
    servicePrincipalCredentialThumbprint: text,
    federatedCredentialId: text,
    managedServiceIdentity: { msiType: text, associatedResourceId: text, federatedTokenId: text, federatedTokenIssuer: text },
    agent: { agentType: text, parentAppId: text },
    userDisplayName: text,
    userPrincipalName: text,
    userId: text,
    appId: text,
    appDisplayName: text,
    ipAddress: text,
    clientAppUsed: text,
    correlationId: text,
    resourceDisplayName: text,
    resourceId: text,
    homeTenantId: text,
    resourceTenantId: text,
    crossTenantAccessType: text,
    authenticationRequirement: text,
    authenticationProtocol: text,
    incomingTokenType: text,
    tokenIssuerName: text,
    tokenIssuerType: text,
    uniqueTokenIdentifier: text,
    userAgent: text,
    userType: text,
    riskDetail: text,
    riskEventTypes_v2: [text],
    servicePrincipalName: text,
    servicePrincipalId: text,
    autonomousSystemNumber: 64_500,
    status: { errorCode: 50_126, failureReason: text, additionalDetails: text },
    location: { city: text, state: text, countryOrRegion: text, geoCoordinates: { latitude: 59.9, longitude: 10.7 } },
    deviceDetail: { deviceId: text, displayName: text, operatingSystem: text, browser: text, trustType: text, isCompliant: false, isManaged: false },
    mfaDetail: { authMethod: text, authDetail: text },
    networkLocationDetails: [{ networkType: text, networkNames: [text] }],
    authenticationDetails: [{ ...step, authenticationStepDateTime: "2024-03-05T09:00:00Z", succeeded: false }],
    authenticationProcessingDetails: [{ key: text, value: text }],
    authenticationRequirementPolicies: [{ requirementProvider: text, detail: text }],
    sessionLifetimePolicies: [{ expirationRequirement: text, detail: text }],
    appliedConditionalAccessPolicies: [policy, { ...policy, result: "reportOnlyFailure" }],
  });
}

const TEXTS = [SCRIPT, MARKED, LONG];
const idOf = (number: number) => String(filled(number, "").id);
/** The texts in interactive sign-ins; in each other kind two that are alike and one that is not. */
const RECORDS = [
  ...TEXTS.map((text, number) => filled(number, text)),
  ...Object.keys(KINDS)
    .slice(1)
    .flatMap((kind, index) => [SCRIPT, SCRIPT, MARKED].map((text, number) => filled(10 * (index + 1) + number, text, kind as Kind))),
];

/** Imports records as the import of this number, and waits until so many were stored. */
async function imported(request: APIRequestContext, number: number, records: Record<string, unknown>[], stored: "new" | "updated") {
  const file = ndjson(`all-${number}.ndjson`, records);
  const answer = await request.post("/api/imports", { headers: { accept: "application/json" }, multipart: { file } });
  expect(answer.status()).toBe(202);
  await expect
    .poll(async () => {
      const { state, summary } = (await (await request.get(`/api/imports/${number}`)).json()) as {
        state: string;
        summary: Record<string, number>;
      };
      return state === "done" && summary[stored];
    })
    .toBe(records.length);
}

/** Ids of all columns there are. */
async function columns(page: Page): Promise<string[]> {
  await page.goto(`/sign-ins/columns?tab=all&noise=workloads&${RANGE}`);
  return page.locator("input[name=col]").evaluateAll((boxes) => boxes.map((box) => (box as HTMLInputElement).value));
}

test.beforeEach(({ request }) => imported(request, 1, RECORDS, "new"));

/** Nothing of a record became an element, a link that runs, or a mark that turns what follows. */
async function expectHarmless(page: Page): Promise<void> {
  await expect(page.locator("main").locator("script, img, iframe, object, embed, style, [onload], [onerror]")).toHaveCount(0);
  await expect(page.locator('[href^="javascript:"]')).toHaveCount(0);
  expect(await page.locator("main").innerText()).not.toMatch(/[\u202a-\u202e\u2066-\u2069]/);
  await expectNoSidewaysScroll(page);
}

test("every column that holds text holds these texts", async ({ page, request }) => {
  const ids = (await columns(page)).filter((id) => !NO_TEXT.includes(id));
  expect(ids.length).toBeGreaterThan(70);
  const rows = await apiRows(request, `tab=all&noise=workloads&${RANGE}&cols=${ids.join(",")}`);
  expect(rows.length).toBe(RECORDS.length);
  for (const text of [SCRIPT, MARKED]) {
    const inJson = JSON.stringify(text).slice(1, -1);
    const without = ids.filter((id) => !rows.some((found) => JSON.stringify(found[id] ?? "").includes(inJson)));
    expect(without, "columns without the text").toEqual([]);
  }
});

test("every kind, the lines of sign-ins that are alike, and all kinds at once", async ({ page }) => {
  test.slow();
  const ids = await columns(page);
  for (const [index, kind] of Object.keys(KINDS).slice(1).entries()) {
    const tab = `tab=${kind}&${RANGE}`;
    await open(page, `/sign-ins?${tab}&cols=${ids.join(",")}`);
    await expect(page.locator("table.grid tbody tr[id]")).toHaveCount(2);
    await expectHarmless(page);
    await page.getByRole("link", { name: "2 sign-ins, show one by one" }).click();
    // An open line lends its id to its newest sign-in.
    await expect(page.locator("table.grid tbody tr[id]")).toHaveCount(3);
    await expectHarmless(page);
    for (const name of ["basic", "additional"]) {
      await open(page, `/sign-ins?${tab}&row=${idOf(10 * (index + 1))}&pane=${name}`);
      await expect(pane(page).getByRole("heading", { level: 2 })).toBeVisible();
      await expectHarmless(page);
    }
  }
  await open(page, `/sign-ins?tab=all&noise=workloads&${RANGE}&cols=${ids.join(",")}`);
  await expect(page.locator("table.grid tbody tr[id]")).toHaveCount(RECORDS.length);
  await expectHarmless(page);
});

test("versions of a record", async ({ page, request }) => {
  const again = TEXTS.map((text, number) => ({ ...filled(number, text), alternateSignInName: `${text} again`, riskDetail: `${MARKED} again` }));
  await imported(request, 2, again, "updated");
  for (const [number] of TEXTS.entries()) {
    for (const version of ["versions", "versions.1", "versions.2"]) {
      await open(page, `/sign-ins?${RANGE}&row=${idOf(number)}&pane=${version}`);
      await expect(pane(page).getByRole("list", { name: "Versions" }).getByRole("listitem")).toHaveCount(2);
      await expectHarmless(page);
    }
  }
});

test("every column of the grid, and the fields beside it", async ({ page }) => {
  test.slow();
  const ids = await columns(page);
  expect(ids.length).toBeGreaterThan(80);
  await open(page, `/sign-ins?${RANGE}&cols=${ids.join(",")}`);
  await expect(page.locator("table.grid tbody tr[id]")).toHaveCount(TEXTS.length);
  await expect(page.getByRole("columnheader")).toHaveCount(ids.length);
  await expectHarmless(page);
  const heights = await page.locator("table.grid tbody tr[id]").evaluateAll((rows) => rows.map((line) => line.getBoundingClientRect().height));
  expect(Math.max(...heights) - Math.min(...heights), "height of the rows").toBeLessThanOrEqual(1);
  await page.locator("details[data-field]").evaluateAll((fields) => fields.forEach((field) => field.setAttribute("open", "")));
  await expect(page.locator("details[data-field] [data-not-counted]")).toHaveCount(0);
  await expectHarmless(page);
});

test("every tab of the pane", async ({ page }) => {
  test.slow();
  for (let number = 0; number < TEXTS.length; number += 1) {
    for (const name of PANES) {
      await open(page, `/sign-ins?${RANGE}&row=${idOf(number)}&pane=${name}`);
      await expect(pane(page).getByRole("heading", { level: 2 })).toBeVisible();
      await expectHarmless(page);
    }
    await open(page, `/sign-ins?${RANGE}&row=${idOf(number)}&compare=${idOf((number + 1) % TEXTS.length)}`);
    await expect(pane(page)).toBeVisible();
    await expectHarmless(page);
  }
});

test("groups, people, applications, addresses, and the map", async ({ page }) => {
  test.slow();
  for (const column of ["user", "application", "ip_address", "city", "client_app", "deciding_policy", "user_agent"]) {
    await open(page, `/sign-ins?${RANGE}&group=${column},status`);
    await expect(page.locator("table tbody tr").first()).toBeAttached();
    await expectHarmless(page);
  }
  for (const list of ["users", "applications", "map"]) {
    await open(page, `/${list}?${RANGE}`);
    await expectHarmless(page);
  }
  for (const text of [SCRIPT, MARKED]) {
    for (const kind of ["users", "applications", "ip"]) {
      await open(page, `/${kind}/${encodeURIComponent(text)}?${RANGE}`);
      await expectHarmless(page);
    }
  }
});

test("menus, editors and completion", async ({ page }) => {
  await open(page, `/sign-ins?${RANGE}`);
  await page.getByRole("button", { name: "Application: None" }).click();
  await expect(page.getByRole("dialog", { name: "Application" }).getByRole("listbox").getByRole("option").first()).toBeVisible();
  await expectHarmless(page);
  await page.keyboard.press("Escape");
  await page.locator("table.grid tbody tr[id] td").nth(3).click();
  await page.keyboard.press("Shift+F10");
  await expect(page.getByRole("menu", { name: "Actions" }).getByRole("menuitem").first()).toBeVisible();
  await expectHarmless(page);
  await page.keyboard.press("Escape");
  await page.locator("#search-line").fill("app:");
  await expect(page.locator("#completions").getByRole("option").first()).toBeVisible();
  await expectHarmless(page);
});
