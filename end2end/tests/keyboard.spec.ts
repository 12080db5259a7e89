/** The blade without a pointer. */
import type { Page } from "@playwright/test";
import { expect, open, pane, row, rowIds, signIns, test } from "../support";

/** Where the focus is, as the part of the page that holds it. */
const place = (page: Page) =>
  page.evaluate(() => {
    const element = document.activeElement;
    const parts = [".skip", ".topbar", ".sidenav", "main .crumbs", "main .tabs", ".cmdbar", ".filters", ".foldbar", ".histo", ".fieldrail", "thead", "tbody"];
    return parts.find((part) => element?.closest(part)) ?? element?.tagName ?? "nothing";
  });

test("the skip link comes first and leads past the frame", async ({ page }) => {
  await open(page, signIns());
  await page.keyboard.press("Tab");
  const skip = page.getByRole("link", { name: "Skip to content" });
  await expect(skip).toBeFocused();
  await expect(skip).toBeInViewport();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("main")).toBeFocused();
  await page.keyboard.press("Tab");
  expect(await place(page)).toBe("main .crumbs");
});

test("Tab goes through the page in the order it is read, into the rows", async ({ page }) => {
  await open(page, signIns());
  const places: string[] = [];
  for (let step = 0; step < 140 && places.at(-1) !== "tbody"; step += 1) {
    await page.keyboard.press("Tab");
    const here = await place(page);
    if (places.at(-1) !== here) {
      places.push(here);
    }
    const outline = await page.evaluate(() => {
      const element = document.activeElement;
      return element?.matches(":focus-visible") ?? false;
    });
    expect(outline, `the focus in ${here} is visible`).toBe(true);
  }
  // The grid is one stop, at a cell. The scrolling box itself may be one before it.
  expect(places.filter((here) => here !== "DIV")).toEqual([
    ".skip",
    ".topbar",
    ".sidenav",
    "main .crumbs",
    "main .tabs",
    ".cmdbar",
    ".filters",
    ".foldbar",
    ".histo",
    // The fields can be passed by.
    ".skip",
    ".fieldrail",
    "tbody",
  ]);
});

test("the fields are passed by, and the next stop is a row", async ({ page }) => {
  await open(page, signIns());
  await page.getByRole("button", { name: "Zoom out" }).or(page.getByRole("link", { name: "Zoom out" })).focus();
  const skip = page.getByRole("link", { name: "Skip the fields" });
  for (let step = 0; step < 10 && !(await skip.evaluate((link) => link === document.activeElement)); step += 1) {
    await page.keyboard.press("Tab");
  }
  await expect(skip).toBeInViewport({ ratio: 1 });
  await page.keyboard.press("Enter");
  await page.keyboard.press("Tab");
  expect(await place(page)).toBe("tbody");
});

test("an editor is opened, filled and applied", async ({ page }) => {
  await open(page, signIns());
  const pill = page.getByRole("button", { name: "Status: None" });
  await pill.focus();
  await page.keyboard.press("Enter");
  const editor = page.getByRole("dialog", { name: "Status" });
  await expect(editor).toBeVisible();
  await expect(editor.getByRole("listbox")).toBeVisible();
  await expect(editor.getByRole("textbox", { name: "Find a value" })).toBeFocused();
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("f");
  await expect(editor.getByRole("listbox").getByRole("option", { name: "Failure" })).toBeFocused();
  await page.keyboard.press("Space");
  await page.keyboard.press("Control+Enter");
  await expect(page).toHaveURL(signIns("f=status:in:failure"));
  await expect(editor).toBeHidden();
});

test("Escape closes an editor and leaves the focus on its pill", async ({ page }) => {
  await open(page, signIns());
  for (const [name, title] of [
    [/^Date:/, "Date"],
    ["User: None", "User"],
    ["Application: None", "Application"],
  ] as const) {
    const pill = page.getByRole("button", { name });
    await pill.focus();
    await page.keyboard.press("Enter");
    const editor = page.getByRole("dialog", { name: title });
    await expect(editor).toBeVisible();
    await page.keyboard.press("Tab");
    expect(await editor.evaluate((element) => element.contains(document.activeElement)), `focus within ${title}`).toBe(true);
    await page.keyboard.press("Escape");
    await expect(editor).toBeHidden();
    await expect(pill).toBeFocused();
  }
});

test("a row is opened, walked on from, and left", async ({ page }) => {
  await open(page, signIns());
  const ids = await rowIds(page);
  const link = (index: number) => row(page, String(ids[index])).getByRole("link");
  await link(0).focus();
  await page.keyboard.press("Enter");
  await expect(pane(page).getByRole("heading", { level: 2 })).toBeFocused();
  await page.keyboard.press("Alt+ArrowDown");
  await expect(row(page, String(ids[1]))).toHaveAttribute("aria-selected", "true");
  await expect(pane(page)).toContainText(String(ids[1]));
  await page.keyboard.press("Escape");
  await expect(pane(page)).toHaveCount(0);
  await expect(link(1)).toBeFocused();
});

test("Alt and the arrows go on in rows that were loaded since, and stop at the first row", async ({ page }) => {
  await open(page, signIns());
  await row(page, String((await rowIds(page))[99])).scrollIntoViewIfNeeded();
  await expect.poll(async () => (await rowIds(page)).length).toBeGreaterThanOrEqual(200);
  const ids = await rowIds(page);
  const isOpen = async (index: number) => {
    await expect(row(page, String(ids[index]))).toHaveAttribute("aria-selected", "true");
    await expect(page.locator("tr[aria-selected]")).toHaveCount(1);
  };
  await row(page, String(ids[99])).getByRole("link").click();
  await isOpen(99);
  await page.keyboard.press("Alt+ArrowDown");
  await isOpen(100);
  await page.keyboard.press("Alt+ArrowUp");
  await isOpen(99);
  await row(page, String(ids[0])).getByRole("link").click();
  await isOpen(0);
  const address = page.url();
  await page.keyboard.press("Alt+ArrowUp");
  await isOpen(0);
  expect(page.url()).toBe(address);
});

test("the theme is chosen", async ({ page }) => {
  await open(page, signIns());
  await page.getByRole("button", { name: "Theme" }).focus();
  await page.keyboard.press("Enter");
  await page.keyboard.press("Tab");
  await expect(page.getByRole("button", { name: "As the system" })).toBeFocused();
  await page.keyboard.press("Escape");
  await expect(page.getByRole("button", { name: "Theme" })).toBeFocused();
});

test("a sorted header is announced and keeps working from the keyboard", async ({ page }) => {
  await open(page, signIns());
  const header = page.getByRole("columnheader", { name: "Application" });
  await header.getByRole("link").focus();
  await page.keyboard.press("Enter");
  await expect(header).toHaveAttribute("aria-sort", "ascending");
  await expect(page).toHaveURL(signIns("sort=application"));
});
