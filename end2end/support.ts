/**
 * What the tests share: the watch over the browser's complaints, the fixed stretch of the demo tenant, a server
 * with an empty folder for tests that import, and made-up records.
 */
import AxeBuilder from "@axe-core/playwright";
import { test as base, expect, type APIRequestContext, type BrowserContext, type Page } from "@playwright/test";
import { spawn } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { createServer, type AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** The last day of the demo tenant. The clock of the server is real, so no test asks for "the last 24 hours". */
export const DAY = "from=2026-11-23T10:42:00Z&to=2026-11-24T10:42:00Z";

/** Default columns of the interactive tab, in their order. */
export const COLUMNS = [
  "Date",
  "User",
  "Application",
  "Status",
  "Reason",
  "IP address",
  "Location",
  "Conditional Access",
  "Authentication requirement",
];

/** Collects what a browser complains about: a test with any complaint that it did not announce fails. */
export class Watch {
  private readonly complaints: string[] = [];
  private readonly allowed: RegExp[] = [];

  constructor(context: BrowserContext) {
    context.on("console", (message) => {
      // Warnings count: a mismatch between server and client is one.
      if (["error", "warning", "assert"].includes(message.type())) {
        this.complaints.push(`console ${message.type()}: ${message.text()}`);
      }
    });
    context.on("weberror", (error) => this.complaints.push(`page error: ${error.error().stack}`));
    context.on("dialog", (dialog) => {
      this.complaints.push(`dialog: ${dialog.message()}`);
      void dialog.dismiss();
    });
    context.on("requestfailed", (request) => {
      const reason = request.failure()?.errorText ?? "";
      // Leaving a page ends what it was reading; so does a download.
      if (reason !== "net::ERR_ABORTED") {
        this.complaints.push(`request failed: ${request.url()} ${reason}`);
      }
    });
    context.on("response", (response) => {
      if (response.status() >= 400) {
        this.complaints.push(`response: ${response.status()} ${response.url()}`);
      }
    });
    context.on("request", (request) => {
      const { protocol, hostname } = new URL(request.url());
      if (protocol.startsWith("http") && hostname !== "127.0.0.1") {
        this.complaints.push(`request to another machine: ${request.url()}`);
      }
    });
  }

  /** Announces a complaint that belongs to the test. */
  allow(pattern: RegExp): void {
    this.allowed.push(pattern);
  }

  /** Complaints that nobody announced. */
  unexpected(): string[] {
    return this.complaints.filter((complaint) => !this.allowed.some((pattern) => pattern.test(complaint)));
  }
}

type Fixtures = { watch: Watch };

/** Playwright's `test`, failing on any complaint of the browser. */
export const test = base.extend<Fixtures>({
  watch: [
    async ({ context }, use) => {
      const watch = new Watch(context);
      await use(watch);
      expect(watch.unexpected(), "complaints of the browser").toEqual([]);
    },
    { auto: true },
  ],
});

/**
 * A program with a folder of its own, which is removed afterwards, and the server that it is: on this port, and with
 * these settings on its command line.
 */
export async function alone(
  settings: string[],
  prepare: (run: Run) => Promise<void>,
  use: (server: Alone) => Promise<void>,
  port?: number,
) {
  const program = process.env.VESTIBULE_PROGRAM;
  if (!program) {
    throw new Error("VESTIBULE_PROGRAM names no program: run the tests with scripts/end2end.sh");
  }
  const folder = await mkdtemp(join(tmpdir(), "vestibule-end2end-"));
  const data = ["--data", join(folder, "data")];
  await prepare((words, input) => run(program, [...words, ...data], input));
  const listen = `127.0.0.1:${port ?? (await freePort())}`;
  const server = spawn(program, ["serve", ...settings, "--listen", listen, ...data], {
    stdio: ["ignore", "pipe", "ignore"],
  });
  let said = "";
  server.stdout.on("data", (words: Buffer) => (said += words.toString()));
  const ended = new Promise<void>((resolve) => server.once("exit", () => resolve()));
  try {
    const url = `http://${listen}`;
    await expect.poll(() => isReady(url), { timeout: 20_000, intervals: [50] }).toBe(true);
    await use({ url, said: () => said });
  } finally {
    server.kill("SIGTERM");
    await ended;
    await rm(folder, { recursive: true, force: true });
  }
}

export type Run = (words: string[], input: string) => Promise<void>;
export type Alone = { url: string; said: () => string };

/** Runs a command of the program to its end. */
function run(program: string, words: string[], input: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const command = spawn(program, words, { stdio: ["pipe", "ignore", "inherit"] });
    command.stdin.end(input);
    command.once("exit", (code) => (code === 0 ? resolve() : reject(new Error(`${words.join(" ")} ended with ${code}`))));
  });
}

/** `test` against a server of its own with an empty folder, which imports may change. */
export const testAlone = test.extend({
  // Playwright reads from the pattern which fixtures this one needs: none.
  baseURL: async ({}, use) => {
    await alone(["--accounts", "off"], async () => {}, ({ url }) => use(url));
  },
});

/** The password of every account in tests. */
export const PASSWORD = "correct horse battery staple";

/**
 * `test` against a server of its own that people sign in to; `people` are user names with their
 * roles, and what else `user add` takes; `more` are further settings of the server.
 */
export const testSignedIn = test.extend<{ people: Record<string, string>; more: string[]; server: Alone }>({
  people: [{}, { option: true }],
  more: [[], { option: true }],
  server: async ({ people, more }, use) => {
    const prepare = async (execute: Run) => {
      for (const [name, role] of Object.entries(people)) {
        await execute(["user", "add", name, "--password-stdin", "--role", ...role.split(" ")], `${PASSWORD}\n`);
      }
    };
    await alone(["--accounts", "on", ...more], prepare, use);
  },
  baseURL: async ({ server }, use) => use(server.url),
});

