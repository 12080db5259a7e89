/** A page of somebody else, in the browser of somebody who is signed in: it changes nothing, reads nothing and shows nothing of ours. */
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import type { Page } from "@playwright/test";
import { expect, hydrated, PASSWORD, testSignedIn as test } from "../support";

/** Serves a bare page on a port of its own, at all names of this machine. */
async function elsewhere(use: (port: number) => Promise<void>) {
  const server: Server = createServer((_request, response) => {
    response.setHeader("content-type", "text/html; charset=utf-8");
    response.end("<!doctype html><title>Elsewhere</title><body>");
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  try {
    await use((server.address() as AddressInfo).port);
  } finally {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }
}

async function signIn(page: Page) {
  await page.goto("/accounts");
  await page.getByLabel("User name").fill("boss");
  await page.getByLabel("Password").fill(PASSWORD);
  await page.getByRole("button", { name: "Sign in" }).click();
  await expect(page).toHaveURL("/accounts");
  await hydrated(page);
}

/** A form that makes an account, and others that do harm. */
const FORMS: [string, Record<string, string>][] = [
  ["/accounts/change", { do: "add", username: "mallory", password: "an entirely different sentence", role: "global_administrator" }],
  ["/account/change", { do: "end_others" }],
  ["/preferences/theme", { theme: "dark" }],
  ["/views", { do: "save", name: "theirs", query: "range=7d" }],
  ["/api/groups/remove", { id: "x" }],
  ["/sign-in", { username: "boss", password: "something else" }],
  ["/sign-out", {}],
];

/** Sends a form as a page does, and waits until it was answered. */
async function submit(page: Page, action: string, fields: Record<string, string>): Promise<number> {
  const answer = page.waitForResponse((response) => response.request().method() === "POST" && response.url() === action);
  await page.evaluate(
    ([action, fields]) => {
      const form = document.createElement("form");
      form.method = "post";
      form.action = action;
      form.target = "sent";
      for (const [name, value] of Object.entries(fields)) {
        const field = document.createElement("input");
        field.name = name;
        field.value = value;
        form.append(field);
      }
      const frame = document.createElement("iframe");
      frame.name = "sent";
      document.body.append(frame, form);
      form.submit();
    },
    [action, fields] as const,
  );
  const status = (await answer).status();
  await page.evaluate(() => document.body.replaceChildren());
  return status;
}

/** What a page can find out of an address by each way that it has. */
function readable(page: Page, address: string): Promise<string[]> {
  return page.evaluate(async (address) => {
    const found: string[] = [];
    for (const mode of ["cors", "no-cors"] as const) {
      const signal = AbortSignal.timeout(5_000);
      const text = await fetch(address, { credentials: "include", mode, signal })
        .then((answer) => answer.text())
        .catch(() => "");
      if (text !== "") {
        found.push(`${mode}: ${text.slice(0, 80)}`);
      }
    }
    const loaded = (element: HTMLElement) =>
      new Promise<boolean>((resolve) => {
        element.addEventListener("load", () => resolve(true));
        element.addEventListener("error", () => resolve(false));
        // Chromium says nothing at times of what it did not load.
        setTimeout(() => resolve(false), 2_000);
        document.body.append(element);
      });
    const script = Object.assign(document.createElement("script"), { src: address });
    const image = Object.assign(document.createElement("img"), { src: address });
    const style = Object.assign(document.createElement("link"), { rel: "stylesheet", href: address });
    for (const element of [script, image, style]) {
      if (await loaded(element)) {
        found.push(`<${element.localName}> was loaded`);
      }
    }
    document.body.replaceChildren();
    return found;
  }, address);
}

// By the first name the other page is of another origin on the same site, and the cookie is sent along; by the second
// it is another site.
for (const name of ["127.0.0.1", "localhost"]) {
  test.describe(`from ${name}`, () => {
    test.use({ people: { boss: "global_administrator" } });

    test("nothing is changed", async ({ page, context, baseURL, watch }) => {
      watch.allow(/./);
      await signIn(page);
      await elsewhere(async (port) => {
        const other = await context.newPage();
        await other.goto(`http://${name}:${port}/`);
        for (const [path, fields] of FORMS) {
          expect(await submit(other, `${baseURL}${path}`, fields), path).toBe(403);
          await other.evaluate(
            ([action, body]) => fetch(action, { method: "POST", mode: "no-cors", credentials: "include", body: new URLSearchParams(body) }).catch(() => {}),
            [`${baseURL}${path}`, fields] as const,
          );
        }
      });
      await page.goto("/accounts");
      await hydrated(page);
      await expect(page.getByRole("link", { name: "Change boss" })).toBeVisible();
      await expect(page.getByText("mallory")).toHaveCount(0);
      await expect(page.locator("html[data-theme=dark]")).toHaveCount(0);
      // The same form from a page of ours does what it says.
      const [path, fields] = FORMS[0] as [string, Record<string, string>];
      expect(await page.evaluate(([path, body]) => fetch(path, { method: "POST", body: new URLSearchParams(body) }).then((answer) => answer.ok), [path, fields] as const)).toBe(true);
      await page.goto("/accounts");
      await expect(page.getByRole("link", { name: "Change mallory" })).toBeVisible();
    });

    test("nothing is read", async ({ page, context, baseURL, watch }) => {
      watch.allow(/./);
      await signIn(page);
      // From a page of ours it is.
      expect(await readable(page, `${baseURL}/api/v1/signins?from=`)).toContainEqual(expect.stringMatching(/^cors: /));
      await elsewhere(async (port) => {
        const other = await context.newPage();
        await other.goto(`http://${name}:${port}/`);
        for (const path of ["/api/v1/signins?from=", "/accounts", "/sign-ins", "/access-audit", "/favicon.ico"]) {
          expect(await readable(other, `${baseURL}${path}`), path).toEqual([]);
        }
      });
    });

    test("nothing is shown in a frame, and a window of ours is out of reach", async ({ page, context, baseURL, watch }) => {
      watch.allow(/./);
      await signIn(page);
      await elsewhere(async (port) => {
        const other = await context.newPage();
        await other.goto(`http://${name}:${port}/`);
        for (const path of ["/accounts", "/sign-in", "/sign-ins"]) {
          await other.evaluate((address) => {
            const frame = document.createElement("iframe");
            frame.src = address;
            document.body.replaceChildren(frame);
            return new Promise((resolve) => frame.addEventListener("load", resolve));
          }, `${baseURL}${path}`);
          const shown = () => other.frames().find((frame) => frame !== other.mainFrame())?.url();
          await expect.poll(shown, path).toMatch(/^chrome-error:/);
        }
        const opened = context.waitForEvent("page");
        await other.evaluate((address) => void Object.assign(window, { opened: window.open(address) }), `${baseURL}/accounts`);
        const ours = await opened;
        await expect(ours.getByRole("heading", { level: 1 })).toHaveText("Accounts");
        expect(await ours.evaluate(() => globalThis.opener === null)).toBe(true);
        expect(await other.evaluate(() => (globalThis as unknown as { opened: Window }).opened.closed)).toBe(true);
      });
    });
  });
}
