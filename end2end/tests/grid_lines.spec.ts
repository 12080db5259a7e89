/** Lines that stand for several sign-ins, as a grid of one Tab stop: keys, opening, choosing, copying and menus. */
import type { Page } from "@playwright/test";
import { apiRows, DAY, expect, open, pane, test } from "../support";

const tree = (page: Page) => page.getByRole("treegrid", { name: "Sign-ins" });

const copied = (page: Page) => page.evaluate(() => navigator.clipboard.readText());

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

const LINES = "tab=noninteractive";

/** As links write it: the rows then stay while a pane opens. */
const LIST = `/sign-ins?${LINES}&${DAY}`;

const level = (page: Page, number: 1 | 2) => tree(page).locator(`tbody tr[aria-level="${number}"]`);

/** Number of the row that has the focus, among all that are there, and column; the header is row 1. */
const at = (page: Page) =>
  page.evaluate(() => {
    const cell = document.activeElement?.closest("td, th");
    const line = cell?.closest("tr");
    const rows = [...document.querySelectorAll("table.grid tr")];
    return [line ? rows.indexOf(line) + 1 : 0, cell && line ? [...line.children].indexOf(cell) : -1];
  });

/** Number of the first line that has several sign-ins but fits into the view, and how many sign-ins it has. */
const several = async (page: Page) => {
  const numbers = await level(page, 1).evaluateAll((rows) =>
    rows.map((line) => Number((line.querySelectorAll("td")[1]?.textContent ?? "").replaceAll(",", "")) || 1),
  );
  const index = numbers.findIndex((number) => number > 1 && number <= 40);
  return { number: index + 2, sign_ins: numbers[index] ?? 0 };
};

/** Gives the focus to the number of the line in that row. */
const goTo = async (page: Page, number: number) => {
  await tree(page).locator("tbody td").nth(1).focus();
  for (let row = 2; row < number; row += 1) await page.keyboard.press("ArrowDown");
  expect(await at(page)).toEqual([number, 1]);
};

test.beforeEach(async ({ context }) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
});

test("lines are one Tab stop, with the keys of the grid", async ({ page }) => {
  await open(page, LIST);
  await expect(tree(page)).toBeVisible();
  const footer = await page.locator(".gridfoot").innerText();
  const lines = Number((footer.match(/in ([\d,]+) lines/)?.[1] ?? "").replaceAll(",", ""));
  await expect(tree(page)).toHaveAttribute("aria-rowcount", String(lines + 1));
  await expect(level(page, 1).nth(7)).toHaveAttribute("aria-rowindex", "9");
  await page.getByRole("button", { name: "Theme" }).focus();
  for (let step = 0; step < 150 && (await at(page))[0] === 0; step += 1) await page.keyboard.press("Tab");
  expect(await at(page)).toEqual([2, 1]);
  // The link to the lines that follow has them added when it comes near, and keeps the focus.
  await page.keyboard.press("Tab");
  await expect.poll(() => level(page, 1).count()).toBeGreaterThan(100);
  await expect(page.getByRole("link", { name: "Load 100 more" })).toBeFocused();
  await page.keyboard.press("Shift+Tab");
  expect(await at(page)).toEqual([2, 1]);
  const steps = [
    ["ArrowDown", [3, 1]],
    ["End", [3, 9]],
    ["Home", [3, 0]],
    ["ArrowUp", [2, 0]],
    ["ArrowUp", [1, 0]],
    ["Control+Home", [2, 0]],
  ] as const;
  for (const [key, expected] of steps) {
    await page.keyboard.press(key);
    expect(await at(page), key).toEqual(expected);
    expect(await focusIsSeen(page), key).toBe(true);
  }
  await page.keyboard.press("PageDown");
  expect((await at(page))[0]).toBeGreaterThan(7);
  expect(await focusIsSeen(page)).toBe(true);
  await page.keyboard.press("PageUp");
  expect((await at(page))[0]).toBe(2);
  const before = await level(page, 1).count();
  await page.keyboard.press("Control+End");
  expect((await at(page))[0]).toBe(before + 1);
  // The lines that follow come by themselves, have numbers, and are no stops of their own.
  await expect.poll(() => level(page, 1).count()).toBeGreaterThan(before);
  await expect(level(page, 1).nth(before)).toHaveAttribute("aria-rowindex", String(before + 2));
  await expect(tree(page).locator('a:not([tabindex="-1"]), button:not([tabindex="-1"])')).toHaveCount(0);
  await expect(tree(page).locator('[tabindex="0"]')).toHaveCount(1);
  await page.keyboard.press("ArrowDown");
  expect((await at(page))[0]).toBe(before + 2);
});

