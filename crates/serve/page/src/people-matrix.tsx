// People against actions: what each may do, and why.
import { useMemo } from "preact/hooks";
import { useAnswer } from "./answer";
import { Decision } from "./decision";
import { actionOf, columnKey, type Firm, findPeople, type Person, productOf } from "./firm";
import { type Cell, columnTitle, Grid } from "./grid";
import { question, Show, Side, Where } from "./parts";
import type { ReviewAction, ReviewNote } from "./protocol";
import { go, type Parameters, to } from "./route";
import { accessWords, capital, count, onWhom, person as personName, reason } from "./words";

export function PeopleMatrix({ firm, product, query }: { firm: Firm; product: string; query: URLSearchParams }) {
  const typed = query.get("find") ?? "";
  const columns = firm.columns.get(product) ?? [];
  const people = useMemo(() => findPeople(firm, typed, product), [firm, product, typed]);
  const left = productOf(firm, product)?.actions.filter(({ id }) => !columns.some(({ action }) => action === id)) ?? [];
  return (
    <>
      {left.length > 0 && (
        <p class="note">
          {count(left.length, "action")} {left.length === 1 ? "is" : "are"} done to one thing at a time:{" "}
          <a href={to("matrix", "things", { product })}>choose a thing</a> to see who may do them.
        </p>
      )}
      {columns.length > 0 && (
        <Cells
          firm={firm}
          product={product}
          people={people}
          columns={columns}
          query={query}
          address={(next) => to("matrix", "people", { product, find: typed, ...next })}
        />
      )}
    </>
  );
}

/** The grid, and beside it the why of the cell that the address names. */
export function Cells(props: {
  firm: Firm;
  product: string;
  people: Person[];
  columns: ReviewAction[];
  /** The thing that all of it is about. */
  thing?: string;
  query: URLSearchParams;
  address: (next: Parameters) => string;
}) {
  const { firm, product, people, columns, thing, query, address } = props;
  const user = query.get("user");
  const key = query.get("cell");
  const row = people.findIndex(({ id }) => id === user);
  const column = columns.findIndex((column) => columnKey(column) === key);
  const chosen = row >= 0 && column >= 0 ? { row, column } : undefined;
  const choose = (cell: Cell | undefined) => {
    const person = cell && people[cell.row];
    const action = cell && columns[cell.column];
    go(address(person && action ? { user: person.id, cell: columnKey(action) } : {}));
  };
  return (
    <>
      <p class="soft count" role="status">
        {count(people.length, "person", "people")} with a seat, {count(columns.length, "action")}. Use the arrow keys to
        move, Enter for the why.
      </p>
      <div class="beside">
        {people.length > 0 && (
          <Grid people={people} columns={columns} product={product} chosen={chosen} choose={choose} />
        )}
        {chosen && (
          <Why
            firm={firm}
            product={product}
            person={people[chosen.row]}
            column={columns[chosen.column]}
            note={people[chosen.row]?.answers.get(product)?.[chosen.column]}
            thing={thing}
            close={() => choose(undefined)}
          />
        )}
      </div>
    </>
  );
}

function Why(props: {
  firm: Firm;
  product: string;
  person: Person | undefined;
  column: ReviewAction | undefined;
  note: ReviewNote | undefined;
  thing: string | undefined;
  close: () => void;
}) {
  const { firm, product, person, column, note, thing, close } = props;
  if (!person || !column) return null;
  return (
    <Side title={person.name} about={columnTitle(column)} close={close}>
      {actionOf(firm, product, column.action)?.on_target ? (
        <ByTarget firm={firm} product={product} note={note} user={person.id} action={column.action} />
      ) : (
        <Single firm={firm} product={product} user={person.id} column={column} thing={thing} />
      )}
    </Side>
  );
}

function Single(props: { firm: Firm; product: string; user: string; column: ReviewAction; thing: string | undefined }) {
  const { firm, product, user, column, thing } = props;
  const asked = {
    product,
    user,
    action: column.action,
    ...(thing && { target: thing }),
    ...(column.facts && { facts: column.facts }),
  };
  const answer = useAnswer({ ask: "explain", ...asked });
  return (
    <Show answer={answer} says={({ yes, reason }) => `${yes ? "Yes" : "No"}: ${reason}`}>
      {(reply) => (
        <>
          <Decision firm={firm} reply={reply} level={3} />
          <p class="actions">
            <a class="button" href={question("may", asked)}>
              Open this question
            </a>
            {!reply.yes && (
              <a class="button" href={question("how", asked)}>
                How could this change?
              </a>
            )}
          </p>
        </>
      )}
    </Show>
  );
}

/** An action that is done to people: the answers, for each group of people the one rule. */
function ByTarget(props: { firm: Firm; product: string; note: ReviewNote | undefined; user: string; action: string }) {
  const { firm, product, note, user, action } = props;
  return (
    <>
      <p>
        {personName(firm, user)}: {note ? accessWords[note.access] : "not looked at"}.
      </p>
      {note?.answers.map((answer) => (
        <div key={`${answer.rule} ${answer.reason} ${JSON.stringify(answer.on)}`} class="ruling">
          <h3>
            <span class={`mark ${answer.decision === "allow" ? "yes" : "no"}`} aria-hidden="true">
              {answer.decision === "allow" ? "✓" : "✕"}
            </span>{" "}
            {onWhom(firm, answer.on)}: {answer.decision === "allow" ? "yes" : "no"}
          </h3>
          <p>{capital(reason(firm, product, answer.reason))}</p>
          <Where source={answer} />
        </div>
      ))}
      <p class="actions">
        <a class="button" href={question("where", { product, user, action })}>
          To whom?
        </a>
        <a class="button" href={question("may", { product, user, action })}>
          Ask about one person
        </a>
      </p>
    </>
  );
}
