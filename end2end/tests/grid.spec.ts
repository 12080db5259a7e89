/** The grid as a person uses it: keys, paging through all rows, choosing, copying, menus, density, live. */
import type { Page } from "@playwright/test";
import {
  apiRows,
  DAY,
  expect,
  expectAccessible,
  graphSignIn,
  hydrated,
  ndjson,
  open,
  pane,
  row,
  rowIds,
  signIns,
  test,
  testAlone,
} from "../support";

/** All rows of the demo tenant that are interactive: more than fit into the document. */
const ALL = "from=";

/** So many that most are out of the document, and few enough to look at each. */
const DAYS = "from=2026-11-22T10:42:00Z&to=2026-11-24T10:42:00Z";

const grid = (page: Page) => page.getByRole("grid", { name: "Sign-ins" });

/** Row number in the grid and column of the cell that has the focus; the header is row 1. */
const focus = (page: Page) =>
  page.evaluate(() => {
    const cell = document.activeElement?.closest("td, th");
    const line = cell?.closest("tr");
    return [Number(line?.getAttribute("aria-rowindex") ?? 0), cell ? [...(line?.children ?? [])].indexOf(cell) : -1];
  });

/** Whether the focus is in view: within the box that scrolls, and below the header. */
const focusIsSeen = (page: Page) =>
  page.evaluate(() => {
    const cell = document.activeElement?.getBoundingClientRect();
    const box = document.querySelector(".gridscroll")?.getBoundingClientRect();
    const head = document.querySelector("table.grid thead th")?.getBoundingClientRect();
    const inHead = Boolean(document.activeElement?.closest("thead"));
    if (!cell || !box || !head) return false;
    return cell.bottom <= box.bottom + 1 && cell.top >= (inHead ? box.top : head.bottom) - 1;
  });

const copied = (page: Page) => page.evaluate(() => navigator.clipboard.readText());

test.beforeEach(async ({ context }) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
});

test("the grid says how many rows and columns there are, and which row is which", async ({ page, request }) => {
  const rows = await apiRows(request, ALL);
  await open(page, `/sign-ins?${ALL}`);
  await expect(grid(page)).toHaveAttribute("aria-rowcount", String(rows.length + 1));
  await expect(grid(page)).toHaveAttribute("aria-colcount", "11");
  await expect(grid(page).locator("[aria-sort]")).toHaveCount(1);
  await expect(grid(page).locator("thead tr")).toHaveAttribute("aria-rowindex", "1");
  await expect(row(page, String(rows[7]?.request_id))).toHaveAttribute("aria-rowindex", "9");
  await expectAccessible(page, ".gridwrap");
});

test("the grid is one Tab stop, and arrows go from cell to cell", async ({ page }) => {
  await open(page, signIns());
  await page.getByRole("button", { name: "Theme" }).focus();
  const seen: boolean[] = [];
  for (let step = 0; step < 150; step += 1) {
    await page.keyboard.press("Tab");
    seen.push(await page.evaluate(() => Boolean(document.activeElement?.closest("table.grid"))));
    if (seen.at(-2) && !seen.at(-1)) break;
  }
  expect(seen.filter(Boolean)).toHaveLength(1);
  await page.keyboard.press("Shift+Tab");
  expect(await focus(page)).toEqual([2, 1]);
  const steps = [
    ["ArrowRight", [2, 2]],
    ["ArrowDown", [3, 2]],
    ["End", [3, 10]],
    ["Home", [3, 0]],
    ["ArrowLeft", [3, 0]],
    ["ArrowUp", [2, 0]],
    ["ArrowRight", [2, 1]],
    ["ArrowUp", [1, 1]],
    ["ArrowUp", [1, 1]],
  ] as const;
  for (const [key, expected] of steps) {
    await page.keyboard.press(key);
    expect(await focus(page), key).toEqual(expected);
    expect(await focusIsSeen(page), key).toBe(true);
  }
  // Enter sorts; the focus stays in the grid.
  await page.keyboard.press("ArrowRight");
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(signIns("sort=user"));
  await expect(page.getByRole("columnheader", { name: "User", exact: true })).toHaveAttribute("aria-sort", "ascending");
});

