/** Editors of filters: values with their numbers, the tree of client apps, adding, turning, pausing. */
import type { Page } from "@playwright/test";

import { apiRows, DAY, expect, expectAccessible, open, openEditor, openList, signIns, test } from "../support";

const filters = (url: string) => new URL(url).searchParams.getAll("f");

test("values are counted under the other filters, and looked for while one types", async ({ page, request }) => {
  await open(page, signIns("f=status:in:failure"));
  const editor = await openList(page, "Application");
  const rows = await apiRows(request, `${DAY}&f=status:in:failure`);
  const counts = new Map<string, number>();
  for (const row of rows) {
    counts.set(String(row.application), (counts.get(String(row.application)) ?? 0) + 1);
  }
  const [most] = [...counts].sort((left, right) => right[1] - left[1]);
  const first = editor.getByRole("listbox").getByRole("option").first();
  await expect(first).toContainText(String(most?.[1]));
  await expect(editor.locator("footer")).toContainText(`${counts.size} values`);
  const matching = [...counts].filter(([name]) => name.toLowerCase().includes("off"));
  const field = editor.getByRole("textbox", { name: "Find a value" });
  await field.pressSequentially("off");
  await expect(editor.getByRole("listbox").getByRole("option")).toHaveCount(matching.length);
  const number = matching.reduce((sum, [, count]) => sum + count, 0);
  await expect(editor.locator("footer")).toContainText(`${matching.length} of ${counts.size} match, ${number} sign-in`);
  const name = String(matching[0]?.[0]);
  await editor.getByRole("listbox").getByRole("option", { name }).click();
  await field.fill("no such application");
  await expect(editor).toContainText("No value matches.");
  await editor.getByRole("button", { name: "Apply" }).click();
  await expect.poll(() => filters(page.url())).toEqual(["status:in:failure", `application:in:${name}`]);
});

test("a list is walked by arrows and letters, applied by Control and Enter, given up by Escape", async ({ page }) => {
  await open(page, signIns());
  const pill = page.getByRole("button", { name: "Application: None" });
  await pill.focus();
  await page.keyboard.press("Enter");
  const editor = page.getByRole("dialog", { name: "Application" });
  await expect(editor.getByRole("listbox")).toBeVisible();
  await expect(editor.getByRole("textbox", { name: "Find a value" })).toBeFocused();
  await page.keyboard.press("ArrowDown");
  await expect(editor.getByRole("listbox").getByRole("option").first()).toBeFocused();
  await page.keyboard.press("End");
  await expect(editor.getByRole("listbox").getByRole("option").last()).toBeFocused();
  await page.keyboard.press("Home");
  await page.keyboard.press("Space");
  await expect(editor.getByRole("listbox").getByRole("option").first()).toHaveAttribute("aria-selected", "true");
  await page.keyboard.press("Escape");
  await expect(editor).toBeHidden();
  await expect(pill).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(editor.getByRole("listbox")).toBeVisible();
  await expect(editor.getByRole("listbox").getByRole("option").first()).toHaveAttribute("aria-selected", "false");
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Space");
  await page.keyboard.press("Control+Enter");
  await expect.poll(() => filters(page.url()).length).toBe(1);
  await expect(page.locator("#pill-application")).toBeFocused();
});

test("client apps are ticked by group", async ({ page, request }) => {
  await open(page, signIns());
  await page.getByRole("button", { name: "Add filter" }).click();
  const list = page.getByRole("dialog", { name: "Add filter" });
  await expect(list.getByRole("textbox", { name: "Find a field" })).toBeFocused();
  await page.keyboard.type("client app");
  await expect(list.getByRole("button")).toHaveText(["Client app"]);
  await page.keyboard.press("Enter");
  const editor = page.getByRole("dialog", { name: "Client app" });
  await expect(editor.getByRole("tree")).toBeVisible();
  await expectAccessible(page, "[data-pill=client_app]");
  const group = editor.getByRole("treeitem", { name: "Legacy authentication clients" });
  await editor.getByRole("treeitem", { name: /^IMAP4/ }).click();
  await expect(group).toHaveAttribute("aria-checked", "mixed");
  await group.click();
  await expect(group).toHaveAttribute("aria-checked", "true");
  await expect(editor.getByRole("treeitem", { name: /^POP3/ })).toHaveAttribute("aria-checked", "true");
  await editor.getByRole("button", { name: "Apply" }).click();
  await expect(page.locator(".pill", { hasText: "Client app" })).toContainText(", +14");
  const [filter] = filters(page.url());
  const rows = await apiRows(request, `${DAY}&f=${encodeURIComponent(String(filter))}`);
  await expect(page.locator(".gridfoot b")).toHaveText(String(rows.length));
});

