// People against actions. Only the cells that are seen are drawn, so that ten thousand people scroll as lightly as ten.
import { useEffect, useLayoutEffect, useMemo, useRef, useState } from "preact/hooks";
import { useAnswer } from "./answer";
import { Decision } from "./decision";
import { actionOf, columnKey, type Firm, type Person } from "./firm";
import { question, Show, Where } from "./parts";
import type { ReviewAction, ReviewNote } from "./protocol";
import { go, to } from "./route";
import { useSeenInBox } from "./window";
import { accessMarks, accessWords, capital, count, facts, onWhom, person as personName, reason, tone } from "./words";

/** The measures of style.css. */
const ROW = 32;
const COLUMN = 30;
const HEAD = 208;
const SIDE = { wide: 200, narrow: 128 };

interface Cell {
  row: number;
  column: number;
}

export function PeopleMatrix({ firm, product, query }: { firm: Firm; product: string; query: URLSearchParams }) {
  const typed = query.get("find") ?? "";
  const columns = firm.columns.get(product) ?? [];
  const people = useMemo(() => {
    const wanted = typed.toLowerCase();
    return firm.people.filter(({ answers, folded }) => answers.has(product) && folded.includes(wanted));
  }, [firm, product, typed]);
  const user = query.get("user") ?? "";
  const key = query.get("cell") ?? "";
  const row = people.findIndex(({ id }) => id === user);
  const column = columns.findIndex((column) => columnKey(column) === key);
  const chosen = row >= 0 && column >= 0 ? { row, column } : undefined;
  const address = (next: Record<string, string>) => to("matrix", "people", { product, find: typed, ...next });
  const choose = (cell: Cell | undefined) => {
    const person = cell && people[cell.row];
    const action = cell && columns[cell.column];
    go(person && action ? address({ user: person.id, cell: columnKey(action) }) : address({}));
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
            close={() => choose(undefined)}
          />
        )}
      </div>
    </>
  );
}

export function Legend() {
  return (
    <ul class="legend" aria-label="Marks">
      <li>
        <span class="cell yes">●</span> may
      </li>
      <li>
        <span class="cell part">◐</span> it depends: on whom, or on more
      </li>
      <li>
        <span class="cell no">·</span> may not
      </li>
    </ul>
  );
}

function Grid(props: {
  people: Person[];
  columns: ReviewAction[];
  product: string;
  chosen: Cell | undefined;
  choose: (cell: Cell) => void;
}) {
  const { people, columns, product, chosen, choose } = props;
  const box = useRef<HTMLDivElement>(null);
  const side = useNarrow() ? SIDE.narrow : SIDE.wide;
  const [active, setActive] = useState<Cell>(chosen ?? { row: 0, column: 0 });
  const wantsFocus = useRef(false);
  const seen = useSeenInBox(
    box,
    { count: people.length, size: ROW, covered: HEAD },
    { count: columns.length, size: COLUMN, covered: side },
  );
  const rows = drawn(seen.rows, Math.min(active.row, people.length - 1));
  const cells = drawn(seen.columns, Math.min(active.column, columns.length - 1));

  const show = ({ row, column }: Cell) => {
    const element = box.current;
    if (!element) return;
    const height = element.clientHeight - HEAD;
    const width = element.clientWidth - side;
    element.scrollTop = within(element.scrollTop, row * ROW, ROW, height);
    element.scrollLeft = within(element.scrollLeft, column * COLUMN, COLUMN, width);
  };
  const move = (cell: Cell) => {
    const next = {
      row: Math.min(Math.max(0, cell.row), people.length - 1),
      column: Math.min(Math.max(0, cell.column), columns.length - 1),
    };
    wantsFocus.current = true;
    setActive(next);
    show(next);
  };
  // A shared address shows its cell.
  // biome-ignore lint/correctness/useExhaustiveDependencies: only when another cell is chosen
  useEffect(() => {
    if (!chosen) return;
    setActive(chosen);
    show(chosen);
  }, [chosen?.row, chosen?.column]);
  useLayoutEffect(() => {
    if (!wantsFocus.current) return;
    wantsFocus.current = false;
    box.current?.querySelector<HTMLElement>('[tabindex="0"]')?.focus({ preventScroll: true });
  });
  const onKeyDown = (event: KeyboardEvent) => {
    const page = Math.max(1, Math.floor(((box.current?.clientHeight ?? 0) - HEAD) / ROW) - 1);
    const { row, column } = active;
    const steps: Record<string, Cell> = {
      ArrowDown: { row: row + 1, column },
      ArrowUp: { row: row - 1, column },
      ArrowRight: { row, column: column + 1 },
      ArrowLeft: { row, column: column - 1 },
      PageDown: { row: row + page, column },
      PageUp: { row: row - page, column },
      Home: { row: event.ctrlKey ? 0 : row, column: 0 },
      End: { row: event.ctrlKey ? people.length - 1 : row, column: columns.length - 1 },
    };
    const next = steps[event.key];
    if (next) {
      event.preventDefault();
      move(next);
    } else if (event.key === "Enter" || event.key === " ") {
      event.preventDefault();
      choose(active);
    }
  };

  return (
    <div
      class="grid"
      ref={box}
      role="grid"
      aria-label="Who may do what"
      aria-rowcount={people.length + 1}
      aria-colcount={columns.length + 1}
      onKeyDown={onKeyDown}
    >
      <div
        class="sheet"
        role="presentation"
        style={{ width: `${side + columns.length * COLUMN + 24}px`, height: `${HEAD + people.length * ROW}px` }}
      >
        <div class="head" role="row" aria-rowindex={1}>
          <div class="corner" role="columnheader" aria-colindex={1} style={{ width: `${side}px` }}>
            People
          </div>
          {cells.map((at) => {
            const column = columns[at];
            return (
              column && (
                <div
                  key={at}
                  class={`heading ${columns[at - 1]?.group === column.group ? "" : "first"}`}
                  role="columnheader"
                  aria-colindex={at + 2}
                  title={name(column)}
                  style={{ left: `${side + at * COLUMN}px` }}
                >
                  <span>{name(column)}</span>
                </div>
              )
            );
          })}
        </div>
        {rows.map((at) => {
          const person = people[at];
          if (!person) return null;
          const answers = person.answers.get(product) ?? [];
          return (
            <div
              key={person.id}
              class="line"
              role="row"
              aria-rowindex={at + 2}
              style={{ transform: `translateY(${HEAD + at * ROW}px)` }}
            >
              <div class="name" role="rowheader" aria-colindex={1} style={{ width: `${side}px` }} title={person.name}>
                {person.name}
              </div>
              {cells.map((index) => {
                const column = columns[index];
                const note = answers[index];
                if (!column) return null;
                const isActive = at === active.row && index === active.column;
                const isChosen = at === chosen?.row && index === chosen.column;
                const group = columns[index - 1]?.group === column.group ? "" : "first";
                return (
                  <div
                    key={index}
                    class={`cell ${note ? tone(note.access) : "no"} ${group}`}
                    role="gridcell"
                    aria-colindex={index + 2}
                    aria-selected={isChosen}
                    aria-label={`${person.name}, ${name(column)}: ${note ? accessWords[note.access] : "not looked at"}`}
                    tabIndex={isActive ? 0 : -1}
                    style={{ left: `${side + index * COLUMN}px` }}
                    onClick={() => {
                      setActive({ row: at, column: index });
                      choose({ row: at, column: index });
                    }}
                  >
                    {note ? accessMarks[note.access] : "?"}
                  </div>
                );
              })}
            </div>
          );
        })}
      </div>
    </div>
  );
}

