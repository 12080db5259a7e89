/** `test` against a server of its own whose people sign in at a provider of the test. */
import type { Page } from "@playwright/test";
import { type ChildProcess, spawn } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { alone, type Alone, freePort, PASSWORD, test } from "../support";

/** Who the provider knows, by what they type there, with claims. */
export type People = Record<string, Record<string, unknown>>;

/** Claims as Entra ID has them. */
export function entra(name: string, roles: string[], more: Record<string, unknown> = {}): Record<string, unknown> {
  const first = name.split(" ")[0]?.toLowerCase();
  return {
    oid: `0b1ec7${first?.charCodeAt(0)}-0000-4000-8000-000000000000`,
    tid: "7e4a4700-0000-4000-8000-000000000000",
    name,
    preferred_username: `${first}@tests.example`,
    roles,
    groups: [],
    ...more,
  };
}

/** The provider of a test. */
export class TestProvider {
  private child: ChildProcess | undefined;

  constructor(
    private readonly port: number,
    private readonly portal: string,
    private readonly folder: string,
  ) {}

  /** Its issuer. */
  get issuer(): string {
    return `http://localhost:${this.port}`;
  }

  /** Says anew who it knows, and whether it asks them to go back by themselves. */
  async knows(people: People, holds = false): Promise<void> {
    await writeFile(join(this.folder, "people.json"), JSON.stringify({ people, holds }));
  }

  async start(): Promise<void> {
    const program = join(__dirname, "provider.mjs");
    const words = [program, String(this.port), this.portal, join(this.folder, "people.json")];
    const child = spawn(process.execPath, words, { stdio: ["ignore", "pipe", "ignore"] });
    this.child = child;
    await new Promise<void>((resolve, reject) => {
      child.stdout.on("data", (said: Buffer) => said.toString().includes("ready") && resolve());
      child.once("exit", (code) => reject(new Error(`the provider ended with ${code}`)));
    });
  }

  async stop(): Promise<void> {
    const child = this.child;
    this.child = undefined;
    if (child) {
      const ended = new Promise((resolve) => child.once("exit", resolve));
      child.kill("SIGKILL");
      await ended;
    }
  }
}

type Fixtures = { people: People; settings: string[]; provider: TestProvider; server: Alone };

/** There is a local administrator besides, `boss`. */
export const testAtProvider = test.extend<Fixtures & { portal: number }>({
  people: [{ ann: entra("Ann Berg", ["Vestibule.Reader"]) }, { option: true }],
  settings: [[], { option: true }],
  portal: async ({}, use) => use(await freePort()),
  provider: async ({ people, portal }, use) => {
    const folder = await mkdtemp(join(tmpdir(), "vestibule-provider-"));
    const provider = new TestProvider(await freePort(), `http://127.0.0.1:${portal}`, folder);
    await provider.knows(people);
    await provider.start();
    await use(provider);
    await provider.stop();
    await rm(folder, { recursive: true, force: true });
  },
  watch: async ({ watch }, use) => {
    // The provider is the one other site that there is.
    watch.allow(/request to another machine: http:\/\/localhost:/);
    await use(watch);
  },
  server: async ({ provider, portal, settings }, use) => {
    const boss = ["user", "add", "boss", "--password-stdin", "--role", "global_administrator"];
    const folder = await mkdtemp(join(tmpdir(), "vestibule-secret-"));
    const secret = join(folder, "secret");
    await writeFile(secret, "a secret of the tests\n");
    const words = [
      ...["--oidc-issuer", provider.issuer, "--oidc-client-id", "vestibule", "--oidc-label", "Sign in with Example"],
      ...["--oidc-client-secret-file", secret],
      ...["--oidc-roles", "Vestibule.Reader=security_reader;Vestibule.Admin=global_administrator;Vestibule.Person=user"],
      ...settings,
    ];
    try {
      await alone(["--accounts", "on", ...words], (run) => run(boss, `${PASSWORD}\n`), use, portal);
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  },
  baseURL: async ({ server }, use) => use(server.url),
});

/** Presses the button, and says at the provider who it is. */
export async function signInAtProvider(page: Page, who: string): Promise<void> {
  await page.getByRole("button", { name: "Sign in with Example" }).click();
  await sayWho(page, who);
}

/** Says at the provider who it is. */
export async function sayWho(page: Page, who: string): Promise<void> {
  await page.getByLabel("Who are you?").fill(who);
  await page.getByRole("button", { name: "Sign in" }).click();
}
