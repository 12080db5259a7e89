/** Chart, fields, verbs, groups and the view of all kinds: by mouse, by keyboard, and against the API. */
import type { APIRequestContext, Locator, Page } from "@playwright/test";
import { apiRows, DAY, expect, expectAccessible, hydrated, open, rowIds, signIns, test } from "../support";

type Numbers = { rows: number; success: number; failure: number; interrupted: number };
type Facet = { column: string; distinct: number; values: { value: string | number; rows: number }[] };
type Group = Numbers & { keys: Record<string, string>; users: number; first: string; last: string };

const chart = (page: Page) => page.getByRole("region", { name: "Sign-ins over time" });
const beginning = (page: Page) => page.getByRole("slider", { name: "Beginning of the marked time" });
const end = (page: Page) => page.getByRole("slider", { name: "End of the marked time" });
const rail = (page: Page) => page.getByRole("complementary", { name: "Fields" });
const field = (page: Page, name: string) => rail(page).locator(`details[data-found-by="${name}"]`);
const groups = (page: Page) => page.getByRole("table", { name: "Groups of sign-ins" });
const parameters = (page: Page) => new URL(page.url()).searchParams;
const number = (text: string) => Number(text.replaceAll(",", ""));
const written = (of: number) => of.toLocaleString("en-US");

async function api<Answer>(request: APIRequestContext, what: string, query: string): Promise<Answer> {
  const answer = await request.get(`/api/v1/signins/${what}?${query}`);
  expect(answer.status()).toBe(200);
  return (await answer.json()) as Answer;
}

async function total(request: APIRequestContext, query: string): Promise<number> {
  const { buckets } = await api<{ buckets: Numbers[] }>(request, "histogram", query);
  return buckets.reduce((sum, bucket) => sum + bucket.rows, 0);
}

/** Numbers in the table of the chart, row by row. */
async function bars(page: Page): Promise<number[][]> {
  const table = chart(page).locator("#chart-table");
  // It is fetched when it is opened.
  if ((await table.locator("table").count()) === 0) {
    await page.getByRole("button", { name: "Show as table" }).click();
    await expect(table.locator("table")).toBeVisible();
    await page.keyboard.press("Escape");
  }
  const rows = table.locator("tbody tr");
  return rows.evaluateAll((found) =>
    found.map((row) => [...row.querySelectorAll("td")].map((cell) => Number((cell.textContent ?? "").replaceAll(",", "")))),
  );
}

const expectShown = (page: Page, rows: { request_id: string }[]) =>
  expect.poll(() => rowIds(page)).toEqual(rows.slice(0, 100).map((row) => row.request_id));