test("Ctrl with Home and End go to the true ends, Page Up and Down by what is seen", async ({ page, request }) => {
  const rows = await apiRows(request, ALL);
  const last = rows.length + 1;
  await open(page, `/sign-ins?${ALL}`);
  await grid(page).locator("tbody td").nth(1).focus();
  await page.keyboard.press("Control+End");
  await expect.poll(() => focus(page)).toEqual([last, 10]);
  await expect(row(page, String(rows.at(-1)?.request_id))).toBeInViewport();
  await expect(page.locator(".gridfoot")).toContainText(` to ${rows.length.toLocaleString("en-US")} shown`);
  expect(await focusIsSeen(page)).toBe(true);
  await page.keyboard.press("PageUp");
  await expect.poll(async () => (await focus(page))[0]).toBeLessThan(last - 5);
  expect(await focusIsSeen(page)).toBe(true);
  await page.keyboard.press("Control+Home");
  await expect.poll(() => focus(page)).toEqual([2, 0]);
  expect(await focusIsSeen(page)).toBe(true);
  await page.keyboard.press("PageDown");
  await expect.poll(async () => (await focus(page))[0]).toBeGreaterThan(7);
});

test("a row is opened from its cell, and Escape leads back to it", async ({ page, request }) => {
  const rows = await apiRows(request, DAY);
  await open(page, signIns());
  await grid(page).locator("tbody td").nth(1).focus();
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("ArrowRight");
  await page.keyboard.press("Enter");
  await expect(pane(page)).toContainText(String(rows[1]?.request_id));
  await page.keyboard.press("Escape");
  await expect(pane(page)).toHaveCount(0);
  expect((await focus(page))[0]).toBe(3);
  await page.keyboard.press("ArrowDown");
  expect((await focus(page))[0]).toBe(4);
});

test("scrolling shows every row once, in order, down to the very end, and holds few of them", async ({ page, request }) => {
  test.slow();
  const expected = (await apiRows(request, DAYS)).map((found) => found.request_id);
  expect(expected.length).toBeGreaterThan(1_000);
  await open(page, `/sign-ins?${DAYS}`);
  const seen = new Map<number, string>();
  const collect = async () => {
    const held = await page.locator("table.grid tbody tr[id]").evaluateAll((rows) =>
      rows.map((line) => [Number(line.getAttribute("aria-rowindex")) - 2, line.id.replace(/^row-/, "")] as const),
    );
    expect(held.length).toBeLessThanOrEqual(400);
    held.forEach(([index, id]) => seen.set(index, id));
  };
  const box = page.locator(".gridscroll");
  for (let top = 0; ; top += 2_000) {
    const end = await box.evaluate(async (element, to) => {
      element.scrollTop = to;
      // The client hears of it with the next frame, and only then are rows missing.
      await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
      return element.scrollHeight - element.clientHeight;
    }, top);
    await expect(page.locator("tbody[data-empty]")).toHaveCount(0);
    await collect();
    if (top >= end) break;
  }
  const held = [...seen.entries()].toSorted(([one], [other]) => one - other).map(([, id]) => id);
  expect(held).toEqual(expected);
  // A leap with the scroll bar lands where it says.
  await box.evaluate((element) => {
    element.scrollTop = element.scrollHeight / 2;
  });
  await expect(page.locator("tbody[data-empty]")).toHaveCount(0);
  const middle = () =>
    box.evaluate((element) => {
      const head = document.querySelector("table.grid thead th")?.getBoundingClientRect();
      const lines = [...element.querySelectorAll("tbody tr[id]")];
      const first = lines.find((line) => line.getBoundingClientRect().bottom > (head?.bottom ?? 0) + 1);
      return [Number(first?.getAttribute("aria-rowindex")) - 2, first?.id.replace(/^row-/, "")] as const;
    });
  await expect.poll(async () => Math.abs((await middle())[0] - expected.length / 2)).toBeLessThan(30);
  const [index, id] = await middle();
  expect(id).toBe(expected[index]);
});

