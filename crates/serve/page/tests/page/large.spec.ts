// Ten thousand people: only what is seen is drawn, and scrolling stays smooth.
import type { Page } from "@playwright/test";
import { expect, open, settled, test } from "./explorer";

interface Scrolled {
  /** Milliseconds between two frames: half of them took no longer. */
  median: number;
  /** The longest that the page was busy at once. */
  busiest: number;
}

/** Scrolls with the wheel, as people do, and measures. */
async function scroll(page: Page): Promise<Scrolled> {
  await page.evaluate(() => {
    const seen = { frames: [] as number[], busy: [0], last: performance.now(), isOver: false };
    Object.assign(window, { seen });
    new PerformanceObserver((list) => seen.busy.push(...list.getEntries().map(({ duration }) => duration))).observe({
      type: "longtask",
    });
    const frame = (now: number) => {
      seen.frames.push(now - seen.last);
      seen.last = now;
      if (!seen.isOver) requestAnimationFrame(frame);
    };
    requestAnimationFrame(frame);
  });
  for (let turn = 0; turn < 60; turn += 1) {
    await page.mouse.wheel(0, 900);
    await page.waitForTimeout(16);
  }
  return page.evaluate(() => {
    const { seen } = window as unknown as { seen: { frames: number[]; busy: number[]; isOver: boolean } };
    seen.isOver = true;
    const frames = seen.frames.toSorted((a, b) => a - b);
    return { median: frames[Math.floor(frames.length / 2)] ?? 0, busiest: Math.max(...seen.busy) };
  });
}

/** Bounds for a slow machine that has other work: a page that draws everything is beyond them by far. */
function expectSmooth({ median, busiest }: Scrolled): void {
  expect(median).toBeLessThan(60);
  expect(busiest).toBeLessThan(500);
}

test("the list of people", async ({ page, large }) => {
  await open(page, large, "#/people");
  await expect(page.getByText("10,000 people", { exact: true })).toBeVisible({ timeout: 20_000 });
  await page.mouse.move(700, 700);
  expectSmooth(await scroll(page));
  expect(await page.getByRole("listitem").count()).toBeLessThan(60);
  await page.evaluate(() => scrollTo(0, document.documentElement.scrollHeight));
  await expect(page.getByRole("listitem").filter({ hasText: "p09999" })).toBeVisible();
  await page.getByLabel("Find").fill("p04321");
  await expect(page.getByText("1 of 10,000 people")).toBeVisible();
});

test("the matrix", async ({ page, large }) => {
  await open(page, large, "#/matrix/people?product=manage");
  await expect(page.getByText(/^10,000 people with a seat/)).toBeVisible({ timeout: 20_000 });
  await page.getByRole("gridcell").first().hover();
  expectSmooth(await scroll(page));
  expect(await page.getByRole("gridcell").count()).toBeLessThan(2_000);
  await page.getByRole("gridcell").nth(40).click();
  await page.keyboard.press("Escape");
  await page.keyboard.press("Control+End");
  await expect(page.locator(":focus")).toHaveAccessibleName(/^Tara Park|: (yes|no)/);
  await expect(page.locator(":focus")).toBeInViewport();
});

test("completing a name, and the other views", async ({ page, large }) => {
  await open(page, large, "#/ask/may?product=manage&action=create_bill");
  await page.getByRole("combobox", { name: "Who" }).fill("p0777");
  await expect(page.getByRole("option")).toHaveCount(10);
  await page.keyboard.press("Enter");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("region", { name: "Answer" })).toContainText(/Yes|No/);
  await open(page, large, "#/ask/who?product=manage&action=create_bill");
  await page.getByRole("button", { name: "Show the next 200" }).click();
  await settled(page);
  await expect(page.getByText("of 200 people on this page may.")).toHaveCount(2);
  await open(page, large, "#/review?part=2");
  await expect(page.getByRole("combobox", { name: "People" })).toHaveValue("2");
  await expect(page.getByRole("main")).toContainText("10,000 people");
});
