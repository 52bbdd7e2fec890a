// A grid of people against actions. Only the cells that are seen are drawn, so that ten thousand people scroll as lightly as ten.
import { useEffect, useLayoutEffect, useMemo, useRef, useState } from "preact/hooks";
import type { Person } from "./firm";
import type { ReviewAction } from "./protocol";
import { useSeenInBox } from "./window";
import { accessMarks, accessWords, facts, tone } from "./words";

/** The measures of style.css. */
const ROW = 32;
const COLUMN = 30;
const HEAD = 208;
const SIDE = { wide: 200, narrow: 128 };

export interface Cell {
  row: number;
  column: number;
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

export function Grid(props: {
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
  const wasChosen = useRef(false);
  // Rows that come and go move others, and whatever is moved loses the focus.
  const hadFocus = box.current?.contains(document.activeElement);
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
  // A shared address shows its cell; whoever closes the why is back at it. All of it before the next key: a key that is pressed while
  // nothing has the focus is lost.
  // biome-ignore lint/correctness/useExhaustiveDependencies: only when another cell is chosen
  useLayoutEffect(() => {
    if (chosen) arrives.current = "sight";
    else if (wasChosen.current && document.activeElement === document.body) arrives.current = "focus";
    wasChosen.current = chosen !== undefined;
    setActive((now) => ({ ...(chosen ?? now) }));
  }, [chosen?.row, chosen?.column]);
  // The active cell is always drawn, so that it can be scrolled to: in the box, clear of its headings, and in the window.
  useLayoutEffect(() => {
    const isLost = hadFocus && document.activeElement === document.body;
    const cell = (arrives.current || isLost) && box.current?.querySelector<HTMLElement>('[tabindex="0"]');
    if (!cell) return;
    if (arrives.current === "focus" || isLost) cell.focus({ preventScroll: true });
    if (arrives.current) cell.scrollIntoView({ block: "nearest", inline: "nearest" });
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
    const cell = cellOf(event.target);
    if (!cell) return;
    setActive(cell);
    choose(cell);
  };
  // A click gives the focus too: keys go on from there.
  const onFocusIn = (event: FocusEvent) => {
    const cell = cellOf(event.target);
    if (cell) setActive((now) => (now.row === cell.row && now.column === cell.column ? now : cell));
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
      onFocusIn={onFocusIn}
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
                  title={columnTitle(column)}
                  style={{ left: `${side + at * COLUMN}px` }}
                >
                  <span>{columnTitle(column)}</span>
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
        {cells.map((index, place) => {
          const column = columns[index];
          if (!column) return null;
          const note = answers[index];
          // Cells stand side by side; what is left out before one is a gap.
          const gap = (index - (cells[place - 1] ?? -1) - 1) * COLUMN;
          const group = columns[index - 1]?.group === column.group ? "" : "first";
          return (
            <div
              key={index}
              class={`cell ${note ? tone(note.access) : "no"} ${group}`}
              role="gridcell"
              aria-colindex={index + 2}
              aria-selected={index === chosen || undefined}
              aria-label={`${person.name}, ${columnTitle(column)}: ${note ? accessWords[note.access] : "not looked at"}`}
              data-column={index}
              tabIndex={index === active ? 0 : -1}
              style={gap ? { marginLeft: `${gap}px` } : undefined}
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

/** The cell that an element is, or is in. */
function cellOf(target: EventTarget | null): Cell | undefined {
  const cell = target instanceof Element ? target.closest<HTMLElement>("[data-column]") : null;
  const line = cell?.closest<HTMLElement>("[data-row]");
  return cell && line ? { row: Number(line.dataset.row), column: Number(cell.dataset.column) } : undefined;
}

/** What a column is called. */
export const columnTitle = ({ title, facts: given }: ReviewAction) => (given ? `${title} (${facts(given)})` : title);

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
