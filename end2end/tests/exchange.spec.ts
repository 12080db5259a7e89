/** How one page takes the place of another: what is asked for, in which order it is put, and who has the focus then. */
import type { Page } from "@playwright/test";
import { DAY, expect, open, row, rowIds, signIns, test } from "../support";

/** Addresses of the sheets that the page asks for. */
function sheets(page: Page): string[] {
  const asked: string[] = [];
  page.on("request", (request) => {
    const url = new URL(request.url());
    if (url.pathname === "/api/ui/sheet") asked.push(url.searchParams.get("address") ?? "");
  });
  return asked;
}

const header = (page: Page, label: string) => page.getByRole("columnheader", { name: label, exact: true });
const settled = (page: Page) => expect(page.locator("main:not([aria-busy])")).toHaveCount(1);

test("a click asks for one page, and for it as soon as it is pressed", async ({ page }) => {
  await open(page, signIns());
  const asked = sheets(page);
  const link = header(page, "User").getByRole("link");
  await link.hover();
  await page.mouse.down();
  await expect.poll(() => asked).toHaveLength(1);
  await page.mouse.up();
  await expect(header(page, "User")).toHaveAttribute("aria-sort", "ascending");
  await settled(page);
  expect(asked).toHaveLength(1);
  // An editor sends its form, which is asked for once as well.
  await page.getByRole("button", { name: "Status: None" }).click();
  const editor = page.getByRole("dialog", { name: "Status" });
  await editor.getByRole("option", { name: "Failure" }).click();
  await editor.getByRole("button", { name: "Apply" }).click();
  await expect(page.locator("#pill-status")).toContainText("Failure");
  await settled(page);
  expect(asked).toHaveLength(2);
  await expect(page.locator("#pill-status")).toBeFocused();
  await expect(page.locator(":popover-open")).toHaveCount(0);
});

test("a value that is ticked asks for its page, which applying it takes over", async ({ page }) => {
  await open(page, signIns());
  await page.getByRole("button", { name: "Status: None" }).click();
  const editor = page.getByRole("dialog", { name: "Status" });
  await expect(editor.getByRole("option", { name: "Failure" })).toBeVisible();
  const asked = sheets(page);
  await editor.getByRole("option", { name: "Failure" }).click();
  await expect.poll(() => asked).toHaveLength(1);
  // Longer than a click may take to come: what was asked for is kept nevertheless.
  await page.waitForTimeout(300);
  await editor.getByRole("button", { name: "Apply" }).click();
  await expect(page.locator("#pill-status")).toContainText("Failure");
  await settled(page);
  expect(asked).toHaveLength(1);
});

test("an editor that is opened before what stands in it has come has it nevertheless", async ({ page }) => {
  await open(page, signIns());
  // Opened from within the change itself, before anything can be painted.
  await page.evaluate(() => {
    new MutationObserver((_, observer) => {
      const added = document.querySelector<HTMLElement>("#edit-date[data-closed]:empty");
      if (!added) return;
      observer.disconnect();
      document.body.dataset.seen = "empty";
      added.showPopover();
    }).observe(document.querySelector("[data-place=filters]")!, { childList: true, subtree: true });
  });
  await page.locator("[data-place=rail] details[open] .topvals a.t").first().click();
  await expect(page.locator("body")).toHaveAttribute("data-seen", "empty");
  const editor = page.getByRole("dialog", { name: "Date" });
  await expect(editor.getByLabel("From")).toBeFocused();
  await expect(editor.getByRole("button", { name: "Apply" })).toBeVisible();
  for (const closed of ["#edit-line", "#add-filter"]) {
    await expect(page.locator(closed).locator("form")).toHaveCount(1);
  }
});

test("who presses, moves away and comes back later gets what is true then", async ({ page }) => {
  await open(page, signIns());
  const asked = sheets(page);
  const link = header(page, "User").getByRole("link");
  await link.hover();
  await page.mouse.down();
  await page.mouse.move(5, 5);
  await page.mouse.up();
  await page.waitForTimeout(200);
  await link.click();
  await expect(header(page, "User")).toHaveAttribute("aria-sort", "ascending");
  expect(asked).toHaveLength(2);
});

