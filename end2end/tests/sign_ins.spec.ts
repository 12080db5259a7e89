/** The blade: what the server sends, paging, order, counts, empty states. */
import {
  apiRows,
  cells,
  COLUMNS,
  DAY,
  expect,
  expectNoSidewaysScroll,
  hydrated,
  open,
  rowIds,
  signIns,
  test,
  testAlone,
} from "../support";

const count = (number: number) => number.toLocaleString("en-US");

test("the blade comes whole from the server", async ({ request }) => {
  const answer = await request.get(signIns());
  expect(answer.status()).toBe(200);
  const html = await answer.text();
  const rows = await apiRows(request, DAY);
  const sent = [...html.matchAll(/<tr [^>]*id="row-([^"]+)"/g)].map((found) => found[1]);
  expect(sent).toEqual(rows.slice(0, 100).map((row) => row.request_id));
  expect(html.indexOf("</table>")).toBeLessThan(html.indexOf("__RESOLVED_RESOURCES"));
});

test("the client takes over without a complaint", async ({ page }) => {
  await open(page, signIns());
  await expect(page).toHaveTitle("Sign-in logs · Vestibule");
  await expect(page.getByRole("heading", { level: 1, name: "Sign-in logs" })).toBeVisible();
});

test("the root leads to the overview, and with a question to the blade", async ({ page }) => {
  await page.goto("/");
  await expect(page).toHaveURL("/overview");
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Overview");
  await open(page, `/?${DAY}`);
  await expect(page.getByRole("grid", { name: "Sign-ins" })).toBeVisible();
});

test("the default columns stand in their order, newest first", async ({ page, request }) => {
  await open(page, signIns());
  await expect(page.locator("table.grid thead th")).toHaveText(COLUMNS);
  await expect(page.locator("thead th[aria-sort]")).toHaveText(["Date"]);
  await expect(page.locator("thead th[aria-sort]")).toHaveAttribute("aria-sort", "descending");
  const shown = await page.locator("tbody time").evaluateAll((times) => times.map((time) => time.getAttribute("datetime")));
  const moments = shown.map((moment) => Date.parse(moment ?? ""));
  const dates = (await apiRows(request, DAY)).map((row) => Date.parse(row.date));
  expect(moments).toEqual(dates.slice(0, moments.length));
  expect(dates).toEqual(dates.toSorted((one, other) => other - one));
});

test("tabs and foot count exactly", async ({ page, request }) => {
  await open(page, signIns());
  const tabs = page.getByRole("navigation", { name: "Kinds of sign-in" });
  const kinds = ["interactive", "noninteractive", "serviceprincipal", "managedidentity"];
  for (const [index, kind] of kinds.entries()) {
    const rows = await apiRows(request, `tab=${kind}&${DAY}`);
    await expect(tabs.getByRole("link").nth(index + 1).locator(".n")).toHaveText(count(rows.length));
  }
  const rows = await apiRows(request, DAY);
  const number = (status: string) => count(rows.filter((row) => row.status === status).length);
  const foot = page.locator(".gridfoot");
  await expect(foot).toContainText(`${count(rows.length)} sign-ins, 1 to `);
  await expect(foot).toContainText(
    `Success ${number("success")}, Interrupted ${number("interrupted")}, Failure ${number("failure")}`,
  );
  await expect(foot).toContainText("Times in UTC");
});

test("each tab shows its kind and keeps the range", async ({ page, request }) => {
  await open(page, signIns());
  for (const [name, kind] of [
    ["Service principal sign-ins", "serviceprincipal"],
    ["Managed identity sign-ins", "managedidentity"],
    ["User sign-ins (non-interactive)", "noninteractive"],
  ] as const) {
    await page.getByRole("link", { name }).click();
    await expect(page.getByRole("link", { name })).toHaveAttribute("aria-current", "page");
    await expect(page).toHaveURL(new RegExp(`tab=${kind}&from=2026-11-23T10:42:00Z`));
    // Alike ones are folded: the newest of all is the newest of the first line.
    const [newest] = await apiRows(request, `tab=${kind}&${DAY}`);
    await expect.poll(async () => (await rowIds(page))[0]).toBe(newest?.request_id);
  }
});

test("the last row is followed by the words that this is all", async ({ page, request }) => {
  const failed = "f=status:in:failure";
  const rows = await apiRows(request, `tab=managedidentity&${failed}&${DAY}`);
  await open(page, signIns("tab=managedidentity", "every=off", failed));
  await expect(page.locator(".end-of-list")).toHaveText(`That is all: ${rows.length} sign-ins.`);
  expect(await rowIds(page)).toHaveLength(rows.length);
});

test("headers sort, and sort the other way at the second click", async ({ page, request }) => {
  await open(page, signIns());
  const header = page.getByRole("columnheader", { name: "User", exact: true });
  for (const [direction, sort] of [
    ["ascending", "user"],
    ["descending", "-user"],
  ] as const) {
    await header.getByRole("link").click();
    await expect(header).toHaveAttribute("aria-sort", direction);
    await expect(page).toHaveURL(new RegExp(`sort=${sort}(&|$)`));
    const rows = await apiRows(request, `${DAY}&sort=${sort}`);
    await expect.poll(async () => (await rowIds(page)).slice(0, 100)).toEqual(rows.slice(0, 100).map((row) => row.request_id));
    const users = (await cells(page, "User")).slice(0, 100);
    expect(new Set(users).size).toBeGreaterThan(1);
  }
});