const name = ({ title, facts: given }: ReviewAction) => (given ? `${title} (${facts(given)})` : title);

/** The numbers of a span, and of the active row or column, which keeps the focus also when it is not seen. */
function drawn({ start, end }: { start: number; end: number }, active: number): number[] {
  const numbers = Array.from({ length: end - start }, (_, index) => start + index);
  return active < start ? [active, ...numbers] : active >= end ? [...numbers, active] : numbers;
}

/** Where to scroll so that something is seen, and no further. */
function within(scrolled: number, from: number, size: number, length: number): number {
  if (from < scrolled) return from;
  return from + size > scrolled + length ? from + size - length : scrolled;
}

function useNarrow(): boolean {
  const [query] = useState(() => matchMedia("(max-width: 40rem)"));
  const [matches, setMatches] = useState(query.matches);
  useEffect(() => {
    const read = () => setMatches(query.matches);
    query.addEventListener("change", read);
    return () => query.removeEventListener("change", read);
  }, [query]);
  return matches;
}

function Why(props: {
  firm: Firm;
  product: string;
  person: Person | undefined;
  column: ReviewAction | undefined;
  close: () => void;
}) {
  const { firm, product, person, column, close } = props;
  const heading = useRef<HTMLHeadingElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the focus follows the cell
  useEffect(() => heading.current?.focus({ preventScroll: innerWidth > 1000 }), [person, column]);
  if (!person || !column) return null;
  const note = person.answers.get(product)?.[columns(firm, product).indexOf(column)];
  return (
    <section
      class="card side"
      aria-label="Why"
      onKeyDown={(event) => {
        if (event.key === "Escape") close();
      }}
    >
      <button type="button" class="close" aria-label="Close" onClick={close}>
        ×
      </button>
      <h2 ref={heading} tabIndex={-1}>
        {person.name}
        <span class="soft">{name(column)}</span>
      </h2>
      {actionOf(firm, product, column.action)?.on_target ? (
        <ByTarget firm={firm} product={product} note={note} user={person.id} action={column.action} />
      ) : (
        <Single firm={firm} product={product} user={person.id} column={column} />
      )}
    </section>
  );
}

const columns = (firm: Firm, product: string) => firm.columns.get(product) ?? [];

function Single({ firm, product, user, column }: { firm: Firm; product: string; user: string; column: ReviewAction }) {
  const asked = { product, user, action: column.action, ...(column.facts && { facts: column.facts }) };
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
