/** Lines that stand for several sign-ins: which there are, opening them in place, by keyboard, and without scripts. */
import type { APIRequestContext, Page } from "@playwright/test";
import {
  apiRows,
  type ApiRow,
  DAY,
  expect,
  expectAccessible,
  graphSignIn,
  ndjson,
  open,
  pane,
  row,
  signIns,
  test,
  testAlone,
} from "../support";

const UNKNOWN = "00000000-0000-0000-0000-000000000000";
const HOUR_MS = 3_600_000;
const count = (number: number) => number.toLocaleString("en-US");

/** What is alike in the lines of each kind: columns of identifiers, each with those that count where it says nothing. */
const ALIKE: Record<string, [string, ...string[]][]> = {
  noninteractive: [
    ["application_id", "application"],
    ["user_id", "username", "user"],
    ["ip_address"],
    ["status"],
    ["resource_id", "resource"],
  ],
  serviceprincipal: [
    ["service_principal_id", "service_principal_name"],
    ["status"],
    ["ip_address"],
    ["resource_id", "resource"],
  ],
  managedidentity: [["service_principal_id", "service_principal_name"], ["status"], ["resource_id", "resource"]],
};

/** A line: its sign-ins, newest first. */
type Line = ApiRow[];

/** The lines of a kind of sign-in, from its sign-ins as the API gives them one by one. */
async function lines(request: APIRequestContext, kind: string, hours: number, range = DAY): Promise<Line[]> {
  const alike = ALIKE[kind] ?? [];
  const columns = ["date", ...alike.flat()].join(",");
  const rows = await apiRows(request, `tab=${kind}&${range}&cols=${columns}`);
  const found = new Map<string, Line>();
  for (const row of rows) {
    const stretch = Math.floor(Date.parse(row.date) / (hours * HOUR_MS));
    const key = alike.map(([id, ...names]) => {
      const value = row[id] ?? null;
      const counts = value === null || value === UNKNOWN ? [id, ...names] : [id];
      return counts.map((column) => row[column]?.toLowerCase() ?? null);
    });
    const text = JSON.stringify([stretch, key]);
    found.set(text, [...(found.get(text) ?? []), row]);
  }
  // The API gives the newest first, so that lines stand in the order of their newest sign-ins.
  return [...found.values()];
}

/** The lines that the grid shows: request ID of the newest sign-in, and the number as it is written. */
function shown(page: Page): Promise<[string, string][]> {
  return page.locator('table.grid tbody tr[aria-level="1"]').evaluateAll((rows) =>
    rows.map((row): [string, string] => {
      // Behind the box with which a row is chosen.
      const number = row.querySelectorAll("td")[1]?.textContent?.trim() ?? "";
      return [(row.id || (row.getAttribute("data-id") ?? "")).replace(/^row-/, ""), number];
    }),
  );
}

const expected = (lines: Line[]) =>
  lines.map((line): [string, string] => [line[0]?.request_id ?? "", line.length > 1 ? count(line.length) : ""]);

const choice = (page: Page) => page.getByRole("navigation", { name: "Time aggregate" });

/** The first line that has several sign-ins, but no more than a page of them. */
function several(lines: Line[]): Line {
  const line = lines.slice(0, 100).find((line) => line.length > 2 && line.length <= 100);
  if (!line) {
    throw new Error("the demo tenant has no such line");
  }
  return line;
}

for (const kind of Object.keys(ALIKE)) {
  test(`lines of ${kind} are those of its sign-ins`, async ({ page, request }) => {
    const day = await lines(request, kind, 24);
    const all = day.reduce((sum, line) => sum + line.length, 0);
    expect(day.length).toBeLessThan(all);
    await open(page, signIns(`tab=${kind}`));
    await expect.poll(() => shown(page).then((lines) => lines.slice(0, 50))).toEqual(expected(day).slice(0, 50));
    await expect(page.getByRole("treegrid", { name: "Sign-ins" })).toBeVisible();
    await expect(page.locator(".gridfoot")).toContainText(`${count(all)} sign-ins in ${count(day.length)} lines`);
    await expect(page.getByRole("columnheader").first()).toHaveText("# sign-ins");
  });
}

