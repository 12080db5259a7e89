/** Every page of the product, in both themes: what assistive software finds, its tree, and that it keeps its width. */
import { DAY, expect, expectAccessible, expectNoSidewaysScroll, open, signIns, test } from "../support";

const BLOCKED = "e05ff9f0-2c3a-4405-9443-fa49c2d96503";
const FEW = "from=2026-11-24T07:47:50Z&to=2026-11-24T07:49:00Z";
const PERSON = encodeURIComponent("arjun.sharma@blr.brackwater.example");

/** Addresses with few rows, so that a tree says something to its reader. */
const PAGES: Record<string, string> = {
  "sign-ins": `/sign-ins?${FEW}`,
  "sign-ins-all": `/sign-ins?tab=all&${FEW}`,
  "sign-ins-folded": `/sign-ins?tab=noninteractive&${FEW}`,
  "sign-ins-events": `/sign-ins?${FEW}&every=signin`,
  "sign-ins-groups": `/sign-ins?${FEW}&group=application,status`,
  "sign-ins-row": signIns(`row=${BLOCKED}`, "f=status:in:failure", "f=user:eq:nobody"),
  "sign-ins-compare": signIns(`row=${BLOCKED}`, "compare=last-success", "f=user:eq:nobody"),
  columns: `/sign-ins/columns?${FEW}`,
  users: `/users?${FEW}`,
  user: `/users/${PERSON}?${FEW}`,
  applications: `/applications?${FEW}`,
  application: `/applications/Tidewater%20ERP?${FEW}`,
  ip: `/ip/203.0.113.7?${DAY}`,
  groups: `/groups?${FEW}`,
  group: `/groups/Office%20Oslo?${FEW}`,
  map: `/map?${FEW}`,
  errors: `/errors?${FEW}`,
  error: `/errors/53000?${FEW}`,
  "application-activity": `/insights/applications?${FEW}`,
  policies: `/insights/policies?${FEW}`,
  "authentication-methods": `/insights/authentication-methods?${FEW}`,
  overview: "/overview?day=2026-11-23",
  registration: `/insights/authentication-methods/registration?${FEW}`,
  "registration-details": "/insights/authentication-methods/details?role=admin&resistant=no",
  "registration-events": "/insights/authentication-methods/events?from=2026-11-23T10:42:00Z&to=2026-11-24T10:42:00Z",
  "imported-lists": "/insights/lists",
  shortcuts: "/shortcuts",
  import: "/import",
};

for (const colorScheme of ["light", "dark"] as const) {
  test.describe(colorScheme, () => {
    test.use({ colorScheme, contextOptions: { reducedMotion: "reduce" } });
    for (const [name, address] of Object.entries(PAGES)) {
      test(`${name} is accessible`, async ({ page }) => {
        await open(page, address);
        await expectAccessible(page);
        await expectNoSidewaysScroll(page);
      });
    }
  });
}

/** Pages whose tree would say little without a line. */
const WITH_LINES = ["sign-ins", "sign-ins-all", "sign-ins-folded", "sign-ins-events", "sign-ins-groups", "users", "user", "applications", "groups", "group"];

for (const [name, address] of Object.entries(PAGES)) {
  test(`the tree of ${name}`, async ({ page }) => {
    await open(page, address);
    if (WITH_LINES.includes(name)) {
      expect(await page.locator("main table tbody tr").count()).toBeGreaterThan(1);
    }
    await expect(page.locator("body")).toMatchAriaSnapshot({ name: `${name}.aria.yml` });
  });
}
