/** A second factor with an app of our own, API tokens, and the record of who looked at what. */
import { createHmac } from "node:crypto";
import { readFile } from "node:fs/promises";
import type { Page } from "@playwright/test";
import { expect, expectAccessible, hydrated, PASSWORD, testSignedIn } from "../support";

/** The code that an app with this key shows (RFC 6238), so many steps of 30 seconds from now. */
function codeOf(key: string, steps = 0): string {
  const letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
  const bits = [...key.replaceAll(" ", "")].map((letter) => letters.indexOf(letter).toString(2).padStart(5, "0")).join("");
  const secret = Buffer.from((bits.match(/.{8}/g) ?? []).map((byte) => parseInt(byte, 2)));
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(Math.floor(Date.now() / 30_000) + steps));
  const mac = createHmac("sha1", secret).update(counter).digest();
  const offset = (mac.at(-1) ?? 0) & 15;
  return String((mac.readUInt32BE(offset) & 0x7fffffff) % 1_000_000).padStart(6, "0");
}

async function signIn(page: Page, username: string) {
  await page.getByLabel("User name").fill(username);
  await page.getByLabel("Password").fill(PASSWORD);
  await page.getByRole("button", { name: "Sign in" }).click();
}

const factor = (page: Page) => page.locator("#second-factor");

/** Turns it on; gives the key and the recovery codes. */
async function turnOn(page: Page): Promise<{ key: string; codes: string[] }> {
  await factor(page).getByRole("button", { name: "Turn on", exact: true }).click();
  const key = (await page.locator("#second-factor-key").textContent()) ?? "";
  await factor(page).getByLabel("Code of the app").fill(codeOf(key, -1));
  await factor(page).getByLabel("Present password").fill(PASSWORD);
  await factor(page).getByRole("button", { name: "Turn on with this code" }).click();
  await expect(page.getByRole("heading", { name: "Your recovery codes" })).toBeVisible();
  const codes = await page.locator(".secrets code").allTextContents();
  expect(codes).toHaveLength(10);
  return { key, codes };
}

