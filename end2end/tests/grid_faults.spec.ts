/** Faults that were found in the grid, each by its name: choosing, copying, far rows, and what stays in memory. */
import type { Page } from "@playwright/test";
import { expect, open, pane, row, rowIds, searchLine, signIns, test } from "../support";

/** All rows of the demo tenant that are interactive: more than fit into the document. */
const ALL = "from=";

const grid = (page: Page) => page.getByRole("grid", { name: "Sign-ins" });
const chosen = (page: Page) => page.getByRole("group", { name: "Chosen rows" });
const choose = async (page: Page, ids: (string | undefined)[]) => {
  for (const id of ids) await row(page, String(id)).getByRole("checkbox").check();
};
const isOpened = async (page: Page, id: string | undefined) => {
  await row(page, String(id)).locator("a[data-noscroll]").click();
  await expect(pane(page)).toContainText(String(id));
};

/** Goes to the last row by keyboard, and gives its number in the grid. */
async function toTheEnd(page: Page): Promise<number> {
  const last = Number(await grid(page).getAttribute("aria-rowcount"));
  await grid(page).locator("tbody td").nth(1).focus();
  await page.keyboard.press("Control+End");
  await expect(page.locator(`tr[aria-rowindex="${last}"]:focus-within`)).toBeAttached();
  return last;
}

test("rows that were chosen stay so when a form had led to the list", async ({ page }) => {
  await open(page, signIns());
  await searchLine(page).fill("application:contains:o");
  await searchLine(page).press("Enter");
  await expect(page).toHaveURL(signIns("f=application:contains:o"));
  const ids = await rowIds(page);
  await choose(page, ids.slice(0, 2));
  await expect(chosen(page)).toContainText("2 chosen");
  await isOpened(page, ids[3]);
  await expect(chosen(page)).toContainText("2 chosen");
});

test("rows that were chosen stay so when a column is made wider", async ({ page }) => {
  await open(page, signIns());
  const ids = await rowIds(page);
  await choose(page, ids.slice(0, 2));
  await page.getByRole("columnheader", { name: "User", exact: true }).getByRole("link").focus();
  await page.keyboard.press("Alt+ArrowRight");
  await expect(page).toHaveURL(/widths=user:/);
  await isOpened(page, ids[3]);
  // Only what was written since knows the widths.
  await pane(page).getByRole("tab", { name: "Location" }).click();
  await expect(page).toHaveURL(/widths=user:.*&pane=location/);
  await expect(pane(page).getByRole("tab", { name: "Location" })).toHaveAttribute("aria-selected", "true");
  await expect(chosen(page)).toContainText("2 chosen");
});

test("choosing over a long stretch looks at the rows in the document alone", async ({ page }) => {
  await open(page, `/sign-ins?${ALL}`);
  await choose(page, (await rowIds(page)).slice(0, 1));
  const last = await toTheEnd(page);
  expect(last).toBeGreaterThan(20_000);
  await page.evaluate(() => {
    const find = Element.prototype.querySelector;
    const counted = { looks: 0 };
    Element.prototype.querySelector = function (selector: string) {
      counted.looks += 1;
      return find.call(this, selector);
    };
    Object.assign(window, { counted });
  });
  await page.locator(`tr[aria-rowindex="${last}"]`).getByRole("checkbox").click({ modifiers: ["Shift"] });
  await expect(page.locator(".toast").last()).toContainText("Only the rows that are loaded were chosen.");
  await expect(page.locator(`tr[aria-rowindex="${last}"]`).getByRole("checkbox")).toBeChecked();
  const looks = await page.evaluate(() => (window as unknown as { counted: { looks: number } }).counted.looks);
  expect(looks).toBeLessThan(10_000);
});

test("what the browser does not copy is not said to be copied", async ({ page }) => {
  await page.addInitScript(() => {
    Clipboard.prototype.writeText = () => Promise.reject(new DOMException("no", "NotAllowedError"));
  });
  await open(page, signIns());
  await grid(page).locator("tbody td").nth(2).click();
  await page.keyboard.press("Control+c");
  await expect(page.locator(".toast.problem")).toContainText("Nothing was copied");
  await expect(page.locator(".toast")).toHaveCount(1);
});

