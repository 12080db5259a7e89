/** Pages about one user, address or application, and the lists of them: numbers, links, hostile names, no scripts. */
import type { APIRequestContext, Page } from "@playwright/test";
import {
  DAY,
  expect,
  expectAccessible,
  expectNoSidewaysScroll,
  graphSignIn,
  ndjson,
  open,
  pane,
  test,
  testAlone,
} from "../support";

type Group = {
  keys: Record<string, string | null>;
  rows: number;
  success: number;
  failure: number;
  interrupted: number;
};

/** All kinds of sign-in of the fixed day. */
const ALL = `${DAY}&tab=all&noise=workloads`;

async function groups(request: APIRequestContext, by: string, query: string): Promise<Group[]> {
  const answer = await request.get(`/api/v1/signins/groups?by=${by}&limit=10000&${query}`);
  expect(answer.status()).toBe(200);
  return ((await answer.json()) as { groups: Group[] }).groups;
}

async function counts(request: APIRequestContext, query: string) {
  const answer = await request.get(`/api/v1/signins?limit=1&counts=true&${query}`);
  expect(answer.status()).toBe(200);
  const { meta } = (await answer.json()) as {
    meta: { counts: { by_tab: Record<string, number>; by_outcome: Record<string, number> } };
  };
  return meta.counts;
}

type Names = Record<"username" | "ip_address" | "application_id", string>;

/** The most frequent name of each kind that there is. */
async function firstNames(request: APIRequestContext): Promise<Names> {
  const first = async (column: string) =>
    (await groups(request, column, ALL)).map(({ keys }) => keys[column]).find((name) => name !== null) ?? "";
  return {
    username: await first("username"),
    ip_address: await first("ip_address"),
    application_id: await first("application_id"),
  };
}

const shown = (number: number) => number.toLocaleString("en");

/** The busiest user of the day: username. */
async function busiest(request: APIRequestContext): Promise<Group> {
  const all = await groups(request, "username", ALL);
  const found = all.find((group) => group.keys.username && group.failure > 0);
  if (!found) {
    throw new Error("nobody failed on that day");
  }
  return found;
}

/** Lines of the list with this title: words and number. */
function lines(page: Page, title: string) {
  return page.locator("section.panel", { has: page.getByRole("heading", { name: title, exact: true }) }).getByRole("listitem");
}

test("a user's page has the numbers of the log", async ({ page, request }) => {
  const user = await busiest(request);
  const name = String(user.keys.username);
  const scope = `${ALL}&f=username:eq:${encodeURIComponent(name)}`;
  await open(page, `/users/${name}?${DAY}`);
  const { by_outcome } = await counts(request, scope);
  const tiles = page.locator(".tile");
  await expect(tiles.first().locator(".v")).toHaveText(shown(user.rows));
  for (const [word, number] of [
    ["Success", by_outcome.success],
    ["Failure", by_outcome.failure],
    ["Interrupted", by_outcome.interrupted],
  ] as const) {
    await expect(tiles.filter({ hasText: word }).getByRole("link")).toHaveText(shown(number ?? 0));
  }
  const facets = (await (
    await request.get(`/api/v1/signins/facets?columns=location,client_app&own_filters=true&limit=6&${scope}`)
  ).json()) as { facets: { values: { value: string; rows: number }[] }[] };
  for (const [index, title] of ["Places", "Client apps"].entries()) {
    const values = facets.facets[index]?.values ?? [];
    expect(values.length).toBeGreaterThan(0);
    await expect(lines(page, title)).toHaveCount(values.length);
    for (const [place, { value, rows }] of values.entries()) {
      await expect(lines(page, title).nth(place).getByRole("link").first()).toHaveText(value);
      await expect(lines(page, title).nth(place).locator(".n")).toContainText(shown(rows));
    }
  }
});

test("the bars over time are the histogram of the log", async ({ page, request }) => {
  const name = String((await busiest(request)).keys.username);
  const range = "from=2026-11-10T00:00:00Z&to=2026-11-24T00:00:00Z";
  await open(page, `/users/${name}?${range}`);
  const answer = await request.get(
    `/api/v1/signins/histogram?bucket=day&${range}&tab=all&noise=workloads&f=username:eq:${encodeURIComponent(name)}`,
  );
  const { buckets } = (await answer.json()) as { buckets: { rows: number }[] };
  await page.getByText("Show as table").click();
  const rows = page.locator("details.fold tbody tr");
  await expect(rows).toHaveCount(buckets.length);
  const numbers = await rows.locator("td:last-child").allInnerTexts();
  expect(numbers.reverse()).toEqual(buckets.map(({ rows }) => shown(rows)));
  await rows.first().getByRole("link").click();
  await expect(page).toHaveURL(/\/sign-ins\?.*from=2026-11-23T00:00:00Z&to=2026-11-24T00:00:00Z/);
});

