/** Saved views and links: kept, opened with one click, changed, deleted and brought back, and shared. */
import type { Page } from "@playwright/test";
import { expect, expectAccessible, hydrated, open, openEditor, pane, rowIds, signIns, test } from "../support";

const QUESTION = signIns("f=status:in:failure", "sort=user", "cols=user,status,reason");

/** A name that no other test uses: all share one server. */
let number = 0;
const fresh = (name: string) => `${name} ${process.pid} ${Date.now() % 100_000} ${(number += 1)}`;

const button = (page: Page) => page.locator(".crumbs .view > button");

async function save(page: Page, name: string, isShared = false) {
  await command(page, "Save view");
  const form = page.getByRole("dialog", { name: "Save view" });
  await form.getByRole("textbox", { name: "Name" }).fill(name);
  if (isShared) {
    await form.getByRole("checkbox").check();
  }
  await form.getByRole("button", { name: "Save as new view" }).click();
  await expect(button(page)).toHaveText(name);
}

/** A command of the bar, wherever it has room. */
async function command(page: Page, name: string) {
  const found = page.getByRole("toolbar", { name: "Commands" }).getByRole("button", { name });
  await expect(found.or(page.getByRole("button", { name: "More", exact: true }))).not.toHaveCount(0);
  if (!(await found.isVisible())) await page.getByRole("button", { name: "More", exact: true }).click();
  await found.click();
}

async function list(page: Page) {
  await button(page).click();
  const views = page.getByRole("dialog", { name: "Saved views" });
  await expect(views).toBeVisible();
  return views;
}

test("a view is saved, left, and opened again with one click", async ({ page }) => {
  const name = fresh("Morning <b>check</b>");
  await open(page, QUESTION);
  const ids = await rowIds(page);
  await save(page, name);
  await expect(page).toHaveURL(/&view=[0-9a-f]{16}$/);
  const saved = page.url();
  // The view stays named when something else is asked for, and says that it was changed.
  await page.getByRole("columnheader", { name: "Status" }).getByRole("link").click();
  await expect(page.locator(".crumbs")).toContainText("edited");
  await open(page, signIns());
  await expect(button(page)).toHaveText("Views");
  const views = await list(page);
  await expectAccessible(page, ".crumbs");
  await views.getByRole("link", { name }).click();
  await expect(views).toBeHidden();
  await expect(page).toHaveURL(saved);
  await expect.poll(() => rowIds(page)).toEqual(ids);
  await expect(page.locator(".crumbs")).not.toContainText("edited");
});

test("changes are saved to the view that is open", async ({ page }) => {
  const name = fresh("Changing");
  await open(page, QUESTION);
  await save(page, name);
  await page.getByRole("columnheader", { name: "Status" }).getByRole("link").click();
  await expect(page.locator(".crumbs")).toContainText("edited");
  await command(page, "Save view");
  await page.getByRole("button", { name: `Save changes to ${name}` }).click();
  await expect(page.locator(".crumbs")).not.toContainText("edited");
  await open(page, signIns());
  await (await list(page)).getByRole("link", { name }).click();
  await expect(page).toHaveURL(/sort=status/);
});

test("a view is renamed, deleted and brought back", async ({ page }) => {
  const [name, other] = [fresh("First"), fresh("Second")];
  await open(page, QUESTION);
  await save(page, name);
  let views = await list(page);
  await views.getByLabel(`Rename or delete ${name}`).click();
  await views.getByRole("textbox", { name: "Name" }).fill(other);
  await views.getByRole("button", { name: "Rename" }).click();
  await expect(button(page)).toHaveText(other);
  views = await list(page);
  await views.getByLabel(`Rename or delete ${other}`).click();
  await views.getByRole("button", { name: "Delete" }).click();
  await expect(page.locator(".crumbs")).toContainText(`${other} was deleted.`);
  await expect(button(page)).toHaveText("Views");
  await page.getByRole("button", { name: "Undo" }).click();
  await expect(page.locator(".crumbs")).not.toContainText("was deleted");
  await expect((await list(page)).getByRole("link", { name: other })).toBeVisible();
});

