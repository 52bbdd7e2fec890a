import { defineConfig } from "@playwright/test";

const wide = { width: 1440, height: 900 };
const narrow = { width: 390, height: 844 };

export default defineConfig({
  testDir: "tests",
  outputDir: "test-results",
  reporter: "list",
  // As many browsers as the smallest machines have cores: no test measures how long something takes.
  workers: 2,
  forbidOnly: true,
  use: {
    // The browser of the system: none is downloaded.
    launchOptions: { executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium", args: ["--no-sandbox"] },
    viewport: wide,
    locale: "en-GB",
    timezoneId: "Europe/London",
  },
  projects: [
    { name: "unit", testDir: "tests/unit" },
    { name: "desktop", testDir: "tests/page" },
    { name: "dark", testMatch: "page/looks.spec.ts", use: { colorScheme: "dark" } },
    { name: "phone", testMatch: "page/looks.spec.ts", use: { viewport: narrow, hasTouch: true } },
    { name: "screenshots", testMatch: "screenshots.spec.ts" },
  ],
});