test("the stretch of time is chosen, and all of its pages follow each other", async ({ page, request }) => {
  await open(page, signIns("tab=noninteractive"));
  for (const [name, hours] of [["6 hours", 6], ["1 hour", 1]] as const) {
    await choice(page).getByRole("link", { name }).click();
    await expect(choice(page).getByRole("link", { name })).toHaveAttribute("aria-current", "true");
    const folded = expected(await lines(request, "noninteractive", hours));
    await expect.poll(() => shown(page).then((lines) => lines.slice(0, 50))).toEqual(folded.slice(0, 50));
    await expect(page.locator(".gridfoot")).toContainText(`in ${count(folded.length)} lines`);
  }
  const folded = expected(await lines(request, "noninteractive", 1));
  const most = Math.min(folded.length, 600);
  while ((await shown(page)).length < most) {
    const before = (await shown(page)).length;
    await page.getByRole("link", { name: "Load 100 more" }).scrollIntoViewIfNeeded();
    await expect.poll(async () => (await shown(page)).length).toBeGreaterThan(before);
  }
  expect((await shown(page)).slice(0, most)).toEqual(folded.slice(0, most));
  await expect(page.locator(".gridfoot")).toContainText(`, 1 to ${count((await shown(page)).length)} shown`);
});

test("off shows each sign-in, and another order says why it does", async ({ page, request }) => {
  const rows = await apiRows(request, `tab=noninteractive&${DAY}`);
  await open(page, signIns("tab=noninteractive"));
  await choice(page).getByRole("link", { name: "Off" }).click();
  await expect(page).toHaveURL(/every=off/);
  await expect(page.getByRole("treegrid")).toHaveCount(0);
  await expect(page.locator("table.grid tbody tr").first()).toHaveAttribute("id", `row-${rows[0]?.request_id}`);
  await expect(page.locator(".gridfoot")).toContainText(`${count(rows.length)} sign-ins,`);
  await choice(page).getByRole("link", { name: "24 hours" }).click();
  await expect(page.getByRole("treegrid")).toBeVisible();
  await page.getByRole("columnheader", { name: "Status" }).getByRole("link").click();
  await expect(choice(page)).toContainText("Off while sorted by status");
  await expect(page.getByRole("treegrid")).toHaveCount(0);
  await choice(page).getByRole("link", { name: "1 hour" }).click();
  await expect(page.getByRole("treegrid")).toBeVisible();
  await open(page, signIns());
  await expect(choice(page)).toHaveCount(0);
  await open(page, signIns("tab=all"));
  await expect(page.locator(".foldbar")).toHaveCount(0);
});

test("a line opens in place, and its sign-ins open their own panes", async ({ page, request }) => {
  const line = several(await lines(request, "serviceprincipal", 24));
  const [newest, second] = line;
  await open(page, signIns("tab=serviceprincipal"));
  // An open line lends its id to its newest sign-in: it is found by its address.
  const address = await row(page, newest?.request_id ?? "").locator("a[data-expands]").getAttribute("href");
  const expander = page.locator(`a[data-expands][href="${address}"]`);
  await expect(expander).toHaveAccessibleName(`${line.length} sign-ins, show one by one`);
  await expander.click();
  const members = page.locator('table.grid tbody tr[aria-level="2"]');
  await expect(members).toHaveCount(line.length);
  const ids = await members.evaluateAll((rows) => rows.map((row) => row.id.replace(/^row-/, "")));
  expect(ids).toEqual(line.map((row) => row.request_id));
  const times = await members.locator("time").evaluateAll((times) => times.map((time) => time.getAttribute("datetime")));
  expect(times.map((time) => Date.parse(time ?? ""))).toEqual(line.map((row) => Date.parse(row.date)));
  await expectAccessible(page, ".gridwrap");

  await row(page, second?.request_id ?? "").getByRole("link").click();
  await expect(pane(page)).toContainText(second?.request_id ?? "no id");
  await expect(row(page, second?.request_id ?? "")).toHaveAttribute("aria-selected", "true");
  await expect(page).toHaveURL(/tab=serviceprincipal/);
  await expect(page).not.toHaveURL(/every=off/);
  // Through the sign-ins, and past the line that they belong to.
  await page.keyboard.press("Alt+ArrowUp");
  await expect(pane(page)).toContainText(newest?.request_id ?? "no id");
  await page.keyboard.press("Escape");
  await expect(pane(page)).toHaveCount(0);
  await expect(members).toHaveCount(line.length);

  await expander.click();
  await expect(members).toHaveCount(0);
  await expect(row(page, newest?.request_id ?? "")).toHaveAttribute("aria-expanded", "false");
});

