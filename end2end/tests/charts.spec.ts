/** Charts: what pointer, keyboard and assistive software find in them, what can be copied, and where they lead. */
import type { Page } from "@playwright/test";
import { DAY, expect, expectAccessible, expectNoSidewaysScroll, open, test } from "../support";

const USAGE = "/insights/authentication-methods?from=2026-11-10T00:00:00Z&to=2026-11-24T10:42:00Z&tz=utc";
const OVERVIEW = "/overview?day=2026-11-23&tz=utc";

const readout = (page: Page, id: string) => page.locator(`#chart-${id} [data-readout]`);

test("arrow keys go from column to column, say what is there, and Enter opens its sign-ins", async ({ page }) => {
  await open(page, USAGE);
  const columns = page.locator("#chart-requirement .hits a");
  await columns.last().focus();
  await expect(columns.last()).toBeFocused();
  await page.keyboard.press("ArrowLeft");
  await expect(columns.nth(-2)).toBeFocused();
  const said = String(await columns.nth(-2).getAttribute("aria-label"));
  expect(said).toMatch(/^23 Nov 2026: Multifactor [\d,]+, Single-factor \d+$/);
  await expect(readout(page, "requirement")).toHaveText(said);
  await page.keyboard.press("Home");
  await expect(columns.first()).toBeFocused();
  await page.keyboard.press("Shift+ArrowRight");
  await expect(columns.nth(10)).toBeFocused();
  await page.keyboard.press("End");
  await page.keyboard.press("ArrowLeft");
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/\/sign-ins\?.*from=2026-11-23T00:00:00Z&to=2026-11-24T00:00:00Z/);
  const sum = said.match(/[\d,]+$|[\d,]+(?=,)/g)?.slice(-2);
  const all = String(said.match(/Multifactor ([\d,]+), Single-factor ([\d,]+)/)?.slice(1).map((text) => Number(text.replaceAll(",", ""))).reduce((left, right) => left + right));
  expect(sum).toBeTruthy();
  await expect(page.locator(".gridfoot")).toContainText(`${Number(all).toLocaleString("en")} sign-ins`);
});

test("pointing at a column says what is there, and a click opens it", async ({ page }) => {
  await open(page, USAGE);
  const column = page.locator("#chart-method .hits a").nth(3);
  await column.hover();
  await expect(readout(page, "method")).toHaveText(String(await column.getAttribute("aria-label")));
  await column.click();
  await expect(page).toHaveURL(/\/sign-ins\?/);
});

test("a part of the time is marked with the sliders and zoomed into, and Back undoes it", async ({ page }) => {
  await open(page, USAGE);
  const chart = page.locator("#chart-requirement");
  await chart.getByRole("slider", { name: "Beginning of the marked time" }).focus();
  for (let step = 0; step < 5; step++) {
    await page.keyboard.press("ArrowRight");
  }
  // The other chart stays as it is.
  await expect(page.locator("#chart-method [data-marking]")).toBeHidden();
  await chart.getByRole("link", { name: "Zoom in" }).click();
  await expect(page).toHaveURL(/\/insights\/authentication-methods\?.*from=2026-11-15T00:00:00Z/);
  await page.goBack();
  await expect(page).toHaveURL(/from=2026-11-10T00:00:00Z/);
});

test("cells of the field are reached by keys, and lead to the sign-ins of their hour", async ({ page }) => {
  await open(page, USAGE);
  const field = page.locator("#chart-prompts [data-hours]");
  await field.focus();
  await page.keyboard.press("End");
  for (let step = 0; step < 9; step++) {
    await page.keyboard.press("ArrowDown");
  }
  await page.keyboard.press("ArrowLeft");
  const said = String(await readout(page, "prompts").textContent());
  expect(said).toMatch(/^Mon 23 Nov \d\d:00: [\d,]+$/);
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/\/sign-ins\?.*from=2026-11-23T\d\d:00:00Z&to=2026-11-23T\d\d:00:00Z/);
  const number = said.split(": ").at(-1);
  await expect(page.locator(".gridfoot")).toContainText(`${number} sign-in`);
});

test("a chart is copied as a drawing and as a picture, and its numbers are a file", async ({ page, context, request }) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  await open(page, USAGE);
  const chart = page.locator("#chart-requirement");
  const menu = chart.getByRole("button", { name: "Copy or download this chart" });
  await menu.click();
  await chart.getByRole("button", { name: "Copy as SVG" }).click();
  await expect(page.getByText("Chart copied")).toBeVisible();
  const drawing = await page.evaluate(() => navigator.clipboard.readText());
  expect(drawing).toMatch(/^<svg [^>]*xmlns="http:\/\/www.w3.org\/2000\/svg"/);
  expect(drawing).toContain('fill="rgb(');
  await menu.click();
  await chart.getByRole("button", { name: "Copy as PNG" }).click();
  await expect
    .poll(async () => page.evaluate(async () => (await navigator.clipboard.read())[0]?.types.join()))
    .toContain("image/png");
  await menu.click();
  const file = await chart.getByRole("link", { name: "Numbers as CSV" }).getAttribute("href");
  const lines = (await (await request.get(String(file))).text()).trim().split("\r\n");
  expect(lines[0]).toMatch(/from,to,authentication_requirement,sign_ins,success,failure,interrupted$/);
  // Two requirements on fifteen days.
  expect(lines).toHaveLength(31);
});

test("without a script charts have their links, their words and their tables", async ({ browser }) => {
  const context = await browser.newContext({ javaScriptEnabled: false });
  const page = await context.newPage();
  await page.goto(String(process.env["VESTIBULE_URL"]) + USAGE);
  const chart = page.locator("#chart-requirement");
  await expect(chart.getByRole("img")).toHaveAttribute("aria-label", /Sign-ins in 15 of 15 days/);
  await chart.getByText("Show as table").click();
  await expect(chart.locator("tbody tr")).toHaveCount(15);
  await chart.locator(".hits a").first().click();
  await expect(page).toHaveURL(/\/sign-ins\?/);
  await context.close();
});

test("the day before and the day after are beside the overview, and its tiles lead to their sign-ins", async ({ page }) => {
  await open(page, OVERVIEW);
  await expect(page.getByText("Monday 23 November 2026")).toBeVisible();
  const tile = page.locator(".tile").filter({ hasText: "Failures" });
  const failures = await tile.locator(".v").evaluate((value) => value.firstChild?.textContent);
  await tile.getByRole("link").click();
  await expect(page.locator(".gridfoot")).toContainText(`${failures} sign-ins`);
  await page.goBack();
  await page.getByRole("link", { name: "Day before" }).click();
  await expect(page.getByText("Sunday 22 November 2026")).toBeVisible();
});

for (const [name, address] of [["usage", USAGE], ["overview", OVERVIEW]] as const) {
  for (const colorScheme of ["light", "dark"] as const) {
    test.describe(colorScheme, () => {
      test.use({ colorScheme, contextOptions: { reducedMotion: "reduce" } });
      test(`${name} is accessible, also on a phone`, async ({ page }) => {
        await open(page, address);
        await expectAccessible(page);
        await page.setViewportSize({ width: 375, height: 700 });
        await expectNoSidewaysScroll(page);
      });
    });
  }
}

test("the tree of a chart", async ({ page }) => {
  await open(page, `/insights/authentication-methods?${DAY}&tz=utc`);
  await expect(page.locator("#chart-requirement")).toMatchAriaSnapshot({ name: "chart.aria.yml" });
});
