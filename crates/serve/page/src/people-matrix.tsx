// People against actions. Only the cells that are seen are drawn, so that ten thousand people scroll as lightly as ten.
import { useEffect, useLayoutEffect, useMemo, useRef, useState } from "preact/hooks";
import { useAnswer } from "./answer";
import { Decision } from "./decision";
import { actionOf, columnKey, type Firm, type Person, productOf } from "./firm";
import { question, Show, Side, Where } from "./parts";
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
  const onThings =
    productOf(firm, product)?.actions.filter(({ id }) => !columns.some(({ action }) => action === id)).length ?? 0;
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
      {onThings > 0 && (
        <p class="note">
          {count(onThings, "action")} {onThings === 1 ? "is" : "are"} done to one thing at a time and not shown here:{" "}
          <a href={to("ask", "where")}>ask on what</a>, or see the <a href={to("review")}>review</a>.
        </p>
      )}
      <div class="beside">
        {people.length > 0 && columns.length > 0 && (
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
  const arrives = useRef<"focus" | "sight" | undefined>(undefined);
  const seen = useSeenInBox(
    box,
    { count: people.length, size: ROW, covered: HEAD },
    { count: columns.length, size: COLUMN, covered: side },
  );
  const rows = drawn(seen.rows, Math.min(active.row, people.length - 1));
  const column = Math.min(active.column, columns.length - 1);
  const cells = useMemo(() => drawn(seen.columns, column), [seen.columns, column]);

  const move = (cell: Cell) => {
    const next = {
      row: Math.min(Math.max(0, cell.row), people.length - 1),
      column: Math.min(Math.max(0, cell.column), columns.length - 1),
    };
    arrives.current = "focus";
    setActive(next);
  };
  // A shared address shows its cell; whoever closes the why is back at it.
  // biome-ignore lint/correctness/useExhaustiveDependencies: only when another cell is chosen
  useEffect(() => {
    const isLeft = !chosen && document.activeElement === document.body;
    if (chosen) arrives.current = "sight";
    else if (isLeft) arrives.current = "focus";
    setActive((now) => ({ ...(chosen ?? now) }));
  }, [chosen?.row, chosen?.column]);
  // The active cell is always drawn, so that it can be scrolled to: in the box, clear of its headings, and in the window.
  useLayoutEffect(() => {
    const cell = arrives.current && box.current?.querySelector<HTMLElement>('[tabindex="0"]');
    if (!cell) return;
    if (arrives.current === "focus") cell.focus({ preventScroll: true });
    cell.scrollIntoView({ block: "nearest", inline: "nearest" });
    arrives.current = undefined;
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

  const onClick = (event: MouseEvent) => {
    const cell = event.target instanceof Element ? event.target.closest<HTMLElement>("[data-column]") : null;
    const line = cell?.closest<HTMLElement>("[data-row]");
    if (!cell || !line) return;
    const next = { row: Number(line.dataset.row), column: Number(cell.dataset.column) };
    setActive(next);
    choose(next);
  };

  return (
    <div
      class="grid"
      ref={box}
      role="grid"
      aria-label="Who may do what"
      aria-rowcount={people.length + 1}
      aria-colcount={columns.length + 1}
      style={{ scrollPadding: `${HEAD}px 0 0 ${side}px` }}
      onKeyDown={onKeyDown}
      onClick={onClick}
    >
      <div
        class="sheet"
        role="presentation"
        style={{ width: `${side + columns.length * COLUMN}px`, height: `${HEAD + people.length * ROW}px` }}
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
                  class={`heading ${columns[at - 1]?.group === column.group ? "" : "first"} ${at === chosen?.column ? "at" : ""}`}
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
        {rows.map((at) => (
          <Line
            key={people[at]?.id}
            person={people[at]}
            at={at}
            product={product}
            columns={columns}
            cells={cells}
            side={side}
            active={at === active.row ? active.column : -1}
            chosen={at === chosen?.row ? chosen.column : -1}
          />
        ))}
      </div>
    </div>
  );
}

/** One person. A line that looks as before is left alone while others come and go. */
function Line(props: {
  person: Person | undefined;
  at: number;
  product: string;
  columns: ReviewAction[];
  cells: number[];
  side: number;
  /** The column of the active cell, and of the chosen one, where they are in this line. */
  active: number;
  chosen: number;
}) {
  const { person, at, product, columns, cells, side, active, chosen } = props;
  const line = useMemo(() => {
    if (!person) return null;
    const answers = person.answers.get(product) ?? [];
    return (
      <div
        class="line"
        role="row"
        aria-rowindex={at + 2}
        data-row={at}
        style={{ transform: `translateY(${HEAD + at * ROW}px)` }}
      >
        <div
          class={`name ${chosen < 0 ? "" : "at"}`}
          role="rowheader"
          aria-colindex={1}
          style={{ width: `${side}px` }}
          title={person.name}
        >
          {person.name}
        </div>
        {cells.map((index) => {
          const column = columns[index];
          if (!column) return null;
          const note = answers[index];
          const group = columns[index - 1]?.group === column.group ? "" : "first";
          return (
            <div
              key={index}
              class={`cell ${note ? tone(note.access) : "no"} ${group}`}
              role="gridcell"
              aria-colindex={index + 2}
              aria-selected={index === chosen}
              aria-label={`${person.name}, ${name(column)}: ${note ? accessWords[note.access] : "not looked at"}`}
              data-column={index}
              tabIndex={index === active ? 0 : -1}
              style={{ left: `${side + index * COLUMN}px` }}
            >
              {note ? accessMarks[note.access] : "?"}
            </div>
          );
        })}
      </div>
    );
  }, [person, at, product, columns, cells, side, active, chosen]);
  return line;
}

const name = ({ title, facts: given }: ReviewAction) => (given ? `${title} (${facts(given)})` : title);

/** The numbers of a span, and of the active row or column, which keeps the focus also when it is not seen. */
function drawn({ start, end }: { start: number; end: number }, active: number): number[] {
  const numbers = Array.from({ length: end - start }, (_, index) => start + index);
  return active < start ? [active, ...numbers] : active >= end ? [...numbers, active] : numbers;
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
  if (!person || !column) return null;
  const note = person.answers.get(product)?.[columns(firm, product).indexOf(column)];
  return (
    <Side title={person.name} about={name(column)} close={close}>
      {actionOf(firm, product, column.action)?.on_target ? (
        <ByTarget firm={firm} product={product} note={note} user={person.id} action={column.action} />
      ) : (
        <Single firm={firm} product={product} user={person.id} column={column} />
      )}
    </Side>
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