/** The sign-ins of people, each with its events, newest first, as the API gives these one by one. */
async function peopleSignIns(request: APIRequestContext): Promise<Line[]> {
  const alike = ["correlation_id", "user_id", "username", "user", "application_id", "application"];
  const rows = await apiRows(request, `${DAY}&cols=date,status,${alike.join(",")}`);
  const found: Line[] = [];
  const going = new Map<string, Line>();
  for (const row of rows) {
    const says = (id: string) => row[id] !== null && row[id] !== undefined && row[id] !== UNKNOWN;
    const key = [
      says("correlation_id") ? row.correlation_id : row.request_id,
      says("user_id") ? row.user_id : [row.username, row.user],
      says("application_id") ? row.application_id : row.application,
    ];
    const text = JSON.stringify(key).toLowerCase();
    const line = going.get(text);
    const newer = line?.at(-1);
    if (line && newer && Date.parse(newer.date) - Date.parse(row.date) <= HOUR_MS) {
      line.push(row);
      continue;
    }
    const begun = [row];
    found.push(begun);
    going.set(text, begun);
  }
  return found;
}

const ofEvents = (page: Page) => page.getByRole("navigation", { name: "Events of a sign-in" });

test("events of one sign-in are one line where that is chosen, and open oldest first with their steps", async ({
  page,
  request,
}) => {
  const lines = await peopleSignIns(request);
  const all = lines.reduce((sum, line) => sum + line.length, 0);
  expect(lines.length).toBeLessThan(all);
  await open(page, signIns());
  await expect(page.getByRole("treegrid")).toHaveCount(0);
  await ofEvents(page).getByRole("link", { name: "One line per sign-in" }).click();
  await expect(page).toHaveURL(/every=signin/);
  await expect(page.locator(".gridfoot")).toContainText(`${count(all)} events of ${count(lines.length)} sign-ins`);
  await expect(page.getByRole("columnheader").first()).toHaveText("# events");
  await expect.poll(() => shown(page).then((lines) => lines.slice(0, 50))).toEqual(expected(lines).slice(0, 50));

  const line = lines.slice(0, 100).find((line) => line.length > 1);
  const [last, before] = line ?? [];
  if (!line || !last || !before) {
    throw new Error("the demo tenant has no sign-in of several events");
  }
  const address = await row(page, last.request_id).locator("a[data-expands]").getAttribute("href");
  const expander = page.locator(`a[data-expands][href="${address}"]`);
  await expect(expander).toHaveAccessibleName(`${line.length} events of this sign-in, show one by one`);
  await expander.click();
  await expect(page.locator("#said")).toHaveText(`${line.length} events shown below`);
  const events = page.locator('table.grid tbody tr[aria-level="2"][id]');
  await expect(events).toHaveCount(line.length);
  const ids = await events.evaluateAll((rows) => rows.map((row) => row.id.replace(/^row-/, "")));
  expect(ids).toEqual(line.map((event) => event.request_id).reverse());
  await expect(page.locator("tr.steps-of")).toHaveCount(line.length);
  await expectAccessible(page, ".gridwrap");

  // The pane of an event leads to the others.
  await row(page, before.request_id).getByRole("link").first().click();
  await expect(pane(page)).toContainText(`of ${line.length} of this sign-in`);
  await pane(page).locator(".same-sign-in a").last().click();
  await expect(pane(page)).toContainText(last.request_id);

  await ofEvents(page).getByRole("link", { name: "One line each" }).click();
  await expect(page.getByRole("treegrid")).toHaveCount(0);
  await expect(page).not.toHaveURL(/every=/);
});

test("an address written by hand becomes the canonical one, and a row that is opened leaves the lines", async ({ page, request }) => {
  const [line] = await lines(request, "serviceprincipal", 24);
  await open(page, signIns("tab=serviceprincipal"));
  await expect(page).toHaveURL(`/sign-ins?tab=serviceprincipal&${DAY}`);
  const asked: string[] = [];
  page.on("request", (request) => {
    if (request.url().includes("/api/ui/sheet")) asked.push(request.url());
  });
  const id = line?.[0]?.request_id ?? "";
  await row(page, id).locator("a[data-noscroll]").click();
  await expect(pane(page)).toContainText(id);
  expect(asked).toHaveLength(1);
  expect(asked[0]).toContain("only=flyout");
});

