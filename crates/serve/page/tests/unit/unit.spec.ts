// What can be tried without a browser.
import { expect, test } from "@playwright/test";
import type { Ask } from "../../src/ask";
import { AskError } from "../../src/ask";
import { alteredThingWords, changeWords, readWish, wishRequest, wishText } from "../../src/changes";
import { columnKey, type Firm, findPeople, mainProduct, readFirm } from "../../src/firm";
import { kindOf } from "../../src/kept";
import type { CatalogueReply, ReviewReply } from "../../src/protocol";
import { parse, to } from "../../src/route";
import { find, fold, rank } from "../../src/search";
import { stateOf } from "../../src/state";
import { span } from "../../src/window";
import { capital, count, list, reason, statement, through, tone, value, wish } from "../../src/words";

const product = {
  id: "shop",
  title: "The shop",
  document: "Manual",
  roles: [{ id: "clerk", title: "Clerk", basis: "stated", section: "S", place: "shop.yaml:1" }],
  settings: [],
  readings: [{ id: "open_late", question: "Is it open late?", default: false, section: "S", place: "shop.yaml:2" }],
  things: [],
  actions: [{ id: "sell", title: "Sell things", group: "Work", on_target: false, facts: [], place: "shop.yaml:3" }],
  changes: [],
  effects: [],
  conflicts: [],
  advice: [],
  properties: [],
} satisfies CatalogueReply["products"][0];

/** A review of some people, who alternate between a clerk who may sell and somebody who may not. */
function review(ids: string[]): ReviewReply {
  const note = (number: number, access: "allow" | "deny") => ({ note: number, column: 0, access, answers: [] });
  return {
    ask: "review",
    yes: true,
    firm: "Corner shop",
    users: 7,
    disabled: 0,
    without_seat: 0,
    people: ids.map((id, index) => ({
      user: id,
      name: `Nâme ${id}`,
      enabled: true,
      seats: [
        { product: "shop", holds: index % 2 ? [] : ["clerk"], brought: [], settings: [], can: 1, row: index % 2 },
      ],
    })),
    products: [
      {
        product: "shop",
        title: "The shop",
        document: "Manual",
        seats: 7,
        disabled: 0,
        roles: [],
        settings: [],
        readings: [{ reading: "open_late", question: "Is it open late?", choice: true, is_default: false }],
        actions: [{ action: "sell", title: "Sell things", group: "Work", on_target: false }],
        kinds: [],
        rows: [
          { users: [], notes: [1] },
          { users: [], notes: [2] },
        ],
        notes: [note(1, "allow"), note(2, "deny")],
        one_step: [],
        dormant: [],
        conflicts: [],
      },
    ],
    ending: [],
    without_effect: [],
  };
}

const ids = ["a", "b", "c", "d", "e", "f", "g"];

/** An engine that knows these people, and gives them three at a time where `isLarge`. */
function engine(isLarge: boolean): Ask {
  const answer = (request: { ask: string; only?: string[]; after?: string }) => {
    if (request.ask === "catalogue") return { products: [product] };
    if (request.ask === "review" && request.only) return review(request.only);
    if (request.ask === "review") return review(ids);
    const from = request.after ? ids.indexOf(request.after) + 1 : 0;
    const size = isLarge ? 3 : 7;
    const page = ids.slice(from, from + size);
    return {
      users: page.map((user) => ({ user, product: "shop", actions: [] })),
      next: from + size < 7 ? page.at(-1) : undefined,
    };
  };
  return (async (request: never) => answer(request)) as unknown as Ask;
}

async function read(isLarge: boolean): Promise<Firm[]> {
  const seen: Firm[] = [];
  for await (const firm of readFirm(engine(isLarge))) seen.push(firm);
  return seen;
}

async function small(): Promise<Firm> {
  const [firm] = await read(false);
  if (!firm) throw new Error("no firm");
  return firm;
}

test.describe("firm", () => {
  test("is read at once, or in parts that add up to the same", async () => {
    const whole = await read(false);
    const parts = await read(true);
    expect(whole.map(({ people, complete }) => [people.length, complete])).toEqual([[7, true]]);
    expect(parts.map(({ people, complete }) => [people.length, complete])).toEqual([
      [3, false],
      [6, false],
      [7, true],
    ]);
    expect(parts.at(-1)?.people.map(({ id }) => id)).toEqual(ids);
    expect(parts.at(-1)?.columns).toEqual(whole[0]?.columns);
  });

  test("knows what each may do", async () => {
    const firm = await small();
    const access = firm.people.map(({ answers }) => answers.get("shop")?.[0]?.access);
    expect(access).toEqual(["allow", "deny", "allow", "deny", "allow", "deny", "allow"]);
    expect(mainProduct(firm)).toBe("shop");
  });

  test("finds people by words, role and state", async () => {
    const firm = await small();
    expect(findPeople(firm, "name g").map(({ id }) => id)).toEqual(["g"]);
    expect(findPeople(firm, "", "shop/clerk").map(({ id }) => id)).toEqual(["a", "c", "e", "g"]);
    expect(findPeople(firm, "", "shop").length).toBe(7);
    expect(findPeople(firm, "", "", "disabled")).toEqual([]);
  });

  test("a mistake on the way is a mistake", async () => {
    const broken = (async () => {
      throw new AskError("no", "unreachable");
    }) as unknown as Ask;
    await expect(readFirm(broken).next()).rejects.toThrow("no");
  });

  test("columns have names", () => {
    const column = { action: "open", title: "Open", group: "G", on_target: false };
    expect(columnKey(column)).toBe("open");
    expect(columnKey({ ...column, facts: { late: true } })).toBe("open late=true");
  });

  test("its state is a firm file", async () => {
    const firm = await small();
    const text = stateOf(firm, [{ id: "a" }], [{ id: "team", members: ["a"] }], {});
    expect(JSON.parse(text)).toEqual({
      firm: "Corner shop",
      readings: { shop: { open_late: true } },
      groups: { team: ["a"] },
      users: [{ id: "a" }],
    });
    expect(kindOf({ "firm.yaml": text })).toBe("firm");
  });
});