test("the focused row stays in the document, however far one scrolls", async ({ page }) => {
  await open(page, `/sign-ins?${ALL}`);
  await grid(page).locator("tbody td").nth(2).click();
  await page.locator(".gridscroll").evaluate((element) => {
    element.scrollTop = 30_000;
  });
  await expect.poll(async () => (await rowIds(page)).length).toBeGreaterThan(100);
  await expect(page.locator("tbody[data-empty]")).toHaveCount(0);
  expect((await focus(page))[0]).toBe(2);
  await page.keyboard.press("ArrowDown");
  expect((await focus(page))[0]).toBe(3);
  await expect.poll(() => focusIsSeen(page)).toBe(true);
});

test("rows are chosen with the box, Space, Shift, and all that are shown", async ({ page }) => {
  await open(page, signIns());
  const commands = page.getByRole("group", { name: "Chosen rows" });
  const compare = commands.getByRole("button", { name: "Compare" });
  await expect(compare).toHaveAttribute("aria-disabled", "true");
  await expect(compare).toHaveAttribute("title", "Choose two rows to compare them");
  const ids = await rowIds(page);
  const box = (index: number) => row(page, String(ids[index])).getByRole("checkbox");
  await box(1).check();
  await expect(commands).toContainText("1 chosen");
  await box(4).click({ modifiers: ["Shift"] });
  await expect(commands).toContainText("4 chosen");
  for (let index = 1; index <= 4; index += 1) {
    await expect(box(index)).toBeChecked();
    await expect(row(page, String(ids[index]))).toHaveAttribute("aria-selected", "true");
  }
  await commands.getByRole("button", { name: "Clear" }).click();
  await expect(page.locator("tr[aria-selected]")).toHaveCount(0);
  await row(page, String(ids[0])).locator("td").nth(2).click();
  await page.keyboard.press("Space");
  await page.keyboard.press("Shift+ArrowDown");
  await page.keyboard.press("Shift+ArrowDown");
  await expect(commands).toContainText("3 chosen");
  await page.keyboard.press("Shift+ArrowUp");
  await expect(commands).toContainText("2 chosen");
  await compare.click();
  await expect(page).toHaveURL(new RegExp(`row=${ids[0]}&compare=${ids[1]}`));
  await expect(pane(page)).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(pane(page)).toHaveCount(0);
  await grid(page).locator("thead").getByRole("checkbox", { name: "Choose the rows shown" }).check();
  const shown = (await page.locator("[data-shown-rows]").innerText()).match(/1 to (\d+) shown/);
  await expect(commands).toContainText(`${shown?.[1]} chosen`);
});

test("what is chosen outlives scrolling and refreshing, and ends with another list", async ({ page }) => {
  await open(page, `/sign-ins?${ALL}`);
  const [first] = await rowIds(page);
  await row(page, String(first)).getByRole("checkbox").check();
  const box = page.locator(".gridscroll");
  await box.evaluate((element) => {
    element.scrollTop = 30_000;
  });
  // The focus keeps its page; it is given away.
  await page.getByRole("button", { name: "Theme" }).focus();
  await box.evaluate((element) => {
    element.scrollTop = 40_000;
  });
  await expect(row(page, String(first))).toHaveCount(0);
  await expect(page.getByRole("group", { name: "Chosen rows" })).toContainText("1 chosen");
  await box.evaluate((element) => {
    element.scrollTop = 0;
  });
  await expect(row(page, String(first)).getByRole("checkbox")).toBeChecked();
  await page.getByRole("link", { name: "Refresh" }).click();
  await expect(row(page, String(first)).getByRole("checkbox")).toBeChecked();
  await page.getByRole("columnheader", { name: "User", exact: true }).getByRole("link").click();
  await expect(page.getByRole("group", { name: "Chosen rows" })).not.toContainText("chosen");
});

