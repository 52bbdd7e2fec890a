// The firm as it is now, as the text of a firm file: what is kept to be compared later.
import { type ListedEntry, listed } from "./ask";
import type { Firm } from "./firm";
import type { ReviewProduct } from "./protocol";

/** A firm file in JSON, which is YAML as well. */
export async function stateText(firm: Firm): Promise<string> {
  const kinds = firm.products.flatMap(({ things }) => things.map(({ id }) => id));
  const [users, groups] = await Promise.all([listed("users"), listed("groups")]);
  const things: Record<string, ListedEntry[]> = {};
  for (const kind of kinds) {
    const entries = await listed("things", kind);
    if (entries.length) things[kind] = entries;
  }
  return stateOf(firm, users, groups, things);
}

export function stateOf(
  firm: Firm,
  users: ListedEntry[],
  groups: ListedEntry[],
  things: Record<string, ListedEntry[]>,
): string {
  const said = firm.said;
  return JSON.stringify({
    firm: firm.name,
    ...some("readings", readings(said)),
    ...some("conflicts", conflicts(firm, said)),
    ...some("groups", Object.fromEntries(groups.map(({ id, members }) => [id, members]))),
    ...some("things", things),
    users,
  });
}

/** A part of the file, unless it is empty. */
const some = (key: string, part: object) => (Object.keys(part).length ? { [key]: part } : {});

/** What the firm chose where it is not the usual. */
function readings(products: ReviewProduct[]): Record<string, Record<string, boolean>> {
  const chosen: Record<string, Record<string, boolean>> = {};
  for (const { product, readings } of products) {
    const own = readings.filter((reading) => !reading.is_default);
    if (own.length) chosen[product] = Object.fromEntries(own.map(({ reading, choice }) => [reading, choice]));
  }
  return chosen;
}

/** The conflicts that the rules do not declare: those are the firm's own. */
function conflicts(firm: Firm, products: ReviewProduct[]): Record<string, Record<string, object>> {
  const own: Record<string, Record<string, object>> = {};
  for (const { product, conflicts } of products) {
    const declared = firm.products.find(({ id }) => id === product)?.conflicts.map(({ id }) => id) ?? [];
    const rest = conflicts.filter(({ conflict }) => !declared.includes(conflict));
    if (!rest.length) continue;
    own[product] = Object.fromEntries(
      rest.map(({ conflict, title, both, except, because, basis }) => [
        conflict,
        { title, both, because, basis, ...(except.length && { except }) },
      ]),
    );
  }
  return own;
}
