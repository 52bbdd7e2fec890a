// The review: who holds what, and what somebody should look at.
import type { ComponentChildren } from "preact";
import { useMemo } from "preact/hooks";
import { useAnswer } from "./answer";
import { type Firm, PART } from "./firm";
import { People, PersonLink, Select, Show, Title, Where } from "./parts";
import type { IdleEntries, ReviewEnding, ReviewProduct, ReviewReply, UserActions } from "./protocol";
import { go, type Route, to } from "./route";
import { count, list, number, person, productTitle, role, target, through, titleOf, value } from "./words";

export function ReviewView({ firm, route }: { firm: Firm; route: Route }) {
  const parts = Math.ceil(firm.people.length / PART);
  const part = Math.min(Math.max(1, Number(route.query.get("part")) || 1), Math.max(1, parts));
  const only = useMemo(
    () => firm.people.slice((part - 1) * PART, part * PART).map(({ id }) => id),
    [firm.people, part],
  );
  const answer = useAnswer(firm.review ? undefined : firm.complete ? { ask: "review", only } : undefined);
  return (
    <>
      <Title lead="Who holds what, and what somebody should look at.">Review</Title>
      {firm.review && <Whole firm={firm} review={firm.review} />}
      {!firm.review && firm.complete && (
        <>
          <p class="note">
            The firm is too large for one review: it is shown {number(PART)} people at a time. Numbers of roles and
            seats are those of the whole firm.
          </p>
          <Select
            label="People"
            value={String(part)}
            choices={Array.from({ length: parts }, (_, index) => ({
              value: String(index + 1),
              label: `${number(index * PART + 1)} to ${number(Math.min((index + 1) * PART, firm.people.length))}`,
            }))}
            onChange={(part) => go(to("review", undefined, { part }))}
          />
          <Show answer={answer}>{(review) => <Whole firm={firm} review={review} />}</Show>
        </>
      )}
    </>
  );
}

function Whole({ firm, review }: { firm: Firm; review: ReviewReply }) {
  return (
    <>
      <div class="tiles">
        <Tile value={review.users} label="people" />
        <Tile value={review.disabled} label="disabled" />
        <Tile value={review.without_seat} label="without a seat" />
        <Tile
          value={review.products.reduce(
            (sum, { conflicts }) => sum + conflicts.flatMap(({ users }) => users).length,
            0,
          )}
          label="conflicts held"
        />
      </div>
      {review.ending.length > 0 && (
        <Part title="Ends within 30 days">
          <ul>
            {review.ending.map((ending) => (
              <li key={JSON.stringify(ending)}>{endingWords(firm, ending)}</li>
            ))}
          </ul>
        </Part>
      )}
      {review.products.map((product) => (
        <Product key={product.product} firm={firm} product={product} />
      ))}
      {review.without_effect.length > 0 && (
        <Part title="Named without effect">
          <ul>
            {review.without_effect.map((idle) => (
              <li key={idle.id}>{idleWords(firm, idle)}</li>
            ))}
          </ul>
        </Part>
      )}
      <Part title="Everybody">
        <PeopleTable firm={firm} review={review} />
      </Part>
    </>
  );
}

function Tile({ value, label }: { value: number; label: string }) {
  return (
    <p class="tile">
      <strong>{number(value)}</strong> {label}
    </p>
  );
}

function Part({ title, children }: { title: string; children: ComponentChildren }) {
  return (
    <section class="card">
      <h2>{title}</h2>
      {children}
    </section>
  );
}

