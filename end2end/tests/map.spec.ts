/** The map of sign-ins: its numbers, its circles as links, its table, themes, no scripts. */
import type { APIRequestContext } from "@playwright/test";
import { DAY, expect, expectAccessible, expectNoSidewaysScroll, open, test } from "../support";

const ALL = `tab=all&noise=workloads&${DAY}`;

type Group = { keys: Record<string, number | string | null>; rows: number; failure: number };

async function positions(request: APIRequestContext): Promise<Group[]> {
  const answer = await request.get(`/api/v1/signins/groups?by=latitude,longitude&limit=10000&${ALL}`);
  expect(answer.status()).toBe(200);
  return ((await answer.json()) as { groups: Group[] }).groups;
}

const shown = (number: number) => number.toLocaleString("en");
const sum = (groups: Group[]) => groups.reduce((total, group) => total + group.rows, 0);

/** Sign-ins with a position, without one, and at 0, 0. */
function parted(groups: Group[]) {
  const without = groups.filter(({ keys }) => keys.latitude === null);
  const zero = groups.filter(({ keys }) => keys.latitude === 0 && keys.longitude === 0);
  const placed = groups.filter((group) => !without.includes(group) && !zero.includes(group));
  return { placed, without, zero };
}

test("every sign-in is on the map or said not to be", async ({ page, request }) => {
  const { placed, zero } = parted(await positions(request));
  await open(page, `/map?${ALL}`);
  const all = sum(await positions(request));
  await expect(page.getByText(`${shown(sum(placed))} of ${shown(all)} sign-ins have a position.`)).toBeVisible();
  expect(zero.length).toBe(1);
  await expect(page.getByRole("link", { name: `${shown(sum(zero))} at position 0, 0` })).toBeVisible();
  const table = page.locator("#places tbody tr");
  const numbers = await table.locator("td:nth-of-type(2)").allInnerTexts();
  const total = numbers.reduce((sum, number) => sum + Number(number.replaceAll(",", "")), 0);
  expect(total).toBe(all);
  const words = await page.locator(".place-mark").evaluateAll((marks) => marks.map((mark) => mark.getAttribute("aria-label")));
  const drawn = words.map((text) => Number(/: ([\d,]+) sign-in/.exec(String(text))?.[1]?.replaceAll(",", "")));
  expect(drawn.reduce((sum, number) => sum + number, 0)).toBe(sum(placed));
  expect(drawn).toEqual([...drawn].sort((left, right) => right - left));
});

test("a circle leads to just its sign-ins, by keyboard", async ({ page, request }) => {
  await open(page, `/map?${ALL}&area=close`);
  const mark = page.locator(".place-mark").first();
  const label = String(await mark.getAttribute("aria-label"));
  await mark.focus();
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/\/sign-ins\?/);
  const answer = await request.get(`/api/v1/signins?limit=1&counts=true&${new URL(page.url()).search.slice(1)}`);
  const { meta } = (await answer.json()) as { meta: { counts: { by_tab: Record<string, number> } } };
  const found = Object.values(meta.counts.by_tab).reduce((total, count) => total + count, 0);
  expect(label).toContain(`: ${shown(found)} sign-in`);
});

test("the outlines are drawn, and the part with sign-ins is a link away", async ({ page }) => {
  await open(page, `/map?${ALL}`);
  const width = () => page.locator(".worldmap").evaluate((map) => (map as SVGSVGElement).viewBox.baseVal.width);
  expect(await width()).toBe(2000);
  const land = await page.locator(".worldmap .land").evaluate((use) => (use as SVGUseElement).getBBox().width);
  expect(land).toBeGreaterThan(1800);
  await page.getByRole("link", { name: "Where sign-ins are" }).click();
  await expect(page.getByRole("link", { name: "Where sign-ins are" })).toHaveAttribute("aria-current", "true");
  expect(await width()).toBeLessThanOrEqual(2000);
});

test("a part of the world says what lies outside it", async ({ page, request }) => {
  const { placed } = parted(await positions(request));
  await open(page, `/map?${ALL}`);
  await page.getByRole("link", { name: "Europe" }).click();
  await expect(page).toHaveURL(/area=europe$/);
  await expect(page.getByRole("link", { name: "Europe" })).toHaveAttribute("aria-current", "true");
  const words = await page.locator(".place-mark").evaluateAll((marks) => marks.map((mark) => String(mark.ariaLabel)));
  const drawn = words.map((text) => Number(/: ([\d,]+) sign-in/.exec(text)?.[1]?.replaceAll(",", "")));
  const outside = sum(placed) - drawn.reduce((total, number) => total + number, 0);
  expect(outside).toBeGreaterThan(0);
  await expect(page.getByText(`${shown(outside)} outside this part of the world`)).toBeVisible();
});

test("ranges, kinds and filters of the blade", async ({ page }) => {
  await open(page, `/map?${DAY}&f=status:in:failure`);
  await page.getByRole("link", { name: "All kinds" }).click();
  await expect(page).toHaveURL(/tab=all&noise=workloads/);
  // The address is ahead of the page.
  await expect(page.getByRole("link", { name: "All kinds" })).toHaveAttribute("aria-current", "true");
  await page.getByRole("link", { name: "Remove filter Status is one of Failure" }).click();
  await expect(page).not.toHaveURL(/f=/);
  await expect(page.getByRole("link", { name: /^Remove filter/ })).toHaveCount(0);
  await page.getByRole("link", { name: "Open in sign-in logs" }).click();
  await expect(page).toHaveURL(/\/sign-ins\?tab=all&noise=workloads&from=/);
});

for (const colorScheme of ["light", "dark"] as const) {
  test.describe(colorScheme, () => {
    test.use({ colorScheme, contextOptions: { reducedMotion: "reduce" } });

    test("the map is accessible", async ({ page }) => {
      for (const area of ["", "&area=close"]) {
        await open(page, `/map?${ALL}&f=status:in:success,failure${area}`);
        await expectAccessible(page);
      }
    });
  });
}

test.describe("contrast theme", () => {
  test.use({ contextOptions: { forcedColors: "active" } });

  test("circles stand out from the land", async ({ page }) => {
    await open(page, `/map?${ALL}`);
    const fills = await page.evaluate(() => {
      const fill = (selector: string) => getComputedStyle(document.querySelector(selector) as Element).fill;
      return [fill(".worldmap .land"), fill(".place-mark .ok")];
    });
    expect(fills[0]).not.toBe(fills[1]);
  });
});

test("a phone shows it without scrolling sideways", async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await open(page, `/map?${ALL}`);
  await expectNoSidewaysScroll(page);
});

test.describe("without scripts", () => {
  test.use({ javaScriptEnabled: false });
  test.beforeEach(({ watch }) => watch.allow(/vestibule\.[0-9a-f]+\.js csp$/));

  test("the map is a page of links", async ({ page }) => {
    await page.goto(`/map?${ALL}`);
    await page.getByRole("link", { name: "Where sign-ins are" }).click();
    await page.locator("#places tbody a").first().click();
    await expect(page).toHaveURL(/\/sign-ins\?.*f=location/);
  });
});
