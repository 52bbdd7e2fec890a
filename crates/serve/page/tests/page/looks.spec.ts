// How every view looks and reads: for people who do not see it, in light and dark, on a phone, and at 200 %.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type { Page } from "@playwright/test";
import { expect, open, test, views, watch } from "./explorer";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/** One page for all views, as somebody has it who goes from one to the next: the firm is read once. */
let shared: Page;
let wrong: string[];

test.beforeAll(async ({ browser, small, colorScheme, hasTouch }) => {
  shared = await browser.newPage();
  wrong = watch(shared);
  await open(shared, small, "#/people");
  await shared.evaluate(axe);
  const looks = await shared.evaluate(() => ({
    isDark: matchMedia("(prefers-color-scheme: dark)").matches,
    hasTouch: matchMedia("(any-pointer: coarse)").matches,
  }));
  expect(looks).toEqual({ isDark: colorScheme === "dark", hasTouch });
});
test.afterEach(() => expect(wrong.splice(0)).toEqual([]));
test.afterAll(() => shared.close());

for (const [name, address] of Object.entries(views)) {
  test(`${name}: no finding of the accessibility check, no sideways scrolling at 200 % and in a narrow window`, async ({
    small,
    viewport,
  }) => {
    const { width, height } = viewport ?? { width: 1440, height: 900 };
    await shared.setViewportSize({ width, height });
    await open(shared, small, address);
    const { found, passed } = await check(shared);
    expect(found).toEqual([]);
    // Colours are among what is looked at.
    expect(passed).toContain("color-contrast");
    for (const size of [width, Math.max(320, width / 2), 320]) {
      await shared.setViewportSize({ width: size, height: Math.round(height / 2) });
      expect(await widerThanWindow(shared), `in a window of ${size}`).toBe(0);
    }
  });
}

test("the text can be twice as large", async ({ small, viewport }) => {
  await shared.setViewportSize(viewport ?? { width: 1440, height: 900 });
  await open(shared, small, views.people ?? "");
  await shared.evaluate(() => {
    document.documentElement.style.fontSize = "200%";
  });
  expect(await widerThanWindow(shared)).toBe(0);
  await shared.evaluate(() => document.documentElement.removeAttribute("style"));
});

/** By how many pixels the page is wider than its window. */
function widerThanWindow(page: Page): Promise<number> {
  return page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
}

/** What the accessibility check finds, and which of its rules nothing breaks. */
function check(page: Page): Promise<{ found: string[]; passed: string[] }> {
  return page.evaluate(async () => {
    const { axe } = window as unknown as { axe: typeof import("axe-core") };
    const { violations, passes } = await axe.run({ resultTypes: ["violations"] });
    return {
      found: violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(" | ")}`),
      passed: passes.map(({ id }) => id),
    };
  });
}