function Product({ firm, product }: { firm: Firm; product: ReviewProduct }) {
  const { product: id, conflicts, dormant, one_step: steps, readings, settings, kinds } = product;
  const most = Math.max(1, ...product.roles.map(({ held, brought }) => held + brought));
  const held = conflicts.filter(({ users }) => users.length);
  return (
    <section class="card">
      <h2>
        {product.title}{" "}
        <span class="soft">
          {count(product.seats, "seat")}, from {product.document}
        </span>
      </h2>
      <h3>Roles</h3>
      <ul class="bars">
        {product.roles.map(({ role: name, title, held, brought, is_powerful: isPowerful }) => (
          <li key={name}>
            <a href={to("people", undefined, { role: `${id}/${name}` })}>{title}</a>
            <span class="bar" aria-hidden="true">
              <span style={{ width: `${(100 * (held + brought)) / most}%` }} />
            </span>
            <span class="soft">
              {number(held)} hold it{brought > 0 && `, ${number(brought)} through another`}
              {isPowerful && ", powerful"}
            </span>
          </li>
        ))}
      </ul>
      {held.length > 0 && <h3>Conflicts</h3>}
      {held.map((conflict) => (
        <div key={conflict.conflict} class="note warning">
          <p>
            <strong>{conflict.title}</strong>: <People firm={firm} ids={conflict.users} />
          </p>
          <p>{conflict.because}.</p>
          {conflict.trusted.length > 0 && (
            <p class="soft">Trusted with both: {list(conflict.trusted.map((id) => person(firm, id)))}.</p>
          )}
          <Where source={{ ...conflict, rule: conflict.conflict }} />
        </div>
      ))}
      {steps.length > 0 && <h3>One step from power</h3>}
      {steps.map((step) => (
        <p key={`${step.role} ${step.change} ${step.arguments}`}>
          <People firm={firm} ids={step.users} /> could be made {role(firm, id, step.role)}{" "}
          <span class="soft">
            ({step.title}, by {list(step.by.map((id) => person(firm, id)))})
          </span>
        </p>
      ))}
      {dormant.length > 0 && (
        <>
          <h3>Disabled, and still with roles</h3>
          <ul>
            {dormant.map(({ user, roles }) => (
              <li key={user}>
                <PersonLink firm={firm} id={user} />: {list(roles.map((name) => role(firm, id, name)))}
              </li>
            ))}
          </ul>
        </>
      )}
      {readings.length > 0 && (
        <>
          <h3>What the document leaves open, and what the firm chose</h3>
          <dl class="inputs">
            {readings.map(({ reading, question, choice, is_default: isDefault }) => (
              <div key={reading}>
                <dt>{question}</dt>
                <dd>
                  {value(choice)} <span class="soft">{isDefault ? "as usual" : "this firm’s choice"}</span>
                </dd>
              </div>
            ))}
          </dl>
        </>
      )}
      {settings.length > 0 && (
        <>
          <h3>Settings</h3>
          <dl class="inputs">
            {settings.map(({ setting, title, values }) => (
              <div key={setting}>
                <dt>{title}</dt>
                <dd>{list(values.map(({ value: word, users }) => `${value(word)}: ${number(users)}`))}</dd>
              </div>
            ))}
          </dl>
        </>
      )}
      {kinds.map((kind) => (
        <section key={kind.kind}>
          <h3>
            {kind.title} <span class="soft">{number(kind.count)}</span>
          </h3>
          {kind.things.map(({ things, more_things: more = 0, access }) => (
            <details key={things[0]?.id} class="because">
              <summary>
                {list(
                  things.map(({ title }) => title),
                  4,
                  things.length + more,
                )}
              </summary>
              <ul>
                {access.map((row) => (
                  <li key={JSON.stringify(row)}>
                    <ThingRow firm={firm} product={id} row={row} />
                  </li>
                ))}
                {!access.length && <li>Nobody may do anything there.</li>}
              </ul>
            </details>
          ))}
          {kind.left_out !== undefined && <p class="note">{number(kind.left_out)} more are not shown.</p>}
        </section>
      ))}
      <p class="actions">
        <a class="button" href={to("matrix", "people", { product: id })}>
          Who may do what in {product.title}
        </a>
      </p>
    </section>
  );
}

function ThingRow({ firm, product, row }: { firm: Firm; product: string; row: UserActions }) {
  return (
    <>
      <People firm={firm} ids={row.users} more={row.more_users ?? 0} />:{" "}
      {list(row.actions.map(({ action }) => titleOf(firm, product, "actions", action)))}
      {row.through.length > 0 && <span class="soft"> ({through(row.through)})</span>}
    </>
  );
}

function endingWords(firm: Firm, { id, entry, until, days }: ReviewEnding): string {
  const what =
    "role" in entry
      ? `${role(firm, entry.role.product, entry.role.role)} in ${productTitle(firm, entry.role.product)}`
      : "group" in entry
        ? `the place in group ${entry.group.group}`
        : `the place on ${entry.list.list} of ${target(firm, entry.list.thing)}`;
  return `${person(firm, id)}: ${what}, after ${until} (${days === 0 ? "today" : `in ${count(days, "day")}`})`;
}

function idleWords(firm: Firm, { id, why, groups, lists }: IdleEntries): string {
  const words: Record<IdleEntries["why"], string> = {
    disabled: "is disabled",
    no_seat: "has no seat",
    unneeded: "may do no more through it than without it",
    empty_group: "has nobody in it",
    unnamed_group: "is named by no list and no other group",
  };
  const places = [
    ...groups.map((group) => `group ${group}`),
    ...lists.map((one) => `${one.list} of ${list(one.things.map((id) => target(firm, id)))}`),
  ];
  const name = why === "empty_group" || why === "unnamed_group" ? `Group ${id}` : person(firm, id);
  return `${name} ${words[why]}${places.length ? `: ${list(places)}` : ""}`;
}

function PeopleTable({ firm, review }: { firm: Firm; review: ReviewReply }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls has to be reached with the keyboard
    <section class="roles everybody" tabIndex={0} aria-label="Everybody and what they hold">
      <table>
        <thead>
          <tr>
            <th scope="col">Person</th>
            {review.products.map(({ product, title }) => (
              <th scope="col" key={product}>
                {title}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {review.people.slice(0, PART).map(({ user, enabled, seats }) => (
            <tr key={user}>
              <th scope="row">
                <PersonLink firm={firm} id={user} />
                {!enabled && <span class="soft"> disabled</span>}
              </th>
              {review.products.map(({ product, actions }) => {
                const seat = seats.find((seat) => seat.product === product);
                return (
                  <td key={product}>
                    {seat ? (
                      <>
                        {list(seat.holds.map((id) => role(firm, product, id))) || "Seat only"}{" "}
                        {actions.length > 0 && (
                          <span class="soft">
                            may do {number(seat.can)} of {number(new Set(actions.map(({ action }) => action)).size)}
                          </span>
                        )}
                      </>
                    ) : (
                      <span class="soft">No seat</span>
                    )}
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
      {review.people.length > PART && (
        <p class="soft">
          The first {number(PART)} of {number(review.people.length)}. <a href={to("people")}>All people</a>
        </p>
      )}
    </section>
  );
}
