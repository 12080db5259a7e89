/** Takes the pictures of the documents: `make pictures`. Not part of the tests. */
import config from "./playwright.config";

export default {
  ...config,
  testDir: "pictures",
  testMatch: "*.ts",
  reporter: [["list"]],
  projects: [
    {
      name: "pictures",
      use: { ...config.projects?.[0]?.use, viewport: { width: 1440, height: 900 }, contextOptions: { reducedMotion: "reduce" } },
    },
  ],
} satisfies typeof config;
