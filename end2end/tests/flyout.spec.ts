/** The pane of one sign-in: how it opens, what it says, how it closes. */
import { apiRows, DAY, expect, hydrated, open, pane, row, rowIds, signIns, test } from "../support";

/** A sign-in of the demo tenant that a policy blocked; seed and end of the demo are fixed. */
const BLOCKED = "e05ff9f0-2c3a-4405-9443-fa49c2d96503";

test("a click on a row's link opens its pane", async ({ page }) => {
  await open(page, signIns());
  const [, second] = await rowIds(page);
  await row(page, String(second)).getByRole("link").click();
  await expect(page).toHaveURL(new RegExp(`row=${second}`));
  await expect(pane(page)).toBeVisible();
  await expect(pane(page).getByRole("heading", { level: 2 })).toBeFocused();
  await expect(row(page, String(second))).toHaveAttribute("aria-selected", "true");
  await expect(page.locator("tr[aria-selected]")).toHaveCount(1);
  await expect(pane(page)).toContainText(String(second));
});

test("opening a row does not ask for the grid again", async ({ page }) => {
  await open(page, signIns());
  const asked: string[] = [];
  page.on("request", (request) => {
    const { pathname, searchParams } = new URL(request.url());
    if (pathname.startsWith("/api/")) {
      asked.push(`${pathname}?only=${searchParams.get("only")}`);
    }
  });
  await page.locator("table.grid tbody tr[id]").nth(2).getByRole("link").click();
  await expect(pane(page)).toBeVisible();
  // The verbs of the cell under the pointer are no part of it.
  expect(asked.filter((path) => !path.startsWith("/api/ui/part/verbs"))).toEqual(["/api/ui/sheet?only=flyout"]);
});

test("the address of a pane opens it again, from the server alone", async ({ page, request }) => {
  const html = await (await request.get(signIns(`row=${BLOCKED}`))).text();
  expect(html).toContain('id="flyout-title"');
  await open(page, signIns(`row=${BLOCKED}`));
  await expect(page.getByRole("dialog", { name: "अर्जुन शर्मा to Tidewater ERP" })).toBeVisible();
  await expect(pane(page)).toContainText("The policy “CA003 Finance apps: require compliant device” blocked this");
});

test("the pane says what it said before", async ({ page }) => {
  await open(page, signIns(`row=${BLOCKED}`));
  await expect(pane(page)).toMatchAriaSnapshot({ name: "a-blocked-sign-in.aria.yml" });
});

test("the record is there as it came", async ({ page, request }) => {
  await open(page, signIns(`row=${BLOCKED}`));
  const record = pane(page).locator("pre");
  await expect(record).toBeHidden();
  await pane(page).getByText("Record as it came").click();
  await expect(record).toBeVisible();
  const stored = (await (await request.get(`/api/v1/signins/${BLOCKED}`)).json()) as { record: unknown };
  expect(JSON.parse(await record.innerText())).toEqual(stored.record);
});

test("Escape closes the pane and gives the focus back to the row", async ({ page }) => {
  await open(page, signIns());
  const link = page.locator("table.grid tbody tr[id]").nth(3).getByRole("link");
  await link.click();
  await expect(pane(page)).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(pane(page)).toHaveCount(0);
  await expect(page).toHaveURL(signIns());
  await expect(link).toBeFocused();
});

test("the close button does the same", async ({ page }) => {
  await open(page, signIns());
  const link = page.locator("table.grid tbody tr[id]").nth(1).getByRole("link");
  await link.click();
  await pane(page).getByRole("link", { name: "Close" }).click();
  await expect(pane(page)).toHaveCount(0);
  await expect(link).toBeFocused();
});

test("Escape in an open editor closes the editor, not the pane", async ({ page }) => {
  await open(page, signIns(`row=${BLOCKED}`));
  await page.getByRole("button", { name: "User: None" }).click();
  await page.keyboard.press("Escape");
  await expect(page.getByRole("dialog", { name: "User", exact: true })).toBeHidden();
  await expect(pane(page)).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(pane(page)).toHaveCount(0);
});

test("Alt with the arrows goes through the rows", async ({ page, request }) => {
  const rows = (await apiRows(request, DAY)).map((found) => found.request_id);
  await open(page, signIns(`row=${rows[0]}`));
  for (const [key, index] of [
    ["Alt+ArrowDown", 1],
    ["Alt+ArrowDown", 2],
    ["Alt+ArrowUp", 1],
    ["Alt+ArrowUp", 0],
  ] as const) {
    await page.keyboard.press(key);
    await expect(page).toHaveURL(new RegExp(`row=${rows[index]}`));
    await expect(row(page, String(rows[index]))).toHaveAttribute("aria-selected", "true");
    await expect(pane(page)).toContainText(String(rows[index]));
    await expect(row(page, String(rows[index]))).toBeInViewport();
  }
});

test("what comes into view scrolls the grid or the pane, not the page around them", async ({ page }) => {
  await open(page, signIns(`row=${BLOCKED}`));
  await pane(page).getByText("Record as it came").click();
  for (const element of [page.locator("table.grid tbody tr[id]").nth(60), page.locator(".loadmore"), pane(page).locator("pre")]) {
    await element.evaluate((found) => found.scrollIntoView());
    expect(await page.getByRole("main").evaluate((main) => main.scrollTop), "the page around the grid").toBe(0);
  }
});

test("copy link copies the address and says so", async ({ page, context }) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  await open(page, signIns(`row=${BLOCKED}`));
  await pane(page).getByRole("button", { name: "Copy link" }).click();
  await expect(page.locator(".toast")).toHaveText("Link copied");
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(page.url());
});

test("an unknown request ID is named as such, beside the grid", async ({ page }) => {
  await open(page, signIns("row=no-such-row%22%3E%3Cb%3E"));
  await expect(page.getByRole("dialog", { name: "No sign-in has this request ID" })).toBeVisible();
  await expect(page.locator("table.grid tbody tr[id]").first()).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(pane(page)).toHaveCount(0);
});

test("back and forward restore panes, filters and rows", async ({ page }) => {
  await open(page, signIns());
  const first = (await rowIds(page))[0];
  await page.locator("table.grid tbody tr[id]").first().getByRole("link").click();
  await expect(pane(page)).toBeVisible();
  await page.getByRole("link", { name: "User sign-ins (non-interactive)" }).click();
  await expect(pane(page)).toHaveCount(0);
  await expect(page.getByRole("link", { name: "User sign-ins (non-interactive)" })).toHaveAttribute("aria-current", "page");
  await page.goBack();
  await expect(pane(page)).toBeVisible();
  await expect(row(page, String(first))).toHaveAttribute("aria-selected", "true");
  await page.goBack();
  await expect(pane(page)).toHaveCount(0);
  await expect(row(page, String(first))).toBeVisible();
  await page.goForward();
  await expect(pane(page)).toContainText(String(first));
});

test("a pane over a sorted and filtered grid keeps both", async ({ page }) => {
  await open(page, signIns("f=status:in:failure", "sort=user"));
  await page.locator("table.grid tbody tr[id]").first().getByRole("link").click();
  await expect(pane(page)).toBeVisible();
  await page.reload();
  await hydrated(page);
  await expect(pane(page)).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(page).toHaveURL(signIns("f=status:in:failure", "sort=user"));
});
