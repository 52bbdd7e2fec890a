// What every test of the page has: a server, a watch over errors and requests, and words for what people do.
import { test as base, expect, type Page } from "@playwright/test";
import { largeFirm } from "../firms";
import { aFirm, type Server, type Setting, serve } from "../server";

interface Watched {
  /** What the browser may complain of: only tests of what goes wrong allow anything. */
  allowed: RegExp | undefined;
}

interface Servers {
  small: Server;
  large: Server;
}

const running =
  (setting?: () => Setting) =>
  async (
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the pattern
    {}: object,
    use: (server: Server) => Promise<void>,
  ) => {
    const server = await serve(setting?.());
    await use(server);
    await server.stop();
  };

export const test = base.extend<Watched, Servers>({
  allowed: [undefined, { option: true }],
  small: [running(), { scope: "worker" }],
  large: [running(() => aFirm(largeFirm(10_000))), { scope: "worker" }],
  page: async ({ page, allowed }, use) => {
    const wrong = watch(page, allowed);
    await use(page);
    // What a test holds back or answers itself may still be under way when it is over.
    await page.unrouteAll({ behavior: "ignoreErrors" });
    expect(wrong).toEqual([]);
  },
});

/** Notes what the browser complains of, and every request to somebody else. */
export function watch(page: Page, allowed?: RegExp): string[] {
  const wrong: string[] = [];
  page.on("console", (message) => {
    if (["error", "warning"].includes(message.type()) && !allowed?.test(message.text())) wrong.push(message.text());
  });
  page.on("pageerror", (error) => wrong.push(String(error)));
  page.on("request", (request) => {
    const { hostname, protocol } = new URL(request.url());
    if (protocol !== "data:" && hostname !== "127.0.0.1") wrong.push(`asks ${request.url()}`);
  });
  return wrong;
}

export { expect };

/** Opens a view, and waits until nothing is being asked. */
export async function open(page: Page, server: Server, address: string): Promise<void> {
  await page.goto(server.url + address);
  await settled(page);
}

export async function settled(page: Page): Promise<void> {
  await expect(page.locator("h1")).toBeVisible();
  await expect(page.locator(".waiting")).toHaveCount(0, { timeout: 15_000 });
}

export const grant = (role: string) => `change=${encodeURIComponent(`product=manage&change=grant&role=${role}`)}`;

/** An address of every view, with something in it. */
export const views: Record<string, string> = {
  people: "#/people",
  "people, none": "#/people?find=nobody",
  person: "#/people/wren?show=all",
  "person, unknown": "#/people/wern",
  matrix: "#/matrix/people?product=manage&user=leila&cell=delete_bill",
  "matrix, on people": "#/matrix/people?product=manage&user=tomas&cell=edit_user_profile",
  "matrix, on a thing": "#/matrix/things?product=manage&thing=hale_estate&user=wren&cell=open_matter",
  roles: "#/matrix/roles?product=manage&role=billing&action=delete_bill",
  "roles, by a setting":
    "#/matrix/roles?product=manage&by=billing_rate_visibility&role=own&action=view_own_billing_rate",
  "roles, by lists": "#/matrix/roles?product=manage&by=matter",
  ask: "#/ask",
  "ask, may": "#/ask/may?user=wren&product=manage&action=create_bill",
  "ask, may on a thing": "#/ask/may?user=wren&product=manage&action=open_matter&target=hale_estate",
  "ask, who": "#/ask/who?product=manage&action=create_bill",
  "ask, what": "#/ask/what?user=wren",
  "ask, where": "#/ask/where?user=tomas&product=manage&action=edit_user_profile",
  "ask, how": "#/ask/how?user=wren&product=manage&action=create_bill",
  "ask, no way": "#/ask/how?user=wren&product=manage&action=open_matter&target=hale_estate",
  change: `#/change?user=ines&${grant("billing")}`,
  "change, refused": `#/change?user=ines&by=wren&${grant("billing")}`,
  compare: "#/compare",
  review: "#/review",
};
