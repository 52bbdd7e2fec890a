// People against the actions that are done to one thing.
import { useEffect, useMemo, useState } from "preact/hooks";
import { type Answer, asError } from "./answer";
import { AskError, ask } from "./ask";
import { Combo } from "./combo";
import { type Firm, findPeople, type Person, productOf } from "./firm";
import { thingOptions } from "./options";
import { Show } from "./parts";
import { Cells } from "./people-matrix";
import type { ActionEntry, ReviewAction, ReviewNote } from "./protocol";
import { go, to } from "./route";
import { number, target } from "./words";

/** How many people are looked at: each action is a question about all of them. */
const MOST = 500;

export function ThingMatrix({ firm, product, query }: { firm: Firm; product: string; query: URLSearchParams }) {
  const typed = query.get("find") ?? "";
  const thing = query.get("thing") ?? "";
  const kinds = productOf(firm, product)?.things ?? [];
  const kind = kinds.find(({ id }) => firm.things.get(id)?.some((one) => one.id === thing))?.id;
  const found = useMemo(() => findPeople(firm, typed, product), [firm, typed, product]);
  const people = useMemo(() => found.slice(0, MOST), [found]);
  const actions = useMemo(
    () => productOf(firm, product)?.actions.filter(({ on_thing: on }) => on !== undefined && on === kind) ?? [],
    [firm, product, kind],
  );
  const answer = useAccess(product, thing, actions, people);
  return (
    <>
      <div class="filters">
        <div class="wide">
          <Combo
            label="Thing"
            options={kinds.flatMap(({ id }) => thingOptions(firm, id))}
            value={thing}
            onPick={(thing) => go(to("matrix", "things", { product, find: typed, thing }))}
          />
        </div>
      </div>
      {thing && !kind && <p class="note">Nothing of this name is known: {target(firm, thing)}.</p>}
      {found.length > MOST && (
        <p class="note">
          The first {number(MOST)} of {number(found.length)} people. Type a name to see others.
        </p>
      )}
      <Show answer={answer}>
        {(rows) => (
          <Cells
            firm={firm}
            product={product}
            people={rows}
            columns={columnsOf(actions)}
            thing={thing}
            query={query}
            address={(next) => to("matrix", "things", { product, find: typed, thing, ...next })}
          />
        )}
      </Show>
    </>
  );
}

const columnsOf = (actions: ActionEntry[]): ReviewAction[] =>
  actions.map(({ id, title, group }) => ({ action: id, title, group, on_target: false }));

/** The people, each with the answers about one thing in place of those about the firm. */
function useAccess(product: string, thing: string, actions: ActionEntry[], people: Person[]): Answer<Person[]> {
  const [answer, setAnswer] = useState<Answer<Person[]>>({ state: "none" });
  const [tries, setTries] = useState(0);
  // biome-ignore lint/correctness/useExhaustiveDependencies: each try asks anew
  useEffect(() => {
    if (!thing || !actions.length || !people.length) return setAnswer({ state: "none" });
    let wanted = true;
    const put = (answer: Answer<Person[]>) => wanted && setAnswer(answer);
    put({ state: "waiting" });
    const only = people.map(({ id }) => id);
    Promise.all(actions.map(({ id }, column) => allowed(product, id, thing, only, column))).then(
      (columns) =>
        put({
          state: "there",
          reply: people.map((person) => ({
            ...person,
            answers: new Map([[product, columns.map((notes) => notes?.(person.id))]]),
          })),
        }),
      (error) => put({ state: "failed", error: asError(error), again: () => setTries((now) => now + 1) }),
    );
    return () => {
      wanted = false;
    };
  }, [product, thing, actions, people, tries]);
  return answer;
}

/** Who of some may do this to the thing. An action that has to be told more than the thing is not looked at. */
async function allowed(product: string, action: string, thing: string, only: string[], column: number) {
  try {
    const { allowed } = await ask({ ask: "who_can", product, action, target: thing, only });
    const users = new Set(allowed.map(({ user }) => user));
    return (id: string): ReviewNote => ({ note: 0, column, access: users.has(id) ? "allow" : "deny", answers: [] });
  } catch (error) {
    if (error instanceof AskError && error.code.startsWith("missing-")) return undefined;
    throw error;
  }
}