test("a line opens and closes by keyboard", async ({ page, request }) => {
  const line = several(await lines(request, "serviceprincipal", 24));
  await open(page, signIns("tab=serviceprincipal"));
  const address = await row(page, line[0]?.request_id ?? "").locator("a[data-expands]").getAttribute("href");
  const expander = page.locator(`a[data-expands][href="${address}"]`);
  await expander.focus();
  const members = page.locator('table.grid tbody tr[aria-level="2"]');
  await page.keyboard.press("Enter");
  await expect(members).toHaveCount(line.length);
  await expect(page.locator("#said")).toHaveText(`${line.length} sign-ins shown below`);
  await expect(expander).toBeFocused();
  await page.keyboard.press("ArrowLeft");
  await expect(members).toHaveCount(0);
  await page.keyboard.press("ArrowRight");
  await expect(members).toHaveCount(line.length);
});

testAlone("a line of many sign-ins shows a hundred at a time", async ({ page, request, baseURL }) => {
  const records = Array.from({ length: 230 }, (_, minute) =>
    graphSignIn(minute, {
      userDisplayName: "Person",
      userPrincipalName: "person@tests.example",
      isInteractive: false,
      signInEventTypes: ["nonInteractiveUser"],
    }),
  );
  const answer = await request.post(`${baseURL}/api/imports`, {
    multipart: { file: ndjson("silent.ndjson", records) },
    headers: { accept: "application/json" },
  });
  expect(answer.ok()).toBe(true);
  const address = "/sign-ins?tab=noninteractive&from=2024-03-05T00:00:00Z&to=2024-03-06T00:00:00Z";
  await expect
    .poll(async () => (await apiRows(request, address.replace("/sign-ins?", ""))).length, { timeout: 20_000 })
    .toBe(230);
  const ids = (await apiRows(request, address.replace("/sign-ins?", ""))).map((row) => row.request_id);
  await open(page, address);
  await expect(page.locator(".gridfoot")).toContainText("230 sign-ins in 1 line, 1 to 1 shown");
  await page.getByRole("link", { name: "230 sign-ins, show one by one" }).click();
  const members = page.locator('table.grid tbody tr[aria-level="2"][id]');
  await expect(members).toHaveCount(100);
  await page.getByRole("link", { name: "Show 100 more, 100 of 230 shown" }).click();
  await expect(members).toHaveCount(200);
  // Who used the keyboard goes on where the new rows begin.
  await expect(row(page, ids[100] ?? "").locator("a[data-noscroll]")).toBeFocused();
  await page.getByRole("link", { name: "Show 30 more, 200 of 230 shown" }).press("Enter");
  await expect(members).toHaveCount(230);
  await expect(page.locator("[data-more-members]")).toHaveCount(0);
  expect(await members.evaluateAll((rows) => rows.map((row) => row.id.replace(/^row-/, "")))).toEqual(ids);
  await expect(page.locator(".gridfoot")).toContainText("1 to 1 shown");
});

test.describe("without scripts", () => {
  test.use({ javaScriptEnabled: false });

  test("a line leads to its sign-ins", async ({ page, request, watch }) => {
    // A browser without scripts refuses to load the module that the page announces.
    watch.allow(/vestibule\.[0-9a-f]+\.js csp$/);
    const line = several(await lines(request, "serviceprincipal", 24));
    await page.goto(signIns("tab=serviceprincipal"));
    await row(page, line[0]?.request_id ?? "").locator("a[data-expands]").click();
    await expect(page).toHaveURL(/every=off/);
    const rows = page.locator("table.grid tbody tr");
    await expect(rows).toHaveCount(line.length);
    const ids = await rows.evaluateAll((rows) => rows.map((row) => row.id.replace(/^row-/, "")));
    expect(ids).toEqual(line.map((row) => row.request_id));
    await page.goBack();
    await choice(page).getByRole("link", { name: "1 hour" }).click();
    await expect(page).toHaveURL(/every=1h/);
    const hour = expected(await lines(request, "serviceprincipal", 1));
    expect(await shown(page)).toEqual(hour.slice(0, 100));
    await page.getByRole("link", { name: "Load 100 more" }).click();
    await expect(page).toHaveURL(/after=/);
    expect(await shown(page)).toEqual(hour.slice(100, 200));
  });
});
