// Changes in words, and in addresses.
import type { Firm } from "./firm";
import type { AlteredThing, AlteredValue, ChangeEntry, WishRequest } from "./protocol";
import { list, person, role, target, titleOf, value } from "./words";

/** A change that is wished for, as the form and the address have it. */
export type Wish = Pick<WishRequest, "change" | "role" | "setting" | "thing" | "list" | "group"> & {
  product: string;
  change: string;
  value?: string;
  target?: string;
};

export const wishText = (wish: Wish): string =>
  new URLSearchParams(wish as unknown as Record<string, string>).toString();

export function readWish(text: string): Wish | undefined {
  const wish = Object.fromEntries(new URLSearchParams(text));
  const { product, change } = wish;
  return product !== undefined && change ? { ...wish, product, change } : undefined;
}

/** A wish as the protocol has it: the product is said once for the whole request. */
export function wishRequest({ product: _, value: word, ...wish }: Wish): WishRequest {
  return word === undefined ? wish : { ...wish, value: word === "true" ? true : word === "false" ? false : word };
}

export function changeOf(firm: Firm, product: string, id: string): ChangeEntry | undefined {
  return firm.products.find((one) => one.id === product)?.changes.find((change) => change.id === id);
}

interface InWords {
  product?: string;
  change: string;
  role?: string;
  setting?: string;
  value?: string | boolean;
  thing?: string;
  list?: string;
  group?: string;
  target?: string | null;
}

/** A change in words: `Grant a permission: Billing, for Wren Abernathy`. */
export function changeWords(firm: Firm, change: InWords): string {
  const { product } = change;
  const parts = [
    change.role && role(firm, product, change.role),
    change.setting && titleOf(firm, product, "settings", change.setting),
    change.value !== undefined && `“${value(change.value)}”`,
    change.thing && target(firm, change.thing),
    change.list,
    change.group && `group ${change.group}`,
  ].filter((part): part is string => Boolean(part));
  const what = [titleOf(firm, product, "changes", change.change), parts.join(", ")].filter(Boolean).join(": ");
  return change.target ? `${what}, for ${target(firm, change.target)}` : what;
}

export function alteredWords(firm: Firm, { product, user, kind, name, from, to }: AlteredValue): string {
  const who = person(firm, user);
  if (kind === "role") return `${who} ${to === true || to === "true" ? "gets" : "loses"} ${role(firm, product, name)}`;
  return `${who}: ${titleOf(firm, product, "settings", name)} from “${value(from)}” to “${value(to)}”`;
}

export function alteredThingWords(firm: Firm, altered: AlteredThing): string {
  const names = (ids: string[]) => list(ids.map((id) => target(firm, id)));
  if ("property" in altered) {
    return `${target(firm, altered.thing)}: ${altered.property} from “${value(altered.from)}” to “${value(altered.to)}”`;
  }
  const where = "group" in altered ? `Group ${altered.group}` : `${target(firm, altered.thing)}, ${altered.list}`;
  const parts = [
    altered.added.length && `${names(altered.added)} added`,
    altered.removed.length && `${names(altered.removed)} removed`,
    "was_open" in altered && altered.was_open && !altered.is_open && "no longer open to everyone",
  ].filter(Boolean);
  return `${where}: ${parts.join(", ")}`;
}