test("every line leads to just its sign-ins, and the newest one opens", async ({ page, request }) => {
  const name = String((await busiest(request)).keys.username);
  await open(page, `/users/${name}?${DAY}`);
  const reason = lines(page, "Failures by reason").first();
  const number = (await reason.locator(".n").innerText()).split(/\s/)[0];
  await reason.getByRole("link").click();
  await expect(page).toHaveURL(/\/sign-ins\?.*f=username:eq:.*&f=error_code:eq:/);
  const query = new URL(page.url()).search.slice(1);
  const { by_tab } = await counts(request, query);
  expect(shown(Object.values(by_tab).reduce((sum, count) => sum + count, 0))).toBe(number);
  await page.goBack();
  await page.getByRole("region", { name: "Latest sign-ins" }).locator("tbody th a").first().click();
  await expect(pane(page)).toBeVisible();
});

test("from person to application to address and back, by keyboard", async ({ page, request }) => {
  const name = String((await busiest(request)).keys.username);
  await open(page, `/users?${DAY}&find=${encodeURIComponent(name)}`);
  await page.locator("tbody th a").first().focus();
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(new RegExp(`/users/${name.replace(/[.]/g, "\\.")}\\?*`));
  const application = lines(page, "Applications").first().getByRole("link").first();
  const title = await application.innerText();
  await application.focus();
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/\/applications\//);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(title);
  await page.getByRole("link", { name: "24 hours" }).focus();
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/range=24h/);
  await expect(page.getByRole("link", { name: "24 hours" })).toBeFocused();
});

test("a name in the list has the numbers of the log, in any order", async ({ page, request }) => {
  await open(page, `/applications?${DAY}`);
  const all = await groups(request, "application_id", ALL);
  const named = all.filter((group) => group.keys.application_id);
  const rows = page.locator("tbody tr");
  await expect(page.getByText(`of ${named.length} applications`)).toBeVisible();
  await expect(rows.first().locator("td").nth(1)).toHaveText(shown(Number(named[0]?.rows)));
  await page.getByRole("columnheader", { name: "Failed" }).getByRole("link").click();
  await expect(page.getByRole("columnheader", { name: "Failed" })).toHaveAttribute("aria-sort", "descending");
  const most = Math.max(...named.map((group) => group.failure));
  await expect(rows.first().locator("td").nth(2)).toHaveText(shown(most));
  await page.getByRole("columnheader", { name: "Name" }).getByRole("link").click();
  await expect(page.getByRole("columnheader", { name: "Name" })).toHaveAttribute("aria-sort", "ascending");
  const names = (await rows.locator("th").allInnerTexts()).map((name) => name.toLowerCase());
  expect(names).toEqual([...names].sort());
});

test("searching and turning pages of the list", async ({ page, request }) => {
  const users = (await groups(request, "username", ALL)).filter((group) => group.keys.username);
  expect(users.length).toBeGreaterThan(100);
  await open(page, `/users?${DAY}`);
  await expect(page.getByText(`1 to 50 of ${shown(users.length)} users`)).toBeVisible();
  await page.getByRole("link", { name: "Next" }).click();
  await expect(page.getByText(`51 to 100 of ${shown(users.length)} users`)).toBeVisible();
  const wanted = String(users[70]?.keys.username);
  await page.getByRole("main").getByRole("searchbox").fill(wanted);
  await page.keyboard.press("Enter");
  await expect(page.locator("tbody tr")).toHaveCount(1);
  await expect(page.locator("tbody td").first()).toHaveText(wanted);
  await page.getByRole("link", { name: "Show all" }).click();
  await expect(page.locator("tbody tr")).toHaveCount(50);
});