for (const colorScheme of ["light", "dark"] as const) {
  testSignedIn.describe(colorScheme, () => {
    testSignedIn.use({ people: { boss: "global_administrator" }, colorScheme, contextOptions: { reducedMotion: "reduce" } });

    testSignedIn("a second factor is turned on with an app, asked for, and turned off", async ({ page, watch }) => {
      watch.allow(/422/);
      await page.goto("/account");
      await signIn(page, "boss");
      await hydrated(page);
      await factor(page).getByRole("button", { name: "Turn on", exact: true }).click();
      const picture = factor(page).getByRole("img", { name: "QR code of the key below" });
      await expect(picture).toBeVisible();
      expect((await picture.boundingBox())?.width).toBeGreaterThan(150);
      await expectAccessible(page);
      await factor(page).getByRole("button", { name: "Cancel" }).click();
      const { key } = await turnOn(page);
      await expectAccessible(page);
      await page.getByRole("link", { name: "To your account" }).click();
      await hydrated(page);
      await expect(factor(page)).toContainText("10 recovery codes are left");
      await expectAccessible(page);

      await page.getByRole("button", { name: "Account of boss" }).click();
      await page.getByRole("button", { name: "Sign out" }).click();
      await page.goto("/accounts");
      await signIn(page, "boss");
      await expect(page.getByRole("heading", { level: 1 })).toHaveText("Second factor");
      await expect(page.getByLabel("Code")).toBeFocused();
      await expectAccessible(page);
      await page.keyboard.type("000000");
      await page.keyboard.press("Enter");
      await expect(page.getByRole("alert")).toContainText("This code is not right");
      await expectAccessible(page);
      await page.getByLabel("Code").fill(codeOf(key));
      await page.keyboard.press("Enter");
      await expect(page).toHaveURL("/accounts");
      await hydrated(page);
      await expect(page.locator("#accounts").getByRole("row", { name: /boss/ })).toContainText("Yes");

      await page.goto("/account");
      await hydrated(page);
      await factor(page).getByText("Turn the second factor off").click();
      await factor(page).getByLabel("Present password").last().fill(PASSWORD);
      await factor(page).getByRole("button", { name: "Turn off" }).click();
      await expect(factor(page).getByRole("button", { name: "Turn on", exact: true })).toBeVisible();
    });

    testSignedIn("the record is narrowed with pills, a line opens, and all of it is a file", async ({ page }) => {
      await page.goto("/accounts");
      await signIn(page, "boss");
      await hydrated(page);
      for (const search of ["alpha", "beta"]) {
        await page.request.get(`/sign-ins?q=${search}`);
      }
      await expect(async () => {
        await page.goto("/access-audit");
        await expect(page.locator("#access-events")).toContainText("q=beta", { timeout: 500 });
      }).toPass();
      await hydrated(page);
      await expectAccessible(page);
      await page.locator("#pill-of").click();
      await page.locator("#edit-of").getByRole("textbox").fill("ALPHA");
      await page.locator("#edit-of").getByRole("button", { name: "Apply" }).click();
      await expect(page).toHaveURL("/access-audit?of=ALPHA");
      await expect(page.locator("#access-events tbody tr")).toHaveCount(1);
      await page.locator("#pill-what").click();
      await page.locator("#edit-what").getByRole("combobox").selectOption("Looked at sign-ins");
      await page.locator("#edit-what").getByRole("button", { name: "Apply" }).click();
      await expect(page).toHaveURL("/access-audit?what=query&of=ALPHA");
      await page.locator("#access-events tbody a").click();
      const pane = page.getByRole("dialog", { name: "Looked at sign-ins" });
      await expect(pane).toContainText("/sign-ins?q=alpha");
      await expect(pane).toContainText("Hash of this line");
      await expectAccessible(page);
      await page.keyboard.press("Escape");
      await expect(pane).toHaveCount(0);
      const downloading = page.waitForEvent("download");
      await page.getByRole("link", { name: "Download CSV" }).click();
      const file = await readFile(await (await downloading).path(), "utf8");
      expect(file.trim().split("\r\n")).toHaveLength(2);
      expect(file).toContain("/sign-ins?q=alpha");
      await page.getByRole("link", { name: "Reset filters" }).click();
      await expect(page).toHaveURL("/access-audit");
    });
  });
}

testSignedIn.describe("without scripts", () => {
  testSignedIn.use({ people: { boss: "global_administrator" }, javaScriptEnabled: false });
  testSignedIn.beforeEach(({ watch }) => watch.allow(/vestibule\.[0-9a-f]+\.js csp$/));

  testSignedIn("a second factor, a token and the record work as well", async ({ page }) => {
    await page.goto("/account");
    await signIn(page, "boss");
    const { codes } = await turnOn(page);
    await page.getByRole("link", { name: "To your account" }).click();
    await page.getByText("Make a token").click();
    await page.getByLabel("What it is for, in lists").fill("Nightly");
    await page.locator("#token-present").fill(PASSWORD);
    await page.getByRole("button", { name: "Make token" }).click();
    await expect(page.locator(".secrets code")).toContainText("vestibule_");
    await page.getByRole("link", { name: "To your account" }).click();
    await page.getByRole("button", { name: "Remove the token Nightly" }).click();
    await expect(page.locator("#tokens")).toContainText("You have none.");
    await page.getByRole("button", { name: "Account of boss" }).click();
    await page.getByRole("button", { name: "Sign out" }).click();
    await signIn(page, "boss");
    await page.getByLabel("Code").fill(codes[0] ?? "");
    await page.getByRole("button", { name: "Sign in" }).click();
    await page.goto("/access-audit?who=boss");
    await page.locator("#pill-what").click();
    await page.locator("#edit-what").getByRole("combobox").selectOption("Signed in");
    await page.locator("#edit-what").getByRole("button", { name: "Apply" }).click();
    await expect(page).toHaveURL("/access-audit?who=boss&what=sign_in");
    await expect(page.locator("#access-events")).toContainText("with a recovery code");
  });
});