test("cells and rows are copied", async ({ page, request }) => {
  const rows = await apiRows(request, DAY);
  await open(page, signIns());
  const line = row(page, String(rows[0]?.request_id));
  await line.locator("td").nth(2).click();
  await page.keyboard.press("Control+c");
  await expect.poll(() => copied(page)).toBe(String(rows[0]?.user));
  await line.getByRole("checkbox").check();
  await row(page, String(rows[1]?.request_id)).getByRole("checkbox").check();
  const commands = page.getByRole("group", { name: "Chosen rows" });
  const copy = async (way: string) => {
    await commands.getByRole("button", { name: "Copy" }).click();
    await page.getByRole("menuitem", { name: way }).click();
  };
  await copy("Copy as a table");
  await expect.poll(async () => (await copied(page)).split("\n").length).toBe(3);
  const table = (await copied(page)).split("\n").map((text) => text.split("\t"));
  expect(table[0]?.slice(0, 3)).toEqual(["Date", "User", "Application"]);
  expect(Date.parse(table[1]?.[0] ?? "")).toBe(Date.parse(String(rows[0]?.date)));
  expect(table[2]?.[1]).toBe(rows[1]?.user);
  await copy("Copy as JSON");
  await expect.poll(async () => (await copied(page)).startsWith("[")).toBe(true);
  const records = JSON.parse(await copied(page)) as unknown[];
  const kept = await Promise.all(
    rows.slice(0, 2).map(async ({ request_id }) => {
      const answer = await request.get(`/api/v1/signins/${request_id}`);
      return ((await answer.json()) as { record: unknown }).record;
    }),
  );
  expect(records).toEqual(kept);
  await copy("Copy links");
  await expect.poll(() => copied(page)).toContain(`row=${rows[1]?.request_id}`);
  expect((await copied(page)).split("\n")[0]).toBe(new URL(signIns(`row=${rows[0]?.request_id}`), page.url()).href);
});

test("the menu of a row opens from its button and from the keyboard", async ({ page, request }) => {
  const rows = await apiRows(request, DAY);
  const id = String(rows[2]?.request_id);
  await open(page, signIns());
  await row(page, id).getByRole("button", { name: /^Actions for/ }).click();
  const menu = page.getByRole("menu", { name: "Actions" });
  await expect(menu.getByRole("menuitem")).toHaveText([
    "Open",
    "Compare with last success",
    `About ${rows[2]?.user}`,
    `About ${rows[2]?.application}`,
    `About ${rows[2]?.ip_address}`,
    "Copy link",
    "Copy row",
    "Copy as JSON",
  ]);
  await expectAccessible(page, "#row-menu");
  await menu.getByRole("menuitem", { name: "Copy link" }).click();
  await expect.poll(() => copied(page)).toBe(new URL(signIns(`row=${id}`), page.url()).href);
  await expect(menu).toBeHidden();
  // From a cell, the menu has the verbs for its value.
  await row(page, id).locator("td").nth(3).click();
  await page.keyboard.press("Shift+F10");
  await expect(menu.getByRole("menuitem").first()).toBeFocused();
  await expect(menu.getByRole("menuitem", { name: `Only Application: ${rows[2]?.application}` })).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(menu).toBeHidden();
  expect(await focus(page)).toEqual([4, 3]);
  await page.keyboard.press("Shift+F10");
  await expect(menu.getByRole("menuitem").first()).toBeFocused();
  await page.keyboard.press("End");
  await expect(menu.getByRole("menuitem", { name: `Without Application: ${rows[2]?.application}` })).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/f=application:ne:/);
  const left = await apiRows(request, new URL(page.url()).search.slice(1));
  expect(left.length).toBe(rows.filter((found) => found.application !== rows[2]?.application).length);
  await expect.poll(async () => (await rowIds(page))[0]).toBe(left[0]?.request_id);
});

