// The people of the firm: find somebody, see what they hold.
import { useMemo, useRef } from "preact/hooks";
import { type Firm, findPeople, type Person } from "./firm";
import { Select, Title } from "./parts";
import { go, to } from "./route";
import { useSeenInWindow } from "./window";
import { count, number, productTitle, role, titleOf, value } from "./words";

/** The height of a row, as style.css has it. */
const ROW = 72;

export function PeopleView({ firm, query }: { firm: Firm; query: URLSearchParams }) {
  const typed = query.get("find") ?? "";
  const held = query.get("role") ?? "";
  const state = query.get("state") ?? "";
  const found = useMemo(() => findPeople(firm, typed, held, state), [firm, typed, held, state]);
  const filter = (next: { find?: string; role?: string; state?: string }) =>
    go(to("people", undefined, { find: typed, role: held, state, ...next }), "replace");
  const seats = firm.products.flatMap((product) => [
    { value: product.id, label: `${product.title}: any seat` },
    ...product.roles.map((role) => ({ value: `${product.id}/${role.id}`, label: `${product.title}: ${role.title}` })),
  ]);

  return (
    <>
      <Title lead="Choose somebody to see what they may do, why, and how it could change.">People</Title>
      <search class="filters">
        <label class="field wide">
          <span>Find</span>
          <input
            type="search"
            value={typed}
            placeholder="Name or id"
            onInput={(event) => filter({ find: event.currentTarget.value })}
          />
        </label>
        <Select label="Seat or role" value={held} none="Any" choices={seats} onChange={(role) => filter({ role })} />
        <Select
          label="State"
          value={state}
          none="Any"
          choices={[
            { value: "enabled", label: "Enabled" },
            { value: "disabled", label: "Disabled" },
          ]}
          onChange={(state) => filter({ state })}
        />
      </search>
      <p class="soft count" role="status">
        {found.length === firm.people.length
          ? count(found.length, "person", "people")
          : `${number(found.length)} of ${count(firm.people.length, "person", "people")}`}
      </p>
      {found.length ? (
        <PeopleList firm={firm} people={found} />
      ) : (
        <p class="note">Nobody fits. Type less, or choose “Any”.</p>
      )}
    </>
  );
}

function PeopleList({ firm, people }: { firm: Firm; people: Person[] }) {
  const list = useRef<HTMLUListElement>(null);
  const { start, end } = useSeenInWindow(list, people.length, ROW);
  return (
    <ul class="people" ref={list} style={{ height: `${people.length * ROW}px` }} aria-label="People">
      {people.slice(start, end).map((person, index) => (
        <li
          key={person.id}
          style={{ transform: `translateY(${(start + index) * ROW}px)` }}
          aria-setsize={people.length}
          aria-posinset={start + index + 1}
        >
          <a href={to("people", person.id)}>
            <span class="avatar" aria-hidden="true">
              {initials(person.name)}
            </span>
            <span class="who">
              <strong>{person.name}</strong>
              <span class="soft id">{person.id}</span>
            </span>
            <span class="held">
              <Held firm={firm} person={person} />
            </span>
          </a>
        </li>
      ))}
    </ul>
  );
}

const initials = (name: string) =>
  name
    .split(/\s+/)
    .map((word) => word.charAt(0))
    .filter((letter) => /\p{L}|\p{N}/u.test(letter))
    .slice(0, 2)
    .join("");

/** Seats, roles and settings of a person, as small labels. */
export function Held({ firm, person, whole = false }: { firm: Firm; person: Person; whole?: boolean }) {
  return (
    <>
      {!person.enabled && <span class="tag off">Disabled</span>}
      {!person.seats.length && <span class="tag none">No seat</span>}
      {person.seats.map(({ product, holds, brought, settings }) => (
        <span key={product} class="seat">
          <span class="soft">{productTitle(firm, product)}</span>
          {holds.map((id) => (
            <span key={id} class="tag">
              {role(firm, product, id)}
            </span>
          ))}
          {!holds.length && <span class="tag none">Seat only</span>}
          {whole &&
            brought.map(({ role: id, by }) => (
              <span key={id} class="tag none">
                {role(firm, product, id)}, through {role(firm, product, by)}
              </span>
            ))}
          {whole &&
            settings.map(({ setting, value: word }) => (
              <span key={setting} class="tag none">
                {titleOf(firm, product, "settings", setting)}: {value(word)}
              </span>
            ))}
        </span>
      ))}
    </>
  );
}