test("a request that failed when something was pressed is made once more for the click", async ({ page, watch }) => {
  watch.allow(/ERR_FAILED/);
  await open(page, signIns());
  let requests = 0;
  await page.route("**/api/ui/sheet*", async (route) => {
    requests += 1;
    await (requests === 1 ? route.abort() : route.continue());
  });
  await header(page, "User").getByRole("link").click();
  await expect(header(page, "User")).toHaveAttribute("aria-sort", "ascending");
  expect(requests).toBe(2);
});

test("what opens in place asks for no page when it is pressed", async ({ page }) => {
  await open(page, signIns("tab=noninteractive"));
  const asked = sheets(page);
  await page.locator("a.expander").first().click();
  await expect(page.locator("tr[aria-level='2']").first()).toBeVisible();
  await page.getByRole("link", { name: "Columns" }).click();
  await expect(page.locator("form.columns")).toBeVisible();
  expect(asked).toEqual([]);
});

test("the focus stays in a row far down when the list is another one", async ({ page }) => {
  await open(page, signIns());
  const id = String((await rowIds(page))[29]);
  const cell = row(page, id).locator("td").nth(3);
  await cell.click();
  await expect(cell).toBeFocused();
  await page.keyboard.press("w");
  await expect.poll(() => new URL(page.url()).searchParams.getAll("f")).toHaveLength(1);
  await settled(page);
  const at = () => page.evaluate(() => Number(document.activeElement?.closest("tr")?.getAttribute("aria-rowindex")));
  await expect.poll(at).toBeGreaterThan(28);
  const before = await at();
  await page.keyboard.press("ArrowDown");
  // The header is the first row.
  await expect.poll(at).toBe(before + 1);
});

test("a folded list reads on only when its end comes near", async ({ page }) => {
  await open(page, signIns("tab=noninteractive"));
  const asked = sheets(page);
  await page.locator("[data-place=rail] details[open] .topvals a.t").first().click();
  await settled(page);
  await page.waitForTimeout(300);
  expect(asked).toHaveLength(1);
});

for (const density of ["Compact", "Roomy"]) {
  test(`rows are as high as they are after a list without any: ${density}`, async ({ page }) => {
    await open(page, `/sign-ins?${DAY}&f=city:in:Nowhere`);
    await page.getByRole("button", { name: density }).click();
    await page.locator(".pill", { hasText: "City" }).locator("a.x").click();
    await settled(page);
    await expect(page.locator("table.grid[data-paged]")).toBeVisible();
    const height = await page.locator("table.grid tbody tr[id]").first().evaluate((line) => line.getBoundingClientRect().height);
    const total = Number(await page.locator("table.grid").getAttribute("data-total"));
    const rows = await page.locator("table.grid").evaluate((table) => [...table.querySelectorAll("tbody")].reduce((sum, body) => sum + body.getBoundingClientRect().height, 0));
    expect(Math.abs(rows - total * height)).toBeLessThan(total * 0.1);
  });
}

test("closing the columns gives the focus back where the bar is short", async ({ page }) => {
  await page.setViewportSize({ width: 1024, height: 800 });
  await open(page, signIns());
  await page.getByRole("link", { name: "Columns" }).click();
  await expect(page.locator("form.columns")).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(page.locator("form.columns")).toHaveCount(0);
  await expect(page.locator("[data-opens-columns]")).toBeFocused();
});

test("who chooses a group within the menu of commands is at that menu afterwards", async ({ page }) => {
  await page.setViewportSize({ width: 400, height: 900 });
  await open(page, signIns());
  const more = page.getByRole("toolbar", { name: "Commands" }).getByRole("button", { name: "More", exact: true });
  await more.click();
  await page.locator("#more-commands").getByRole("button", { name: "Group" }).click();
  await page.locator("#group-menu").getByRole("link", { name: "Application", exact: true }).click();
  await expect.poll(() => new URL(page.url()).searchParams.get("group")).toBe("application");
  await settled(page);
  await expect(more).toBeFocused();
});