async function isReady(url: string): Promise<boolean> {
  return fetch(`${url}/readyz`).then(
    (response) => response.ok,
    () => false,
  );
}

/** A port of this machine that nobody listens on. */
export function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const probe = createServer().listen(0, "127.0.0.1", () => {
      const { port } = probe.address() as AddressInfo;
      probe.close(() => resolve(port));
    });
  });
}

/** Waits until the client has taken over. */
export async function hydrated(page: Page): Promise<void> {
  await expect(page.locator("html[data-hydrated=true]")).toBeAttached();
}

/** Opens an address and waits until the client has taken over. */
export async function open(page: Page, address: string): Promise<void> {
  await page.goto(address);
  await hydrated(page);
}

/** Address of the blade of the fixed day with further parts of a query. */
export function signIns(...parts: string[]): string {
  return `/sign-ins?${[DAY, ...parts].join("&")}`;
}

/** One row as the API gives it. */
export type ApiRow = Record<string, string | null> & { request_id: string; date: string };

/** All rows of a query, by the API. */
export async function apiRows(request: APIRequestContext, query: string): Promise<ApiRow[]> {
  const rows: ApiRow[] = [];
  for (let next: string | null = `${query}&limit=1000`; next !== null; ) {
    const answer = await request.get(`/api/v1/signins?${next}`);
    expect(answer.status()).toBe(200);
    const page = (await answer.json()) as { sign_ins: ApiRow[]; meta: { next: string | null } };
    rows.push(...page.sign_ins);
    next = page.meta.next;
  }
  return rows;
}

/** Request IDs of the rows that are in the document, from top to bottom. */
export function rowIds(page: Page): Promise<string[]> {
  return page.locator("table.grid tbody tr[id]").evaluateAll((rows) => rows.map((row) => row.id.replace(/^row-/, "")));
}

/** Texts of one column of these rows, from top to bottom. The first column has the boxes. */
export function cells(page: Page, column: string): Promise<string[]> {
  return page
    .locator(`table.grid tbody tr[id] > td:nth-child(${COLUMNS.indexOf(column) + 2})`)
    .allInnerTexts();
}

/** The row of a request ID. */
export function row(page: Page, id: string) {
  return page.locator(`[id="row-${id}"]`);
}

/** The pane of one sign-in. */
export function pane(page: Page) {
  return page.locator(".flyout");
}

/** The editor of the pill with this label, opened. */
export async function openEditor(page: Page, label: string) {
  // What is still on its way would take the place of the editor.
  await expect(page.locator("main[aria-busy=true]")).toHaveCount(0);
  await page.getByRole("search").getByRole("button", { name: new RegExp(`^${label}\\b`) }).click();
  const editor = page.getByRole("dialog", { name: label, exact: true });
  await expect(editor).toBeVisible();
  return editor;
}

/** The editor of the pill with this label, opened, with its values listed and counted. */
export async function openList(page: Page, label: string) {
  const editor = await openEditor(page, label);
  await expect(editor.getByRole("listbox").or(editor.getByRole("tree"))).toBeVisible();
  return editor;
}

/** The search line, which is a search box without scripts and a combo box with them. */
export function searchLine(page: Page) {
  return page.getByLabel("Search these sign-ins");
}

/** Fails when the page can be scrolled sideways. */
export async function expectNoSidewaysScroll(page: Page): Promise<void> {
  const [content, window] = await page.evaluate(() => [
    Math.max(document.documentElement.scrollWidth, document.body.scrollWidth),
    document.documentElement.clientWidth,
  ]);
  expect(content, "width of the page").toBeLessThanOrEqual(window ?? 0);
}

/** Fails on any violation of WCAG 2.0 to 2.2, levels A and AA, that axe can find in the page or a part of it. */
export async function expectAccessible(page: Page, part?: string): Promise<void> {
  const builder = new AxeBuilder({ page }).withTags(["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]);
  const { violations } = await (part ? builder.include(part) : builder).analyze();
  const found = violations.flatMap((violation) =>
    violation.nodes.map((node) => `${violation.id}: ${node.target.join(" ")} ${node.failureSummary ?? ""}`),
  );
  expect(found, "violations").toEqual([]);
}

/** A made-up sign-in as Graph exports it, in the year 2024. `minute` places it in its hour and numbers it. */
export function graphSignIn(minute: number, changes: Record<string, unknown> = {}): Record<string, unknown> {
  return {
    id: `5e1f0000-0000-4000-8000-${String(minute).padStart(12, "0")}`,
    createdDateTime: new Date(Date.UTC(2024, 2, 5, 9, minute)).toISOString(),
    userDisplayName: `Person ${minute}`,
    userPrincipalName: `person${minute}@tests.example`,
    userId: "11111111-1111-4111-8111-111111111111",
    appId: "22222222-2222-4222-8222-222222222222",
    appDisplayName: "Test application",
    ipAddress: "203.0.113.9",
    clientAppUsed: "Browser",
    correlationId: "33333333-3333-4333-8333-333333333333",
    conditionalAccessStatus: "notApplied",
    isInteractive: true,
    signInEventTypes: ["interactiveUser"],
    resourceDisplayName: "Microsoft Graph",
    status: { errorCode: 0, failureReason: "Other.", additionalDetails: null },
    ...changes,
  };
}

/** A file as `setInputFiles` takes it: one record a line. Texts are taken as they are. */
export function ndjson(name: string, records: (Record<string, unknown> | string)[]) {
  const lines = records.map((record) => (typeof record === "string" ? record : JSON.stringify(record)));
  return { name, mimeType: "application/x-ndjson", buffer: Buffer.from(`${lines.join("\n")}\n`) };
}

export { expect };