test.describe("the chart", () => {
  test("legend, table and bars have the numbers of the API", async ({ page, request }) => {
    await open(page, signIns("tz=utc"));
    const { buckets } = await api<{ buckets: Numbers[] }>(request, "histogram", `${DAY}&bucket=hour`);
    const sum = (of: keyof Numbers) => buckets.reduce((all, bucket) => all + bucket[of], 0);
    const top = chart(page).locator(".top");
    await expect(top).toContainText(`${written(sum("rows"))} sign-ins`);
    await expect(top).toContainText(`Success ${written(sum("success"))}`);
    await expect(top).toContainText(`Interrupted ${written(sum("interrupted"))}`);
    await expect(top).toContainText(`Failure ${written(sum("failure"))}`);
    await page.getByRole("button", { name: "Show as table" }).click();
    const rows = await bars(page);
    expect(rows.length).toBe(97);
    // The first and the last bar reach beyond the range, and count what is within.
    const quarters = rows.map(([all]) => all ?? 0);
    const hours = [quarters.slice(0, 2), ...Array.from({ length: 24 }, (_, hour) => quarters.slice(2 + hour * 4, 6 + hour * 4))];
    expect(hours.map((hour) => hour.reduce((all, rows) => all + rows, 0))).toEqual(buckets.map((bucket) => bucket.rows));
    const highest = Math.max(...quarters);
    await expect(top).toContainText(`15 min bars, highest ${written(highest)}`);
    await expect(chart(page).locator("svg[role=img]")).toHaveAccessibleName(new RegExp(`the highest is ${written(highest)} from `));
    await expectAccessible(page, ".histo");
  });

  test("a bar zooms into its time, and Back undoes", async ({ page, request }) => {
    await open(page, signIns("tz=utc"));
    const before = page.url();
    const { width = 0, height = 0 } = (await chart(page).locator(".plot").boundingBox()) ?? {};
    await chart(page).locator(".plot").click({ position: { x: width * 0.9, y: height / 3 } });
    await expect.poll(() => parameters(page).get("from")).not.toBe("2026-11-23T10:42:00Z");
    const range = `from=${parameters(page).get("from")}&to=${parameters(page).get("to")}`;
    expect(Date.parse(parameters(page).get("to") ?? "") - Date.parse(parameters(page).get("from") ?? "")).toBe(900_000);
    await expectShown(page, await apiRows(request, range));
    await page.goBack();
    await expect(page).toHaveURL(before);
    await expectShown(page, await apiRows(request, DAY));
  });

  test("a part is marked with the mouse and zoomed into", async ({ page, request }) => {
    await open(page, signIns("tz=utc"));
    const before = page.url();
    const box = (await chart(page).locator(".plot").boundingBox()) ?? { x: 0, y: 0, width: 0, height: 0 };
    const bar = box.width / 97;
    await page.mouse.move(box.x + bar * 60.5, box.y + 30);
    await page.mouse.down();
    await page.mouse.move(box.x + bar * 62.5, box.y + 30, { steps: 4 });
    await page.mouse.move(box.x + bar * 64.5, box.y + 30, { steps: 4 });
    await page.mouse.up();
    // Bar 60 of those that begin at 10:30.
    await expect(chart(page)).toContainText("01:30 to 02:45 marked");
    await expect(beginning(page)).toHaveAttribute("aria-valuetext", "from 01:30");
    await expect(page).toHaveURL(before);
    await page.getByRole("button", { name: "Clear" }).click();
    await expect(chart(page).getByText("marked")).toBeHidden();
    await page.mouse.move(box.x + bar * 64.5, box.y + 30);
    await page.mouse.down();
    await page.mouse.move(box.x + bar * 60.5, box.y + 30, { steps: 4 });
    await page.mouse.up();
    await expect(chart(page)).toContainText("01:30 to 02:45 marked");
    const grip = (await end(page).locator(".brush-grip").boundingBox()) ?? { x: 0, y: 0, width: 0, height: 0 };
    await page.mouse.move(grip.x + grip.width / 2, grip.y + grip.height / 2);
    await page.mouse.down();
    await page.mouse.move(grip.x + grip.width / 2 + bar, grip.y + 8, { steps: 4 });
    await page.mouse.up();
    await expect(chart(page)).toContainText("01:30 to 03:00 marked");
    await page.getByRole("link", { name: "Zoom in" }).click();
    await expect.poll(() => parameters(page).get("to")).toBe("2026-11-24T03:00:00Z");
    await expectShown(page, await apiRows(request, "from=2026-11-24T01:30:00Z&to=2026-11-24T03:00:00Z"));
    await page.goBack();
    await expect(page).toHaveURL(before);
  });

  test.describe("on a screen that is touched", () => {
    test.use({ hasTouch: true });

    test("a part is marked with a finger, which still scrolls the page up and down", async ({ page, context }) => {
      await open(page, signIns("tz=utc"));
      const touch = await context.newCDPSession(page);
      const box = (await chart(page).locator(".plot").boundingBox()) ?? { x: 0, y: 0, width: 0, height: 0 };
      const bar = box.width / 97;
      const at = (of: number) => [{ x: box.x + bar * of, y: box.y + 30 }];
      const drag = async (from: number, to: number) => {
        await touch.send("Input.dispatchTouchEvent", { type: "touchStart", touchPoints: at(from) });
        for (let step = 1; step <= 8; step += 1) {
          await touch.send("Input.dispatchTouchEvent", { type: "touchMove", touchPoints: at(from + ((to - from) * step) / 8) });
        }
        // The finger rests before it is lifted, or the tap that follows would be taken for stopping a fling.
        await page.waitForTimeout(200);
        await touch.send("Input.dispatchTouchEvent", { type: "touchMove", touchPoints: at(to) });
        await touch.send("Input.dispatchTouchEvent", { type: "touchEnd", touchPoints: [] });
      };
      const before = page.url();
      await drag(60.5, 64.5);
      await expect(chart(page)).toContainText("01:30 to 02:45 marked");
      await expect(page).toHaveURL(before);
      await page.getByRole("link", { name: "Zoom in" }).tap();
      await expect.poll(() => parameters(page).get("to")).toBe("2026-11-24T02:45:00Z");
      await page.goBack();
      await expect(page).toHaveURL(before);
      await expect(chart(page).locator(".plot")).toHaveCSS("touch-action", "pan-y");
    });
  });

  test("a part is marked with the keyboard alone", async ({ page, request }) => {
    await open(page, signIns("tz=utc"));
    await beginning(page).focus();
    for (const key of ["Shift+ArrowRight", "Shift+ArrowRight", "ArrowRight", "ArrowRight", "ArrowLeft"]) {
      await page.keyboard.press(key);
    }
    await expect(beginning(page)).toHaveAttribute("aria-valuenow", "21");
    await expect(beginning(page)).toHaveAttribute("aria-valuetext", "from 15:45");
    await page.keyboard.press("Escape");
    await expect(beginning(page)).toHaveAttribute("aria-valuenow", "0");
    await expect(chart(page).getByText("marked")).toBeHidden();
    await page.keyboard.press("Shift+ArrowRight");
    await page.keyboard.press("Tab");
    await expect(end(page)).toBeFocused();
    await page.keyboard.press("Shift+ArrowLeft");
    await expect(end(page)).toHaveAttribute("aria-valuetext", "to 08:15");
    await page.keyboard.press("Enter");
    await expect.poll(() => parameters(page).get("from")).toBe("2026-11-23T13:00:00Z");
    await expectShown(page, await apiRows(request, "from=2026-11-23T13:00:00Z&to=2026-11-24T08:15:00Z"));
    await expect(end(page)).toBeFocused();
    await page.goBack();
    await expect.poll(() => parameters(page).get("from")).toBe("2026-11-23T10:42:00Z");
  });

  test("zooms out, hides, and remembers that", async ({ page }) => {
    await open(page, signIns("tz=utc"));
    await page.getByRole("link", { name: "Zoom out" }).click();
    await expect.poll(() => parameters(page).get("from")).toBe("2026-11-22T10:42:00Z");
    await page.getByRole("button", { name: "Hide chart" }).click();
    await expect(chart(page).locator("svg[role=img]")).toHaveCount(0);
    await expect(chart(page)).toContainText("Failure");
    await page.reload();
    await hydrated(page);
    await expect(chart(page).locator("svg[role=img]")).toHaveCount(0);
    await page.getByRole("button", { name: "Show chart" }).click();
    await expect(chart(page).locator("svg[role=img]")).toBeVisible();
  });
});

