// How names and answers of the protocol read to people.
import type { Firm } from "./firm";
import { productOf } from "./firm";
import type {
  AccessPath,
  Basis,
  Input,
  MissingInput,
  Reason,
  ReviewAccess,
  ReviewAnswer,
  Targets,
  ValueWord,
} from "./protocol";

export const number = (value: number) => value.toLocaleString("en");

export function count(value: number, one: string, many = `${one}s`): string {
  return `${number(value)} ${value === 1 ? one : many}`;
}

export const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);

/** `a`, `a and b`, `a, b and c`; of a long list the first few, and how many more there are. */
export function list(items: readonly string[], limit = 6, more = items.length): string {
  const shown = items.slice(0, limit);
  const rest = Math.max(more, items.length) - shown.length;
  const all = rest > 0 ? [...shown, `${number(rest)} more`] : shown;
  return all.length < 2 ? (all[0] ?? "") : `${all.slice(0, -1).join(", ")} and ${all.at(-1)}`;
}

export const person = (firm: Firm, id: string) => firm.byId.get(id)?.name ?? id;

export const people = (firm: Firm, ids: readonly string[], limit = 6, more?: number) =>
  list(
    ids.map((id) => person(firm, id)),
    limit,
    more,
  ) || "nobody";

export const productTitle = (firm: Firm, id: string | undefined) => productOf(firm, id)?.title ?? id ?? "";

type Declared = "roles" | "settings" | "actions" | "changes" | "effects";

/** The title of what a product declares; the id where it is not known. */
export function titleOf(firm: Firm, product: string | undefined, what: Declared, id: string): string {
  for (const one of product ? [productOf(firm, product)] : firm.products) {
    const found = one?.[what].find((entry: { id: string; title: string }) => entry.id === id);
    if (found) return found.title;
  }
  return id;
}

/** The title of a role; `-` stands for a seat without one. */
export const role = (firm: Firm, product: string | undefined, id: string) =>
  id === "-" ? "Seat only" : titleOf(firm, product, "roles", id);

/** The title of a thing or the name of a person, whichever has the id. */
export function target(firm: Firm, id: string): string {
  const known = firm.byId.get(id);
  if (known) return known.name;
  for (const things of firm.things.values()) {
    const thing = things.find((thing) => thing.id === id);
    if (thing) return thing.title;
  }
  return id;
}

/** A reason as a sentence: the ids of roles in `needs billing` and `granted by billing` become their titles. */
export function reason(firm: Firm, product: string | undefined, text: string): string {
  const [, verb, rest] = /^(needs|granted by) (.+)$/.exec(text) ?? [];
  if (!verb || !rest) return capital(text);
  return `${capital(verb)} ${rest.replace(/[\w.]+/g, (word) => role(firm, product, word))}`;
}

export const basisWords: Record<Basis, string> = {
  stated: "the document says so",
  inferred: "our reading of the document",
};

export const value = (word: ValueWord) =>
  word === true || word === "true" ? "yes" : word === false || word === "false" ? "no" : word;

export interface Asked {
  product?: string | undefined;
  user: string;
  target?: string | null | undefined;
}

/** What was looked at, as a statement: `Wren Abernathy holds Billing`. */
export function statement(firm: Firm, asked: Asked, input: Omit<Input, "value">): string {
  const { of, kind, name = "" } = input;
  if (of === "same_user") return "It is about themselves";
  if (of === "reading") {
    return productOf(firm, asked.product)?.readings.find((reading) => reading.id === name)?.question ?? name;
  }
  if (of !== "user" && of !== "target") return input.text;
  const who = of === "user" ? person(firm, asked.user) : asked.target ? target(firm, asked.target) : "the other person";
  if (kind === "role") return `${who} holds ${role(firm, asked.product, name)}`;
  if (kind === "setting") return `${titleOf(firm, asked.product, "settings", name)}, for ${who}`;
  if (kind === "enabled") return `${who} is enabled`;
  if (kind === "seat") return `${who} has a seat in ${productTitle(firm, name)}`;
  return input.text;
}

/** What would have to be different, as a wish: `Wren Abernathy would have to hold Billing`. */
export function wish(firm: Firm, asked: Asked, input: MissingInput): string {
  const { of, kind, name = "", to } = input;
  const said = statement(firm, asked, input);
  const yes = to === true || to === "true";
  if (of === "user" || of === "target") {
    const not = yes ? "" : "not ";
    if (kind === "role") return said.replace(" holds ", ` would ${not}hold `);
    if (kind === "enabled") return said.replace(" is enabled", ` would ${not}be enabled`);
    if (kind === "seat") return said.replace(" has a seat", yes ? " would have a seat" : " would have no seat");
    if (kind === "setting") return `${said}, would be “${value(to)}”`;
  }
  if (of === "same_user") return yes ? "It would be about themselves" : "It would be about somebody else";
  if (of === "reading") return `The firm would answer “${value(to)}” to: ${said}`;
  return `${name || input.text} would be “${value(to)}”`;
}

export const accessWords: Record<ReviewAccess, string> = {
  allow: "yes",
  deny: "no",
  all: "yes, to everybody",
  others: "yes, to everybody else",
  some: "yes, to some people",
  themselves: "yes, to themselves only",
  nobody: "no, to nobody",
};

/** A mark for each answer, so that colour is never all there is. */
export const accessMarks: Record<ReviewAccess, string> = {
  allow: "●",
  deny: "·",
  all: "●",
  others: "◕",
  some: "◐",
  themselves: "◔",
  nobody: "·",
};

export function tone(access: ReviewAccess): "yes" | "part" | "no" {
  if (access === "allow" || access === "all") return "yes";
  return access === "deny" || access === "nobody" ? "no" : "part";
}

export function targets(firm: Firm, { whom, count: some, of, users, except }: Targets): string {
  if (whom === "anybody") return "to anybody";
  if (whom === "oneself") return "to themselves only";
  if (whom === "others") return "to everybody but themselves";
  if (users.length) return `to ${people(firm, users)}`;
  if (except.length) return `to all but ${people(firm, except)}`;
  return `to ${number(some)} of ${count(of, "person", "people")}`;
}

export function onWhom(firm: Firm, on: ReviewAnswer["on"]): string {
  if (on === undefined) return "";
  if (on === "themselves") return "Themselves";
  return "others" in on ? `${count(on.others, "other person", "other people")}` : capital(people(firm, on.users));
}

export function through(paths: readonly AccessPath[]): string {
  if (!paths.length) return "";
  const words = paths.map(({ list: name, by }) => {
    if (by === "themselves") return `named on ${name}`;
    if (by === "everyone") return `${name} is open to everyone`;
    return `group ${by.group} on ${name}`;
  });
  return list(words);
}

/** Facts as they stand beside an action: `matter_access: listed`. */
export const facts = (given: Record<string, ValueWord> | undefined) =>
  Object.entries(given ?? {})
    .map(([name, word]) => `${name}: ${value(word)}`)
    .join(", ");

export type Source = Pick<Reason, "rule" | "place" | "section" | "basis"> & Partial<Reason>;
