/** Keyboard shortcuts, the command bar by keyboard, and the field that finds anything. */
import type { Page } from "@playwright/test";
import { expect, expectAccessible, open, pane, row, rowIds, signIns, test } from "../support";

const sheet = (page: Page) => page.getByRole("dialog", { name: "Keyboard shortcuts" });

test("? shows the keys, and they do what it says", async ({ page }) => {
  await open(page, signIns());
  const ids = await rowIds(page);
  await page.keyboard.press("?");
  await expect(sheet(page)).toBeVisible();
  await expect(sheet(page)).toContainText("Next row");
  await expectAccessible(page, "#shortcuts");
  await page.keyboard.press("Escape");
  await expect(sheet(page)).toBeHidden();
  await page.keyboard.press("j");
  await page.keyboard.press("j");
  await expect(row(page, String(ids[1])).locator(":focus")).toBeAttached();
  await page.keyboard.press("k");
  await expect(row(page, String(ids[0])).locator(":focus")).toBeAttached();
  await page.keyboard.press("o");
  await expect(pane(page)).toContainText(String(ids[0]));
  await page.keyboard.press("j");
  await expect(pane(page)).toContainText(String(ids[1]));
  await page.keyboard.press("Escape");
  await page.keyboard.press("c");
  await expect(page.getByRole("dialog", { name: "Columns" })).toBeVisible();
  await page.keyboard.press("Escape");
  await page.keyboard.press("g");
  await page.keyboard.press("/");
  await expect(page.locator("#find")).toBeFocused();
});

/** Row and column of the focus in the grid. */
const focus = (page: Page) =>
  page.evaluate(() => {
    const cell = document.activeElement?.closest("table.grid :is(td, th)");
    const line = cell?.closest("tr");
    return [Number(line?.getAttribute("aria-rowindex") ?? 0), cell ? [...(line?.children ?? [])].indexOf(cell) : -1];
  });