/** The tab that has nearly all fields; its editors are opened by so many tests side by side. */
const ALL = "all&noise=workloads";
const PARTS = 4;

/** The tabs, with fewest fields that each has beside its standing pills, and one that it alone is sure to have. */
const TABS: [string, number, string][] = [
  ["interactive", 60, "Authentication requirement"],
  ["noninteractive", 60, "Incoming token type"],
  ["serviceprincipal", 35, "Service principal ID"],
  ["managedidentity", 35, "Managed identity ID"],
  [ALL, 80, "Sign-in type"],
];

/** Names of the fields that "Add filter" lists on a tab. */
async function fieldNames(page: Page, tab: string): Promise<string[]> {
  await open(page, signIns(`tab=${tab}`));
  await page.getByRole("button", { name: "Add filter" }).click();
  const names = await page.getByRole("dialog", { name: "Add filter" }).getByRole("button").allInnerTexts();
  await page.keyboard.press("Escape");
  return names;
}

async function expectEditors(page: Page, names: string[]) {
  const list = page.getByRole("dialog", { name: "Add filter" });
  for (const name of names) {
    await page.getByRole("button", { name: "Add filter" }).click();
    await list.getByRole("button", { name, exact: true }).click();
    const editor = page.getByRole("dialog", { name, exact: true });
    await expect(editor).toBeVisible();
    await expect(editor.locator("[data-asked], form:not([data-listed])")).toHaveCount(1);
    await page.keyboard.press("Escape");
    await expect(editor).toBeHidden();
  }
}

for (let part = 0; part < PARTS; part += 1) {
  test(`every field opens an editor: part ${part + 1} of ${PARTS}`, async ({ page }) => {
    test.slow();
    const names = await fieldNames(page, ALL);
    await expectEditors(page, names.filter((_, index) => index % PARTS === part));
  });
}

for (const [tab, fewest, one] of TABS) {
  test(`every field of a tab opens an editor: ${tab}`, async ({ page }) => {
    test.slow();
    const ofAll = await fieldNames(page, ALL);
    const names = await fieldNames(page, tab);
    expect(names.length).toBeGreaterThan(fewest);
    expect(names).toContain(one);
    // The same fields have the same editors; what this tab alone has is opened here.
    await expectEditors(page, names.filter((name) => !ofAll.includes(name)));
  });
}

/** What a cell of the API holds, and whether a filter keeps it. */
type Held = string | number | null;
const begins = (start: string) => (held: Held) => String(held ?? "").toLowerCase().startsWith(start);
const contains = (part: string) => (held: Held) => String(held ?? "").toLowerCase().includes(part);
const not = (holds: (held: Held) => boolean) => (held: Held) => !holds(held);
const either = (...all: ((held: Held) => boolean)[]) => (held: Held) => all.some((holds) => holds(held));
/** The number that an IPv4 address is; none of what is no such address. */
const number = (held: Held) =>
  /^\d+\.\d+\.\d+\.\d+$/.test(String(held))
    ? String(held).split(".").reduce((sum, part) => sum * 256 + Number(part), 0)
    : NaN;
const between = (first: string, last: string) => (held: Held) =>
  number(held) >= number(first) && number(held) <= number(last);

/** Field, its column, the operator and its word, what is entered, and what that keeps. */
const OPERATORS: [string, string, string, string, string[], (held: Held) => boolean][] = [
  ["User", "user", "starts with", "starts", ["a"], begins("a")],
  ["User", "user", "starts with", "starts", ["a", "b"], either(begins("a"), begins("b"))],
  ["User", "user", "does not start with", "nstarts", ["a"], not(begins("a"))],
  ["Application", "application", "does not contain", "ncontains", ["office", "te"], not(either(contains("office"), contains("te")))],
  ["Username", "username", "ends with", "ends", [".brackwater.example"], (held) => String(held ?? "").endsWith(".brackwater.example")],
  ["Device name", "device_name", "is empty", "empty", [], (held) => held === null],
  ["Device name", "device_name", "does not start with", "nstarts", ["l"], not(begins("l"))],
  ["IP address", "ip_address", "is in network", "cidr", ["203.0.113.0/25"], between("203.0.113.0", "203.0.113.127")],
  ["IP address", "ip_address", "is not in network", "ncidr", ["203.0.113.0/24"], not(between("203.0.113.0", "203.0.113.255"))],
  ["IP address", "ip_address", "is in network", "cidr", ["203.0.113.3-203.0.113.90"], between("203.0.113.3", "203.0.113.90")],
  ["Latency", "latency_ms", "is more than", "gt", ["400"], (held) => held !== null && Number(held) > 400],
  ["Latency", "latency_ms", "is less than", "lt", ["150"], (held) => held !== null && Number(held) < 150],
];

