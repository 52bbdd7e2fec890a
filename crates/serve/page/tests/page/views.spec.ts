// Every view does what it is for.
import { exampleFirm } from "../firms";
import { newKey, serve } from "../server";
import { expect, grant, open, settled, test, views } from "./explorer";

test.describe("people", () => {
  test("are found by name, role and state, and the address remembers it", async ({ page, small }) => {
    await open(page, small, "#/people");
    await expect(page.getByRole("listitem").filter({ hasText: "Wren Abernathy" })).toBeVisible();
    await expect(page.getByText("14 people", { exact: true })).toBeVisible();
    await page.getByLabel("Find").fill("hart");
    await expect(page.getByText("2 of 14 people")).toBeVisible();
    await expect(page).toHaveURL(/find=hart/);
    await page.getByLabel("Seat or role").selectOption("manage/primary_subscriber");
    await expect(page.getByText("1 of 14 people")).toBeVisible();
    await page.reload();
    await expect(page.getByText("1 of 14 people")).toBeVisible();
    await page.getByLabel("State").selectOption("disabled");
    await expect(page.getByText("Nobody fits")).toBeVisible();
  });

  test("lead to what each may do, and back", async ({ page, small }) => {
    await open(page, small, "#/people");
    await page.getByRole("link", { name: /Wren Abernathy/ }).click();
    await expect(page.getByRole("heading", { level: 1, name: "Wren Abernathy" })).toBeFocused();
    await expect(page).toHaveTitle("Wren Abernathy · Hartley Moss LLP");
    await expect(page.getByRole("link", { name: "May (23)" })).toBeVisible();
    await page.getByRole("link", { name: "May not (67)" }).click();
    await page.getByText("Create a bill").click();
    const line = page.getByRole("listitem").filter({ hasText: "Create a bill" });
    await expect(line).toContainText("Wren Abernathy would hold Billing");
    await expect(line).toContainText("rules/manage.yaml:");
    await expect(line).toContainText("Change user permissions in Clio Manage");
    await line.getByRole("link", { name: "How could this change?" }).click();
    await expect(page.getByText("Grant a permission: Billing, for Wren Abernathy")).toBeVisible();
    await page.goBack();
    await page.goBack();
    await page.goBack();
    await expect(page.getByRole("heading", { level: 1, name: "People" })).toBeVisible();
  });

  test("who is not there is said", async ({ page, small }) => {
    await open(page, small, "#/people/wern");
    await expect(page.getByRole("alert")).toContainText("Nobody in this firm has the id wern");
  });
});