/** What each line of the sheet does, on a page of its own, in the order of the sheet. */
const EFFECTS: Record<string, (page: Page, ids: string[]) => Promise<void>> = {
  "g / Find a person, app, IP, ID or error": async (page) => {
    await page.keyboard.press("g");
    await page.keyboard.press("/");
    await expect(page.locator("#find")).toBeFocused();
  },
  "g , To the commands": async (page) => {
    await page.keyboard.press("g");
    await page.keyboard.press(",");
    await expect(page.getByRole("toolbar", { name: "Commands" }).locator(".cmd").first()).toBeFocused();
  },
  "g . To the top bar, from there to the navigation": async (page) => {
    await page.keyboard.press("g");
    await page.keyboard.press(".");
    await expect(page.getByRole("link", { name: "Vestibule" })).toBeFocused();
    await page.keyboard.press("g");
    await page.keyboard.press(".");
    await expect(page.getByRole("navigation", { name: "Main" }).getByRole("link", { name: "Sign-in logs" })).toBeFocused();
  },
  "/ Search these sign-ins": async (page) => {
    await page.keyboard.press("/");
    await expect(page.locator("#search-line")).toBeFocused();
    await expect(page.locator("#search-line")).toHaveValue("");
  },
  "j Next row": async (page) => {
    await page.keyboard.press("j");
    await page.keyboard.press("j");
    expect(await focus(page)).toEqual([3, 1]);
  },
  "k Previous row": async (page) => {
    await cell(page, 3, 2).click();
    await page.keyboard.press("k");
    expect(await focus(page)).toEqual([4, 2]);
  },
  "o Open the row": async (page, ids) => {
    await cell(page, 1, 4).click();
    await page.keyboard.press("o");
    await expect(pane(page)).toContainText(String(ids[1]));
  },
  "f Add or change filters": async (page) => {
    await page.keyboard.press("f");
    await expect(page.locator(":popover-open")).toBeVisible();
  },
  "x Only the value of the cell": async (page) => {
    const words = await cell(page, 0, 3).innerText();
    await cell(page, 0, 3).click();
    // Another cell under the pointer is none of it.
    await cell(page, 4, 2).hover();
    await page.keyboard.press("x");
    await expect.poll(() => filter(page)).toBe(`application:eq:${words}`);
  },
  "w Without the value of the cell": async (page) => {
    const words = await cell(page, 0, 3).innerText();
    await cell(page, 0, 3).click();
    await expect(cell(page, 0, 3).locator(".verbs")).toBeAttached();
    await page.keyboard.press("w");
    await expect.poll(() => filter(page)).toBe(`application:ne:${words}`);
  },
  "c Columns": async (page) => {
    await page.keyboard.press("c");
    await expect(page.getByRole("dialog", { name: "Columns" })).toBeVisible();
  },
  "r Refresh": async (page) => {
    const [request] = await Promise.all([
      page.waitForRequest((request) => request.url().includes("/api/ui/sheet")),
      page.keyboard.press("r"),
    ]);
    expect(new URL(request.url()).searchParams.get("address")).toBe(signIns());
  },
  "? This list": async (page) => {
    await page.keyboard.press("?");
    await expect(sheet(page)).toBeVisible();
  },
  "Ctrl+K Find a person, app, IP, ID or error": async (page) => {
    await page.keyboard.press("Control+k");
    await expect(page.locator("#find")).toBeFocused();
  },
  "Arrows From cell to cell, from command to command": async (page) => {
    await cell(page, 0, 2).click();
    for (const [key, at] of [
      ["ArrowRight", [2, 3]],
      ["ArrowDown", [3, 3]],
      ["ArrowLeft", [3, 2]],
      ["ArrowUp", [2, 2]],
    ] as const) {
      await page.keyboard.press(key);
      expect(await focus(page), key).toEqual(at);
    }
    const commands = page.getByRole("toolbar", { name: "Commands" }).locator(".cmd");
    await commands.first().focus();
    await page.keyboard.press("ArrowRight");
    await expect(commands.nth(1)).toBeFocused();
  },
  "Home, End To the first and the last one": async (page) => {
    await cell(page, 0, 2).click();
    await page.keyboard.press("End");
    expect(await focus(page)).toEqual([2, 10]);
    await page.keyboard.press("Home");
    expect(await focus(page)).toEqual([2, 0]);
  },
  "Enter Open the row, sort by the header": async (page, ids) => {
    await cell(page, 0, 2).click();
    await page.keyboard.press("Enter");
    await expect(pane(page)).toContainText(String(ids[0]));
    await page.keyboard.press("Escape");
    await expect(pane(page)).toHaveCount(0);
    await page.keyboard.press("ArrowUp");
    await page.keyboard.press("ArrowRight");
    await page.keyboard.press("Enter");
    await expect(page).toHaveURL(signIns("sort=user"));
  },
  "Alt+Left, Alt+Right Narrower, wider: in a header": async (page) => {
    await cell(page, 0, 2).click();
    await page.keyboard.press("ArrowUp");
    const width = () => page.locator("table.grid colgroup col").nth(2).getAttribute("width").then(Number);
    const before = await width();
    await page.keyboard.press("Alt+ArrowRight");
    expect(await width()).toBe(before + 8);
    await page.keyboard.press("Alt+ArrowLeft");
    await page.keyboard.press("Alt+ArrowLeft");
    expect(await width()).toBe(before - 8);
    await expect.poll(() => new URL(page.url()).searchParams.get("widths")).toBe(`user:${before - 8}`);
  },
  "Alt+Up, Alt+Down The row before, the row after: in a pane. Move: in the list of columns": async (page, ids) => {
    await row(page, String(ids[0])).getByRole("link").click();
    await expect(pane(page)).toContainText(String(ids[0]));
    await page.keyboard.press("Alt+ArrowDown");
    await expect(pane(page)).toContainText(String(ids[1]));
    await page.keyboard.press("Alt+ArrowUp");
    await expect(pane(page)).toContainText(String(ids[0]));
    await page.keyboard.press("Escape");
    await expect(pane(page)).toHaveCount(0);
    await page.keyboard.press("c");
    const shown = page.getByRole("dialog", { name: "Columns" }).locator(".shown li[data-column]");
    await expect(shown.first()).toBeVisible();
    const names = () => shown.evaluateAll((found) => found.slice(0, 2).map((item) => item.getAttribute("data-column")));
    const [first, second] = await names();
    await shown.first().getByRole("checkbox").focus();
    await page.keyboard.press("Alt+ArrowDown");
    expect(await names()).toEqual([second, first]);
    await page.keyboard.press("Alt+ArrowUp");
    expect(await names()).toEqual([first, second]);
  },
  "Shift+F10 Menu of the row": async (page) => {
    await cell(page, 0, 2).click();
    await page.keyboard.press("Shift+F10");
    await expect(page.getByRole("menu", { name: "Actions" }).getByRole("menuitem").first()).toBeFocused();
  },
  "Esc Close what is open": async (page, ids) => {
    await row(page, String(ids[0])).getByRole("link").click();
    await expect(pane(page)).toBeVisible();
    await page.keyboard.press("Escape");
    await expect(pane(page)).toHaveCount(0);
    await page.keyboard.press("?");
    await expect(sheet(page)).toBeVisible();
    await page.keyboard.press("Escape");
    await expect(sheet(page)).toBeHidden();
  },
};