test("all of the menu of a row is done", async ({ page, request }) => {
  const rows = await apiRows(request, `${DAY}&f=status:eq:failure`);
  const id = String(rows[0]?.request_id);
  await open(page, signIns("f=status:eq:failure"));
  const menu = page.getByRole("menu", { name: "Actions" });
  const choose = async (words: string) => {
    await row(page, id).getByRole("button", { name: /^Actions for/ }).click();
    await menu.getByRole("menuitem", { name: words, exact: true }).click();
    await expect(menu).toBeHidden();
  };
  await choose("Copy row");
  await expect.poll(async () => (await copied(page)).split("\n").length).toBe(2);
  const [labels, values] = (await copied(page)).split("\n").map((text) => text.split("\t"));
  expect(labels?.slice(0, 3)).toEqual(["Date", "User", "Application"]);
  expect(Date.parse(values?.[0] ?? "")).toBe(Date.parse(String(rows[0]?.date)));
  expect(values?.[1]).toBe(rows[0]?.user);
  await choose("Copy as JSON");
  const answer = await request.get(`/api/v1/signins/${id}`);
  const { record } = (await answer.json()) as { record: unknown };
  await expect.poll(async () => (await copied(page)).startsWith("{")).toBe(true);
  expect(JSON.parse(await copied(page))).toEqual(record);
  await choose("Compare with last success");
  await expect(page).toHaveURL(new RegExp(`row=${id}&compare=`));
  await expect(pane(page)).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(pane(page)).toHaveCount(0);
  await choose("Open");
  await expect(pane(page)).toContainText(id);
});

test("Ctrl+A chooses the rows that are seen, Escape none", async ({ page }) => {
  await open(page, signIns());
  await grid(page).locator("tbody td").nth(2).click();
  await page.keyboard.press("Control+a");
  const commands = page.getByRole("group", { name: "Chosen rows" });
  const shown = (await page.locator("[data-shown-rows]").innerText()).match(/1 to (\d+) shown/);
  await expect(commands).toContainText(`${shown?.[1]} chosen`);
  await expect(page.locator("tr[aria-selected=true]")).toHaveCount(Number(shown?.[1]));
  expect(await page.evaluate(() => String(getSelection()))).toBe("");
  await page.keyboard.press("Escape");
  await expect(commands).not.toContainText("chosen");
});

test("the reason is sorted by the error code, and its width is said with its name", async ({ page, request }) => {
  await open(page, signIns());
  const reason = page.getByRole("columnheader", { name: "Reason" });
  await reason.getByRole("link").click();
  await expect(page).toHaveURL(signIns("sort=error_code"));
  await expect(reason).toHaveAttribute("aria-sort", "ascending");
  await expect(grid(page).locator("[aria-sort]")).toHaveCount(1);
  await reason.getByRole("link").click();
  await expect(page).toHaveURL(signIns("sort=-error_code"));
  await expect(reason).toHaveAttribute("aria-sort", "descending");
  const rows = await apiRows(request, `${DAY}&sort=-error_code`);
  await expect.poll(async () => (await rowIds(page))[0]).toBe(rows[0]?.request_id);
  await reason.getByRole("link").focus();
  await page.keyboard.press("Alt+ArrowRight");
  await expect(page.locator("#said")).toHaveText(/^Reason, \d+ pixels wide$/);
});

test("the height of rows is chosen, kept, and moves no row away", async ({ page }) => {
  await open(page, `/sign-ins?${ALL}`);
  const height = () => grid(page).locator("tbody tr[id]").first().evaluate((line) => line.getBoundingClientRect().height);
  const choice = page.getByRole("group", { name: "Row height" });
  expect(await height()).toBe(28);
  await page.locator(".gridscroll").evaluate((element) => {
    element.scrollTop = 28 * 500;
  });
  await expect(page.locator("[data-shown-rows]")).toContainText(", 501 to ");
  await choice.getByRole("button", { name: "Roomy" }).click();
  await expect(choice.getByRole("button", { name: "Roomy" })).toHaveAttribute("aria-pressed", "true");
  await expect(page.locator("[data-shown-rows]")).toContainText(", 501 to ");
  await expect.poll(height).toBe(40);
  await page.reload();
  await hydrated(page);
  await expect.poll(height).toBe(40);
  await choice.getByRole("button", { name: "Standard" }).click();
  await expect.poll(height).toBe(32);
});

