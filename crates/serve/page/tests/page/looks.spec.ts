// How every view looks and reads: for people who do not see it, in light and dark, on a phone, and at 200 %.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type { AxeResults } from "axe-core";
import { expect, open, test, views } from "./explorer";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

for (const [name, address] of Object.entries(views)) {
  test(`${name}: nothing that the accessibility check finds`, async ({ page, small }) => {
    await open(page, small, address);
    await page.evaluate(axe);
    const { violations } = await page.evaluate<AxeResults>("axe.run()");
    const found = violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(" | ")}`);
    expect(found).toEqual([]);
  });

  test(`${name}: no sideways scrolling of the page, at 200 % and in a narrow window`, async ({ page, small }) => {
    const { width, height } = page.viewportSize() ?? { width: 1440, height: 900 };
    await open(page, small, address);
    for (const size of [width, Math.max(320, width / 2), 320]) {
      await page.setViewportSize({ width: size, height: Math.round(height / 2) });
      const wide = await page.evaluate(() => {
        const width = document.documentElement.clientWidth;
        return document.documentElement.scrollWidth > width ? document.documentElement.scrollWidth : 0;
      });
      expect(wide, `in a window of ${size}`).toBe(0);
    }
  });
}

test("the text can be twice as large", async ({ page, small }) => {
  await open(page, small, views.people ?? "");
  await page.evaluate(() => {
    document.documentElement.style.fontSize = "200%";
  });
  const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  expect(wide).toBe(0);
});
