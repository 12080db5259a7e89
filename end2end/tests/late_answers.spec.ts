/** Answers that come late: what is wanted by then stands, and what nobody wants any more changes nothing. */
import type { Page } from "@playwright/test";
import { expect, open, openEditor, pane, row, rowIds, signIns, test } from "../support";

/** Something to wait for, and what makes it come. */
function moment() {
  let come = () => {};
  const wait = new Promise<void>((resolve) => (come = resolve));
  return { wait, come };
}

/** Holds the first answer of a kind until it is released; `asked` is when it was asked for. */
async function held(page: Page, pattern: RegExp) {
  const [asked, released] = [moment(), moment()];
  let isFirst = true;
  await page.route(pattern, async (route) => {
    if (isFirst) {
      isFirst = false;
      asked.come();
      await released.wait;
    }
    // It fails when nobody waits for the answer any more.
    await route.continue().catch(() => undefined);
  });
  return { asked: asked.wait, release: released.come };
}

/** Waits until the page abandons what it asked for. */
const abandoned = (page: Page, pattern: RegExp) =>
  page.waitForEvent("requestfailed", (request) => pattern.test(request.url()));

const header = (page: Page, label: string) => page.getByRole("columnheader", { name: label, exact: true });

/** Opens a row, whatever lies over it. */
const openRow = (page: Page, id: string) =>
  row(page, id).locator("a[data-noscroll]").evaluate((link: HTMLElement) => link.click());

test("a row that is opened while the list is read again does not leave it covered", async ({ page }) => {
  await open(page, signIns());
  const [, , third] = await rowIds(page);
  const asked: string[] = [];
  page.on("request", (request) => {
    if (request.url().includes("/api/ui/sheet")) asked.push(request.url());
  });
  const answer = await held(page, /\/api\/ui\/sheet/);
  await page.getByRole("link", { name: "Refresh" }).click();
  await answer.asked;
  await openRow(page, String(third));
  await expect(pane(page)).toContainText(String(third));
  await expect(page.locator("main[aria-busy=true]")).toHaveCount(0);
  await expect(page.locator(".reading")).toBeHidden();
  answer.release();
  expect(asked).toHaveLength(2);
  expect(asked[1], "the rows are read again").not.toContain("only=");
});

test("a list that is asked for while a row opens leaves nothing waiting", async ({ page }) => {
  await open(page, signIns());
  const [first] = await rowIds(page);
  const answer = await held(page, /\/api\/ui\/sheet/);
  await openRow(page, String(first));
  await answer.asked;
  await header(page, "User").getByRole("link").click();
  await expect(header(page, "User")).toHaveAttribute("aria-sort", "ascending");
  await expect(page.locator("main[aria-busy=true], [data-place][aria-busy=true]")).toHaveCount(0);
  answer.release();
});

test("a row that is on its way says so, and Escape calls it off", async ({ page }) => {
  await open(page, signIns());
  const before = page.url();
  const [first] = await rowIds(page);
  const answer = await held(page, /\/api\/ui\/sheet.*row%3D/);
  const ended = abandoned(page, /\/api\/ui\/sheet.*row%3D/);
  await row(page, String(first)).locator("a[data-noscroll]").press("Enter");
  await answer.asked;
  const bar = () => page.locator("main").evaluate((main) => getComputedStyle(main, "::after").content);
  await expect.poll(bar).not.toBe("none");
  await expect(page.locator("#said")).toHaveText("Reading");
  await page.keyboard.press("Escape");
  await ended;
  answer.release();
  await expect(page).toHaveURL(before);
  await expect(page.locator("[data-place][aria-busy=true]")).toHaveCount(0);
  expect(await bar()).toBe("none");
  await expect(pane(page)).toBeHidden();
  await expect(row(page, String(first)).locator("a[data-noscroll]")).toBeFocused();
});

test("a page that comes while somebody presses on a link does not eat the click", async ({ page }) => {
  await open(page, signIns());
  const answer = await held(page, /\/api\/ui\/sheet/);
  await page.getByRole("link", { name: "Refresh" }).click();
  await answer.asked;
  // Pressing asks for the other list ahead, whose answer nobody reads before the click.
  const came = page.waitForResponse((response) => /\/api\/ui\/sheet/.test(response.url()) && !response.url().includes("sort"));
  await header(page, "User").getByRole("link").hover();
  await page.mouse.down();
  answer.release();
  await (await came).finished();
  await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
  await page.mouse.up();
  await expect(header(page, "User")).toHaveAttribute("aria-sort", "ascending");
  await expect(page.locator("main[aria-busy=true]")).toHaveCount(0);
});

test("leaving for the import abandons what is on its way", async ({ page }) => {
  await open(page, signIns());
  const answer = await held(page, /\/api\/ui\/sheet/);
  await header(page, "User").getByRole("link").click();
  await answer.asked;
  const ended = abandoned(page, /\/api\/ui\/sheet/);
  await page.getByRole("toolbar", { name: "Commands" }).getByRole("link", { name: "Import" }).click();
  await ended;
  answer.release();
  await expect(page).toHaveURL("/import");
  await expect(page.getByLabel("Drop files to let them in")).toBeVisible();
});