test.describe("search", () => {
  test("leaves case and accents aside", () => {
    expect(fold("René ÅSE")).toBe("rene ase");
  });

  test("ranks beginnings before words before the rest", () => {
    expect([rank("wren abernathy", "wr"), rank("wren abernathy", "ab"), rank("wren abernathy", "nat")]).toEqual([
      0, 1, 2,
    ]);
    expect(rank("wren", "x")).toBeUndefined();
  });

  test("gives the best first, and counts the others", () => {
    const options = ["Unbilled", "Old bill", "Bill"].map((label) => ({ value: label, label }));
    expect(find(options, "bill", 2)).toEqual({ first: [options[2], options[1]], count: 3 });
    expect(find(options, "", 2)).toEqual({ first: options.slice(0, 2), count: 3 });
    expect(find(options, "nothing", 2)).toEqual({ first: [], count: 0 });
  });
});

test.describe("addresses", () => {
  test("lead back to what they were made of", () => {
    const address = to("ask", "may", { user: "a/b & c", target: "", fact: ["x=1", "y=2"], none: undefined });
    const { view, about, query } = parse(address);
    expect([view, about, query.get("user"), query.getAll("fact"), query.has("target")]).toEqual([
      "ask",
      "may",
      "a/b & c",
      ["x=1", "y=2"],
      false,
    ]);
    expect(parse(to("people", "ä/ö?")).about).toBe("ä/ö?");
  });

  test("nothing and nonsense are the people", () => {
    expect(parse("").view).toBe("people");
    expect(parse("#/").view).toBe("people");
    expect(parse("#/people/%E0%A4%A").about).toBe("%E0%A4%A");
  });
});

test.describe("what is seen", () => {
  test("is a span of rows with some around it", () => {
    expect(span(0, 100, 10, 1000, 2)).toEqual({ start: 0, end: 12 });
    expect(span(500, 100, 10, 1000, 2)).toEqual({ start: 48, end: 62 });
    expect(span(9_950, 100, 10, 1000, 2)).toEqual({ start: 993, end: 1000 });
  });

  test("is nothing of an empty list, and never beyond its end", () => {
    expect(span(0, 100, 10, 0, 2)).toEqual({ start: 0, end: 0 });
    expect(span(-500, 100, 10, 5, 2)).toEqual({ start: 0, end: 0 });
    expect(span(5_000, 100, 10, 5, 2)).toEqual({ start: 5, end: 5 });
  });
});

test.describe("words", () => {
  test("of numbers and lists", () => {
    expect([count(1, "person", "people"), count(10_000, "person", "people")]).toEqual(["1 person", "10,000 people"]);
    expect([list([]), list(["a"]), list(["a", "b"]), list(["a", "b", "c"])]).toEqual([
      "",
      "a",
      "a and b",
      "a, b and c",
    ]);
    expect(list(["a", "b", "c"], 2)).toBe("a, b and 1 more");
    expect(list(["a", "b"], 2, 10)).toBe("a, b and 8 more");
    expect(capital("needs")).toBe("Needs");
    expect([value(true), value("false"), value("own")]).toEqual(["yes", "no", "own"]);
  });

  test("of reasons and inputs", async () => {
    const firm = await small();
    expect(reason(firm, "shop", "needs clerk")).toBe("Needs Clerk");
    expect(reason(firm, "shop", "the shop needs clerk")).toBe("The shop needs clerk");
    const asked = { product: "shop", user: "a", target: "b" };
    const holds = { text: "user holds clerk", of: "user", kind: "role", name: "clerk" } as const;
    expect(statement(firm, asked, holds)).toBe("Nâme a holds Clerk");
    expect(wish(firm, asked, { ...holds, from: false, to: true })).toBe("Nâme a would hold Clerk");
    expect(wish(firm, asked, { ...holds, of: "target", from: true, to: false })).toBe("Nâme b would not hold Clerk");
    const reading = { text: "open_late", of: "reading", name: "open_late" } as const;
    expect(statement(firm, asked, reading)).toBe("Is it open late?");
    expect(wish(firm, asked, { text: "late", of: "fact", name: "late", from: "no", to: "very" })).toBe(
      "late would be “very”",
    );
    expect(through([{ list: "matter.access", by: { group: "team" } }])).toBe("group team on matter.access");
    expect([tone("allow"), tone("some"), tone("nobody")]).toEqual(["yes", "part", "no"]);
  });

  test("of changes, which addresses carry", async () => {
    const firm = await small();
    const wish = { product: "shop", change: "hire", role: "clerk", target: "b" };
    expect(readWish(wishText(wish))).toEqual(wish);
    expect(readWish("nonsense")).toBeUndefined();
    expect(wishRequest({ ...wish, value: "true" })).toEqual({
      change: "hire",
      role: "clerk",
      target: "b",
      value: true,
    });
    expect(changeWords(firm, wish)).toBe("hire: Clerk, for Nâme b");
    expect(alteredThingWords(firm, { group: "team", added: ["a"], removed: [] })).toBe("Group team: Nâme a added");
  });

  test("of files: a firm has users", () => {
    expect(kindOf({ "a.yaml": "firm: A\nusers: []" })).toBe("firm");
    expect(kindOf({ "a.json": '{"firm":"A","users":[]}' })).toBe("firm");
    expect(kindOf({ "a.yaml": "product: a\nactions: {}", "a.rhai": "" })).toBe("rules");
  });
});