test.describe("matrix", () => {
  test("a cell leads to its rule, line and section", async ({ page, small }) => {
    await open(page, small, "#/matrix/people?product=manage");
    await expect(page.getByRole("gridcell", { name: "Nadia Hartley, Add court rules: yes" })).not.toBeFocused();
    await page.getByRole("gridcell", { name: "Leila Farouk, Add court rules: no" }).click();
    const why = page.getByRole("region", { name: "Why" });
    await expect(why).toContainText("Needs Administrator");
    await expect(why).toContainText("add_court_rules");
    await expect(why).toContainText("rules/manage.yaml:");
    await expect(why).toContainText("Understand account roles in Clio Manage");
    await expect(why).toContainText("Leila Farouk holds Administrator");
    await expect(page).toHaveURL(/user=leila&cell=add_court_rules/);
    await page.goBack();
    await expect(why).toHaveCount(0);
  });

  test("a shared address shows its cell", async ({ page, small }) => {
    await open(page, small, views["matrix, on people"] ?? "");
    const cell = page.getByRole("gridcell", { selected: true });
    await expect(cell).toBeInViewport();
    await expect(cell).toHaveAccessibleName("Tomas Lindgren, Change a person's details: yes, to some people");
    await expect(page.getByRole("region", { name: "Why" })).toContainText("Nobody else edits the primary subscriber");
  });

  test("the keyboard alone is enough", async ({ page, small }) => {
    await open(page, small, "#/matrix/people?product=manage");
    await page.getByLabel("Find a person").focus();
    await page.keyboard.press("Tab");
    const active = page.locator(":focus");
    await expect(active).toHaveAccessibleName("Nadia Hartley, Add court rules: yes");
    for (const key of ["ArrowDown", "ArrowDown", "ArrowRight", "ArrowDown", "ArrowDown"])
      await page.keyboard.press(key);
    await expect(active).toHaveAccessibleName("Leila Farouk, Delete many matters at once: no");
    await page.keyboard.press("Control+End");
    await expect(active).toBeInViewport();
    await page.keyboard.press("Control+Home");
    await expect(active).toHaveAccessibleName("Nadia Hartley, Add court rules: yes");
    await page.keyboard.press("Enter");
    await expect(page.getByRole("region", { name: "Why" }).getByRole("heading", { level: 2 })).toBeFocused();
    await expect(page.getByRole("region", { name: "Why" })).toContainText("Yes");
    await page.keyboard.press("Escape");
    await expect(page.getByRole("region", { name: "Why" })).toHaveCount(0);
    await expect(active).toHaveAccessibleName("Nadia Hartley, Add court rules: yes");
  });

  test("no key is lost, however fast they are pressed", async ({ page, small }) => {
    await open(page, small, "#/matrix/people?product=manage");
    await page.getByLabel("Find a person").focus();
    await page.keyboard.press("Tab");
    // All in one task of the browser: it draws nothing in between, as on a machine that is too busy to.
    const names = await page.evaluate(async () => {
      const names: string[] = [];
      for (const key of ["Enter", "Escape", "Control+End", "Enter", "Escape", "ArrowLeft", "ArrowUp", "Control+Home"]) {
        const [name, control] = key.split("+").toReversed();
        const init = { key: name, ctrlKey: control !== undefined, bubbles: true, cancelable: true };
        document.activeElement?.dispatchEvent(new KeyboardEvent("keydown", init));
        for (let turn = 0; turn < 50; turn += 1) await Promise.resolve();
        names.push(document.activeElement?.ariaLabel ?? document.activeElement?.tagName ?? "");
      }
      return names;
    });
    const first = "Nadia Hartley, Add court rules: yes";
    const last = "Hugo Petit, See what a person did: no, to nobody";
    const near = expect.stringMatching(/: (yes|no)/);
    expect(names).toEqual(["H2", first, last, "H2", last, near, near, first]);
  });

  test("so does a thing, with the people on its lists", async ({ page, small }) => {
    await open(page, small, "#/matrix/people?product=manage");
    await page.getByRole("link", { name: "On a thing" }).click();
    await page.getByRole("combobox", { name: "Thing" }).fill("hale");
    await page.keyboard.press("Enter");
    await expect(page.getByRole("gridcell", { name: "Freya Solberg, Open a matter: yes" })).toBeVisible();
    await page.getByRole("gridcell", { name: "Wren Abernathy, Open a matter: no" }).click();
    await expect(page.getByRole("region", { name: "Why" })).toContainText("limited to the people on its list");
    await expect(page).toHaveURL(/thing=hale_estate&user=wren&cell=open_matter/);
  });

  test("roles have a matrix too", async ({ page, small }) => {
    await open(page, small, "#/matrix/roles?product=manage");
    await page.getByRole("link", { name: "Delete a bill, Billing: may", exact: true }).click();
    await expect(page.getByRole("region", { name: "Why" })).toContainText("Whoever holds Billing may do it.");
    await page.keyboard.press("Escape");
    await expect(page.locator(":focus")).toHaveAccessibleName("Delete a bill, Billing: may");
    await page.getByLabel("Product").selectOption("grow");
    await expect(page.getByRole("columnheader", { name: "Normal" })).toBeVisible();
  });

  test("the columns can be what else answers depend on", async ({ page, small }) => {
    await open(page, small, "#/matrix/roles?product=manage");
    await page.getByLabel("Columns").selectOption({ label: "Matter: its lists" });
    await settled(page);
    await expect(page.getByRole("columnheader", { name: "On no list" })).toBeVisible();
    await expect(page.getByRole("link", { name: "Open a matter, On no list: may not" })).toBeVisible();
    await expect(page.getByText("73 other actions have nothing to do with it.")).toBeVisible();
    await page.getByLabel("Columns").selectOption("billing_rate_visibility");
    await settled(page);
    await page.getByRole("link", { name: /billing rate, Own: may$/ }).click();
    await expect(page.getByRole("region", { name: "Why" })).toContainText("Everybody with a seat may do it then.");
    await expect(page).toHaveURL(/by=billing_rate_visibility&role=own/);
    await page.keyboard.press("Escape");
    await expect(page.locator(":focus")).toHaveAccessibleName(/billing rate, Own: may$/);
  });
});