for (const [field, column, operator, word, values, holds] of OPERATORS) {
  test(`${field} ${operator} ${values.join(" or ")}`, async ({ page, request }) => {
    const rows = await apiRows(request, `${DAY}&cols=${column}`);
    const expected = rows.filter((row) => holds(row[column] ?? null)).length;
    expect(expected).toBeGreaterThan(0);
    expect(expected).toBeLessThan(rows.length);
    await open(page, signIns());
    const editor = page.getByRole("dialog", { name: field, exact: true });
    if ((await page.locator(`#pill-${column}`).count()) > 0) {
      await page.locator(`#pill-${column}`).click();
    } else {
      await page.getByRole("button", { name: "Add filter" }).click();
      await page.getByRole("dialog", { name: "Add filter" }).getByRole("button", { name: field, exact: true }).click();
    }
    const written: string[] = [];
    // There is one empty field at a time: each further value is entered in the editor of what was set.
    for (const value of values.length > 0 ? values : [undefined]) {
      if (written.length > 0) {
        await page.locator(`#pill-${column}`).click();
      }
      await expect(editor).toBeVisible();
      await editor.getByRole("combobox", { name: "Operator" }).selectOption({ label: operator });
      if (value !== undefined) {
        await editor.getByRole("textbox", { name: "Value" }).last().fill(value);
        written.push(value);
      }
      await editor.getByRole("button", { name: "Apply" }).click();
      const filter = [column, word, ...(written.length > 0 ? [written.join(",")] : [])].join(":");
      await expect.poll(() => filters(page.url())).toEqual([filter]);
    }
    await expect(page.locator(".gridfoot b")).toHaveText(expected.toLocaleString("en-US"));
    const found = await apiRows(request, `${DAY}&f=${encodeURIComponent(String(filters(page.url())[0]))}`);
    expect(found).toHaveLength(expected);
  });
}

test("a filter by network is turned round", async ({ page, request }) => {
  await open(page, signIns("f=ip_address:cidr:203.0.113.0/24"));
  const all = (await apiRows(request, DAY)).length;
  const within = (await apiRows(request, `${DAY}&f=ip_address:cidr:203.0.113.0/24`)).length;
  const editor = await openEditor(page, "IP address");
  await editor.getByRole("link", { name: /^Turn into.*is not in network/ }).click();
  await expect(page).toHaveURL(signIns("f=ip_address:ncidr:203.0.113.0/24"));
  await expect(page.locator(".gridfoot b")).toHaveText((all - within).toLocaleString("en-US"));
});

test("a pill is removed, turned and paused by keyboard, and what changed is said", async ({ page }) => {
  await open(page, signIns("f=status:in:failure", "f=city:in:Oslo"));
  const status = page.locator("#pill-status");
  await status.focus();
  await page.keyboard.press("Shift+F10");
  const editor = page.getByRole("dialog", { name: "Status" });
  await expect(editor.getByRole("link", { name: "Turn into" })).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(signIns("f=status:nin:failure", "f=city:in:Oslo"));
  await expect(page.locator("#said")).toHaveText(/sign-ins, filter Status is not Failure added, filter Status is Failure removed/);
  await openEditor(page, "Status");
  await editor.getByRole("link", { name: "Pause" }).click();
  await expect(page.locator(".pill.paused")).toContainText("Failure");
  await page.locator("#pill-status").click();
  await page.getByRole("link", { name: "Resume" }).click();
  await expect(page.locator(".pill.paused")).toHaveCount(0);
  await page.locator("#pill-city").focus();
  await page.keyboard.press("Delete");
  await expect(page).toHaveURL(signIns("f=status:nin:failure"));
  await expect(page.locator("#said")).toHaveText(/filter City is Oslo removed/);
  await expect(page.getByRole("button", { name: "Add filter" })).toBeFocused();
});

test("a pill keeps its width while it is edited", async ({ page }) => {
  await open(page, signIns());
  const pill = page.locator(".pill", { has: page.locator("#pill-application") });
  const before = await pill.boundingBox();
  const editor = await openList(page, "Application");
  await editor.getByRole("listbox").getByRole("option").first().click();
  expect(await pill.boundingBox()).toEqual(before);
  await expectAccessible(page, "[data-pill=application]");
});
