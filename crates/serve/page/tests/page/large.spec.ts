// Ten thousand people: only what is seen is drawn, and scrolling stays smooth.
import type { Page } from "@playwright/test";
import { expect, open, settled, test, watch } from "./explorer";

/** One page for all tests: ten thousand people are read once. */
let page: Page;
let wrong: string[];

test.beforeAll(async ({ browser, large }) => {
  page = await browser.newPage();
  wrong = watch(page);
  await open(page, large, "#/people");
  await expect(page.getByText("10,000 people", { exact: true })).toBeVisible({ timeout: 20_000 });
});
test.afterEach(() => expect(wrong.splice(0)).toEqual([]));
test.afterAll(() => page.close());

interface Drawn {
  /** How many elements came in for one frame at most, and how many there were at once. */
  added: number;
  present: number;
  /** Milliseconds of the processor that the page took for a turn of the wheel. */
  work: number;
}

/**
 * Scrolls with the wheel, as people do, and counts what it takes. A clock on the wall would measure what else the machine does; what
 * keeps a page smooth is that a turn of the wheel costs as little among ten thousand people as among fifty.
 */
async function scroll(page: Page): Promise<Drawn> {
  const session = await page.context().newCDPSession(page);
  await session.send("Performance.enable", { timeDomain: "threadTicks" });
  const worked = async () => {
    const { metrics } = await session.send("Performance.getMetrics");
    return metrics.find(({ name }) => name === "TaskDuration")?.value ?? Number.NaN;
  };
  await page.evaluate(() => {
    const drawn = { added: 0, present: 0, frames: 0 };
    Object.assign(window, { drawn });
    let since = 0;
    new MutationObserver((records) => {
      for (const { addedNodes } of records)
        for (const node of addedNodes) if (node instanceof Element) since += 1 + node.querySelectorAll("*").length;
    }).observe(document.body, { childList: true, subtree: true });
    const frame = () => {
      if (since) drawn.frames += 1;
      drawn.added = Math.max(drawn.added, since);
      drawn.present = Math.max(drawn.present, document.querySelectorAll("*").length);
      since = 0;
      requestAnimationFrame(frame);
    };
    requestAnimationFrame(frame);
  });
  const turns = 20;
  const before = await worked();
  for (let turn = 0; turn < turns; turn += 1) {
    await page.mouse.wheel(0, 900);
    await page.evaluate(() => new Promise((done) => requestAnimationFrame(done)));
  }
  const work = ((await worked()) - before) * (1000 / turns);
  const { frames, added, present } = await page.evaluate(
    () => (window as unknown as { drawn: { added: number; present: number; frames: number } }).drawn,
  );
  expect(frames, "what comes into sight is drawn").toBeGreaterThan(turns / 4);
  return { added, present, work };
}

/** Bounds far above what a page takes that draws what is seen, and far below one that draws or looks through everything. */
function expectSmooth(drawn: Drawn): void {
  expect(drawn.added).toBeLessThan(3_000);
  expect(drawn.present).toBeLessThan(3_000);
  expect(drawn.work).toBeLessThan(300);
}

test("the list of people", async ({ large }) => {
  await open(page, large, "#/people");
  await page.mouse.move(700, 700);
  expectSmooth(await scroll(page));
  expect(await page.getByRole("listitem").count()).toBeLessThan(60);
  await page.evaluate(() => scrollTo(0, document.documentElement.scrollHeight));
  await expect(page.getByRole("listitem").filter({ hasText: "p09999" })).toBeVisible();
  await page.getByLabel("Find").fill("p04321");
  await expect(page.getByText("1 of 10,000 people")).toBeVisible();
});

test("the matrix", async ({ large }) => {
  await open(page, large, "#/matrix/people?product=manage");
  await expect(page.getByText(/^10,000 people with a seat/)).toBeVisible();
  await page.getByRole("gridcell").first().hover();
  expectSmooth(await scroll(page));
  expect(await page.getByRole("gridcell").count()).toBeLessThan(2_000);
  const active = page.locator(":focus");
  await page.getByRole("gridcell").nth(40).click();
  await page.keyboard.press("Escape");
  await page.keyboard.press("Control+End");
  await expect(active).toHaveAccessibleName(/^Tara Dunn, .*: (yes|no)/);
  await expect(active).toBeInViewport();
  await page.mouse.wheel(0, -20_000);
  await expect(active).not.toBeInViewport();
  await page.keyboard.press("ArrowLeft");
  await expect(active).toHaveAccessibleName(/^Tara Dunn, /);
  await expect(active).toBeInViewport();
});

test("completing a name, and the other views", async ({ large }) => {
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