test.describe("ask", () => {
  test("names complete as one types, with the keyboard alone", async ({ page, small }) => {
    await open(page, small, "#/ask");
    await page.getByRole("combobox", { name: "Who" }).focus();
    await page.keyboard.type("wre");
    await expect(page.getByRole("option", { name: /Wren Abernathy/ })).toHaveAttribute("aria-selected", "true");
    await page.keyboard.press("Enter");
    await page.keyboard.press("Tab");
    await page.keyboard.type("bill");
    await expect(page.getByRole("option", { name: /Create a bill/ })).toBeVisible();
    await page.keyboard.type("x");
    await expect(page.getByText("Nobody and nothing of this name")).toBeVisible();
    await page.keyboard.press("Backspace");
    const chosen = page.locator('[role="option"][aria-selected="true"]');
    while (!((await chosen.textContent()) ?? "").startsWith("Create a bill")) await page.keyboard.press("ArrowDown");
    await page.keyboard.press("Enter");
    await expect(page.getByRole("combobox", { name: "Does what" })).toHaveValue("Create a bill");
    await page.keyboard.press("Enter");
    const answer = page.getByRole("region", { name: "Answer" });
    await expect(answer).toContainText("No");
    await expect(answer).toContainText("Needs Billing.");
    await expect(answer).toContainText("rules/manage.yaml:");
    await expect(page.getByRole("status").last()).toHaveText("No. Needs Billing");
    await expect(answer).toContainText("the fewest things that would have to be different together");
  });

  test("a no leads to how it could be a yes, and that to a trial", async ({ page, small }) => {
    await open(page, small, views["ask, may"] ?? "");
    await page.getByRole("link", { name: "How could this change?" }).click();
    const way = page.getByRole("article").first();
    await expect(way).toContainText("Nadia Hartley, Tomas Lindgren, Priya Moss, Marek Zielinski");
    await way.getByRole("link", { name: "Try this change" }).click();
    await expect(page.getByRole("region", { name: "Outcome" })).toContainText("Accepted");
  });

  test("where no way leads there, it is said why", async ({ page, small }) => {
    await open(page, small, views["ask, no way"] ?? "");
    await expect(page.getByRole("region", { name: "Answer" })).toContainText(
      "No sequence of permitted changes leads there",
    );
  });

  test("who may, with the reason of each", async ({ page, small }) => {
    await open(page, small, views["ask, who"] ?? "");
    const answer = page.getByRole("region", { name: "Answer" });
    await expect(answer).toContainText("6 of 14 people may.");
    await answer.getByRole("link", { name: /why may not, Otto Brandt/ }).click();
    await expect(answer).toContainText("Needs Billing.");
  });

  test("to whom, and what on a thing", async ({ page, small }) => {
    await open(page, small, views["ask, where"] ?? "");
    await expect(page.getByRole("region", { name: "Answer" }).getByRole("listitem").first()).toContainText(
      "Tomas Lindgren",
    );
    await page.getByRole("link", { name: "What may they do?" }).click();
    await page.getByRole("combobox", { name: /On what/ }).fill("ombre");
    await page.keyboard.press("Enter");
    await page.getByRole("button", { name: "Ask" }).click();
    await expect(page.getByRole("region", { name: "Answer" })).toContainText("May do");
    await expect(page).toHaveURL(/target=ombre_v_vale/);
  });

  test("facts and things are asked about", async ({ page, small }) => {
    await open(page, small, "#/ask/may?user=wren&product=manage&action=open_matter");
    await expect(page.getByRole("region", { name: "Answer" })).toContainText("Yes");
    await page.getByRole("combobox", { name: "Matter access", exact: true }).selectOption("not_listed");
    await page.getByRole("button", { name: "Ask" }).click();
    await expect(page.getByRole("region", { name: "Answer" })).toContainText("limited to the people on its list");
    await page.getByRole("combobox", { name: "Matter (optional)" }).fill("ombre");
    await page.keyboard.press("Enter");
    await page.getByRole("button", { name: "Ask" }).click();
    await expect(page.getByRole("region", { name: "Answer" })).toContainText("Yes");
    await expect(page).toHaveURL(/target=ombre_v_vale/);
  });

  test("what is missing is said before it is asked", async ({ page, small }) => {
    await open(page, small, "#/ask/may?product=manage&action=edit_user_profile&user=tomas");
    await expect(page.getByText("Choose to whom it is done.")).toBeVisible();
    await page.getByRole("button", { name: "Ask" }).press("Enter");
    await expect(page.getByRole("region", { name: "Answer" })).toHaveCount(0);
  });
});

