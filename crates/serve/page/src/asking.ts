// A question as the form and the address have it.
import { question } from "./parts";
import type { ActionEntry, ValueWord } from "./protocol";
import type { Route } from "./route";

export const kinds = [
  { value: "may", label: "May they?" },
  { value: "who", label: "Who may?" },
  { value: "what", label: "What may they do?" },
  { value: "where", label: "To whom, on what?" },
  { value: "how", label: "How could they?" },
] as const;

export type Kind = (typeof kinds)[number]["value"];

export interface Asking {
  kind: Kind;
  user: string;
  /** Product and action in one, as two products may know the same name. */
  product: string;
  action: string;
  target: string;
  facts: Record<string, string>;
}

export function read(route: Route): Asking {
  const { query } = route;
  const facts = query.getAll("fact").map((fact) => fact.split(/=(.*)/s).slice(0, 2));
  return {
    kind: kinds.find(({ value }) => value === route.about)?.value ?? "may",
    user: query.get("user") ?? "",
    product: query.get("product") ?? "",
    action: query.get("action") ?? "",
    target: query.get("target") ?? "",
    facts: Object.fromEntries(facts),
  };
}

export const address = (asking: Asking, kind: string = asking.kind) => question(kind, asking);

/** What is still missing before it can be asked. */
export function lacking(asking: Asking, action: ActionEntry | undefined): string | undefined {
  const { kind, user, target, facts } = asking;
  if (kind !== "who" && !user) return "Choose who it is about.";
  if (kind === "what") return undefined;
  if (!action) return "Choose what is done.";
  if (kind !== "where" && action.on_target && !target) return "Choose to whom it is done.";
  const open = target ? undefined : action.facts.find(({ id, default: usual }) => usual === undefined && !facts[id]);
  return open && kind !== "where" ? `Choose ${open.id.replaceAll("_", " ")}.` : undefined;
}

/** The keys that questions about one action share. */
export function common({ product, action, target, facts }: Asking) {
  const given: Record<string, ValueWord> = {};
  for (const [name, word] of Object.entries(facts))
    given[name] = word === "true" ? true : word === "false" ? false : word;
  return { product, action, ...(target && { target }), ...(Object.keys(facts).length && { facts: given }) };
}
