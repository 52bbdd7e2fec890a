// The firm as the page knows it: what the rules declare, who works there, and what each of them may do.
import type { Ask } from "./ask";
import type {
  ActionEntry,
  ProductEntry,
  ReviewAction,
  ReviewNote,
  ReviewProduct,
  ReviewReply,
  ReviewSeat,
  ReviewThing,
} from "./protocol";
import { fold } from "./search";

export interface Person {
  id: string;
  name: string;
  enabled: boolean;
  seats: ReviewSeat[];
  /** Name and id, as they are searched. */
  folded: string;
  /** For each product, what they may do: one note for each column. People who are answered alike share it. */
  answers: Map<string, (ReviewNote | undefined)[]>;
}

export interface Firm {
  name: string;
  /** How many people there are, also while not all of them are read. */
  size: number;
  /** Whether all of them are read. */
  complete: boolean;
  people: Person[];
  byId: Map<string, Person>;
  products: ProductEntry[];
  /** The columns of each product's matrix. */
  columns: Map<string, ReviewAction[]>;
  /** The things of each kind that are known by name. */
  things: Map<string, ReviewThing[]>;
  /** What the review says of each product; of a large firm, that of its first people. */
  said: ReviewProduct[];
  /** The whole review, unless the firm is too large for one. */
  review?: ReviewReply;
}

/** How many people are read at once. */
export const PART = 1000;

/** Reads the firm, in parts where it is large: it is given as often as more of it is known. */
export async function* readFirm(ask: Ask): AsyncGenerator<Firm> {
  const { products } = await ask({ ask: "catalogue" });
  const firm: Firm = {
    name: "",
    size: 0,
    complete: false,
    people: [],
    byId: new Map(),
    products,
    columns: new Map(),
    things: new Map(),
    said: [],
  };
  // The product with the fewest actions has the shortest lists: only the ids are wanted.
  const product = products.toSorted((a, b) => a.actions.length - b.actions.length)[0]?.id ?? "";
  let after: string | undefined;
  do {
    const page = await ask({ ask: "access", product, limit: PART, ...(after && { after }) });
    const isWhole = !after && !page.next;
    const only = [...new Set(page.users.map(({ user }) => user))];
    const review = await ask({ ask: "review", ...(!isWhole && { only }) });
    add(firm, review);
    after = page.next;
    yield { ...firm, people: [...firm.people], complete: !after, ...(isWhole && { review }) };
  } while (after);
}

/** Takes in the people of a review, and what they may do. */
function add(firm: Firm, review: ReviewReply): void {
  firm.name = review.firm;
  firm.size = review.users;
  if (!firm.said.length) firm.said = review.products;
  const rows = new Map<string, (ReviewNote | undefined)[][]>();
  for (const product of review.products) {
    const columns = product.actions.map((action) => columnOf(firm, product.product, action));
    const notes = new Map(product.notes.map((note) => [note.note, note]));
    const row = (numbers: number[]) => {
      const cells: (ReviewNote | undefined)[] = [];
      numbers.forEach((number, index) => {
        cells[columns[index] ?? index] = notes.get(number);
      });
      return cells;
    };
    rows.set(
      product.product,
      product.rows.map(({ notes }) => row(notes)),
    );
    for (const kind of product.kinds) {
      if (!firm.things.has(kind.kind)) {
        firm.things.set(
          kind.kind,
          kind.things.flatMap(({ things }) => things),
        );
      }
    }
  }
  for (const { user: id, name, enabled, seats } of review.people) {
    const answers = new Map(seats.map((seat) => [seat.product, rows.get(seat.product)?.[seat.row] ?? []]));
    const person = { id, name, enabled, seats, folded: fold(`${name} ${id}`), answers };
    firm.people.push(person);
    firm.byId.set(id, person);
  }
}

/** The number of a column: reviews of a part of the firm may lack columns that others have. */
function columnOf(firm: Firm, product: string, action: ReviewAction): number {
  const columns = firm.columns.get(product) ?? [];
  firm.columns.set(product, columns);
  const key = columnKey(action);
  const at = columns.findIndex((column) => columnKey(column) === key);
  return at < 0 ? columns.push(action) - 1 : at;
}

/** The name of a column: `open_matter matter_access=listed`. */
export function columnKey(column: ReviewAction): string {
  const facts = Object.entries(column.facts ?? {}).map(([name, value]) => ` ${name}=${value}`);
  return column.action + facts.join("");
}

export function productOf(firm: Firm, id: string | undefined): ProductEntry | undefined {
  return firm.products.find((product) => product.id === id);
}

export function actionOf(firm: Firm, product: string | undefined, id: string | undefined): ActionEntry | undefined {
  return productOf(firm, product)?.actions.find((action) => action.id === id);
}

/** The product in which people most likely ask: the one with the most seats. */
export function mainProduct(firm: Firm): string {
  const seats = (id: string) => firm.people.reduce((sum, { answers }) => sum + (answers.has(id) ? 1 : 0), 0);
  const [first] = firm.products.map(({ id }) => ({ id, seats: seats(id) })).toSorted((a, b) => b.seats - a.seats);
  return first?.id ?? "";
}

/** The people whose name or id has every word that was typed, and who hold the role if one is named. */
export function findPeople(firm: Firm, typed: string, role?: string, state?: string): Person[] {
  const words = fold(typed).split(/\s+/).filter(Boolean);
  const [product, wanted] = role?.split("/") ?? [];
  return firm.people.filter(
    (person) =>
      words.every((word) => person.folded.includes(word)) &&
      (!product || person.seats.some((seat) => seat.product === product && (!wanted || holds(seat, wanted)))) &&
      (!state || state === (person.enabled ? "enabled" : "disabled")),
  );
}

const holds = (seat: ReviewSeat, role: string) =>
  seat.holds.includes(role) || seat.brought.some((brought) => brought.role === role);