test.describe("the fields", () => {
  /** The values of an open field: tooltip of each, which has its exact number. */
  const values = (of: Locator) => of.locator(".topvals .t").evaluateAll((found) => found.map((value) => value.getAttribute("title")));

  test("count what the API counts", async ({ page, request }) => {
    await open(page, signIns());
    const { facets } = await api<{ facets: Facet[] }>(
      request,
      "facets",
      `${DAY}&columns=error_code,application&limit=6&own_filters=true`,
    );
    const [reasons, applications] = facets;
    await expect(rail(page)).toContainText(`Counted over all ${written(await total(request, DAY))}`);
    await expect(field(page, "Application").locator("summary .n")).toHaveText(String(applications?.distinct));
    await expect
      .poll(() => values(field(page, "Application")))
      .toEqual(
        applications?.values.slice(0, 5).map(({ value, rows }) => `${value}: ${written(rows)} sign-in${rows === 1 ? "" : "s"}`),
      );
    // Success is no reason.
    await expect(field(page, "Reason").locator("summary .n")).toHaveText(String(Number(reasons?.distinct) - 1));
    const codes = reasons?.values.filter(({ value }) => value !== 0).map(({ value }) => String(value));
    await expect(field(page, "Reason").locator(".topvals code")).toHaveText(codes?.slice(0, 5) ?? []);
    await expectAccessible(page, ".fieldrail");
  });

  test("open on demand, show more, and stay open", async ({ page, request }) => {
    await open(page, signIns());
    const browser = field(page, "Browser");
    await browser.locator("summary").click();
    const { facets } = await api<{ facets: Facet[] }>(request, "facets", `${DAY}&columns=browser&limit=50&own_filters=true`);
    const expected = facets[0]?.values.map(({ value, rows }) => `${value}: ${written(rows)} sign-in${rows === 1 ? "" : "s"}`) ?? [];
    const named = async () => (await values(browser)).filter((value) => !value?.startsWith("No value"));
    await expect.poll(named).toEqual(expected.slice(0, 5));
    await browser.getByRole("button", { name: "Show more" }).click();
    await expect.poll(named).toEqual(expected);
    // The button is gone; who came to it by keyboard goes on with what it brought.
    await expect(browser.locator("[data-field-values] a[href]:focus")).toHaveCount(1);
    await page.reload();
    await hydrated(page);
    await expect.poll(named).toEqual(expected);
    await browser.locator("summary").click();
    await expect(browser).not.toHaveAttribute("open");
    await page.reload();
    await expect(field(page, "Browser")).not.toHaveAttribute("open");
  });

  test("are found by name, and close", async ({ page }) => {
    await open(page, signIns());
    await rail(page).getByRole("searchbox", { name: "Find a field" }).fill("token prot");
    await expect(field(page, "Token Protection - Sign In Session")).toBeVisible();
    await expect(field(page, "Application")).toBeHidden();
    await page.getByRole("button", { name: "Fields", exact: true }).click();
    await expect(page.locator(".fieldrail")).toBeHidden();
    await page.reload();
    await hydrated(page);
    await expect(page.locator(".fieldrail")).toBeHidden();
    await page.getByRole("button", { name: "Fields", exact: true }).click();
    await expect(rail(page)).toBeVisible();
  });

  test("a value keeps or leaves out its sign-ins", async ({ page, request }) => {
    await open(page, signIns());
    const first = field(page, "Application").locator(".topvals li").first();
    const name = String(await first.locator(".t").textContent()).trim();
    await first.hover();
    await first.getByRole("link", { name: `Without ${name}` }).click();
    await expect.poll(() => parameters(page).getAll("f")).toEqual([`application:ne:${name}`]);
    await expectShown(page, await apiRows(request, `${DAY}&f=${encodeURIComponent(`application:ne:${name}`)}`));
    await page.goBack();
    await expect.poll(() => parameters(page).getAll("f")).toEqual([]);
    await expect(first.locator(".t")).toContainText(name);
    // By keyboard: the value itself keeps, the two verbs follow.
    await first.locator("a.t").focus();
    await page.keyboard.press("Tab");
    await expect(first.getByRole("link", { name: `Only ${name}` })).toBeFocused();
    await page.keyboard.press("Enter");
    await expect.poll(() => parameters(page).getAll("f")).toEqual([`application:eq:${name}`]);
    await expectShown(page, await apiRows(request, `${DAY}&f=${encodeURIComponent(`application:eq:${name}`)}`));
    // The fields came anew, and the focus is still among them.
    expect(await rail(page).evaluate((aside) => aside.contains(document.activeElement))).toBe(true);
  });

  test("a cell has the same verbs", async ({ page, request }) => {
    await open(page, signIns());
    const cell = page.locator("table.grid tbody tr").nth(3).locator("td").nth(3);
    const name = (await cell.innerText()).trim();
    await cell.hover();
    await cell.getByRole("link", { name: `Only ${name}` }).click();
    await expect.poll(() => parameters(page).getAll("f")).toEqual([`application:eq:${name}`]);
    await expectShown(page, await apiRows(request, `${DAY}&f=${encodeURIComponent(`application:eq:${name}`)}`));
    // What a cell shows in words is kept by its true value.
    await page.mouse.move(0, 0);
    const requirement = page.locator("table.grid tbody tr").first().locator("td").nth(9);
    await requirement.hover();
    await requirement.getByRole("link", { name: /^Without / }).click();
    await expect.poll(() => parameters(page).getAll("f")[1]).toMatch(/^authentication_requirement:ne:(multi|single)FactorAuthentication$/);
  });

  test("a cell and the menu of its row lead to the page about what it names", async ({ page, request }) => {
    const ids = "cols=user,user_id,application,application_id,ip_address";
    const rows = await apiRows(request, `${DAY}&${ids}`);
    const found = rows[3];
    await open(page, signIns());
    const line = page.locator("table.grid tbody tr").nth(3);
    const cell = line.locator("td").nth(2);
    await cell.hover();
    await cell.getByRole("link", { name: `About ${found?.user}` }).click();
    await expect(page).toHaveURL(`/users/${found?.user_id}?${DAY}`);
    await expect(page.getByRole("heading", { level: 1, name: found?.user ?? "" })).toBeVisible();
    await page.goBack();
    // The page that is left has such a list, too.
    await expect(page.getByRole("heading", { level: 1, name: "Sign-in logs" })).toBeVisible();
    await line.locator("td").nth(3).click();
    await page.keyboard.press("Shift+F10");
    const menu = page.getByRole("menu", { name: "Actions" });
    await menu.getByRole("menuitem", { name: `About ${found?.application}` }).click();
    await expect(page).toHaveURL(`/applications/${found?.application_id}?${DAY}`);
    await page.goBack();
    // The page that is left has such a list, too.
    await expect(page.getByRole("heading", { level: 1, name: "Sign-in logs" })).toBeVisible();
    // A cell that names nothing has those of its row.
    await line.locator("td").nth(4).click();
    await page.keyboard.press("Shift+F10");
    await menu.getByRole("menuitem", { name: `About ${found?.ip_address}` }).click();
    await expect(page).toHaveURL(`/ip/${found?.ip_address}?${DAY}`);
  });

  test("the words over the chart keep one status or leave it out", async ({ page, request }) => {
    await open(page, signIns());
    const failure = chart(page).locator(".legend", { hasText: "Failure" });
    await failure.hover();
    await expect(failure.getByRole("link", { name: "Only Failure" })).toBeVisible();
    await expectAccessible(page, ".histo");
    await failure.getByRole("link", { name: "Without Failure" }).click();
    await expect.poll(() => parameters(page).getAll("f")).toEqual(["status:ne:failure"]);
    const interrupted = chart(page).locator(".legend", { hasText: "Interrupted" }).getByRole("link").first();
    await interrupted.focus();
    await page.keyboard.press("Enter");
    await expect.poll(() => parameters(page).getAll("f")).toEqual(["status:eq:interrupted"]);
    await expectShown(page, await apiRows(request, `${DAY}&f=status:eq:interrupted`));
  });
});