testAlone("live counts what comes and shows it when asked", async ({ page }) => {
  const recent = (minute: number) =>
    graphSignIn(minute, { createdDateTime: new Date(Date.now() - (600 - minute) * 1_000).toISOString() });
  const importing = async (name: string, minutes: number[]) => {
    const other = await page.context().newPage();
    await other.goto("/import");
    await expect(other.locator("html[data-hydrated=true]")).toBeAttached();
    await other.locator("input[type=file]").first().setInputFiles(ndjson(name, minutes.map(recent)));
    await other.getByRole("button", { name: "Import" }).click();
    // Earlier ones are listed too, and are done.
    await expect(other.locator("section.panel", { hasText: name })).toContainText("Done");
    await other.close();
  };
  await importing("first.ndjson", [1, 2]);
  await open(page, "/sign-ins");
  await expect(page.locator("tbody tr[id]")).toHaveCount(2);
  const live = page.getByRole("button", { name: "Live" });
  const [stream] = await Promise.all([
    // It answers once it has counted what there is.
    page.waitForResponse((response) => response.url().includes("/api/v1/signins/stream")),
    live.click(),
  ]);
  expect(stream.status()).toBe(200);
  await expect(live).toHaveAttribute("aria-pressed", "true");
  await importing("second.ndjson", [11, 12, 13]);
  const waiting = page.getByRole("button", { name: "3 new" });
  await expect(waiting).toBeVisible({ timeout: 15_000 });
  await expect(page.locator("tbody tr[id]")).toHaveCount(2);
  await waiting.click();
  await expect(page.locator("tbody tr[id]")).toHaveCount(5);
  await expect(page.locator("tbody tr.new")).toHaveCount(3);
  await expect(waiting).toBeHidden();
  await live.click();
  await expect(live).toHaveAttribute("aria-pressed", "false");
});

test("while others are read, the list says so, and only after a moment", async ({ page }) => {
  await open(page, signIns());
  await page.route("**/api/ui/sheet*", async (route) => {
    await new Promise((resolve) => setTimeout(resolve, 1_000));
    await route.continue();
  });
  const reading = page.locator(".reading");
  // The page takes the time itself: a test may come late.
  const waited_ms = page.locator("#main").evaluate(
    (main) =>
      new Promise<number>((resolve) => {
        let since = 0;
        new MutationObserver((changes) => {
          for (const { attributeName } of changes) {
            if (attributeName === "aria-busy") since ||= performance.now();
            if (attributeName === "data-waits") resolve(performance.now() - since);
          }
        }).observe(main, { attributeFilter: ["aria-busy", "data-waits"] });
      }),
  );
  await page.getByRole("columnheader", { name: "User", exact: true }).getByRole("link").click();
  expect(await waited_ms, "what comes at once needs no notice").toBeGreaterThan(250);
  await expect(reading).toBeVisible();
  await expect(reading).toContainText(/^Reading [\d,]+ sign-ins/);
  await expect(page.locator(".gridfoot")).toBeVisible();
  await expect(page.getByRole("columnheader", { name: "User", exact: true })).toHaveAttribute("aria-sort", "ascending");
  await expect(reading).toBeHidden();
});

test.describe("without scripts", () => {
  test.use({ javaScriptEnabled: false });

  test("the height of rows is chosen by a form, and nothing needs scripts", async ({ page, watch }) => {
    watch.allow(/vestibule\.[0-9a-f]+\.js csp$/);
    await page.goto(signIns());
    await expect(grid(page).getByRole("checkbox")).toHaveCount(0);
    await expect(page.getByRole("button", { name: "Live" })).toHaveCount(0);
    await page.getByRole("button", { name: "Roomy" }).click();
    await expect(page).toHaveURL(signIns());
    await expect(page.locator(".app")).toHaveAttribute("data-density", "roomy");
  });
});