test("refresh asks again and keeps the address", async ({ page }) => {
  await open(page, signIns());
  const [answer] = await Promise.all([
    page.waitForResponse((response) => response.url().includes("/api/ui/")),
    page.getByRole("link", { name: "Refresh" }).click(),
  ]);
  expect(answer.status()).toBe(200);
  expect(page.url()).toContain(signIns());
  await expect(page.locator("table.grid tbody tr[id]").first()).toBeVisible();
});

test("the rows that the server wrote give way to those of another question, and to none", async ({ page, request }) => {
  const rows = await apiRows(request, DAY);
  await open(page, signIns(`row=${rows[1]?.request_id}`));
  const search = async (text: string) => {
    await page.getByLabel("Search these sign-ins").fill(text);
    await page.getByLabel("Search these sign-ins").press("Enter");
  };
  await search("nobody has this name");
  await expect(page.locator("tbody tr")).toHaveCount(0);
  await expect(page.locator(".empty").getByRole("heading")).toHaveText("No sign-ins match");
  await search(String(rows[3]?.request_id));
  await expect.poll(() => rowIds(page)).toEqual([rows[3]?.request_id]);
  await page.getByRole("link", { name: "Reset filters" }).click();
  await expect.poll(async () => (await rowIds(page)).slice(0, 100)).toEqual(rows.slice(0, 100).map((row) => row.request_id));
});

test("parts of the address that are not understood are named, and the rest works", async ({ page, request }) => {
  await open(page, signIns("f=colour:eq:red", "f=status:eq:failure", "sort=nonsense"));
  const errors = page.getByRole("alert");
  await expect(errors.getByRole("heading")).toHaveText("2 parts of this address were not understood");
  await expect(errors.locator("code")).toHaveText([/colour:eq:red/, /nonsense/]);
  const rows = await apiRows(request, `${DAY}&f=status:eq:failure`);
  expect((await rowIds(page)).slice(0, 100)).toEqual(rows.slice(0, 100).map((row) => row.request_id));
  await expectNoSidewaysScroll(page);
});

test("filters that leave none say how many there are without them", async ({ page, request }) => {
  const rows = await apiRows(request, DAY);
  await open(page, signIns("f=user:contains:nobody has this name"));
  const empty = page.locator(".empty");
  await expect(empty.getByRole("heading")).toHaveText("No sign-ins match");
  await expect(empty).toContainText(`${count(rows.length)} sign-ins came in without the filters`);
  await expect(page.locator(".gridfoot")).toContainText("0 sign-ins");
  await empty.getByRole("link", { name: "Reset filters" }).click();
  await expect(page.locator("table.grid tbody tr[id]").first()).toBeVisible();
  await expect(page).toHaveURL(signIns());
});

test("the filter that leaves none is named, and pausing it brings rows", async ({ page, request }) => {
  const failures = await apiRows(request, `${DAY}&f=status:in:failure`);
  await open(page, signIns("f=status:in:failure", "f=client_app:in:nothing of the kind"));
  const empty = page.locator(".empty");
  await expect(empty.locator("b")).toHaveText("Client app is nothing of the kind");
  await expect(empty).toContainText("Client app is nothing of the kind alone leaves none.");
  await empty.getByRole("link", { name: "Pause that filter" }).click();
  await expect(page.locator(".gridfoot b")).toHaveText(count(failures.length));
  await expect(page.locator(".pill.paused")).toContainText("nothing of the kind");
});

test("rows of several kinds say which they are", async ({ page }) => {
  await open(page, signIns("tab=all", "noise=workloads"));
  const header = page.getByRole("columnheader", { name: "Sign-in type" });
  await expect(header).toBeVisible();
  await expect(page.locator("table.grid tbody tr[id]").first()).toContainText("sign-ins");
  await open(page, signIns("tab=all"));
  await expect(page.locator("table.grid tbody tr[id]").first()).toBeVisible();
  await expect(header).toHaveCount(0);
});

test("a stretch without sign-ins offers the day of the newest one", async ({ page, request }) => {
  await open(page, "/sign-ins?from=2001-01-01T00:00:00Z&to=2001-01-02T00:00:00Z");
  const empty = page.locator(".empty");
  await expect(empty.getByRole("heading")).toHaveText("No sign-ins at that time");
  const newest = (await apiRows(request, DAY))[0]?.date;
  await expect(empty.locator("time")).toHaveAttribute("datetime", String(newest));
  await empty.getByRole("link", { name: "Show the 24 hours up to it" }).click();
  await expect(page.locator("tbody time").first()).toHaveAttribute("datetime", String(newest));
});

testAlone("an empty tenant leads to the import", async ({ page }) => {
  await open(page, "/sign-ins");
  await expect(page.locator(".empty").getByRole("heading")).toHaveText("Nobody has come in yet");
  await page.getByRole("link", { name: "Import a file" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Import" })).toBeVisible();
});

test("an unknown address says so", async ({ page, watch }) => {
  watch.allow(/404/);
  const answer = await page.goto("/no-such-page");
  expect(answer?.status()).toBe(404);
  await hydrated(page);
  await expect(page.getByRole("heading", { name: "There is no page here" })).toHaveAttribute("aria-level", "1");
  await page.getByRole("link", { name: "Open the sign-in logs" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Sign-in logs");
});