test("the focus on a far row makes the scroll bar no longer", async ({ page }) => {
  // More rows than a browser scrolls through, which the demo tenant does not have.
  const total = 2_000_000;
  const pretended = (markup: string) => markup.replace(/(data-total|aria-rowcount)="\d+"/g, (_, name: string) =>
    `${name}="${name === "data-total" ? total : total + 1}"`,
  );
  await page.route(/\/sign-ins\?/, async (route) => {
    if (!route.request().isNavigationRequest()) return route.continue();
    const response = await route.fetch();
    return route.fulfill({ response, body: pretended(await response.text()) });
  });
  await page.route(/\/api\/ui\/part\/rows/, async (route) => {
    const asked = new URL(route.request().url());
    const before = Number(asked.searchParams.get("from_row"));
    asked.searchParams.set("from_row", "0");
    const response = await route.fetch({ url: asked.href });
    const body = pretended(await response.text())
      .replace(/ id="row-/g, ` id="row-${before}-`)
      .replace(/aria-rowindex="(\d+)"/g, (_, number: string) => `aria-rowindex="${Number(number) + before}"`);
    return route.fulfill({ response, body });
  });
  await open(page, `/sign-ins?${ALL}`);
  const box = page.locator(".gridscroll");
  const height = () => box.evaluate((element) => element.scrollHeight);
  const before = await height();
  expect(before).toBeLessThan(12_100_000);
  const last = await toTheEnd(page);
  await box.evaluate((element) => {
    element.scrollTop = 0;
  });
  await expect(page.locator('tr[aria-rowindex="2"]')).toBeInViewport();
  await expect(page.locator(`tr[aria-rowindex="${last}"]:focus-within`)).toBeAttached();
  expect(Math.abs((await height()) - before)).toBeLessThan(10);
});

test("that the list has changed stays said when a row is opened", async ({ page }) => {
  await open(page, `/sign-ins?${ALL}`);
  const ids = await rowIds(page);
  await page.route(/\/api\/ui\/part\/rows/, async (route) => {
    const response = await route.fetch();
    const body = (await response.text()).replace(/data-total="\d+"/, 'data-total="7"');
    return route.fulfill({ response, body });
  });
  await page.locator(".gridscroll").evaluate((element) => {
    element.scrollTop = 30_000;
  });
  const changed = page.getByRole("button", { name: "The list has changed. Show it anew" });
  await expect(changed).toBeVisible();
  await page.locator(".gridscroll").evaluate((element) => {
    element.scrollTop = 0;
  });
  await isOpened(page, ids[3]);
  await expect(changed).toBeVisible();
  await page.unroute(/\/api\/ui\/part\/rows/);
  await page.keyboard.press("Escape");
  await expect(pane(page)).toHaveCount(0);
  await changed.click();
  await expect(changed).toBeHidden();
});

test("cells that the pointer passed over are let go with their rows", async ({ page }) => {
  await open(page, signIns());
  await page.evaluate(() => {
    const cells = [...document.querySelectorAll("table.grid tbody td:nth-child(4)")].slice(0, 12);
    Object.assign(window, { passed: cells.map((cell) => new WeakRef(cell)) });
  });
  const first = await grid(page).locator("tbody td:nth-child(4)").first().boundingBox();
  for (let index = 0; index < 12; index += 1) {
    await page.mouse.move(Number(first?.x) + 20, Number(first?.y) + 10 + index * 28);
  }
  await page.getByRole("columnheader", { name: "User", exact: true }).getByRole("link").click();
  await expect(page.getByRole("columnheader", { name: "User", exact: true })).toHaveAttribute("aria-sort", "ascending");
  const browser = await page.context().newCDPSession(page);
  const held = async () => {
    await browser.send("HeapProfiler.collectGarbage");
    return page.evaluate(() => {
      const { passed } = window as unknown as { passed: WeakRef<Element>[] };
      return passed.filter((cell) => cell.deref()).length;
    });
  };
  await expect.poll(held).toBe(0);
});