test("lines open and close with arrows on their number, and Enter opens a pane", async ({ page }) => {
  await open(page, LIST);
  const { number, sign_ins } = await several(page);
  await goTo(page, number);
  const line = level(page, 1).nth(number - 2);
  await page.keyboard.press("ArrowRight");
  await expect(level(page, 2)).toHaveCount(sign_ins);
  await expect(line).toHaveAttribute("aria-expanded", "true");
  expect(await at(page)).toEqual([number, 1]);
  await expect(tree(page).locator('[tabindex="0"]')).toHaveCount(1);
  await expect(tree(page).locator('a:not([tabindex="-1"]), button:not([tabindex="-1"])')).toHaveCount(0);
  // From an open line on, arrows go from cell to cell.
  await page.keyboard.press("ArrowRight");
  expect(await at(page)).toEqual([number, 2]);
  await page.keyboard.press("ArrowDown");
  expect(await at(page)).toEqual([number + 1, 2]);
  await page.keyboard.press("Enter");
  const id = (await level(page, 2).first().getAttribute("id"))?.replace(/^row-/, "") ?? "";
  await expect(pane(page)).toContainText(id);
  await page.keyboard.press("Escape");
  await expect(pane(page)).toHaveCount(0);
  expect((await at(page))[0]).toBe(number + 1);
  await page.keyboard.press("ArrowUp");
  await page.keyboard.press("Home");
  await page.keyboard.press("ArrowRight");
  expect(await at(page)).toEqual([number, 1]);
  await page.keyboard.press("ArrowLeft");
  await expect(level(page, 2)).toHaveCount(0);
  await page.keyboard.press("ArrowLeft");
  expect(await at(page)).toEqual([number, 0]);
  // Enter does the same in the number, and opens the pane of the newest sign-in elsewhere; o does so anywhere.
  await page.keyboard.press("ArrowRight");
  await page.keyboard.press("Enter");
  await expect(level(page, 2)).toHaveCount(sign_ins);
  await page.keyboard.press("Enter");
  await expect(level(page, 2)).toHaveCount(0);
  await page.keyboard.press("o");
  await expect(pane(page)).toContainText(id);
});

test("lines and their sign-ins are chosen, copied, and have menus", async ({ page, request }) => {
  await open(page, LIST);
  const { number, sign_ins } = await several(page);
  await goTo(page, number);
  const commands = page.getByRole("group", { name: "Chosen rows" });
  await page.keyboard.press("Space");
  await expect(commands).toContainText("1 chosen");
  const line = level(page, 1).nth(number - 2);
  await expect(line.getByRole("checkbox")).toBeChecked();
  const id = (await line.getAttribute("id"))?.replace(/^row-/, "") ?? "";
  const [newest] = await apiRows(request, `${DAY}&${LINES}&cols=date,user,application&f=request_id:eq:${id}`);
  // The box of an open line and that of its newest sign-in are one.
  await page.keyboard.press("ArrowRight");
  await expect(level(page, 2)).toHaveCount(sign_ins);
  await expect(level(page, 2).first().getByRole("checkbox")).toBeChecked();
  await line.getByRole("checkbox").uncheck();
  await expect(level(page, 2).first().getByRole("checkbox")).not.toBeChecked();
  await expect(commands).not.toContainText("chosen");
  await line.locator("td").nth(3).click();
  await page.keyboard.press("Control+c");
  await expect.poll(() => copied(page)).toBe(String(newest?.user));
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Space");
  await expect(line.getByRole("checkbox")).toBeChecked();
  await page.keyboard.press("Shift+ArrowDown");
  await expect(commands).toContainText("2 chosen");
  await page.keyboard.press("Home");
  await page.keyboard.press("Control+c");
  await expect.poll(async () => (await copied(page)).split("\n").length).toBe(3);
  expect((await copied(page)).split("\t").slice(0, 2)).toEqual(["# sign-ins", "Date"]);
  await page.keyboard.press("Escape");
  await expect(commands).not.toContainText("chosen");
  // The menu of the open line, with the verbs for the cell.
  const labels = await page.getByRole("columnheader").allInnerTexts();
  const column = labels.findIndex((label) => label.trim() === "Application") + 1;
  await line.locator("td").nth(column).click();
  await page.keyboard.press("Shift+F10");
  const menu = page.getByRole("menu", { name: "Actions" });
  await expect(menu.getByRole("menuitem", { name: `Only Application: ${newest?.application}` })).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(menu).toBeHidden();
  await line.getByRole("button", { name: /^Actions for/ }).click();
  await menu.getByRole("menuitem", { name: "Copy link" }).click();
  await expect.poll(() => copied(page)).toContain(`row=${id}`);
  // The shortcut is about that cell, too.
  await line.locator("td").nth(column).click();
  await page.keyboard.press("x");
  await expect(page).toHaveURL(/f=application:eq:/);
  expect(new URL(page.url()).searchParams.get("f")).toBe(`application:eq:${newest?.application}`);
});