test("a name that nobody has is said, with the status of it", async ({ page, watch }) => {
  watch.allow(/404/);
  const answer = await page.goto("/users/nobody@nowhere.example");
  expect(answer?.status()).toBe(404);
  await expect(page.getByRole("heading", { name: "No sign-in has this name" })).toBeVisible();
  await expect(page.getByText("“nobody@nowhere.example”")).toBeVisible();
});

for (const colorScheme of ["light", "dark"] as const) {
  test.describe(colorScheme, () => {
    test.use({ colorScheme, contextOptions: { reducedMotion: "reduce" } });

    for (const [what, path] of [
      ["a user", (names: Names) => `/users/${names.username}`],
      ["an address", (names: Names) => `/ip/${names.ip_address}`],
      ["an application", (names: Names) => `/applications/${names.application_id}`],
      ["the list of users", () => "/users"],
      ["the list of applications", () => "/applications"],
    ] as const) {
      test(`the page of ${what} is accessible`, async ({ page, request }) => {
        await open(page, `${path(await firstNames(request))}?${DAY}`);
        for (const fold of await page.getByText("Show as table").all()) {
          await fold.click();
        }
        await expectAccessible(page);
      });
    }
  });
}

test("a phone shows them without scrolling sideways", async ({ page, request }) => {
  const user = await busiest(request);
  await page.setViewportSize({ width: 390, height: 844 });
  for (const path of [`/users/${user.keys.username}?${DAY}`, `/users?${DAY}`, `/applications?${DAY}`]) {
    await open(page, path);
    await expectNoSidewaysScroll(page);
  }
});

test.describe("without scripts", () => {
  test.use({ javaScriptEnabled: false });
  test.beforeEach(({ watch }) => watch.allow(/vestibule\.[0-9a-f]+\.js csp$/));

  test("lists, pages and ranges are links and forms", async ({ page, request }) => {
    const name = String((await busiest(request)).keys.username);
    await page.goto(`/users?${DAY}`);
    await page.getByRole("main").getByRole("searchbox").fill(name);
    await page.getByRole("button", { name: "Find" }).click();
    await expect(page).toHaveURL(/find=/);
    await expect(page).toHaveURL(/from=2026-11-23/);
    await page.locator("tbody th a").first().click();
    await expect(page.locator(".identity")).toContainText(name);
    await expect(page.locator(".identity button").first()).toBeHidden();
    await page.getByRole("link", { name: "All time" }).click();
    await page.getByText("Show as table").click();
    await expect(page.locator("details.fold tbody tr").first()).toBeVisible();
    await page.getByRole("link", { name: "Open in sign-in logs" }).click();
    await expect(page).toHaveURL(/\/sign-ins\?.*username/);
  });
});

testAlone("hostile names have pages that can be reached by a click", async ({ page, request, baseURL }) => {
  const names = [
    "HALVORSEN\\ann",
    "a/b/../c",
    "..",
    "100%41",
    '"><script>alert(1)</script>',
    "invoice\u202efdp.exe",
    "?x=1#y&z",
    " blank ",
    "שלום",
  ];
  const records = names.map((name, index) =>
    graphSignIn(index, { userPrincipalName: name, userDisplayName: `Person ${index}`, userId: null, appDisplayName: name }),
  );
  await open(page, "/import");
  await page.getByLabel("Drop files to let them in").setInputFiles(ndjson("hostile.ndjson", records));
  await page.getByRole("button", { name: "Import" }).click();
  await expect(page.locator("section.panel").getByRole("status").first()).toHaveText("Done");
  const answer = await request.get(`${baseURL}/api/v1/signins/groups?by=username&from=`);
  const stored = ((await answer.json()) as { groups: Group[] }).groups.map((group) => String(group.keys.username));
  expect(stored.length).toBe(names.length);
  for (const [index, name] of names.entries()) {
    await open(page, `/users?from=&find=${encodeURIComponent(`Person ${index}`)}`);
    await page.locator("tbody th a").click();
    await expect(page.getByRole("heading", { level: 1 })).toHaveText(`Person ${index}`);
    await expect(page.locator(".tile").first().locator(".v")).toHaveText("1");
    await page.reload();
    await expect(page.getByRole("heading", { level: 1 }), name).toHaveText(`Person ${index}`);
    await page.getByRole("link", { name: "Open in sign-in logs" }).click();
    await expect(page.locator("table.grid tbody tr, [role=grid] [role=row]").first()).toContainText(`Person ${index}`);
  }
});
