/** One picture of every page in both themes, for the documents: docs/images/<page>-<theme>.webp. */
import type { Page } from "@playwright/test";
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { DAY, graphSignIn, ndjson, open, openEditor, signIns, test, testAlone } from "../support";

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
  users: (page) => open(page, `/users?${DAY}`),
  "people-groups": (page) => open(page, `/groups?${DAY}`),
  "people-group": (page) => open(page, `/groups/${encodeURIComponent("Office Hamburg")}?${DAY}`),
  applications: (page) => open(page, `/applications?${DAY}`),
  user: (page) => open(page, `/users/${encodeURIComponent("bjorn.fjeld@brackwater.example")}?${DAY}`),
  ip: (page) => open(page, `/ip/203.0.113.4?${DAY}`),
  application: (page) => open(page, `/applications/${encodeURIComponent("Tidewater ERP")}?${DAY}`),
  shortcuts: (page) => open(page, "/shortcuts"),
};

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