test.describe("groups", () => {
  const texts = (page: Page) => groups(page).locator("tbody tr").evaluateAll((rows) =>
    rows.map((row) => [...row.querySelectorAll("th, td")].map((cell) => (cell.textContent ?? "").trim())),
  );

  test("have the numbers of the API, in any order, and lead to their sign-ins", async ({ page, request }) => {
    await open(page, signIns());
    await page.getByRole("button", { name: "Group" }).click();
    await page.getByRole("searchbox", { name: "Find a column" }).fill("applic");
    await page.getByRole("toolbar").getByRole("link", { name: "Application", exact: true }).click();
    await expect.poll(() => parameters(page).get("group")).toBe("application");
    const answer = await api<{ groups: Group[]; distinct: number }>(
      request,
      "groups",
      `${DAY}&by=application&users=true&span=true&limit=500`,
    );
    await expect(page.locator(".gridfoot")).toContainText(`${answer.distinct} groups`);
    const shown = await texts(page);
    expect(shown.map(([key, rows, success, failure, interrupted, , users]) => [key, ...[rows, success, failure, interrupted, users].map((text) => number(text ?? ""))])).toEqual(
      answer.groups.map((group) => [group.keys.application, group.rows, group.success, group.failure, group.interrupted, group.users]),
    );
    await expect(chart(page).locator("svg[role=img]")).toBeVisible();
    await expectAccessible(page, "#main");

    await groups(page).getByRole("link", { name: "Failure rate" }).click();
    await expect.poll(() => parameters(page).get("order")).toBe("-rate");
    await expect(groups(page).getByRole("columnheader", { name: "Failure rate" })).toHaveAttribute("aria-sort", "descending");
    const byRate = [...answer.groups].sort((left, right) => right.failure / right.rows - left.failure / left.rows);
    await expect.poll(async () => (await texts(page))[0]?.[0]).toBe(byRate[0]?.keys.application);

    const first = groups(page).locator("tbody tr").first();
    const expected = number((await first.locator("td").first().textContent()) ?? "");
    await expect(first.getByRole("link", { name: /^About / })).toHaveAttribute("href", /^\/applications\//);
    await first.getByRole("link").first().click();
    await expect(chart(page).locator(".top")).toContainText(`${written(expected)} sign-in`);
    expect(parameters(page).get("group")).toBeNull();
    expect(parameters(page).getAll("f")).toEqual([`application:eq:${byRate[0]?.keys.application}`]);
  });

  test("are by two columns, and end", async ({ page, request }) => {
    await open(page, signIns("group=application"));
    await page.getByRole("button", { name: "Group" }).click();
    await page.getByRole("link", { name: "Then by Country or region" }).click();
    await expect.poll(() => parameters(page).get("group")).toBe("application,country");
    const { distinct } = await api<{ distinct: number }>(request, "groups", `${DAY}&by=application,country`);
    await expect(page.locator(".gridfoot")).toContainText(`${written(distinct)} groups`);
    await page.getByRole("button", { name: "Group" }).click();
    await page.getByRole("link", { name: "No groups" }).click();
    await expectShown(page, await apiRows(request, DAY));
  });
});

test("the view of all kinds says what it hides", async ({ page, request }) => {
  const kinds = ["interactive", "noninteractive", "serviceprincipal", "managedidentity"];
  const numbers = await Promise.all(kinds.map((kind) => total(request, `${DAY}&tab=${kind}`)));
  const sum = (of: number[]) => of.reduce((all, one) => all + one, 0);
  await open(page, signIns());
  await page.getByRole("link", { name: "All sign-ins" }).click();
  await expect.poll(() => parameters(page).get("tab")).toBe("all");
  const footer = page.locator(".gridfoot");
  await expect(footer).toContainText(`${written(sum(numbers.slice(1)))} workload and silent rows hidden by People`);
  const dial = page.getByRole("navigation", { name: "Noise" });
  await dial.getByRole("link", { name: "+ silent" }).click();
  await expect(footer).toContainText(`${written(sum(numbers.slice(2)))} workload rows hidden by + silent`);
  await expectShown(page, await apiRows(request, `${DAY}&tabs=interactive,noninteractive`));
  await footer.getByRole("link", { name: "Show them" }).click();
  await expect(dial.getByRole("link", { name: "+ workloads" })).toHaveAttribute("aria-current", "true");
  await expect(footer).toContainText(`${written(sum(numbers))} sign-ins`);
  await expect(footer).not.toContainText("hidden by");
  await expectShown(page, await apiRows(request, `${DAY}&tabs=all`));
  await expectAccessible(page, "#main");
});

test.describe("without scripts", () => {
  test.use({ javaScriptEnabled: false });
  test.beforeEach(({ watch }) => watch.allow(/vestibule\.[0-9a-f]+\.js csp$/));

  test("bars, table, fields, groups and choices work", async ({ page, request }) => {
    await page.goto(signIns("tz=utc"));
    await page.getByRole("button", { name: "Show as table" }).click();
    await page.getByRole("link", { name: "24 Nov 08:00 to 08:15" }).click();
    await expectShown(page, await apiRows(request, "from=2026-11-24T08:00:00Z&to=2026-11-24T08:15:00Z"));
    await page.goto(signIns("tz=utc"));
    const browser = field(page, "Browser");
    await browser.locator("summary").click();
    await browser.getByRole("button", { name: "Count its values" }).click();
    await expect(browser.locator(".topvals li").first()).toBeVisible();
    await browser.locator(".topvals a.t").first().click();
    expect(parameters(page).getAll("f")[0]).toMatch(/^browser:eq:/);
    await page.getByRole("button", { name: "Hide chart" }).click();
    await expect(chart(page).locator("svg[role=img]")).toHaveCount(0);
    await page.getByRole("button", { name: "Group" }).click();
    await page.getByRole("toolbar").getByRole("link", { name: "User", exact: true }).click();
    await expect(groups(page).locator("tbody tr").first()).toBeVisible();
  });
});