test("widths that are kept late leave the address of another list alone", async ({ page }) => {
  await open(page, signIns());
  const answer = await held(page, /\/preferences\/columns/);
  await header(page, "User").getByRole("link").focus();
  await page.keyboard.press("Alt+ArrowRight");
  await answer.asked;
  const tabs = page.getByRole("navigation", { name: "Kinds of sign-in" });
  await tabs.getByRole("link", { name: /^Service principal/ }).click();
  await expect(page.getByRole("treegrid", { name: "Sign-ins" })).toBeVisible();
  const address = page.url();
  const answered = page.waitForResponse(/\/preferences\/columns/);
  answer.release();
  await (await answered).finished();
  // What the client makes of an answer is done with the next frames.
  await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
  await expect(page).toHaveURL(address);
});

test("widths that are kept late leave the row open that was opened meanwhile", async ({ page }) => {
  await open(page, signIns());
  const [first] = await rowIds(page);
  const answer = await held(page, /\/preferences\/columns/);
  await header(page, "User").getByRole("link").focus();
  await page.keyboard.press("Alt+ArrowRight");
  await answer.asked;
  await openRow(page, String(first));
  await expect(pane(page)).toContainText(String(first));
  answer.release();
  await expect(page).toHaveURL(/widths=user:\d+&row=/);
  await expect(pane(page)).toContainText(String(first));
});

test("the menu of a row is about that row, also when that of another one comes later", async ({ page }) => {
  await open(page, signIns());
  const [first, second] = await rowIds(page);
  const ofFirst = new RegExp(`/api/ui/part/row_menu.*row=${first}`);
  const answer = await held(page, ofFirst);
  const menuOf = (id: string) => row(page, id).getByRole("button", { name: /^Actions for/ });
  const menu = page.getByRole("menu", { name: "Actions" });
  const ended = abandoned(page, ofFirst);
  await menuOf(String(first)).click();
  await answer.asked;
  await expect(menu).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(menu).toBeHidden();
  await menuOf(String(second)).click();
  const opens = menu.getByRole("menuitem", { name: "Open", exact: true });
  await expect(opens).toHaveAttribute("href", new RegExp(`row=${second}`));
  answer.release();
  await ended;
  await expect(opens).toHaveAttribute("href", new RegExp(`row=${second}`));
});

test("the calendar shows the month that was asked for last", async ({ page }) => {
  await open(page, "/sign-ins?from=2026-11-18T00:00:00Z&to=2026-11-19T00:00:00Z");
  const editor = await openEditor(page, "Date");
  const calendar = editor.getByRole("grid", { name: "Calendar" });
  const day = (name: string) => calendar.getByRole("button", { name });
  await expect(day("Thursday 19 November 2026")).toBeVisible();
  const answer = await held(page, /\/api\/ui\/part\/calendar.*by=1mo/);
  const ended = abandoned(page, /\/api\/ui\/part\/calendar.*by=1mo/);
  await editor.getByRole("button", { name: "Month after" }).click();
  await answer.asked;
  await editor.getByRole("button", { name: "Month before" }).click();
  await expect(day("Thursday 15 October 2026")).toBeVisible();
  answer.release();
  await ended;
  await expect(day("Thursday 15 October 2026")).toBeVisible();
});

test("an editor that is opened while a list is read stays open, with what is written and chosen in it", async ({ page }) => {
  await open(page, signIns());
  const list = await held(page, /\/api\/ui\/sheet/);
  await header(page, "Application").getByRole("link").click();
  await list.asked;
  await page.getByRole("button", { name: "User: None" }).click();
  const editor = page.getByRole("dialog", { name: "User", exact: true });
  const finds = editor.locator("[data-finds]");
  await finds.fill("he");
  list.release();
  await expect(header(page, "Application")).toHaveAttribute("aria-sort", "ascending");
  await expect(editor).toBeVisible();
  await expect(finds).toHaveValue("he");
  await editor.getByRole("listbox").getByRole("option").first().click();
  await editor.getByRole("button", { name: "Apply" }).click();
  await expect.poll(() => new URL(page.url()).searchParams.getAll("f")).toHaveLength(1);
  // Applying it adds to what came, and closes it.
  await expect(header(page, "Application")).toHaveAttribute("aria-sort", "ascending");
  await expect(editor).toBeHidden();
});

test("what is written into the search line while a list is read stays there", async ({ page }) => {
  await open(page, signIns());
  const list = await held(page, /\/api\/ui\/sheet/);
  await header(page, "Application").getByRole("link").click();
  await list.asked;
  const line = page.getByLabel("Search these sign-ins");
  await line.pressSequentially("hegde");
  list.release();
  await expect(header(page, "Application")).toHaveAttribute("aria-sort", "ascending");
  await expect(line).toBeFocused();
  await line.pressSequentially(" mumbai");
  await expect(line).toHaveValue("hegde mumbai");
});

for (const command of ["Download", "Group", "Save view"]) {
  test(`${command} stays open while a list is read`, async ({ page }) => {
    await open(page, signIns());
    const list = await held(page, /\/api\/ui\/sheet/);
    await header(page, "Application").getByRole("link").click();
    await list.asked;
    await page.getByRole("toolbar", { name: "Commands" }).getByRole("button", { name: command, exact: true }).click();
    list.release();
    await expect(header(page, "Application")).toHaveAttribute("aria-sort", "ascending");
    await expect(page.locator("main:not([aria-busy])")).toHaveCount(1);
    await expect(page.locator("[data-toolbar] [popover]:popover-open")).toHaveCount(1);
  });
}