test("a view is renamed and deleted over a search with an apostrophe", async ({ page }) => {
  const [name, other] = [fresh("First"), fresh("Second")];
  await open(page, signIns("q=O'Brien"));
  await save(page, name);
  let views = await list(page);
  await views.getByLabel(`Rename or delete ${name}`).click();
  await views.getByRole("textbox", { name: "Name" }).fill(other);
  await views.getByRole("button", { name: "Rename" }).click();
  await expect(button(page)).toHaveText(other);
  views = await list(page);
  await views.getByLabel(`Rename or delete ${other}`).click();
  await views.getByRole("button", { name: "Delete" }).click();
  await expect(page.locator(".crumbs")).toContainText(`${other} was deleted.`);
  await expect((await list(page)).getByRole("link", { name: other })).toHaveCount(0);
});

test("a name that is taken is refused with words", async ({ page, watch }) => {
  watch.allow(/422/);
  const name = fresh("Taken");
  await open(page, QUESTION);
  await save(page, name);
  await command(page, "Save view");
  const form = page.getByRole("dialog", { name: "Save view" });
  await form.getByRole("textbox", { name: "Name" }).fill(name.toUpperCase());
  await form.getByRole("button", { name: "Save as new view" }).click();
  await expect(page.getByRole("alert")).toHaveText("You have a view with this name already.");
});

test("shared views are seen by everybody, personal ones by nobody else", async ({ page, browser, baseURL }) => {
  const [personal, shared] = [fresh("Personal"), fresh("Shared")];
  await open(page, QUESTION);
  await save(page, personal);
  await save(page, shared, true);
  const context = await browser.newContext({ baseURL });
  const other = await context.newPage();
  await other.goto(signIns());
  await hydrated(other);
  const views = await list(other);
  await expect(views.getByRole("link", { name: personal })).toHaveCount(0);
  await expect(views.getByLabel(`Rename or delete ${shared}`)).toHaveCount(0);
  await views.getByRole("link", { name: shared }).click();
  await expect(other).toHaveURL(/sort=user/);
  await context.close();
});

test("the reader is known by a cookie that scripts cannot read", async ({ page, context }) => {
  await open(page, QUESTION);
  await save(page, fresh("Cookie"));
  const cookie = (await context.cookies()).find(({ name }) => name === "vestibule_reader");
  expect(cookie).toMatchObject({ httpOnly: true, sameSite: "Lax" });
});

test("a link restores everything, in another browser too", async ({ page, browser, baseURL }) => {
  await open(page, QUESTION);
  const [, second] = await rowIds(page);
  await page.locator(`[id="row-${second}"]`).getByRole("link").first().click();
  await expect(pane(page)).toBeVisible();
  await command(page, "Share");
  const share = page.getByRole("dialog", { name: "Share this view" });
  await expect(share.getByRole("textbox", { name: "Link" })).toHaveValue(new RegExp(`row=${second}`));
  const link = await share.getByRole("textbox", { name: "Link" }).inputValue();
  await expectAccessible(page, "#share");
  await share.getByRole("button", { name: "Make a short link" }).click();
  const short = share.getByRole("textbox", { name: "Short link" });
  await expect(short).toHaveValue(/\/v\/[0-9a-f]{10}$/);
  for (const address of [link, await short.inputValue()]) {
    const context = await browser.newContext({ baseURL });
    const other = await context.newPage();
    // What the other reader's browser remembers does not count.
    await context.addCookies([
      { name: "vestibule_grid_interactive", value: "cols=date&widths=user:400,date:400", url: String(baseURL) },
    ]);
    await other.goto(address);
    await hydrated(other);
    await expect(other.locator(".flyout")).toContainText(String(second));
    expect(await rowIds(other)).toEqual(await rowIds(page));
    const widths = (of: Page) => of.locator("table.grid col").evaluateAll((columns) => columns.map((column) => column.getAttribute("width")));
    expect(await widths(other)).toEqual(await widths(page));
    await context.close();
  }
});

