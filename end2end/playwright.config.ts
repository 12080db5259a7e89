/**
 * How the end-to-end tests run: one Chromium, which scripts/ensure-browser.sh found or installed, against a
 * server that scripts/end2end.sh started with a fixed demo tenant. Start them with `make test-e2e`.
 */
import { defineConfig, devices } from "@playwright/test";

const inCi = Boolean(process.env.CI);

export default defineConfig({
  testDir: "tests",
  outputDir: "test-results",
  snapshotPathTemplate: "{testDir}/{testFileDir}/{testFileName}-snapshots/{arg}{ext}",
  // Tests that import have servers of their own, so all may run side by side; two cores carry two browsers.
  fullyParallel: true,
  workers: 2,
  // A test that passes only at the second try hides a fault.
  retries: 0,
  forbidOnly: inCi,
  timeout: 30_000,
  expect: { timeout: 10_000 },
  reporter: [["list"], ["./reporter.ts"]],
  use: {
    baseURL: process.env.VESTIBULE_URL ?? "http://127.0.0.1:3000",
    locale: "en-GB",
    timezoneId: "UTC",
    screenshot: "only-on-failure",
    // Recording one takes a fifth of the time of a run: VESTIBULE_TRACE=1 asks for it.
    trace: process.env.VESTIBULE_TRACE ? "retain-on-failure" : "off",
    launchOptions: {
      executablePath: process.env.VESTIBULE_CHROMIUM ?? "/usr/bin/chromium",
      // A container has no sandbox of its own to give away, and the browser is to call nobody but the server.
      args: [
        "--no-sandbox",
        "--disable-gpu",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
      ],
    },
  },
  projects: [{ name: "chromium", use: { ...devices["Desktop Chrome"], viewport: { width: 1366, height: 768 } } }],
});