test("the focus stays in a field whose value was clicked while fields are looked for", async ({ page }) => {
  await open(page, signIns());
  const rail = page.locator(".fieldrail");
  await rail.getByRole("searchbox", { name: "Find a field" }).fill("status");
  await rail.locator("[data-place=rail] details:not([hidden]) > summary").click();
  await rail.locator("[data-place=rail] details:not([hidden]) .topvals li:nth-child(3) a.t").click();
  await settled(page);
  await page.waitForTimeout(200);
  const isThere = () => page.evaluate(() => document.activeElement?.closest("[data-found-by]:not([hidden])") !== null);
  expect(await isThere()).toBe(true);
});

test("the focus stays on what was used, wherever fresh markup has it", async ({ page }) => {
  await open(page, signIns());
  const active = () => page.evaluate(() => {
    const element = document.activeElement;
    return element?.getAttribute("aria-label") ?? element?.textContent?.trim() ?? "";
  });
  for (const sorted of ["ascending", "descending"]) {
    await header(page, "User").getByRole("link").focus();
    await page.keyboard.press("Enter");
    await expect(header(page, "User")).toHaveAttribute("aria-sort", sorted);
    await settled(page);
    expect(await active()).toBe("User");
  }
  await page.getByRole("button", { name: "Hide fields" }).focus();
  await page.keyboard.press("Enter");
  await expect(page.locator(".fieldrail")).toBeHidden();
  await settled(page);
  expect(await active()).toBe("Fields");
  await page.getByRole("link", { name: "Columns" }).click();
  await page.locator("form.columns").getByRole("button", { name: "Save" }).click();
  await expect(page.locator("form.columns")).toHaveCount(0);
  await settled(page);
  expect(await active()).toBe("Columns");
});

test("a pane that comes late leaves who writes elsewhere alone", async ({ page }) => {
  await open(page, signIns());
  await page.route("**/api/ui/sheet*", async (route) => {
    await new Promise((resolve) => setTimeout(resolve, 1000));
    await route.continue();
  });
  await page.locator("table.grid tbody tr").nth(2).locator("a").first().click();
  await page.getByRole("button", { name: "User: None" }).click();
  const editor = page.getByRole("dialog", { name: "User", exact: true });
  await editor.getByRole("textbox").first().focus();
  await page.keyboard.type("hegde", { delay: 20 });
  await expect(page.locator(".flyout[data-row]")).toBeVisible();
  await page.keyboard.type(" hegde", { delay: 20 });
  expect(await page.evaluate(() => (document.activeElement as HTMLInputElement).value)).toContain("hegde");
  await expect(editor).toBeVisible();
});

test("what opens to be written in has the focus", async ({ page }) => {
  await open(page, signIns());
  for (const [button, field] of [["Edit as text", "textarea"], ["Group", "input"]] as const) {
    await page.getByRole("button", { name: button, exact: true }).focus();
    await page.keyboard.press("Enter");
    await expect(page.locator(`:popover-open ${field}`)).toBeFocused();
    await page.keyboard.press("Escape");
  }
});

test("a click while a page is on its way adds to what that is about", async ({ page }) => {
  await open(page, signIns());
  await page.route("**/api/ui/sheet*", async (route) => {
    await new Promise((resolve) => setTimeout(resolve, 700));
    await route.continue().catch(() => undefined);
  });
  const parameter = (name: string) => new URL(page.url()).searchParams.getAll(name);
  await page.locator("[data-place=rail] details[open] .topvals a.t").first().click();
  await expect.poll(() => parameter("f")).toHaveLength(1);
  const filter = parameter("f")[0];
  await header(page, "User").getByRole("link").click();
  await expect.poll(() => parameter("sort")).toEqual(["user"]);
  expect(parameter("f")).toEqual([filter]);
  await page.getByRole("navigation", { name: "Kinds of sign-in" }).getByRole("link", { name: /non-interactive/ }).click();
  await expect.poll(() => parameter("tab")).toEqual(["noninteractive"]);
  expect([parameter("f"), parameter("sort")]).toEqual([[filter], ["user"]]);
  await settled(page);
  // What is shown in the end is what the address says.
  await expect(page.locator(".pill:not(.unset):not(.add):not(.time)")).toHaveCount(1);
  await expect(header(page, "User")).toHaveAttribute("aria-sort", "ascending");
});