for (const [what, address, sent] of [
  ["groups, their order, a paused filter and the time zone", signIns("f=~user:contains:a", "group=application,status", "order=-rate"), ""],
  ["lines of an hour, the time zone and the tab of the pane", signIns("tab=noninteractive", "every=1h"), "&pane=location"],
] as const) {
  test(`a link restores ${what}`, async ({ browser, baseURL }) => {
    const opened = async (timezoneId: string) => {
      const context = await browser.newContext({ baseURL, timezoneId });
      return { context, page: await context.newPage() };
    };
    const here = await opened("Europe/Oslo");
    await here.page.goto(address);
    await hydrated(here.page);
    if (sent) {
      const [first] = await rowIds(here.page);
      await here.page.goto(`${address}&row=${first}${sent}`);
      await hydrated(here.page);
    }
    await command(here.page, "Share");
    const field = here.page.getByRole("dialog", { name: "Share this view" }).getByRole("textbox", { name: "Link", exact: true });
    // The open row comes into it a moment after the menu has opened.
    await expect(field).toHaveValue(sent ? /&row=/ : /tz=/);
    const link = await field.inputValue();
    expect(new URL(link).searchParams.get("tz")).toBe("Europe/Oslo");
    await here.page.keyboard.press("Escape");
    const there = await opened("America/New_York");
    await there.page.goto(link);
    await hydrated(there.page);
    const shown = async (page: Page) => ({
      table: await page.locator("table.grid tbody tr[id], table.groups tbody tr").allInnerTexts(),
      order: await page.locator("th[aria-sort]").allInnerTexts(),
      pills: await page.locator(".pill.paused").allInnerTexts(),
      folding: await page.locator(".foldbar [aria-current]").allInnerTexts(),
      panes: await page.getByRole("tab", { selected: true }).allInnerTexts(),
      pane: await page.locator(".flyout .sub").allInnerTexts(),
    });
    const restored = await shown(here.page);
    expect(restored.table.length).toBeGreaterThan(3);
    expect(await shown(there.page)).toEqual(restored);
    expect(sent ? [restored.folding, restored.panes] : restored.pills.length).toEqual(sent ? [["1 hour"], ["Location"]] : 1);
    await expect(there.page.locator(".gridfoot")).toContainText("Times in Europe/Oslo");
    // Whoever gets the link can go back to the own zone.
    await (await openEditor(there.page, "Date")).getByRole("link", { name: "America/New_York" }).click();
    await expect(there.page.locator(".gridfoot")).toContainText("Times in America/New_York");
    await here.context.close();
    await there.context.close();
  });
}

test("a range that moves has a link that does not", async ({ page }) => {
  await open(page, "/sign-ins?range=7d");
  await command(page, "Share");
  const share = page.getByRole("dialog", { name: "Share this view" });
  await expect(share.getByRole("textbox", { name: "Link", exact: true })).toHaveValue(/range=7d/);
  await expect(share.getByRole("textbox", { name: "Link to exactly this time" })).toHaveValue(/from=20.*&to=20/);
});

test("a short link that is none says so", async ({ page, watch }) => {
  watch.allow(/404/);
  await page.goto("/v/0000000000");
  await expect(page.getByRole("heading", { name: "This short link leads nowhere" })).toBeVisible();
});

test.describe("without scripts", () => {
  test.use({ javaScriptEnabled: false });
  test.beforeEach(({ watch }) => watch.allow(/vestibule\.[0-9a-f]+\.js csp$/));

  test("views are saved, opened, deleted and brought back", async ({ page }) => {
    const name = fresh("Plain");
    await page.goto(QUESTION);
    await save(page, name);
    await page.goto(signIns());
    await (await list(page)).getByRole("link", { name }).click();
    await expect(page).toHaveURL(/sort=user/);
    const views = await list(page);
    await views.getByLabel(`Rename or delete ${name}`).click();
    await views.getByRole("button", { name: "Delete" }).click();
    await page.getByRole("button", { name: "Undo" }).click();
    await expect((await list(page)).getByRole("link", { name })).toBeVisible();
  });

  test("the links are there", async ({ page }) => {
    await page.goto(QUESTION);
    await command(page, "Share");
    const link = await page.getByRole("textbox", { name: "Link" }).inputValue();
    expect(link).toContain("cols=user,status,reason");
    await page.goto(link);
    await expect(page.locator("table.grid thead th")).toHaveCount(3);
  });
});