test.describe("try a change", () => {
  test("says what is gained, what follows and what to look out for, and writes nothing", async ({ page, small }) => {
    const asked: string[] = [];
    page.on("request", (request) => asked.push(request.postData() ?? ""));
    await open(page, small, "#/change");
    await page.getByRole("combobox", { name: "Whose access" }).fill("ines");
    await page.keyboard.press("Enter");
    await page.getByLabel("Role").selectOption("billing");
    await page.getByRole("button", { name: "Try it" }).click();
    const outcome = page.getByRole("region", { name: "Outcome" });
    await expect(outcome).toContainText("Accepted");
    await expect(outcome).toContainText("12 Gained");
    await expect(outcome).toContainText("One person makes bills and pays money out");
    await expect(outcome).toContainText("Messages about card payments start");
    await expect(outcome).toContainText("Ines Carvalho gets Billing");
    await page.getByRole("combobox", { name: /Made by/ }).fill("wren");
    await page.keyboard.press("Enter");
    await expect(outcome).toContainText("Refused");
    await expect(outcome).toContainText("Needs Administrator");
    await page.goBack();
    await expect(outcome).toContainText("Accepted");
    expect(asked.filter((request) => request.includes('"apply"'))).toEqual([]);
  });

  test("several changes, one after the other", async ({ page, small }) => {
    await open(page, small, `#/change?user=ines&${grant("billing")}&${grant("reports")}`);
    await expect(page.getByRole("heading", { name: "The steps" })).toBeVisible();
    await page.getByRole("button", { name: "Leave out: Grant a permission: Billing" }).click();
    await expect(page.getByRole("heading", { name: "The step", exact: true })).toBeVisible();
  });

  test("a setting and its value", async ({ page, small }) => {
    await open(page, small, "#/change?user=wren");
    await page.getByLabel("Change").selectOption("manage/set_visibility");
    await page.getByLabel("Setting").selectOption("billing_rate_visibility");
    await page.getByLabel("Value").selectOption("own");
    await page.getByRole("button", { name: "Try it" }).click();
    await expect(page.getByRole("region", { name: "Outcome" })).toContainText("1 Lost");
  });
});

test.describe("compare", () => {
  const before = () => exampleFirm().replace("roles: [reports]", "roles: [reports, billing]");

  test("with a file: who has and may do what is different", async ({ page, small }) => {
    await open(page, small, "#/compare");
    await page
      .getByLabel("A firm file")
      .setInputFiles({ name: "spring.yaml", mimeType: "text/yaml", buffer: Buffer.from(before()) });
    const differences = page.getByRole("region", { name: "Differences" });
    await expect(differences).toContainText("1 person with differences.");
    await expect(differences).toContainText("Lost Billing.");
    await expect(differences).toContainText("Create a bill");
    await page.reload();
    await expect(differences).toContainText("Lost Billing.");
    await page.getByRole("button", { name: "Forget spring.yaml" }).click();
    await expect(differences).toHaveCount(0);
  });

  test("with the firm as it was saved: nothing is different", async ({ page, small }) => {
    await open(page, small, "#/compare");
    await page.getByRole("button", { name: "Save in this browser" }).click();
    await expect(page.getByRole("region", { name: "Differences" })).toContainText("Nothing is different.");
  });

  test("with a pasted text that is no firm: the mistake is said", async ({ page, small }) => {
    await open(page, small, "#/compare");
    await page.getByText("Or paste a firm file").click();
    await page.getByLabel("The text").fill("users: [{id: a, rols: [b]}]");
    await page.getByRole("button", { name: "Compare" }).click();
    await expect(page.getByRole("alert")).toBeVisible();
  });
  test.use({ allowed: /Failed to load resource.*400/ });
});

test("the review names what somebody should look at", async ({ page, small }) => {
  await open(page, small, "#/review");
  const main = page.getByRole("main");
  await expect(main).toContainText("14 people");
  await expect(main).toContainText("One person makes bills and pays money out: Leila Farouk");
  await expect(main).toContainText("Hugo Petit: Administrator");
  await page.getByRole("link", { name: "Billing", exact: true }).click();
  await settled(page);
  await expect(page).toHaveURL(/role=manage(%2F|\/)billing/);
});

