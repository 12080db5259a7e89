/** One picture of every page in both themes, for the documents: docs/images/<page>-<theme>.webp. */
import type { Page } from "@playwright/test";
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { alone, DAY, graphSignIn, hydrated, ndjson, open, openEditor, PASSWORD, signIns, test, testAlone } from "../support";

const FOLDER = join(__dirname, "../../docs/images");
const BLOCKED = "9fc4b3bd-a65f-487b-8358-6616aaace302";
/** Of a hundred; text stays sharp. */
const QUALITY = 82;

/** Keeps what the window shows. WebP takes a third of PNG, and Playwright's own way does not know it. */
async function keep(page: Page, name: string, theme: string): Promise<void> {
  // Pictures without a pointer over anything, after all that moves came to rest.
  await page.mouse.move(0, 0);
  await page.waitForTimeout(400);
  const session = await page.context().newCDPSession(page);
  const { data } = await session.send("Page.captureScreenshot", { format: "webp", quality: QUALITY });
  await mkdir(FOLDER, { recursive: true });
  await writeFile(join(FOLDER, `${name}-${theme}.webp`), Buffer.from(data, "base64"));
}

const PAGES: Record<string, (page: Page) => Promise<void>> = {
  "sign-ins": (page) => open(page, signIns()),
  flyout: async (page) => {
    await open(page, signIns(`row=${BLOCKED}`));
  },
  policies: async (page) => {
    await open(page, signIns("f=status:eq:failure", `row=${BLOCKED}&pane=conditional-access`));
  },
  filter: async (page) => {
    await open(page, signIns("f=status:in:failure,interrupted", "f=user:ncontains:svc"));
    await openEditor(page, "Application");
  },
  columns: async (page) => {
    await open(page, signIns());
    await page.getByRole("link", { name: "Columns" }).click();
    await page.getByRole("dialog").first().waitFor();
  },
  groups: (page) => open(page, signIns("group=application,status")),
  all: (page) => open(page, signIns("tab=all")),
  folded: (page) => open(page, signIns("tab=noninteractive")),
  map: (page) => open(page, `/map?${DAY}`),
  "application-activity": (page) =>
    open(page, `/insights/applications/${encodeURIComponent("Tidewater ERP")}?from=2026-10-25T10:42:00Z&to=2026-11-24T10:42:00Z`),
  "authentication-methods": (page) =>
    open(page, "/insights/authentication-methods?from=2026-10-25T10:42:00Z&to=2026-11-24T10:42:00Z"),
  "policy-results": (page) => open(page, "/insights/policies?from=2026-10-25T10:42:00Z&to=2026-11-24T10:42:00Z"),
  overview: (page) => open(page, "/overview?day=2026-11-23"),
  "service-principals": (page) =>
    open(page, "/insights/service-principals?from=2026-10-25T10:42:00Z&to=2026-11-24T10:42:00Z"),
  credentials: (page) => open(page, "/insights/credentials?from=2026-10-25T10:42:00Z&to=2026-11-24T10:42:00Z"),
  registration: (page) =>
    open(page, "/insights/authentication-methods/registration?from=2026-10-25T10:42:00Z&to=2026-11-24T10:42:00Z"),
  events: (page) => open(page, signIns("every=signin", "f=status:in:interrupted,success")),
  errors: (page) => open(page, "/errors/53000?from=2026-10-25T10:42:00Z&to=2026-11-24T10:42:00Z"),
  users: (page) => open(page, `/users?${DAY}`),
  "people-groups": (page) => open(page, `/groups?${DAY}`),
  "people-group": (page) => open(page, `/groups/${encodeURIComponent("Office Hamburg")}?${DAY}`),
  applications: (page) => open(page, `/applications?${DAY}`),
  user: (page) => open(page, `/users/${encodeURIComponent("bjorn.fjeld@brackwater.example")}?${DAY}`),
  ip: (page) => open(page, `/ip/203.0.113.4?${DAY}`),
  application: (page) => open(page, `/applications/${encodeURIComponent("Tidewater ERP")}?${DAY}`),
  shortcuts: (page) => open(page, "/shortcuts"),
};

/** `test` against a portal of its own with the demo tenant, where people sign in and Security Readers see masked names. */
const testPortal = test.extend<{ server: { url: string } }>({
  server: async ({}, use) => {
    await alone(
      ["--accounts", "on", "--masked-roles", "security_reader"],
      async (run) => {
        await run(["demo", "--rows", "60000", "--seed", "1"], "");
        for (const [name, role, ...more] of PEOPLE) {
          const words = ["user", "add", name, "--role", role, "--password-stdin", ...more];
          await run(words, `${PASSWORD}\n`);
        }
      },
      use,
    );
  },
  baseURL: async ({ server }, use) => use(server.url),
});

const PEOPLE = [
  ["admin", "global_administrator", "--name", "Ingrid Solberg"],
  ["sam", "security_reader", "--name", "Sam Okafor"],
  ["reports", "reports_reader", "--name", "Ria Lund"],
  ["eirik", "user", "--name", "Eirik Moen", "--user-principal-name", "eirik.moen@brackwater.example"],
] as const;

async function signIn(page: Page, username: string, address: string): Promise<void> {
  await page.context().clearCookies();
  await page.goto(address);
  await page.getByLabel("User name").fill(username);
  await page.getByLabel("Password").fill(PASSWORD);
  await page.getByRole("button", { name: "Sign in" }).click();
  await hydrated(page);
}

for (const theme of ["light", "dark"] as const) {
  test.describe(theme, () => {
    test.use({ colorScheme: theme });
    for (const [name, show] of Object.entries(PAGES)) {
      test(name, async ({ page }) => {
        await show(page);
        await keep(page, name, theme);
      });
    }

    test("phone", async ({ page }) => {
      await page.setViewportSize({ width: 390, height: 844 });
      await open(page, signIns());
      await keep(page, "phone", theme);
    });
  });

  testPortal.describe(theme, () => {
    testPortal.use({ colorScheme: theme });
    testPortal("people", async ({ page }) => {
      // The tenant is made first.
      testPortal.slow();
      await page.goto("/sign-in");
      await keep(page, "door", theme);
      await signIn(page, "sam", "/sign-ins?tz=utc");
      await page.locator("table.grid tbody tr[id]").nth(3).getByRole("link").first().click();
      await page.getByText("Names and addresses are masked").waitFor();
      await keep(page, "masked", theme);
      await signIn(page, "eirik", "/my-sign-ins");
      await keep(page, "my-sign-ins", theme);
      await signIn(page, "admin", "/accounts");
      await keep(page, "accounts", theme);
      await open(page, "/account");
      await keep(page, "account", theme);
      await open(page, "/access-audit");
      await keep(page, "access-audit", theme);
    });
  });

  testAlone.describe(theme, () => {
    testAlone.use({ colorScheme: theme });
    testAlone("import", async ({ page }) => {
      await open(page, "/import");
      const broken = '{"id": "broken", "createdDateTime": "not a time"}';
      await page
        .getByLabel("Drop files to let them in")
        .setInputFiles([ndjson("InteractiveSignIns.ndjson", [graphSignIn(1), graphSignIn(2), broken])]);
      await page.getByRole("button", { name: "Import" }).click();
      await page.locator("section.panel").getByRole("status").filter({ hasText: "Done" }).waitFor();
      await keep(page, "import", theme);
    });
  });
}