const cell = (page: Page, line: number, column: number) =>
  page.locator("table.grid tbody tr[id]").nth(line).locator("td").nth(column);

const filter = (page: Page) => new URL(page.url()).searchParams.get("f");

test("the sheet lists the keys that are tried here, and no other", async ({ page }) => {
  await open(page, signIns());
  await page.keyboard.press("?");
  const listed = sheet(page).locator("dl > dt");
  await expect(listed.first()).toBeVisible();
  const lines = await listed.evaluateAll((terms) =>
    terms.map((term) => {
      const keys = (term.textContent ?? "").replace(/ then /g, " ").trim();
      return `${keys} ${term.nextElementSibling?.textContent?.trim()}`;
    }),
  );
  expect(lines).toEqual(Object.keys(EFFECTS));
});

for (const [line, effect] of Object.entries(EFFECTS)) {
  test(`pressing ${line.replace(/ .*/, "")}: ${line.replace(/^\S+ /, "")}`, async ({ page }) => {
    await open(page, signIns());
    await effect(page, await rowIds(page));
  });
}

test("letters are letters where one writes", async ({ page }) => {
  await open(page, signIns());
  await page.locator("#search-line").click();
  await page.keyboard.type("crj?");
  await expect(page.locator("#search-line")).toHaveValue("crj?");
  await expect(page.getByRole("dialog")).toHaveCount(0);
});

test("they can be switched off, which is remembered, and Ctrl+K stays", async ({ page }) => {
  await open(page, signIns());
  await page.getByRole("link", { name: "Keyboard shortcuts" }).click();
  await sheet(page).getByRole("switch").uncheck();
  await page.keyboard.press("Escape");
  await page.keyboard.press("c");
  await page.keyboard.press("?");
  await page.reload();
  await expect(page.locator("html[data-hydrated=true]")).toBeAttached();
  await page.keyboard.press("?");
  await page.keyboard.press("c");
  await page.keyboard.press("Control+k");
  await expect(page.locator("#find")).toBeFocused();
  await expect(page.getByRole("dialog")).toHaveCount(0);
  await page.getByRole("link", { name: "Keyboard shortcuts" }).click();
  await expect(sheet(page).getByRole("switch")).not.toBeChecked();
  await sheet(page).getByRole("switch").check();
  await page.keyboard.press("Escape");
  await page.keyboard.press("?");
  await expect(sheet(page)).toBeVisible();
});

test("the field in the top bar looks through all kinds of a month", async ({ page }) => {
  await open(page, "/import");
  await page.keyboard.press("Control+k");
  await page.keyboard.type("198.51.100.7");
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/\/sign-ins\?tab=all&noise=workloads&range=1mo&q=198\.51\.100\.7$/);
});

test("the command bar is one stop of Tab, with arrows between commands", async ({ page }) => {
  await open(page, signIns());
  const bar = page.getByRole("toolbar", { name: "Commands" });
  await page.locator("main .tabs a").last().focus();
  await page.keyboard.press("Tab");
  const first = bar.locator(".cmd").first();
  await expect(first).toBeFocused();
  await page.keyboard.press("ArrowRight");
  await expect(bar.getByRole("link", { name: "Import" })).toBeFocused();
  await page.keyboard.press("End");
  await expect(bar.getByRole("button", { name: "Share" })).toBeFocused();
  await page.keyboard.press("ArrowRight");
  await expect(first).toBeFocused();
  await page.keyboard.press("ArrowLeft");
  await page.keyboard.press("Home");
  await expect(first).toBeFocused();
  await page.keyboard.press("ArrowRight");
  await page.keyboard.press("Tab");
  expect(await bar.evaluate((element) => element.contains(document.activeElement))).toBe(false);
  await page.keyboard.press("Shift+Tab");
  await expect(bar.getByRole("link", { name: "Import" })).toBeFocused();
});

test.describe("without scripts", () => {
  test.use({ javaScriptEnabled: false });
  test.beforeEach(({ watch }) => watch.allow(/vestibule\.[0-9a-f]+\.js csp$/));

  test("the keys are a page, and the switch is kept", async ({ page }) => {
    await page.goto(signIns());
    await page.getByRole("link", { name: "Keyboard shortcuts" }).click();
    await expect(page.getByRole("heading", { level: 1, name: "Keyboard shortcuts" })).toBeVisible();
    await page.getByRole("switch").uncheck();
    await page.getByRole("button", { name: "Apply" }).click();
    await expect(page.locator("html")).toHaveAttribute("data-shortcuts", "off");
    await expect(page.getByRole("switch")).not.toBeChecked();
  });
});