test.describe("when something is wrong", () => {
  test.use({ allowed: /Failed to load resource/ });

  test("a server that is away is said, and one can try again", async ({ page, small }) => {
    await page.route("**/v1/ask", (route) => route.abort());
    await page.goto(small.url);
    await expect(page.getByRole("alert")).toContainText("The server cannot be reached.");
    await page.unroute("**/v1/ask");
    await page.getByRole("button", { name: "Try again" }).click();
    await expect(page.getByText("14 people", { exact: true })).toBeVisible();
  });

  test("a server that wants a key gets the one that is typed", async ({ page }) => {
    const { key, file } = newKey();
    const server = await serve({ files: { "keys.yaml": file }, options: ["--keys", "keys.yaml"] });
    await page.goto(server.url);
    await expect(page.getByRole("alert")).toContainText("This server wants a key.");
    await page.getByLabel("Key").fill(key);
    await page.getByRole("button", { name: "Use this key" }).click();
    await expect(page.getByText("14 people", { exact: true })).toBeVisible();
    await page.reload();
    await expect(page.getByText("14 people", { exact: true })).toBeVisible();
    await server.stop();
  });

  test("other rules or another firm are noticed", async ({ page, small }) => {
    let digest = "one";
    await page.route("**/v1/ask", async (route) => {
      const response = await route.fetch();
      await route.fulfill({ response, headers: { ...response.headers(), "x-rules-digest": digest } });
    });
    await open(page, small, "#/people");
    await expect(page.getByRole("alert")).toHaveCount(0);
    digest = "two";
    await page.getByRole("link", { name: /Wren Abernathy/ }).click();
    await expect(page.getByRole("alert")).toContainText("have changed since this page was read");
    await page.getByRole("button", { name: "Read them again" }).click();
    await expect(page.getByRole("alert")).toHaveCount(0);
    await expect(page.getByRole("link", { name: "May (23)" })).toBeVisible();
  });

  test("while it is read, that is said", async ({ page, small }) => {
    let release = () => {};
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    await page.route("**/v1/ask", async (route) => {
      await held;
      await route.continue();
    });
    await page.goto(small.url);
    await expect(page.getByText("Reading the firm…")).toBeVisible();
    release();
    await expect(page.getByText("14 people", { exact: true })).toBeVisible();
  });
});

test("a tenant has the page of its own firm", async ({ page }) => {
  const firms = { north: "firm: North LLP\nusers: [{id: a, name: Ada North, manage: {roles: [primary_subscriber]}}]" };
  const config = JSON.stringify({ tenants: { north: { firm: "north.yaml" } } });
  const files = { "north.yaml": firms.north, "config.yaml": config };
  const server = await serve({ files, options: ["--config", "config.yaml"], path: "/t/north/" });
  await open(page, server, "#/people");
  await expect(page.getByRole("banner")).toContainText("North LLP");
  await page.getByRole("link", { name: /Ada North/ }).click();
  await expect(page.getByRole("link", { name: /^May \(/ })).toBeVisible();
  await server.stop();
});

test("other rules: actions on things, and groups", async ({ page }) => {
  const rulebook = new URL("../../../../../tests/rulebooks/organisation/", import.meta.url).pathname;
  const server = await serve({ options: ["--rules", `${rulebook}rules`, "--firm", `${rulebook}firm.yaml`] });
  await open(page, server, "#/matrix");
  await page.getByRole("link", { name: "choose a thing" }).click();
  await page.getByRole("combobox", { name: "Thing" }).fill("kernel");
  await page.keyboard.press("Enter");
  await page.getByRole("gridcell", { name: "Dev Elopa, Push to it: no" }).click();
  await page.getByRole("region", { name: "Why" }).getByRole("link", { name: "How could this change?" }).click();
  await page.getByRole("article").first().getByRole("link", { name: "Try this change" }).click();
  const outcome = page.getByRole("region", { name: "Outcome" });
  await expect(outcome).toContainText("Accepted");
  await expect(outcome).toContainText("Dev Elopa: ");
  await expect(outcome).toContainText("named on repository.write");
  await page.getByText("Add another change").click();
  await page.getByLabel("Change").selectOption("hosting/take_into_team");
  await page.getByRole("combobox", { name: "Group" }).fill("supp");
  await expect(page.getByRole("option", { name: "support" })).toBeVisible();
  await page.keyboard.press("Enter");
  await page.getByRole("button", { name: "Add this change" }).click();
  await expect(page.getByRole("heading", { name: "The steps" })).toBeVisible();
  await expect(outcome).toContainText("Group support: Dev Elopa added");
  await server.stop();
});

test("the first tab leads past the frame", async ({ page, small }) => {
  await open(page, small, "#/people");
  await page.keyboard.press("Tab");
  await expect(page.getByRole("button", { name: "Skip to the content" })).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("main")).toBeFocused();
  await page.keyboard.press("Tab");
  await expect(page.getByLabel("Find")).toBeFocused();
});
